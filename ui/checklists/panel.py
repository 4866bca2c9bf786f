"""One person's checklist at the right: what blocks, every step with its proof, the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.checklists import papers, starting, step_acts, whole_acts
from ui.checklists.remedies import remedy_of
from ui.shared.bands import Notice
from ui.shared.buttons import Button, filled, plain, words
from ui.shared.detail_panel import Act, Details, Line, Section
from wxadmin.domain.checklist import RUNNING
from wxadmin.domain.checklist_view import SLASH, StepView
from wxadmin.domain.evidence import ONBOARDING, TRANSFER
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.handover import Handover

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

_CHIPS = {"进行中": "waiting", "逾期": "late", "已完成": "proof", "作废": "stopped"}


def details_of(desk: ChecklistsDesk, view: ChecklistView) -> Details:
    """Everything the panel shows of one checklist."""
    note = "　".join(part for part in (view.key, view.unit, view.position) if part)
    chip = view.state if view.state != RUNNING else f"{RUNNING} {view.progress}"
    return Details(
        view.name,
        note,
        chip=(_CHIPS[view.state], chip),
        kind=f"{view.event}（{view.look.checklist.trigger}）",
        notice=_notice(desk, view),
        sections=_sections(desk, view),
        acts=_acts(desk, view),
        more=_more(desk, view),
    )


def _notice(desk: ChecklistsDesk, view: ChecklistView) -> QWidget | None:
    """What blocks, with the button that lifts it."""
    if not view.blocked:
        return None
    sentence = view.blocked.removeprefix("还不能办结：")
    acts: list[Button] = []
    step = view.remedy
    if step is not None and (do := remedy_of(desk, view, step)) is not None:
        acts.append(filled(step.act_label, on_click=do))
    elif step is not None:
        acts.append(filled("办这一步", on_click=lambda: step_acts.settle(desk, view, step)))
    if step is not None:
        acts.append(words("为什么", on_click=lambda: whole_acts.why(desk, view, step)))
    return Notice("stuck", "还不能办结", sentence, acts)


def _sections(desk: ChecklistsDesk, view: ChecklistView) -> list[Section]:
    open_now = view.look.checklist.is_open
    found = [Section("步骤", lines=[_line(desk, view, step) for step in view.shown],
                     aside="按回车办这一步" if open_now else "")]  # fmt: skip
    if open_now and view.look.checklist.template in _MOVING:
        found.append(_groups(desk, view))
    folded = view.folded
    if folded:
        unfolded = view.id in desk.unfolded
        said = "收起" if unfolded else "展开"
        lines = [_line(desk, view, step) for step in folded] if unfolded else []
        found.append(
            Section(
                f"不适用 {len(folded)} 步",
                _why_folded(folded),
                lines,
                link=(said, lambda: desk.turn_folded(view.id)),
            )
        )
    return found


_MOVING = frozenset({ONBOARDING, TRANSFER})


def _groups(desk: ChecklistsDesk, view: ChecklistView) -> Section:
    """Which groups a joiner or mover joins, leaves and stays in, in one line."""
    employee_id = view.look.checklist.employee_id
    assert employee_id is not None and desk.facts is not None
    moves = Handover(desk.context.services, desk.facts.room.picture).group_moves(employee_id)
    parts = (
        ("加入", "plus", moves.join),
        ("退出", "minus", moves.leave),
        ("保留", "tick", moves.keep),
    )
    lines = [
        Line(word, mark, f"{len(groups)} 个", note="、".join(group.name for group in groups))
        for word, mark, groups in parts
        if groups
    ]
    lines = lines or [Line("按规则不在任何群", tone="ink2")]
    return Section("群组", lines=lines, link=("清单", lambda: whole_acts.show_groups(desk, view)))


def _why_folded(folded: tuple[StepView, ...]) -> str:
    from wxadmin.domain.checklist_template import NOT_ASKED

    asked = sum(step.item.note == NOT_ASKED for step in folded)
    return "本制度未要求" if asked == len(folded) else f"其中本制度未要求 {asked} 步"


def _line(desk: ChecklistsDesk, view: ChecklistView, step: StepView) -> Line:
    item = step.item
    right = step.when or (step.word if step.settled and step.mark == SLASH else "")
    return Line(
        item.title,
        step.mark,
        right,
        note=step.sentence or _source(step),
        bold=step.holds_up,
        on_click=lambda: step_acts.settle(desk, view, step),
    )


def _source(step: StepView) -> str:
    return f"{step.item.role}，{step.item.source}" if step.item.source else step.item.role


def _acts(desk: ChecklistsDesk, view: ChecklistView) -> list[QWidget]:
    if not view.look.checklist.is_open:
        return [plain("重新打开", "undo", on_click=lambda: whole_acts.reopen(desk, view))]
    done = not view.look.open_steps
    close = filled if done else plain
    return [
        close("办结", on_click=lambda: whole_acts.close(desk, view)),
        plain("免办（写明原因）", on_click=lambda: step_acts.waive_current(desk, view)),
        plain("打印", "print", on_click=lambda: papers.print_these(desk, [view.id])),
    ]


def _more(desk: ChecklistsDesk, view: ChecklistView) -> list[Act]:
    checklist = view.look.checklist
    acts: list[Act] = []
    if checklist.employee_id is not None:
        person = checklist.employee_id
        acts.append(("加群、退群、留群清单", lambda: whole_acts.show_groups(desk, view)))
        acts.append(("看这个人", lambda: desk.context.navigate("people", person)))
    elif checklist.group_id is not None:
        group = checklist.group_id
        acts.append(("看这个群", lambda: desk.context.navigate("groups", group)))
    if checklist.is_open:
        acts.append(("改第 0 天（日期有变）", lambda: starting.redate(desk, view)))
        acts.append(("作废这张清单", lambda: whole_acts.void(desk, view)))
    return acts
