"""Taking in HR's lists: read, plan, preview, apply as one act with one undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin import paths
from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.consequences import CHECKLIST, FORM, Consequence
from wxadmin.domain.errors import UserError
from wxadmin.domain.import_plan import Plan
from wxadmin.domain.leaver_planner import LeaverFile, LeaverPlanner
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HeadingMemory, HrSource, OrgUnit, Position, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_match import PROVISIONAL
from wxadmin.domain.roster_planner import Answers, Roster, RosterPlanner, RosterPolicy
from wxadmin.domain.roster_units import PostFinder, UnitFinder
from wxadmin.domain.sheet_kind import LEAVERS, ROSTER
from wxadmin.domain.sheet_rows import parse_rows
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.progress import Progress, silent
from wxadmin.services.import_sources import month_end, source_for
from wxadmin.services.pinyin import syllables
from wxadmin.services.sets_in_motion import SetsInMotion
from wxadmin.services.workplace import Workplace
from wxadmin.storage.operation import IdSource


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its table, its good rows, and what kind of list it is."""

    path: Path
    table: Table
    parsed: ParsedTable

    @property
    def kind(self) -> str:
        """Return the kind of list (roster, leavers, wecom, members)."""
        return self.table.kind


@dataclass(frozen=True, slots=True)
class Said:
    """What the user said about a list: whose it is, of which month, whether it names everyone."""

    source: str = ""
    month: str = ""
    complete: bool = False
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan ready to be looked at, struck out in part, and applied."""

    reading: Reading
    said: Said
    source: HrSource
    plan: Plan
    consequences: Mapping[str, Consequence]
    ids: IdSource
    issued_on: date

    @property
    def stopped_by(self) -> str:
        """Return why it may not be applied yet: "disputed", "brake", or "" for nothing."""
        if self.plan.undecided:
            return "disputed"
        return "brake" if self.plan.brake else ""

    def totals(self) -> dict[str, int]:
        """Count what the plan sets in motion."""
        found = self.consequences.values()
        groups = {group for c in found for group in (*c.joins, *c.leaves)}
        return {
            "checklists": len(found),
            "forms": sum(c.form for c in found),
            "orders": len(groups),
        }

    def results(self) -> dict[int, str]:
        """Say in a word what became of every row, for HR's own file back."""
        said = {p.row: f"未处理：{p.reason}" for p in self.plan.problems if p.row}
        for line in self.plan.lines:
            if line.row:
                said[line.row] = line.question if line.kind == plans.DISPUTED else line.kind
        return said


