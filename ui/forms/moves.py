"""The moves of a form that ask for something first: dates, reasons, from whom it came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ui.shared.acting import act, ask_and_act
from ui.shared.dialog import Choice
from ui.shared.record_form import Field, Verdict, wrong
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import (
    COMPLETE,
    DRAFTS,
    MAIL,
    REJECT,
    RETURN,
    SUBMIT,
    WITHDRAW,
    Form,
)
from wxadmin.services.form_board import reminder
from wxadmin.services.form_draft import OPENING_KINDS
from wxadmin.services.forms import Moved

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

AGREED, REFUSED = "同意", "不同意"
FEW, SHOWN = 3, 12
"""So many things that completion changes are done without a look; so many a dialog lists."""


def _form(desk: FormsDesk) -> Form:
    assert desk.view is not None
    return desk.view.form


def day_field(desk: FormsDesk, label: str) -> Field:
    """A day up to today."""
    today = desk.context.services.today

    def check(value: Any, values: Any) -> Verdict | None:
        late = isinstance(value, date) and value > today
        return wrong(f"这一天还没有到，最晚是今天 {today}。") if late else None

    return Field("on", label, "date", required=True, value=today, check=check, half=True)


def record_signed(desk: FormsDesk) -> None:
    """The sheet came back: signatures and receipt in one act, or the head's refusal."""
    form = _form(desk)
    sender = form.received_from or form.value("applicant_id") or form.about
    role = desk.forms.moves.next_role(form) or "部门经理"

    def do(answer: dict[str, Any]) -> Moved:
        note = answer["note"] or ""
        if answer["opinion"] == REFUSED:
            return _refused(desk, form, answer["on"], note)
        return desk.forms.receive_signed(
            form.number, on=answer["on"], received_from=answer["sender"], note=note,
            by=answer["by"] or "",
        )  # fmt: skip

    ask_and_act(
        desk.context, f"登记签回：{form.about} {form.number}",
        [
            Field("opinion", f"{role}意见", "choice", required=True, value=AGREED, half=True,
                  choices=[(AGREED, AGREED), (REFUSED, "不同意（驳回，写明理由）")]),
            day_field(desk, "签字、收件日期"),
            Field("sender", "从谁手里收到", required=True, value=sender, hint="写姓名，可带工号",
                  half=True),
            Field("by", "谁签的字", hint=f"可不写；写了就记下{role}的姓名", half=True),
            Field("note", "意见或说明", "lines", lines=2, hint="不同意时必须写理由"),
        ],
        "登记签回",
        do,
        lambda moved: f"{form.number} 现在是“{moved.form.state_word}”",
        "纸上的签字就是审批；提交、同意、收件一次记下。",
    )  # fmt: skip


def _refused(desk: FormsDesk, form: Form, on: date, note: str) -> Moved:
    """The head said no: what was never handed in is handed in and refused."""
    if not note.strip():
        raise UserError("驳回要写明理由，没有改动。", "no_reason")
    if form.state in DRAFTS:
        desk.forms.move(form.number, SUBMIT, on=on)
    return desk.forms.move(form.number, REJECT, on=on, note=note)


def receive(desk: FormsDesk) -> None:
    """收件: the approved form has arrived, on which day and from whom."""
    form = _form(desk)
    ask_and_act(
        desk.context, f"登记收件：{form.about} {form.number}",
        [
            day_field(desk, "收件日期"),
            Field("sender", "从谁收到", required=True, half=True,
                  value=form.value("applicant_id") or form.about),
        ],
        "登记收件",
        lambda answer: desk.forms.move(
            form.number, MAIL, on=answer["on"], received_from=answer["sender"]
        ),
        f"已收件 {form.number}",
    )  # fmt: skip


def complete(desk: FormsDesk) -> None:
    """Do what the form asks for; the mail that tells of it is one click away."""
    form = _form(desk)
    name = form.about
    if not _looked_at(desk, form):
        return
    opens = form.request_kind in OPENING_KINDS
    said = f"已给{name}开通账号并加入通讯录" if opens else f"已按表办结：{name}"
    act(desk.context, said, lambda: desk.forms.move(form.number, COMPLETE))


def _looked_at(desk: FormsDesk, form: Form) -> bool:
    """Whether it may be carried out: what changes much is looked at first."""
    lines = desk.forms.preview(form.number).lines
    if len(lines) <= FEW:
        return True
    more = f"\n……共 {len(lines)} 项" if len(lines) > SHOWN else ""
    return bool(
        desk.context.messages.ask(
            f"办结 {form.number}，会改动这些",
            "\n".join(lines[:SHOWN]) + more,
            acts=[Choice("先不办"), Choice("办结", True, kind="filled")],
        )
    )


def send_back(desk: FormsDesk) -> None:
    """退回补正: the reason, and the mail that says so."""
    form = _form(desk)
    done = ask_and_act(
        desk.context, f"退回补正：{form.about} {form.number}",
        [Field("note", "要补什么、改什么", "lines", required=True, lines=3,
               hint="例如：工号写成了别人的，请改正后重新签字")],
        "退回补正",
        lambda answer: desk.forms.move(form.number, RETURN, note=answer["note"]),
        f"已退回 {form.number}",
        "编号不变；原表作废，改好后重新打印签字。",
    )  # fmt: skip
    if done:
        show_mail(desk, "退回邮件")


def reject(desk: FormsDesk) -> None:
    """驳回, with the reason."""
    form = _form(desk)
    role = desk.forms.moves.next_role(form)
    ask_and_act(
        desk.context, f"驳回：{form.about} {form.number}",
        [Field("note", f"{role or '审批人'}不同意的理由", "lines", required=True, lines=2)],
        "驳回",
        lambda answer: desk.forms.move(form.number, REJECT, note=answer["note"]),
        f"已驳回 {form.number}",
        "驳回后这张表就结束了；只是要补正的，请用退回补正。",
    )  # fmt: skip


def withdraw(desk: FormsDesk) -> None:
    """撤回: the applicant does not want it any more."""
    form = _form(desk)
    ask_and_act(
        desk.context, f"撤回：{form.about} {form.number}",
        [Field("note", "原因", "lines", lines=2, hint="可不写；编号不再给别的表用")],
        "撤回",
        lambda answer: desk.forms.move(form.number, WITHDRAW, note=answer["note"]),
        f"已撤回 {form.number}",
    )  # fmt: skip


# -- words to copy ----------------------------------------------------------------------------


def copy_mail(desk: FormsDesk, what: str) -> None:
    """Put the mail that fits the form's state on the clipboard."""
    desk.context.messages.copied(desk.forms.mail(_form(desk).number).text, what)


def copy_reminder(desk: FormsDesk) -> None:
    """Put the words that urge on the clipboard."""
    assert desk.view is not None
    desk.context.messages.copied(reminder(desk.view.line), "催办文字")


def show_mail(desk: FormsDesk, what: str) -> None:
    """Show the drafted mail; nothing is sent from here."""
    mail = desk.forms.mail(_form(desk).number)
    answer = desk.context.messages.ask(
        mail.subject, f"收件人：{mail.to}\n\n{mail.body}",
        acts=[Choice("不用"), Choice("复制邮件文字", True, kind="filled", icon="copy")],
    )  # fmt: skip
    if answer:
        desk.context.messages.copied(mail.text, what)
