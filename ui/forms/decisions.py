"""What is decided without the sheet, and what happens when the sheet is late, lost or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.forms.moves import SHOWN, day_field
from ui.shared.acting import act, ask_and_act
from ui.shared.dialog import Choice
from ui.shared.record_form import Field
from wxadmin.domain.form import (
    BY_DELEGATE,
    BY_MAIL,
    BY_MOUTH,
    BY_PHONE,
    CONFIRM,
    MOVES,
    Form,
)
from wxadmin.services.form_again import FormsAgain, out_text
from wxadmin.services.form_batch import BatchForms
from wxadmin.services.form_decisions import decision_words
from wxadmin.services.signing import Signing

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

WAYS = (
    (BY_MOUTH, "口头（以后补签）"),
    (BY_PHONE, "电话（以后补签）"),
    (BY_MAIL, "邮件"),
    (BY_DELEGATE, "授权人代签"),
)
EXPLAIN, AGAIN = "explain", "again"


def _form(desk: FormsDesk) -> Form:
    assert desk.view is not None
    return desk.view.form


def agree(desk: FormsDesk) -> None:
    """Somebody agreed by word, by mail or through a delegate: who, when, and how."""
    form = _form(desk)
    roles = desk.forms.moves.next_roles(form) or desk.forms.moves.first_roles(form)
    days = desk.context.services.number("oral_confirm_days")
    fields = [
        Field(
            "way", "怎样同意的", "choice", required=True, choices=WAYS, value=BY_MOUTH, half=True
        ),
        Field("by", "谁", required=True, half=True, hint="写姓名，可带工号"),
        day_field(desk, "哪一天"),
        Field("confirm_due", "补签期限", "date", half=True, hint=f"口头、电话用；不写就是{days}天"),
        Field("note", "意见或说明", "lines", lines=2, hint="申请人自己批的必须写理由"),
    ]
    if len(roles) > 1:
        choices = [(role, role) for role in roles]
        fields.insert(0, Field("role", "以什么身份", "choice", required=True, choices=choices))

    def do(answer: dict[str, Any]) -> Any:
        return desk.forms.agree(
            form.number, way=answer["way"], by=answer["by"], role=answer.get("role") or "",
            on=answer["on"], note=answer["note"] or "", confirm_due=answer["confirm_due"],
        )  # fmt: skip

    ask_and_act(
        desk.context,
        f"登记同意：{form.about} {form.number}",
        fields,
        "登记同意",
        do,
        lambda moved: f"{form.number} 现在是“{moved.form.state_word}”",
        f"等{'、'.join(roles) or '审批人'}签批。只说过的先往下办，列在“待补签”里，签字以后再补。",
    )


def confirm(desk: FormsDesk) -> None:
    """补签: the signature for what had only been said has come."""
    form = _form(desk)
    ask_and_act(
        desk.context, f"登记补签：{form.about} {form.number}",
        [day_field(desk, "签字日期")],
        "登记补签",
        lambda answer: desk.forms.move(form.number, CONFIRM, on=answer["on"]),
        f"{form.number} 已补签",
        "签字日期晚于开通日期也可以。",
    )  # fmt: skip


def lose(desk: FormsDesk) -> None:
    """The sheet is lost: printed again, or explained by the approver's mail."""
    form = _form(desk)
    choices = [(EXPLAIN, "写遗失说明（有审批人邮件为证）")]
    if form.is_open:
        choices.insert(0, (AGAIN, "补打一张，原来的作废"))
    ask_and_act(
        desk.context, f"纸面遗失：{form.about} {form.number}",
        [
            Field("how", "怎么办", "choice", required=True, choices=choices, value=choices[0][0]),
            Field("note", "经过", "lines", required=True, lines=3,
                  hint="例如：交接途中遗失，陈经理11月19日邮件确认已同意"),
        ],
        "登记遗失",
        lambda answer: FormsAgain(desk.context.services).lose(
            form.number, answer["note"], again=answer["how"] == AGAIN
        ),
        lambda moved: (
            f"请重新打印 {form.number}（第{moved.form.sheet}版）"
            if moved.form.sheet > form.sheet
            else f"{form.number} 已记遗失说明"
        ),
    )  # fmt: skip


def repeat(desk: FormsDesk) -> None:
    """复制重报: the refused form as a new draft, which is then shown."""
    number = _form(desk).number
    made: list[Form] = []
    act(
        desk.context,
        lambda form: f"已起草 {form.number}，内容同 {number}",
        lambda: made.append(FormsAgain(desk.context.services).repeat(number)) or made[-1],
    )
    if made:
        desk.open(made[-1].number)


