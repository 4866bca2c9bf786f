"""Taking in HR's lists: read, plan, preview, apply as one act with one undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wxadmin import paths
from wxadmin.domain import import_plan as plans
from wxadmin.domain.cell_readings import CellReadings
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.consequences import CHECKLIST, FORM
from wxadmin.domain.errors import UserError
from wxadmin.domain.headings import Vocabulary
from wxadmin.domain.import_plan import Plan
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.organisation import HeadingMemory, HrSource, OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.domain.sheet_kind import LEAVERS, MEMBERS, WECOM
from wxadmin.domain.sheet_rows import parse_rows
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.progress import Progress, silent
from wxadmin.services.import_ahead import Ahead
from wxadmin.services.import_planning import ImportPlanning
from wxadmin.services.import_preview import Preview, Reading, Said, Struck
from wxadmin.services.import_slots import refuse_wrong_kind
from wxadmin.services.import_sources import month_end, source_called
from wxadmin.services.sets_in_motion import SetsInMotion, stays
from wxadmin.services.workplace import Workplace
from wxadmin.steady import without_collection

NOBODY_LEFT = "无离职"


class Imports:
    """Rosters and leaver lists into the register."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- reading ------------------------------------------------------------------------------
    def read(
        self,
        path: Path,
        *,
        kind: str | None = None,
        sheet: str | None = None,
        mapping: Sequence[tuple[str, str]] = (),
        progress: Progress = silent,
    ) -> Reading:
        """Read a list; columns corrected once for the same headings are remembered."""
        from wxadmin.sheets.reading import send_ahead, start_reader

        # the child starts first; what the plan needs is loaded while it reads
        with without_collection(), start_reader() as reader, Ahead(self._workplace) as ahead:
            send_ahead(reader, path)
            from wxadmin.sheets.pasted import as_pasted
            from wxadmin.sheets.tables import read_table

            vocabulary = self._vocabulary()
            readings = CellReadings(vocabulary)
            try:
                table = read_table(
                    path,
                    vocabulary,
                    kind=kind,
                    sheet=sheet,
                    mapping=tuple(mapping),
                    remembered=self._recalled,
                    progress=progress,
                    reader=reader,
                    readings=readings,
                )
            except UserError as refusal:
                table = as_pasted(path, kind, refusal)
            refuse_wrong_kind(table, vocabulary)
            parsed = self._parsed(table, vocabulary, readings)
        return Reading(path, table, parsed, tuple(mapping), ahead)

    def read_pasted(self, text: str, name: str = "粘贴的名单") -> Reading:
        """Read a member list pasted from the chat program. Raises `UserError` without names."""
        from wxadmin.sheets.pasted import pasted_table

        table = pasted_table(text, name)
        return Reading(Path(name), table, self._parsed(table, self._vocabulary()))

    def _parsed(
        self, table: Table, vocabulary: Vocabulary, readings: CellReadings | None = None
    ) -> ParsedTable:
        if table.kind == WECOM:
            from wxadmin.domain.wecom_reading import read_members

            return read_members(table, vocabulary)
        if table.kind == MEMBERS:
            from wxadmin.domain.member_list import read_member_list

            return read_member_list(table, vocabulary)
        companies = [self._workplace.office().company_name]
        return parse_rows(table, vocabulary, companies=companies, readings=readings)

    def _vocabulary(self) -> Any:
        from wxadmin.policy.headings import read_vocabulary

        own = self._workplace.user_policies
        mine = own / "headings.toml" if own else None
        chosen = mine if mine and mine.exists() else paths.RESOURCES / "headings.toml"
        return read_vocabulary(chosen)

    def _recalled(self, signature: str) -> tuple[tuple[str, str], ...]:
        """Return the columns somebody corrected for the same headings."""
        found = self._workplace.store.find(HeadingMemory, signature=signature)
        return found[-1].columns if found else ()

    # -- planning -----------------------------------------------------------------------------
    def plan(self, reading: Reading, said: Said | None = None) -> Preview:
        """Draw up what the list would do; writes nothing.

        Raises `UserError` for a list of another kind, or an HR source nobody knows.
        """
        with without_collection():
            if reading.kind == WECOM:
                from wxadmin.services.wecom_import import WecomImport

                return WecomImport(self._workplace).plan(reading, said or Said())
            if reading.kind == MEMBERS:
                from wxadmin.services.members_import import MembersImport

                return MembersImport(self._workplace).plan(reading, said or Said())
            planning = ImportPlanning(self._workplace, reading, said or Said())
            return planning.leavers() if reading.kind == LEAVERS else planning.roster()

    # -- applying -----------------------------------------------------------------------------
    def apply(
        self, preview: Preview, struck: Struck | None = None, *, brake_released: bool = False
    ) -> int | None:
        """Write a plan as one act; returns the operation, None where nothing was to be written.

        Raises `UserError` while a row is undecided or the brake is on.
        """
        out = struck or Struck()
        self._check_ready(preview, out, brake_released)
        if preview.reading.kind in {WECOM, MEMBERS}:
            return self._apply_records(preview, out)
        people = preview.plan.people_changes(out.lines)
        organisation = _still_needed(preview.plan, people)
        if not people and not organisation and not _new_leaver_list(preview):
            return None
        changes: list[AnyChange] = [
            *organisation,
            *people,
            *_freed(preview, out),
            *preview.plan.records,
            *self._consequences(preview, out),
        ]
        what = "离职清单" if preview.plan.kind == "leavers" else "花名册"
        title = f"导入{what}：{preview.reading.table.file_name}"
        source = preview.reading.table.file_name
        with without_collection(), self._workplace.act(title, source=source) as operation:
            operation.write(combined(changes), preview.ids)
        return operation.id

    def _apply_records(self, preview: Preview, struck: Struck) -> int | None:
        """Write an address book or a list of members: what its lines say, and the list itself."""
        lines = [
            change
            for key, changes in preview.records.items()
            if key not in struck.lines
            for change in changes
        ]
        changes = combined([*preview.plan.organisation, *lines, *preview.plan.records])
        if preview.plan.kind == MEMBERS:
            changes = self._with_check(preview, changes)
        if not changes:
            return None
        source = preview.reading.table.file_name
        what = "企业微信通讯录" if preview.plan.kind == WECOM else "群成员名单"
        title = f"导入{what}：{preview.tally.get('group', source)}"
        with without_collection(), self._workplace.act(title, source=source) as operation:
            operation.write(changes, preview.ids)
        return operation.id

    def _with_check(self, preview: Preview, changes: list[AnyChange]) -> list[AnyChange]:
        """Let a member list settle the check of its group that waits for it."""
        from wxadmin.services.list_check import ListCheck
        from wxadmin.services.membership_picture import Picture

        check = ListCheck(self._workplace, Picture(self._workplace))
        group_id, day = preview.tally["group_id"], preview.issued_on
        return check.along(group_id, changes, day, preview.ids)

    @staticmethod
    def _check_ready(preview: Preview, struck: Struck, brake_released: bool) -> None:
        open_lines = [
            line for line in preview.plan.of_kind(plans.DISPUTED) if line.key not in struck.lines
        ]
        undecided = len(open_lines) + sum(not q.answer for q in preview.plan.units_asked)
        if undecided:
            raise UserError(f"还差{undecided}行待确认，没有导入。请逐行选定后再试。", "disputed")
        if preview.plan.brake and not brake_released:
            raise UserError(preview.plan.brake.sentence, "brake")

    def _consequences(self, preview: Preview, struck: Struck) -> list[AnyChange]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for key, found in preview.consequences.items():
            if key in struck.lines:
                continue
            for what, on in ((CHECKLIST, bool(found.checklist)), (FORM, found.form)):
                if on and (key, what) not in struck.consequences:
                    wanted[key].add(what)
        plan = preview.plan
        if not wanted and not any(stays(line) for line in plan.lines):
            return []
        plan = Plan(plan.kind, plan.lines, plan.organisation)
        plan.lines = [line for line in plan.lines if line.key not in struck.lines]
        motion = SetsInMotion(self._workplace, None, {})
        return motion.changes(plan, wanted, preview.consequences, preview.ids)

    # -- nobody left --------------------------------------------------------------------------
    def record_no_leavers(self, source: str, month: str) -> int:
        """Record that an HR source reported nobody leaving in a month (登记无离职).

        Raises `UserError` where that source already sent a list for the month.
        """
        store = self._workplace.store
        month_end(month)  # refuses a month that is none
        hr = source_called(self._workplace, source)
        if store.find(LeaverList, hr_source_id=hr.id, month=month):
            raise UserError(
                f"“{hr.name}”{month} 的离职清单已经交了，没有改动。要更正请导入更正版。",
                "list_exists",
            )
        ids = store.ids()
        empty = LeaverList(
            ids.next(LeaverList), hr.id, month, 1, NOBODY_LEFT, "", self._workplace.today, 0
        )
        with self._workplace.act(f"登记无离职：{hr.name} {month}") as operation:
            operation.write([Change(None, empty)], ids)
        assert operation.id is not None
        return operation.id