@dataclass(frozen=True, slots=True)
class Struck:
    """What was struck out of a preview: whole lines, or single consequences of a line."""

    lines: frozenset[str] = frozenset()
    consequences: frozenset[tuple[str, str]] = frozenset()


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
        from wxadmin.sheets.tables import read_table

        vocabulary = self._vocabulary()
        table = read_table(
            path, vocabulary, kind=kind, sheet=sheet, mapping=mapping, progress=progress
        )
        remembered = self._remembered(table.signature) if not mapping else ()
        if remembered:
            table = read_table(
                path, vocabulary, kind=kind, sheet=sheet, mapping=remembered, progress=progress
            )
        companies = [self._workplace.office().company_name]
        return Reading(path, table, parse_rows(table, vocabulary, companies=companies))

    def _vocabulary(self) -> Any:
        from wxadmin.policy.headings import read_vocabulary

        own = self._workplace.user_policies
        mine = own / "headings.toml" if own else None
        chosen = mine if mine and mine.exists() else paths.RESOURCES / "headings.toml"
        return read_vocabulary(chosen)

    def _remembered(self, signature: str) -> tuple[tuple[str, str], ...]:
        found = self._workplace.store.find(HeadingMemory, signature=signature)
        return found[-1].columns if found else ()

    def remember_columns(self, reading: Reading, mapping: Sequence[tuple[str, str]]) -> None:
        """Keep a corrected column mapping for the next list with the same headings."""
        store = self._workplace.store
        old = store.find(HeadingMemory, signature=reading.table.signature)
        ids = store.ids()
        columns = tuple(mapping)
        memory = HeadingMemory(ids.next(HeadingMemory), reading.table.signature, None, columns)
        change: AnyChange = (
            Change(old[-1], replace(old[-1], columns=columns)) if old else Change(None, memory)
        )
        with self._workplace.act(f"记住列名对照：{reading.table.file_name}") as operation:
            operation.write([change], ids)

    # -- planning -----------------------------------------------------------------------------
    def plan(self, reading: Reading, said: Said | None = None) -> Preview:
        """Draw up what the list would do; writes nothing.

        Raises `UserError` for a list of another kind, or an HR source nobody knows.
        """
        told = said or Said()
        if reading.kind == LEAVERS:
            return self._plan_leavers(reading, told)
        if reading.kind == ROSTER:
            return self._plan_roster(reading, told)
        raise UserError(
            f"《{reading.table.file_name}》是“{reading.kind}”类名单，请到三方核对里使用。",
            "other_kind",
        )

    def _plan_roster(self, reading: Reading, said: Said) -> Preview:
        store, workplace = self._workplace.store, self._workplace
        ids = store.ids()
        tree = workplace.units()
        source, made = source_for(workplace, reading.parsed, tree, said.source, ids)
        issued_on = self._issued_on(reading, said)
        first = not store.find(RosterIssue, hr_source_id=source.id)
        roster = Roster(
            reading.parsed.fields,
            reading.parsed.rows,
            source,
            issued_on,
            said.complete,
            first,
            _refused(reading.parsed),
        )
        positions = workplace.positions()
        home = source.covers[0] if len(source.covers) == 1 else None
        root = tree.root()
        units = UnitFinder(
            tree,
            lambda: ids.next(OrgUnit),
            home=None if root is not None and home == root.id else home,
            hr_source_id=source.id,
            company=workplace.office().company_name,
            sort_from=len(tree.units),
        )
        posts = PostFinder(
            positions,
            workplace.pack.ranks_by_name(),
            lambda: ids.next(Position),
            said.answers.titles,
        )
        planner = RosterPlanner(
            roster,
            store.all(Employee),
            self._userids(),
            tree,
            positions,
            units,
            posts,
            self._policy(),
            said.answers,
            lambda: ids.next(Employee),
            lambda: f"{PROVISIONAL}{ids.next(PROVISIONAL):04d}",
            lambda name: " ".join(syllables(name)),
        )
        plan = planner.plan()
        plan.organisation = [*made, *plan.organisation]
        self._file_parsed(plan, reading.parsed)
        issue = RosterIssue(
            ids.next(RosterIssue),
            source.id,
            reading.table.sheet or reading.table.file_name,
            issued_on,
            reading.table.file_name,
            reading.table.sha256,
            len(reading.parsed.rows),
            said.complete,
        )
        plan.records = [Change(None, issue)]
        motion = SetsInMotion(workplace, units, {**positions, **posts.made})
        found = {} if first else motion.of_lines(plan.lines)
        return Preview(reading, said, source, plan, found, ids, issued_on)

    def _plan_leavers(self, reading: Reading, said: Said) -> Preview:
        store, workplace = self._workplace.store, self._workplace
        ids = store.ids()
        tree = workplace.units()
        source, made = source_for(workplace, reading.parsed, tree, said.source, ids)
        month = said.month or reading.table.month or f"{workplace.today:%Y-%m}"
        versions = store.find(LeaverList, hr_source_id=source.id, month=month)
        last = max(versions, key=lambda v: v.version_no, default=None)
        file = LeaverFile(
            reading.parsed.fields,
            reading.parsed.rows,
            source,
            month,
            reading.table.file_name,
            reading.table.sha256,
            workplace.today,
            min(month_end(month), workplace.today),
            versions,
            store.find(LeaverRow, leaver_list_id=last.id) if last else (),
        )
        positions = workplace.positions()
        plan = LeaverPlanner(
            file,
            store.all(Employee),
            self._userids(),
            tree,
            positions,
            workplace.number("brake_count"),
            workplace.number("brake_percent"),
            said.answers.rows,
            ids.next,
        ).plan()
        plan.organisation = list(made)
        self._file_parsed(plan, reading.parsed)
        units = UnitFinder(
            tree, lambda: ids.next(OrgUnit), home=None, hr_source_id=None, company="", sort_from=0
        )
        found = SetsInMotion(workplace, units, positions).of_lines(plan.lines)
        return Preview(
            reading, replace(said, month=month), source, plan, found, ids, file.provided_on
        )

    @staticmethod
    def _file_parsed(plan: Plan, parsed: ParsedTable) -> None:
        plan.problems = [*parsed.problems, *plan.problems]
        plan.warnings = [*parsed.warnings, *plan.warnings]

    def _issued_on(self, reading: Reading, said: Said) -> date:
        """Return the list's day: the end of its month where it names one, but never after today."""
        month = said.month or reading.table.month
        return min(month_end(month), self._workplace.today) if month else self._workplace.today

    def _userids(self) -> dict[str, int]:
        rows = self._workplace.store.columns(Account, "wecom_userid", "holder_id", state=LIVE)
        return {userid.casefold(): holder for userid, holder in rows if userid and holder}

    def _policy(self) -> RosterPolicy:
        number, states = self._workplace.number, self._workplace.pack.service_states
        return RosterPolicy(
            number("joiner_window_days"),
            number("brake_count"),
            number("brake_percent"),
            number("unit_rename_percent"),
            number("unit_rename_min_people"),
            number("transfer_match_days"),
            frozenset(n for s in states if s.in_service for n in (s.name, *s.aliases)),
            frozenset(n for s in states if not s.in_service for n in (s.name, *s.aliases))
            - frozenset(n for s in states if s.name == "待入职" for n in (s.name, *s.aliases)),
        )

    # -- applying -----------------------------------------------------------------------------
    def apply(
        self, preview: Preview, struck: Struck | None = None, *, brake_released: bool = False
    ) -> int | None:
        """Write a plan as one act; returns the operation, None where nothing was to be written.

        Raises `UserError` while a row is undecided or the brake is on.
        """
        out = struck or Struck()
        self._check_ready(preview, brake_released)
        people = preview.plan.people_changes(out.lines)
        if not people and not preview.plan.organisation and not _new_leaver_list(preview):
            return None
        changes: list[AnyChange] = [
            *preview.plan.organisation,
            *people,
            *preview.plan.records,
            *self._consequences(preview, out),
        ]
        what = "离职清单" if preview.plan.kind == "leavers" else "花名册"
        title = f"导入{what}：{preview.reading.table.file_name}"
        with self._workplace.act(title, source=preview.reading.table.file_name) as operation:
            operation.write(combined(changes), preview.ids)
        return operation.id

    @staticmethod
    def _check_ready(preview: Preview, brake_released: bool) -> None:
        if preview.plan.undecided:
            raise UserError(
                f"还差{preview.plan.undecided}行待确认，没有导入。请逐行选定后再试。", "disputed"
            )
        if preview.plan.brake and not brake_released:
            raise UserError(preview.plan.brake.sentence, "brake")

    def _consequences(self, preview: Preview, struck: Struck) -> Iterable[AnyChange]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for key, found in preview.consequences.items():
            if key in struck.lines:
                continue
            for what, on in ((CHECKLIST, bool(found.checklist)), (FORM, found.form)):
                if on and (key, what) not in struck.consequences:
                    wanted[key].add(what)
        if not wanted and not preview.plan.count(plans.RETURNED):
            return []
        motion = SetsInMotion(self._workplace, None, {})
        return motion.changes(preview.plan, wanted, preview.consequences, preview.ids)


def _refused(parsed: ParsedTable) -> frozenset[str]:
    return frozenset(p.emp_no for p in parsed.problems if p.skips and p.emp_no)


def _new_leaver_list(preview: Preview) -> bool:
    return preview.plan.kind == "leavers" and bool(preview.plan.records)


__all__ = ["Imports", "OrgTree", "Preview", "Reading", "Said", "Struck"]
