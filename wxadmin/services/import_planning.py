"""Draw up what a list would do to this register; nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.import_plan import Plan
from wxadmin.domain.leaver_planner import LeaverFile, LeaverPlanner
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.organisation import HeadingMemory, HrSource, OrgUnit, Position, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_match import PROVISIONAL
from wxadmin.domain.roster_planner import RosterPlanner
from wxadmin.domain.roster_row import Roster, RosterPolicy
from wxadmin.domain.roster_units import PostFinder, UnitFinder
from wxadmin.services.freed_numbers import free_numbers
from wxadmin.services.import_preview import Preview, Reading, Said
from wxadmin.services.import_sources import month_end, source_for
from wxadmin.services.pinyin import syllables
from wxadmin.services.sets_in_motion import SetsInMotion
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


class ImportPlanning:
    """Draws up one plan from one reading and what the user said about it."""

    def __init__(self, workplace: Workplace, reading: Reading, said: Said) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._reading = reading
        self._said = said
        self._ids = workplace.store.ids()
        self._tree = workplace.units()
        self._positions = workplace.positions()
        self._source, self._made = source_for(
            workplace, reading.parsed, self._tree, said.source, self._ids
        )

    # -- rosters ------------------------------------------------------------------------------
    def roster(self) -> Preview:
        """Return the preview of a roster."""
        roster, ids = self._roster(), self._ids
        units, posts = self._unit_finder(), self._post_finder()
        plan = RosterPlanner(
            roster,
            self._people(),
            self._userids(),
            self._tree,
            self._positions,
            units,
            posts,
            self._policy(),
            self._said.answers,
            lambda: ids.next(Employee),
            lambda: f"{PROVISIONAL}{ids.next(PROVISIONAL):04d}",
            _pinyin,
        ).plan()
        plan.organisation = [*self._made, *plan.organisation]
        self._file_parsed(plan)
        plan.records = [Change(None, self._issue(roster)), *self._remembered_columns()]
        motion = SetsInMotion(self._workplace, units, {**self._positions, **posts.made})
        found = {} if roster.first else motion.of_lines(plan.lines)
        return Preview(
            self._reading,
            self._said,
            self._source,
            plan,
            found,
            ids,
            roster.issued_on,
            free_numbers(self._workplace, plan),
        )

    def _roster(self) -> Roster:
        parsed = self._reading.parsed
        return Roster(
            parsed.fields,
            parsed.rows,
            self._source,
            self._issued_on(),
            self._said.complete,
            not self._store.find(RosterIssue, hr_source_id=self._source.id),
            refused_people(self._reading),
            self._sources_named(),
        )

    def _sources_named(self) -> dict[str, int]:
        """Return the HR sources by name where the list has a column of them."""
        if "hr_source" not in self._reading.parsed.fields:
            return {}
        known = {source.name: source.id for source in self._store.all(HrSource)}
        return {**known, self._source.name: self._source.id}

    def _issue(self, roster: Roster) -> RosterIssue:
        table = self._reading.table
        return RosterIssue(
            self._ids.next(RosterIssue),
            self._source.id,
            table.sheet or table.file_name,
            roster.issued_on,
            table.file_name,
            table.sha256,
            len(roster.rows),
            roster.complete,
        )

    def _unit_finder(self) -> UnitFinder:
        """A bare department belongs to the one unit the source covers, if it covers one."""
        covers, root = self._source.covers, self._tree.root()
        home = covers[0] if len(covers) == 1 else None
        finder = UnitFinder(
            self._tree,
            lambda: self._ids.next(OrgUnit),
            home=None if root is not None and home == root.id else home,
            hr_source_id=self._source.id,
            company=self._workplace.office().company_name,
            sort_from=len(self._tree.units),
        )
        parsed = self._reading.parsed
        if "org_unit" in parsed.fields:
            at = parsed.fields.index("org_unit")
            finder.look_over({str(values[at] or "") for _, values in parsed.rows})
        return finder

    def _post_finder(self) -> PostFinder:
        ranks, answers = self._workplace.pack.ranks_by_name(), self._said.answers.titles
        for title, rank in answers.items():
            if rank not in ranks:
                known = "、".join(ranks)
                raise UserError(
                    f"“{title}”的职务级别“{rank}”制度包里没有，可用的有：{known}。", "no_rank"
                )
        return PostFinder(self._positions, ranks, lambda: self._ids.next(Position), answers)

    def _remembered_columns(self) -> list[AnyChange]:
        """Keep what the user said of the columns, for the next list with the same headings."""
        if not self._reading.mapping:
            return []
        change = column_memory(self._workplace, self._reading, self._reading.mapping, self._ids)
        return [change] if change.before != change.after else []

    # -- leaver lists -------------------------------------------------------------------------
    def leavers(self) -> Preview:
        """Return the preview of a leaver list."""
        file = self._leaver_file()
        number = self._workplace.number
        plan = LeaverPlanner(
            file,
            self._people(),
            self._userids(),
            self._tree,
            self._positions,
            number("brake_count"),
            number("brake_percent"),
            self._said.answers.rows,
            self._ids.next,
        ).plan()
        plan.organisation = list(self._made)
        plan.records += self._remembered_columns()
        self._file_parsed(plan)
        motion = SetsInMotion(self._workplace, self._unit_finder(), self._positions)
        return Preview(
            self._reading,
            replace(self._said, month=file.month),
            self._source,
            plan,
            motion.of_lines(plan.lines),
            self._ids,
            file.provided_on,
        )

    def _leaver_file(self) -> LeaverFile:
        parsed, table, today = self._reading.parsed, self._reading.table, self._workplace.today
        month = self._said.month or table.month or f"{today:%Y-%m}"
        versions = self._store.find(LeaverList, hr_source_id=self._source.id, month=month)
        last = max(versions, key=lambda v: v.version_no, default=None)
        return LeaverFile(
            parsed.fields,
            parsed.rows,
            self._source,
            month,
            table.file_name,
            table.sha256,
            today,
            min(month_end(month), today),
            versions,
            self._store.find(LeaverRow, leaver_list_id=last.id) if last else (),
            refused_people(self._reading),
            self._sources_named(),
        )

    # -- both ---------------------------------------------------------------------------------
    def _people(self) -> list[Employee]:
        ahead = self._reading.ahead
        return ahead.people() if ahead is not None else self._store.all(Employee)

    def _file_parsed(self, plan: Plan) -> None:
        parsed = self._reading.parsed
        plan.problems = [*parsed.problems, *plan.problems]
        plan.warnings = [*parsed.warnings, *plan.warnings]

    def _issued_on(self) -> date:
        """Return the list's day: the end of its month where it names one, but never after today."""
        month, today = self._said.month or self._reading.table.month, self._workplace.today
        return min(month_end(month), today) if month else today

    def _userids(self) -> dict[str, int]:
        rows = self._store.columns(Account, "wecom_userid", "holder_id", state=LIVE)
        return {userid.casefold(): holder for userid, holder in rows if userid and holder}

    def _policy(self) -> RosterPolicy:
        number, states = self._workplace.number, self._workplace.pack.service_states
        coming = frozenset(n for s in states if s.name == "待入职" for n in (s.name, *s.aliases))
        return RosterPolicy(
            number("joiner_window_days"),
            number("brake_count"),
            number("brake_percent"),
            number("unit_rename_percent"),
            number("unit_rename_min_people"),
            number("transfer_match_days"),
            frozenset(n for s in states if s.in_service for n in (s.name, *s.aliases)),
            frozenset(n for s in states if not s.in_service for n in (s.name, *s.aliases)) - coming,
        )


@lru_cache(maxsize=20_000)
def _pinyin(name: str) -> str:
    return " ".join(syllables(name))


def refused_people(reading: Reading) -> frozenset[str]:
    """Return the 工号 of refused rows, or the names where no 工号 could be read.

    These people stand in the file, so they are neither missing from it nor withdrawn.
    """
    names = next((column for column, key in reading.table.taken if key == "name"), None)
    found = set()
    for problem in reading.parsed.problems:
        if not problem.skips:
            continue
        if problem.emp_no:
            found.add(problem.emp_no)
        elif problem.row and names is not None:
            found.add("".join(str(reading.table.row(problem.row)[names]).split()))
    return frozenset(found - {""})


def column_memory(
    workplace: Workplace, reading: Reading, mapping: tuple[tuple[str, str], ...], ids: IdSource
) -> Change[HeadingMemory]:
    """Return the change that keeps a column mapping for these headings."""
    signature = reading.table.signature
    old = workplace.store.find(HeadingMemory, signature=signature)
    if old:
        return Change(old[-1], replace(old[-1], columns=mapping))
    return Change(None, HeadingMemory(ids.next(HeadingMemory), signature, None, mapping))