def begin_rest(desk: FormsDesk) -> None:
    """Who stayed back on a form for many gets a form of his own kind, shown at once."""
    number = _form(desk).number
    made: list[Form] = []
    act(
        desk.context,
        lambda form: f"已起草 {form.number}：{form.about}",
        lambda: made.append(BatchForms(desk.context.services).rest(number)) or made[-1],
    )
    if made:
        desk.open(made[-1].number)


def end_authority(desk: FormsDesk) -> None:
    """终止授权: from today on the delegate signs no more."""
    signing = Signing(desk.context.services)
    running = [
        (one.id, f"{one.person_name}代{one.role}（{one.from_on}起）")
        for one in signing.delegates(desk.context.services.today)
    ]
    if not running:
        desk.context.messages.toast("现在没有有效的授权。")
        return
    today = desk.context.services.today
    ask_and_act(
        desk.context, "终止代签授权",
        [
            Field("one", "哪一个", "choice", required=True, choices=running, value=running[0][0]),
            Field("on", "最后一天", "date", required=True, value=today, half=True),
        ],
        "终止授权",
        lambda answer: signing.end(answer["one"], answer["on"]),
        lambda one: f"{one.person_name}代{one.role}签字到 {one.to_on} 为止",
    )  # fmt: skip


def show_record(desk: FormsDesk) -> None:
    """签批记录: who did what and when, how it was given, what was said."""
    assert desk.view is not None
    form, steps = desk.view.form, desk.view.steps
    lines = [decision_words(step, MOVES[step.move]) for step in steps]
    if form.copied_from:
        lines.insert(0, f"重报自 {form.copied_from}")
    if form.lost_on is not None:
        lines.append(f"{form.lost_on}　遗失　{form.lost_note}")
    desk.context.messages.ask(
        f"签批记录：{form.number}　第{form.sheet}版",
        "\n".join(lines) or "还没有提交，没有记录。",
        acts=[Choice("知道了", kind="filled")],
    )


def show_effects(desk: FormsDesk) -> None:
    """What completion will do, line by line."""
    form = _form(desk)
    said = desk.forms.preview(form.number)
    lines = said.text.splitlines()
    more = f"\n……共 {len(lines)} 项" if len(lines) > SHOWN else ""
    desk.context.messages.ask(
        f"办结会改动什么：{form.number}",
        "\n".join(lines[:SHOWN]) + more,
        acts=[Choice("知道了", kind="filled")],
    )


def remind_out(desk: FormsDesk) -> None:
    """未收回的表: by department, with the words to send."""
    found = FormsAgain(desk.context.services).out(desk.lines)
    if not found:
        desk.context.messages.toast("没有超过期限还没交回的表。")
        return
    things = [(one.whom, f"{len(one.lines)} 张") for one in found]
    chosen = desk.context.messages.ask_form(
        "未收回的表",
        [
            Field("whom", "催哪里", "choice", required=True, value="",
                  choices=[("", f"全部（{sum(len(one.lines) for one in found)} 张）"),
                           *((whom, f"{whom}（{count}）") for whom, count in things)]),
        ],
        "复制催办文字",
        "打印后超过期限没签回的，和口头同意还没补签的。",
    )  # fmt: skip
    if chosen is None:
        return
    texts = [out_text(one.whom, one.lines) for one in found if chosen["whom"] in ("", one.whom)]
    desk.context.messages.copied("\n\n".join(texts), "催办文字")


def authorise(desk: FormsDesk) -> None:
    """授权代签人: who may sign for whom, from when till when, on what ground."""
    signing = Signing(desk.context.services)
    roles = [(role, role) for role in signing.roles()]
    today = desk.context.services.today
    known = "；".join(
        f"{one.person_name}代{one.role}，{one.from_on}至{one.to_on or '长期'}"
        for one in signing.delegates(today)
    )
    ask_and_act(
        desk.context, "授权代签人",
        [
            Field("role", "代谁签", "choice", required=True, choices=roles, half=True,
                  value=roles[0][0] if roles else None),
            Field("person", "代签人", required=True, half=True, hint="写姓名，可带工号"),
            Field("from_on", "从哪天", "date", required=True, value=today, half=True),
            Field("to_on", "到哪天", "date", half=True, hint="不写就是长期"),
            Field("basis", "依据", required=True, hint="例如：陈经理11月18日授权书"),
        ],
        "登记授权",
        lambda answer: signing.authorise(
            answer["role"], answer["person"], from_on=answer["from_on"], to_on=answer["to_on"],
            basis=answer["basis"],
        ),
        lambda one: f"{one.person_name}可以代{one.role}签字",
        f"现在有效：{known}" if known else "现在没有有效的授权。",
    )  # fmt: skip
