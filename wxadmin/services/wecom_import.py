"""Taking in WeCom's address book: what the export would do to the mirror and to the accounts."""

from __future__ import annotations

from dataclasses import replace

from wxadmin.domain.account import Account, AdminNumber
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.import_plan import Candidate
from wxadmin.domain.organisation import Decision, HrSource
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_match import as_candidate
from wxadmin.domain.sheet import shown
from wxadmin.domain.wecom import DISPUTED, HANDS_OFF, NOT_NOW, Mark, WecomIssue, WecomMember
from wxadmin.domain.wecom_accounts import Opening
from wxadmin.domain.wecom_match import Known, Matching
from wxadmin.domain.wecom_planner import AddressBook, WecomPlanner
from wxadmin.domain.wecom_reading import MemberRow
from wxadmin.services.accounts import next_account_no
from wxadmin.services.evidence import DIRECTORY, LIST_TAKEN
from wxadmin.services.import_preview import Preview, Reading, Said
from wxadmin.services.workplace import Workplace

SOURCE = "企业微信"
_FEW_ROWS = 5  # fewer rows tell little about whose address book it is
_STRANGE = 10  # less than one in so many known by a key: another company's
_STRANGE_NAMES = 3  # the same where only names can be compared


class WecomImport:
    """Plans the taking in of one export."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._ids = workplace.store.ids()
        self._tree = workplace.units()
        self._positions = workplace.positions()

    def plan(self, reading: Reading, said: Said) -> Preview:
        """Draw up what an export would do; writes nothing.

        Raises `UserError` for the address book of another company.
        """
        book = self._book(reading, said)
        known = self._known(reading)
        planner = WecomPlanner(book, known, self._opening(), self._candidate)
        self._refuse_other_company(reading, book, known, planner.matching)
        made = planner.plan()
        made.plan.problems = list(reading.parsed.problems)
        made.plan.warnings = list(reading.parsed.warnings)
        made.plan.records = self._kept(reading, book)
        made.plan.first = not known.members
        today = self._workplace.today
        return Preview(
            reading,
            said,
            HrSource(0, SOURCE),
            made.plan,
            {},
            self._ids,
            today,
            records=made.records,
            tally={"states": made.states},
        )

    # -- what there is --------------------------------------------------------------------------
    def _book(self, reading: Reading, said: Said) -> AddressBook:
        rows = [(number, MemberRow(*values)) for number, values in reading.parsed.rows]  # type: ignore[arg-type]
        today = self._workplace.today
        marks = self._store.find(Mark, subject="wecom", field="", mark={HANDS_OFF, NOT_NOW})
        quiet = {mark.subject_id for mark in marks if mark.in_force(today)}
        if self._taken_before(reading):
            quiet |= {i for (i,) in self._store.columns(WecomMember, "id", match_state=DISPUTED)}
        return AddressBook(rows, _refused_ids(reading), said.answers.rows, quiet, today)

    def _taken_before(self, reading: Reading) -> bool:
        """Say whether this very file was the last one taken in: its open questions were put off."""
        issues = self._store.all(WecomIssue)
        return bool(issues) and issues[-1].sha256 == reading.table.sha256

    def _known(self, reading: Reading) -> Known:
        people = reading.ahead.people() if reading.ahead else self._store.all(Employee)
        return Known(
            people,
            self._store.all(Account),
            self._store.all(WecomMember),
            self._store.all(AdminNumber),
            self._tree,
        )

    def _opening(self) -> Opening:
        types = self._workplace.pack.account_types
        kind = next((t for t in types if t.counts_as_personal), types[0])
        return Opening(
            kind.id,
            frozenset(t.id for t in types if t.counts_as_personal),
            lambda: next_account_no(self._ids),
            self._ids.next,
            self._workplace.number("brake_count"),
            self._workplace.number("brake_percent"),
            kind.ownership,
            kind.usage_scope,
            kind.permission,
        )

    def _candidate(self, person: Employee, likely: bool) -> Candidate:
        return as_candidate(person, self._tree, self._positions, likely=likely)

    # -- the list itself ------------------------------------------------------------------------
    def _kept(self, reading: Reading, book: AddressBook) -> list[AnyChange]:
        """Keep that this export was taken in, and its day as proof; not twice for one file."""
        if self._taken_before(reading):
            return []
        today = self._workplace.today
        issue = WecomIssue(
            self._ids.next(WecomIssue),
            reading.table.file_name,
            reading.table.sha256,
            today,
            len(book.rows),
            corp_key(book),
        )
        return [Change(None, issue), self._proof()]

    def _proof(self) -> AnyChange:
        today = self._workplace.today
        known = self._store.find(Decision, subject=LIST_TAKEN, key=DIRECTORY)
        if known:
            last = known[-1]
            return Change(last, replace(last, answer=today.isoformat(), decided_on=today))
        decision_id = self._ids.next(Decision)
        decision = Decision(decision_id, LIST_TAKEN, DIRECTORY, today.isoformat(), today)
        return Change(None, decision)

    # -- another company's ----------------------------------------------------------------------
    def _refuse_other_company(
        self, reading: Reading, book: AddressBook, known: Known, matching: Matching
    ) -> None:
        if not known.people and not known.members:
            return
        rows = [row for _, row in book.rows]
        by_key = sum(map(matching.knows_keys, rows))
        by_name = sum(map(matching.knows_name, rows))
        base = min(len(rows), len(known.members) or len(known.people))
        if base < _FEW_ROWS:
            strange = len(rows) > 1 and not by_key and not by_name
        elif _keys_can_tell(known, rows):
            strange = by_key * _STRANGE < base
        else:
            strange = by_name * _STRANGE_NAMES < base
        if strange:
            raise UserError(
                f"《{reading.table.file_name}》的{len(rows)}个成员里只有{by_key}个的帐号或手机"
                "是登记里有的，像是别的企业的通讯录，没有导入；请确认导出的是不是本企业。",
                "other_company",
            )


def corp_key(book: AddressBook) -> str:
    """Name the top departments of an export, sorted: they stay the same from month to month."""
    tops = {path.partition("/")[0] for _, row in book.rows for path in row.departments}
    return "、".join(sorted(tops))


def _keys_can_tell(known: Known, rows: list[MemberRow]) -> bool:
    """Say whether both sides have ids or numbers enough to be compared."""
    if known.members:
        return True
    with_mobile = sum(bool(person.mobile) for person in known.people)
    rows_with_mobile = sum(bool(row.mobile) for row in rows)
    return 2 * with_mobile >= len(known.people) and 2 * rows_with_mobile >= len(rows)


def _refused_ids(reading: Reading) -> frozenset[str]:
    """Return the ids of rows that could not be read: their members are not gone."""
    column = next((c for c, key in reading.table.taken if key == "wecom_userid"), None)
    if column is None:
        return frozenset()
    bad = {problem.row for problem in reading.parsed.problems if problem.skips}
    return frozenset(shown(reading.table.row(number)[column]).strip() for number in bad)
