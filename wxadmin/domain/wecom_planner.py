"""What taking in WeCom's address book would do: the mirror of its members, and their accounts.

The register is only told what it merely did not know. Where it says otherwise (an account closed
here and active there, another id) nothing is changed: that is for the reconciliation to show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.import_plan import Brake, Candidate, Line, Plan
from wxadmin.domain.person import Employee
from wxadmin.domain.wecom import (
    DISPUTED,
    LINKED,
    MATCH_STATES,
    NEW,
    QUIT,
    UNMATCHED,
    WecomMember,
)
from wxadmin.domain.wecom_accounts import AccountsSeen, Opening
from wxadmin.domain.wecom_match import BY_HAND, Known, Matching, Whose
from wxadmin.domain.wecom_reading import MemberRow

WECOM = "wecom"
_MIRRORED = (
    *("name", "alias", "mobile", "departments", "position", "gender", "telephone", "email"),
    *("company_email", "status"),
)


@dataclass(frozen=True, slots=True)
class AddressBookBrake(Brake):
    """More members are gone from the address book than the policy lets pass unasked."""

    @property
    def sentence(self) -> str:
        """Return what is shown above the preview."""
        over = f"超过{self.limit}人" if self.people > self.limit else f"超过{self.limit_percent}%"
        return (
            f"本次有{self.people}个成员不在文件里了，{over}，已暂停。"
            "请看导出的是不是整个通讯录，或选错了文件。"
        )


@dataclass(frozen=True, slots=True)
class AddressBook:
    """An export as it was read: its rows, the ids of rows that were refused, what was answered.

    `quiet` are members somebody marked 不动 or 以后再说, or put off for this very file: they are
    taken in as open questions and not asked about here.
    """

    rows: Sequence[tuple[int, MemberRow]]
    refused: AbstractSet[str]
    answers: Mapping[int, str]
    quiet: AbstractSet[int]
    on: date


@dataclass(slots=True)
class BookPlan:
    """The plan with its lines, and by line what is written to the mirror and the accounts."""

    plan: Plan
    records: dict[str, tuple[AnyChange, ...]] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MATCH_STATES, 0))


class WecomPlanner:
    """Draws up one plan from one export."""

    def __init__(
        self,
        book: AddressBook,
        known: Known,
        opening: Opening,
        candidate: Callable[[Employee, bool], Candidate],
    ) -> None:
        self._book = book
        self._known = known
        self.matching = self._matching = Matching(known)
        self._opening = opening
        self._candidate = candidate
        self._accounts = AccountsSeen(known.accounts, opening, book.on)
        self._made = BookPlan(Plan(WECOM))

    def plan(self) -> BookPlan:
        """Return what the export would do."""
        found = self._matching.match(self._book.rows, self._book.answers)
        present = {row.wecom_userid.casefold() for _, row in self._book.rows if row.status != QUIT}
        present |= {userid.casefold() for userid in self._book.refused}
        seen = {row.wecom_userid.casefold() for _, row in self._book.rows} | present
        for number, row in self._book.rows:
            self._take(number, row, found[number])
        gone = self._gone(seen)
        self._made.plan.brake = self._brake(gone + self._taken_out(present))
        return self._made

    # -- one row --------------------------------------------------------------------------------
    def _take(self, number: int, row: MemberRow, whose: Whose) -> None:
        member = self._matching.members.get(row.wecom_userid.casefold())
        first = whose.state == UNMATCHED and member is None
        self._made.states[NEW if first else whose.state] += 1
        account, changes = self._accounts.of(row, whose)
        changes = [self._mirrored(member, row, whose, account), *changes]
        changes = [change for change in changes if change.before != change.after]
        line = self._line(number, row, whose, member, changed=bool(changes))
        self._made.plan.lines.append(line)
        if changes:
            self._made.records[line.key] = tuple(changes)

    def _line(
        self,
        number: int,
        row: MemberRow,
        whose: Whose,
        member: WecomMember | None,
        *,
        changed: bool,
    ) -> Line:
        kind = plans.UNCHANGED if not changed else plans.CHANGED if member else plans.NEW
        person = whose.person
        answer = self._book.answers.get(number)
        if answer and (answer != plans.LATER or whose.state == DISPUTED):
            self._made.plan.answered.add(number)
        if whose.state == DISPUTED:
            later = answer == plans.LATER
            quiet = member is not None and member.id in self._book.quiet
            kind = plans.SKIPPED if later or quiet else plans.DISPUTED
        return Line(
            number,
            kind,
            row.name,
            person.emp_no if person else "",
            Change(person, person) if person else None,
            why=whose.how,
            question=whose.question,
            candidates=tuple(
                self._candidate(one, self._matching.likely(row, one)) for one in whose.candidates
            ),
        )

    def _mirrored(
        self, member: WecomMember | None, row: MemberRow, whose: Whose, account: Account | None
    ) -> AnyChange:
        known: dict[str, Any] = {name: getattr(row, name) for name in _MIRRORED}
        known |= {
            "employee_id": whose.person.id if whose.person else None,
            "account_id": account.id if account else None,
            "match_state": whose.state,
            "match_how": whose.how,
            "gone_on": None,
        }
        if member is None:
            new_id = self._opening.next_id(WecomMember)
            new = WecomMember(new_id, row.wecom_userid, seen_on=self._book.on, **known)
            return Change(None, new)
        same = whose.state == LINKED and known["employee_id"] == member.employee_id
        if same and whose.how != BY_HAND and member.match_how:
            known["match_how"] = member.match_how  # how it was found first says more
        after = replace(member, **known)
        return Change(member, after if after == member else replace(after, seen_on=self._book.on))

    # -- who is gone ----------------------------------------------------------------------------
    def _gone(self, seen: AbstractSet[str]) -> int:
        """Members the export no longer holds."""
        gone = [
            member
            for key, member in self._matching.members.items()
            if key not in seen and member.gone_on is None
        ]
        for member in gone:
            changes: list[AnyChange] = [Change(member, replace(member, gone_on=self._book.on))]
            changes += self._accounts.out_of_directory(member.userid.casefold())
            person = self._matching.by_id.get(member.employee_id or 0)
            line = Line(
                0,
                plans.LEFT,
                member.name,
                member.userid,
                Change(person, person) if person else None,
                why="通讯录里没有了",
            )
            self._made.plan.lines.append(line)
            self._made.records[line.key] = tuple(changes)
        return len(gone)

    def _taken_out(self, present: AbstractSet[str]) -> int:
        """Accounts said to be in the address book that the export does not hold."""
        missing = self._accounts.listed_without(present)
        for account in missing:
            key = account.wecom_userid.casefold()
            changes = self._accounts.out_of_directory(key)
            person = self._matching.by_id.get(account.holder_id or 0)
            about = Change(person, person) if person else None
            why = "登记在通讯录，文件里没有"
            line = Line(0, plans.LEFT, account.name, account.wecom_userid, about, why=why)
            self._made.plan.lines.append(line)
            self._made.records[line.key] = tuple(changes)
        return len(missing)

    def _brake(self, gone: int) -> Brake | None:
        limit, percent = self._opening.brake_count, self._opening.brake_percent
        known = sum(member.gone_on is None for member in self._known.members)
        known = max(known, self._accounts.listed, gone)
        if not gone or (gone <= limit and gone * 100 <= known * percent):
            return None
        return AddressBookBrake(gone, gone * 100 // known, limit, percent)