def _still_needed(plan: Plan, people: Sequence[Change[Employee]]) -> list[AnyChange]:
    """Return the plan's organisation without what is new and only struck lines named."""
    made = {
        c.after.id: c.after
        for c in plan.organisation
        if c.before is None and isinstance(c.after, OrgUnit)
    }
    known = [c.after for c in plan.organisation if c.before is not None]
    named = {c.after.org_unit_id for c in people if c.after is not None}
    wanted = named | {unit.parent_id for unit in known if isinstance(unit, OrgUnit)}
    posts = {c.after.position_id for c in people if c.after is not None}
    used: set[int] = set()
    for unit_id in wanted:
        while unit_id in made and unit_id not in used:
            used.add(unit_id)
            unit_id = made[unit_id].parent_id
    return [
        change
        for change in plan.organisation
        if change.before is not None
        or (isinstance(change.after, HrSource) and (people or plan.kind == LEAVERS))
        or (isinstance(change.after, OrgUnit) and change.after.id in used)
        or (isinstance(change.after, Position) and change.after.id in posts)
    ]


def _freed(preview: Preview, struck: Struck) -> list[AnyChange]:
    """Return the accounts that let a number go, unless taker or former user was struck out."""
    staying = {line.employee_id for line in preview.plan.lines if line.key in struck.lines}
    return [
        change
        for key, changes in preview.freed.items()
        if key not in struck.lines
        for change in changes
        if getattr(change.before, "holder_id", None) not in staying
    ]


def _new_leaver_list(preview: Preview) -> bool:
    return preview.plan.kind == "leavers" and any(
        isinstance(change.after, LeaverList) for change in preview.plan.records
    )


__all__ = ["Imports", "Preview", "Reading", "Said", "Struck"]
