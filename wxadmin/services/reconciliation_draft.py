"""What settling findings would change: register by its own rules, marks, and WeCom's share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from wxadmin.domain import reconciliation_finding as r
from wxadmin.domain.account import IN_USE, PENDING, SUSPENDED, Account
from wxadmin.domain.account_moves import (
    CLOSE,
    OPEN,
    RECLAIM,
    RESTORE,
    SUSPEND,
    account_moves_from,
)
from wxadmin.domain.change import AnyChange, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.marks import handed_out_reason
from wxadmin.domain.person import AS_FOUND, Employee
from wxadmin.domain.reconciliation_finding import Finding
from wxadmin.domain.reconciliation_values import HR, REGISTER, WECOM
from wxadmin.domain.reconciliation_words import label_of
from wxadmin.domain.wecom import DISABLED, HR_IS_WRONG, NOT_NOW, WecomMember
from wxadmin.services.account_book import AccountBook
from wxadmin.services.accounts import next_account_no
from wxadmin.services.handover import CANCEL, POOL, usual_fate
from wxadmin.services.marks import Marks, Wish
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.settlement import Settlement
from wxadmin.services.workplace import Workplace

BASIS = "三方核对"
ACCOUNT_FIELDS = {
    "name": "name",
    "org_unit": "org_unit_id",
    "position": "directory_title",
    "mobile": "mobile",
    "company_email": "company_email",
    "wecom_userid": "wecom_userid",
}


class SettlementDraft:
    """Collects what each finding asks for: account fields, moves, new accounts, marks."""

    def __init__(
        self, workplace: Workplace, seen: Reconciliation, winner: str, findings: Sequence[Finding]
    ) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._seen = seen
        self._winner = winner
        self._ids = workplace.store.ids()
        self._plan = Settlement(ids=self._ids)
        self._alone = len(findings) == 1
        self._settled: dict[Finding, None] = {}
        accounts = {f.account_id for f in findings} - {None}
        self._accounts = {a.id: a for a in self._store.find(Account, id=accounts)}
        self._fields: dict[int, dict[str, Any]] = defaultdict(dict)
        self._moves: dict[int, str] = {}
        self._by_account: dict[int, list[Finding]] = defaultdict(list)
        self._wishes: list[tuple[Finding, Wish]] = []
        self._new: list[Finding] = []
        self._usual: dict[str, str] = {}

    @cached_property
    def _book(self) -> AccountBook:
        return AccountBook(self._workplace)

    @cached_property
    def _units(self) -> dict[str, int]:
        tree = self._seen.picture.tree
        return {tree.text(unit_id): unit_id for unit_id in tree.units}

    def take(self, finding: Finding) -> None:
        """Note what one finding asks for."""
        doing: dict[str, Callable[[Finding], None]] = {
            r.FIELD: self._field,
            r.SWAPPED: self._swapped,
            r.STATE: self._state,
            r.NOT_MARKED_LISTED: self._mark_listed,
            r.NOT_REGISTERED: self._register,
            r.LEFT: self._close,
            r.NOT_LISTED: self._hand_out,
            r.NOT_OPENED: self._hand_out,
            r.STRANGER: self._stranger,
            r.SECOND: self._stranger,
        }
        do = doing.get(finding.cause)
        if do is None:
            self._plan.left_over.append(finding)
        else:
            do(finding)

    # -- one finding each -------------------------------------------------------------------------
    def _field(self, finding: Finding) -> None:
        winner = self._winner or finding.winner
        sides = {HR: finding.hr, REGISTER: finding.register, WECOM: finding.wecom}
        right = sides[winner]
        if not right:
            self._refuse(finding, f"{winner}没有{label_of(finding.field)}，不能以它为准。")
            return
        known = finding.register or finding.field == "wecom_userid"
        if finding.account_id is not None and known and finding.register != right:
            value = self._account_value(finding.field, right)
            if value is None:
                self._refuse(finding, f"台账没有部门“{right}”，请先建部门。")
                return
            self._set(finding, ACCOUNT_FIELDS[finding.field], value)
        if finding.hr and finding.hr != right and finding.person_id is not None:
            wish = Wish(("person", finding.person_id, finding.field), HR_IS_WRONG, right,
                        reason=f"{BASIS}：以{winner}为准")  # fmt: skip
            self._wishes.append((finding, wish))
        if finding.member_id is not None and finding.wecom != right:
            self._hand_out(finding, right)
        self._done(finding)

    def _swapped(self, finding: Finding) -> None:
        """Two namesakes are never parted by policy alone: somebody must name the side."""
        if self._winner:
            self._field(replace(finding, winner=self._winner))
        else:
            self._plan.left_over.append(finding)

    def _state(self, finding: Finding) -> None:
        winner = self._winner or finding.winner
        if winner != WECOM:
            self._hand_out(finding, finding.register)
            return
        assert finding.account_id is not None
        moves = {SUSPENDED: RESTORE, PENDING: OPEN}
        self._moves[finding.account_id] = moves.get(finding.register, SUSPEND)
        self._by_account[finding.account_id].append(finding)
        self._done(finding)

    def _mark_listed(self, finding: Finding) -> None:
        self._set(finding, "in_directory", True)
        self._done(finding)

    def _close(self, finding: Finding) -> None:
        if finding.namesake_id is not None:  # he is back: his account is not to be closed
            self._plan.left_over.append(finding)
            return
        if finding.account_id is not None:
            move = self._fate(self._accounts[finding.account_id])
            if not move:  # it goes to a successor, whom somebody must name
                self._plan.left_over.append(finding)
                return
            self._moves[finding.account_id] = move
            self._by_account[finding.account_id].append(finding)
        if finding.member_id is not None and finding.wecom != DISABLED:
            self._hand_out(finding)
        self._done(finding)

    def _fate(self, account: Account) -> str:
        """Return the move of the policy's usual fate, "" where it is no plain move."""
        usual = self._usual.get(account.account_type)
        if usual is None:
            usual = self._usual[account.account_type] = usual_fate(self._workplace, account)
        move = {CANCEL: CLOSE, POOL: RECLAIM}.get(usual, "")
        return CLOSE if move and move not in account_moves_from(account.state) else move

    def _stranger(self, finding: Finding) -> None:
        """Nobody is taken out of the address book in the bulk for not being known."""
        if self._alone:
            self._hand_out(finding)
        else:
            self._plan.left_over.append(finding)

    def _hand_out(self, finding: Finding, value: str = "") -> None:
        """The console does it; the next export shows whether it was done."""
        subject, subject_id, name = finding.key
        if finding.member_id is not None and subject == "person":
            subject, subject_id = "wecom", finding.member_id
        reason = handed_out_reason(self._seen.issue_id)
        wish = Wish((subject, subject_id, name), NOT_NOW, value, reason=reason)
        self._wishes.append((finding, wish))
        self._plan.outside.append(finding)
        self._done(finding)

    def _set(self, finding: Finding, name: str, value: Any) -> None:
        assert finding.account_id is not None
        self._fields[finding.account_id][name] = value
        self._by_account[finding.account_id].append(finding)

    def _account_value(self, name: str, text: str) -> Any:
        return self._units.get(text) if name == "org_unit" else text

    def _done(self, finding: Finding) -> None:
        self._settled[finding] = None

    def _refuse(self, finding: Finding, sentence: str) -> None:
        self._plan.refused.append((finding, sentence))

    # -- all together -----------------------------------------------------------------------------
    def _register(self, finding: Finding) -> None:
        self._new.append(finding)
        self._done(finding)

    def finish(self) -> Settlement:
        """Return the plan: what an account's own rules forbid is refused, the rest stands."""
        changes: list[AnyChange] = []
        if self._by_account:
            self._book.read_ahead([self._accounts[account_id] for account_id in self._by_account])
        for account_id, findings in self._by_account.items():
            changes += self._tried(findings, lambda i=account_id: self._account(i))  # type: ignore[misc]
        for finding in self._new:
            changes += self._tried([finding], lambda f=finding: self._opened(f))  # type: ignore[misc]
        refused = {finding for finding, _ in self._plan.refused}
        wishes = [wish for finding, wish in self._wishes if finding not in refused]
        changes += Marks(self._workplace).plan(wishes, self._ids)
        plan = self._plan
        plan.changes = combined(changes)
        plan.settled = [finding for finding in self._settled if finding not in refused]
        plan.outside = [finding for finding in plan.outside if finding not in refused]
        plan.people = len({f.person_id or -(f.member_id or 0) for f in plan.settled})
        return plan

    def _tried(
        self, findings: Sequence[Finding], planned: Callable[[], list[AnyChange]]
    ) -> list[AnyChange]:
        try:
            return planned()
        except UserError as refusal:
            for finding in dict.fromkeys(findings):
                self._refuse(finding, refusal.message)
            return []

    def _account(self, account_id: int) -> list[AnyChange]:
        """The changes of one account: its move first, its fields on top of that."""
        account = self._accounts[account_id]
        changes: list[AnyChange] = []
        now = account
        if account_id in self._moves:
            move = self._moves[account_id]
            changes = self._book.plan_move(account, move, self._ids, reason=BASIS)
            moved = changes[0].after
            assert isinstance(moved, Account)
            now = moved
        fields = self._fields.get(account_id)
        if fields:
            after = replace(now, **fields)
            planned = self._book.plan_change(now, after, self._ids, basis=BASIS)
            now = planned[0].after  # type: ignore[assignment]
            changes += planned
        self._book.checks.note(now)  # the next one must not be given the same number
        return changes

    def _opened(self, finding: Finding) -> list[AnyChange]:
        """An account that is in use already, taken over as WeCom has it (历史导入)."""
        member = self._members[finding.member_id or 0]
        person = self._people[finding.person_id or 0]
        kind = next(t for t in self._workplace.pack.account_types if t.counts_as_personal)
        account = Account(
            self._ids.next(Account),
            next_account_no(self._ids),
            name=member.name,
            account_type=kind.id,
            ownership=kind.ownership,
            usage_scope=kind.usage_scope,
            permission_level=kind.permission,
            wecom_userid=member.userid,
            mobile=member.mobile,
            company_email=member.company_email,
            org_unit_id=person.org_unit_id,
            holder_id=person.id,
            responsible_id=person.id,
            in_directory=True,
            state=SUSPENDED if member.status == DISABLED else IN_USE,
            entry=AS_FOUND,
        )
        return self._book.plan_open(account, self._ids, basis=BASIS)

    @cached_property
    def _members(self) -> dict[int, WecomMember]:
        wanted = {finding.member_id for finding in self._new}
        return {member.id: member for member in self._store.find(WecomMember, id=wanted)}

    @cached_property
    def _people(self) -> dict[int, Employee]:
        wanted = {finding.person_id for finding in self._new}
        return {person.id: person for person in self._store.find(Employee, id=wanted)}
