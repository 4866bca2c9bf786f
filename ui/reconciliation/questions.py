"""Who is this member: the candidates under his line, in the same columns, one click to say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.reconciliation.lines import Row
from ui.shared.acting import act
from ui.shared.below import Below, Piece, own
from ui.shared.buttons import Button, plain, words
from ui.shared.columns import Run
from ui.shared.inputs import LineInput
from ui.shared.layouts import across, region
from ui.shared.runs_label import RunsLabel
from ui.shared.text import spaced_phone
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.member_candidates import MaybeHim, MemberCandidates
from wxadmin.services.people import person_called

if TYPE_CHECKING:
    from ui.reconciliation.desk import ReconciliationDesk


class Question(Below):
    """Opened under the line of a member nobody could be told for."""

    def __init__(self, desk: ReconciliationDesk, row: Row) -> None:
        self._desk = desk
        assert row.item is not None
        self._member_id = row.item.finding.member_id or 0
        finder = MemberCandidates(desk.context.services)
        member, candidates = finder.of(self._member_id)
        lines: list[list[Piece]] = []
        if member is not None:
            lines.append(self._himself(member))
            lines += [self._candidate(member, one, not n) for n, one in enumerate(candidates)]
            lines.append(self._last(member, row))
        super().__init__(desk.table.view, lines)

    @staticmethod
    def _himself(member: WecomMember) -> list[Piece]:
        places = "、".join(member.departments).replace("/", " / ")
        note = "　".join(filter(None, (spaced_phone(member.mobile), member.position)))
        return [("hr", _text("花名册里可能是：", small=True)),
                ("wecom", _label(places or "没有部门", note))]  # fmt: skip

    def _candidate(self, member: WecomMember, one: MaybeHim, first: bool) -> list[Piece]:
        left = f"离职 {one.left}" if one.left else ""
        note = "　".join(filter(None, (one.position, spaced_phone(one.mobile), left)))
        button = self._act("是他", lambda: self._decide(member, one.id, one.name),
                           f"是他：{one.name} {one.emp_no}")  # fmt: skip
        button.setProperty("likely", first)
        return [
            ("who", _label(one.name, one.emp_no)),
            ("difference", _text(one.why, small=True)),
            ("hr", _label(one.org_unit.replace("/", " / "), note)),
            ("register", _text(one.userid or "没有账号")),
            ("act", own(button)),
        ]

    def _last(self, member: WecomMember, row: Row) -> list[Piece]:
        typed = LineInput("别人的工号")
        typed.setAccessibleName(f"{member.name}的工号")
        typed.setFixedWidth(120)
        choose = self._act("是这位", lambda: self._typed(member, typed), f"按工号选定{member.name}")
        typed.returnPressed.connect(choose.click)
        none = words("都不是", on_click=lambda: self._decide(member, None, "")).slim()
        none.setAccessibleName(f"都不是：{member.name}不在花名册上")
        later = words("以后再说", on_click=lambda: self._later(row)).slim()
        later.setAccessibleName(f"以后再说：{member.name}")
        said = _text("“都不是”以后也不再问，改列在“要停”里。", small=True)
        return [("who", own(region(across(typed, choose, gap=8)))), ("hr", said),
                ("wecom", own(region(across(none, later, gap=8))))]  # fmt: skip

    @staticmethod
    def _act(text: str, do: Callable[[], object], name: str) -> Button:
        button = plain(text, on_click=do).slim()
        button.setAccessibleName(name)
        return button

    # -- deciding -------------------------------------------------------------------------------

    def _decide(self, member: WecomMember, person_id: int | None, name: str) -> None:
        seen, context = self._desk.seen, self._desk.context
        if seen is None:
            return
        said = f"{member.userid}就是{name}" if person_id else f"{member.userid}不是花名册上的人"
        act(context, f"已确认：{said}",
            lambda: seen.reconciliation.decide(member.id, person_id))  # fmt: skip

    def _typed(self, member: WecomMember, typed: LineInput) -> None:
        if not typed.value():
            typed.setFocus()
            return
        services = self._desk.context.services

        def do() -> int | None:
            person = person_called(services, typed.value())
            assert self._desk.seen is not None
            return self._desk.seen.reconciliation.decide(member.id, person.id)

        act(self._desk.context, f"已确认：{member.userid}就是工号{typed.value()}的人", do)

    def _later(self, row: Row) -> None:
        self._desk.table.model.ticked.clear()
        self._desk.table.select(row.id)
        self._desk.acts.mark_chosen("以后再说")


def _text(text: str, small: bool = False) -> QWidget:
    return RunsLabel([Run(text, 12 if small else 13, tone="ink3" if small else "ink")], 24, "sel")


def _label(text: str, note: str = "") -> QWidget:
    return RunsLabel([Run(text), Run(note, 12, tone="ink3", gap=10)], 24, "sel")
