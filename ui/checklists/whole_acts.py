"""Acts on a whole checklist: close, open again, drop, show the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.checklists.remedies import remedy_of
from ui.shared.acting import ask_and_act
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Field
from wxadmin.domain.checklist_moves import refusal
from wxadmin.domain.checklist_view import StepView
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists
from wxadmin.services.handover import Handover

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

MANY = 8


def close(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """办结; what is still open is listed, with the way to mend the worst of it."""
    steps = view.look.open_steps
    if not steps:
        desk.acted(
            f"已办结：{view.title} {view.name}",
            lambda: Checklists(desk.context.services).close(view.id),
        )
        return
    things = [Thing(s.item.title, s.sentence, s.when, s.mark) for s in steps[:MANY]]
    worst = view.remedy
    do = remedy_of(desk, view, worst) if worst is not None else None
    acts = [Choice("回到办理单", None, kind="plain" if do else "filled")]
    if do is not None and worst is not None:
        acts.append(Choice(worst.act_label, do, kind="filled"))
    answer = desk.context.messages.ask(
        refusal(view.name, view.look), f"还有 {len(steps)} 步没有办：", things, acts
    )
    if callable(answer):
        answer()


def why(desk: ChecklistsDesk, view: ChecklistView, step: StepView) -> None:
    """为什么: the rule the step comes from, and what the register says."""
    item = step.item
    facts = [item.text, f"登记库：{step.sentence}", f"依据：{item.source}", f"责任：{item.role}"]
    things = [Thing(thing, mark=step.mark) for thing in step.things[:MANY]]
    desk.context.messages.ask(
        f"{item.title}办完才能办结", "\n".join(fact for fact in facts if fact), things
    )


def reopen(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """Take a closed checklist up again."""
    ask_and_act(
        desk.context, f"重新打开：{view.title} {view.name}",
        [Field("note", "原因", "lines", lines=2, hint="可不写")],
        "重新打开",
        lambda answer: Checklists(desk.context.services).reopen(view.id, answer["note"] or ""),
        f"已重新打开：{view.name}",
    )  # fmt: skip


def void(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """Drop a checklist, with the reason."""
    ask_and_act(
        desk.context, f"作废：{view.title} {view.name}",
        [Field("note", "原因", "lines", required=True, lines=2, hint="例如：不离职了")],
        "作废清单",
        lambda answer: Checklists(desk.context.services).void(view.id, answer["note"]),
        f"已作废：{view.title} {view.name}",
        "只作废这张清单；离职日期等请在人员里改。",
    )  # fmt: skip


def show_groups(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """Which groups he joins, leaves and stays in, to be copied for the custodians."""
    employee_id = view.look.checklist.employee_id
    assert employee_id is not None
    moves = Handover(desk.context.services).group_moves(employee_id)
    parts = (
        ("加入", "plus", moves.join),
        ("退出", "minus", moves.leave),
        ("保留", "tick", moves.keep),
    )
    things = [Thing(g.name, word, mark=mark) for word, mark, groups in parts for g in groups]
    text = "\n".join(
        f"{word}：{'、'.join(g.name for g in groups) or '无'}" for word, _, groups in parts
    )
    counts = "，".join(f"{word} {len(groups)} 个" for word, _, groups in parts)
    record = [Choice("登记进出群", "record")] if moves.join or moves.leave else []
    answer = desk.context.messages.ask(
        f"{view.name}的群：{counts}",
        "按今天的规则、特批和借调算出；没人核查过成员的群算作要加入。",
        things, [Choice("关闭"), Choice("复制清单", "copy", kind="filled")], left=record,
    )  # fmt: skip
    if answer == "copy":
        desk.context.messages.copied(f"{view.name}（{view.key}）\n{text}", "加群退群清单")
    elif answer == "record":
        from ui.checklists.group_moves import record_moves

        record_moves(desk, view)
