"""What people bring to the desk: contracts, loans, exceptions running out, leavers' accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from wxadmin.domain.account import IN_USE, PENDING, RESTRICTED, SUSPENDED, Account, AccountException
from wxadmin.domain.account_rules import TERM
from wxadmin.domain.evidence import OFFBOARDING
from wxadmin.domain.group import MemberException
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.person import Employee, ExtraPost, Secondment
from wxadmin.domain.policy_settings import Scope
from wxadmin.domain.reminder import Reminder, reminder
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.evidence import EvidenceRoom

STILL_OPEN = frozenset({IN_USE, PENDING, SUSPENDED, RESTRICTED})


class PeopleReminders:
    """Everything that has to do with a person's dates."""

    def __init__(self, room: EvidenceRoom, views: list[ChecklistView]) -> None:
        self._room, self._on = room, room.on
        self._picture = room.picture
        self._store = room.workplace.store
        self._ahead = self._on + timedelta(
            days=self._picture.number("contract_end_warning_days", Scope())
        )
        self._leaving = {
            v.look.checklist.employee_id for v in views if v.look.checklist.template == OFFBOARDING
        }

    def all(self) -> Iterator[Reminder]:
        """Yield everything about people."""
        yield from self._contracts()
        yield from self._loans()
        yield from self._extra_posts()
        yield from self._member_exceptions()
        yield from self._account_exceptions()
        yield from self._accounts_of_leavers()

    def _soon(self, until: date | None) -> bool:
        return until is not None and self._on <= until <= self._ahead

    def _contracts(self) -> Iterator[Reminder]:
        rows = self._store.columns(
            Employee, "id", "name", "emp_no", "employment_type", "contract_end", "leave_date"
        )
        ending = [r for r in rows if r[4] is not None and r[4] <= self._ahead and r[5] is None]
        held = self._holdings({row[0] for row in ending})
        for person_id, name, emp_no, kind, end, _ in ending:
            yield reminder(
                "contract",
                name,
                f"{kind}合同{short_date(end, self._on)}到期",
                on=self._on,
                due_on=end,
                detail=held.get(person_id, ""),
                act="open_person",
                desk="people",
                key=emp_no,
            )

    def _holdings(self, ids: set[int]) -> dict[int, str]:
        """What people have, in short: 包装车间　账号1个、群2个."""
        if not ids:
            return {}
        rows = self._store.columns(Account, "holder_id", "state", holder_id=ids)
        accounts = Counter(holder for holder, state in rows if state in STILL_OPEN)
        groups: Counter[int] = Counter()
        for group_id in self._picture.groups:
            groups.update(self._picture.member_ids(group_id) & ids)
        return {
            i: f"{self._picture.person(i).org_unit}　账号{accounts[i]}个、群{groups[i]}个"
            for i in ids
        }

    def _loans(self) -> Iterator[Reminder]:
        for loan in self._store.all(Secondment):
            if not self._soon(loan.until):
                continue
            person = self._picture.person(loan.employee_id)
            unit = self._picture.tree.text(loan.org_unit_id)
            yield reminder(
                "secondment",
                person.name,
                f"借调{unit}{self._end(loan.until)}",
                on=self._on,
                due_on=loan.until,
                detail=f"到期后退出“{unit}”的群，回{person.org_unit}",
                act="make_order",
                desk="people",
                key=person.emp_no,
            )

    def _extra_posts(self) -> Iterator[Reminder]:
        for post in self._store.all(ExtraPost):
            if not self._soon(post.until):
                continue
            person = self._picture.person(post.employee_id)
            title = self._picture.positions.get(post.position_id or 0)
            unit = self._picture.unit_names.name(post.org_unit_id or 0)
            yield reminder(
                "extra_post",
                person.name,
                f"兼任{unit}{title.name if title else ''}{self._end(post.until)}",
                on=self._on,
                due_on=post.until,
                act="open_person",
                desk="people",
                key=person.emp_no,
            )

    def _member_exceptions(self) -> Iterator[Reminder]:
        for case in self._store.all(MemberException):
            if not self._soon(case.until):
                continue
            person = self._picture.person(case.employee_id)
            group = self._picture.all_groups[case.group_id]
            what = "留群" if case.allowed else "不入群"
            yield reminder(
                "member_exception",
                person.name,
                f"特批{what}{self._end(case.until)}",
                on=self._on,
                due_on=case.until,
                detail=f"{group.name}　批准人：{case.granted_by}",
                act="extend_exception",
                desk="groups",
                key=group.group_no,
            )

    def _terms(self, cases: list[AccountException]) -> Iterator[Reminder]:
        """Accounts granted until a day, told until they are closed or granted for longer."""
        terms: dict[int, AccountException] = {}
        for case in sorted(cases, key=lambda case: case.until):
            terms[case.employee_id] = case
        ending = {i: case for i, case in terms.items() if case.until <= self._ahead}
        rows = self._store.columns(Account, "holder_id", "state", holder_id=set(ending))
        for holder in sorted({i for i, state in rows if state in STILL_OPEN} - self._leaving):
            person, case = self._picture.person(holder), ending[holder]
            yield reminder(
                "account_term",
                person.name,
                f"账号使用期限{self._end(case.until)}",
                on=self._on,
                due_on=case.until,
                detail=f"依据：{case.basis or case.granted_by}",
                act="extend_account",
                desk="accounts",
                key=person.emp_no,
            )

    def _account_exceptions(self) -> Iterator[Reminder]:
        cases = self._store.all(AccountException)
        yield from self._terms([case for case in cases if case.exception_kind == TERM])
        for case in cases:
            if case.exception_kind == TERM or not self._soon(case.until):
                continue
            person = self._picture.person(case.employee_id)
            yield reminder(
                "account_exception",
                person.name,
                f"{case.exception_kind}批准{self._end(case.until)}",
                on=self._on,
                due_on=case.until,
                detail=f"批准人：{case.granted_by}",
                act="extend_account",
                desk="accounts",
                key=person.emp_no,
            )

    def _accounts_of_leavers(self) -> Iterator[Reminder]:
        """Live accounts of people who have left, where no checklist watches over it (I25)."""
        rows = self._store.columns(
            Account, "holder_id", "wecom_userid", "account_no", "state", state=set(STILL_OPEN)
        )
        days = timedelta(days=self._picture.number("leaver_deadline_days", Scope()))
        found: dict[int, list[str]] = defaultdict(list)
        for holder, userid, number, _ in rows:
            gone = holder is not None and self._picture.has_left(holder)
            if gone and holder not in self._leaving:
                found[holder].append(userid or number)
        for holder, names in found.items():
            person = self._picture.person(holder)
            assert person.leave_date is not None
            yield reminder(
                "leaver_account",
                person.name,
                "企业微信账号仍可登录",
                on=self._on,
                due_on=person.leave_date + days,
                detail=f"{short_date(person.leave_date, self._on)}离职，账号 {'、'.join(names)}",
                act="close_account",
                desk="accounts",
                key=person.emp_no,
            )

    def _end(self, until: date | None) -> str:
        return "今天到期" if until == self._on else f"{short_date(until, self._on)}到期"
