"""What lies on the desk of the sample office: HR's lists, forms on their way, checklists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from wxadmin.domain.account import Account
from wxadmin.domain.form import (
    APPROVE,
    CLOSED,
    COMPLETE,
    DRAFT,
    MAIL,
    NOTIFY,
    SUBMIT,
    Form,
    FormStep,
)
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.organisation import HrSource, PolicyOverride, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import COMPANY
from wxadmin.policy.toml_table import Table
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.sample_draft import Draft, month_back

if TYPE_CHECKING:
    from wxadmin.services.form_draft import Drafting


class SamplePapers:
    """Draws up the lists of past months, forms and checklists; `accounts` are by person."""

    def __init__(self, draft: Draft, accounts: dict[int, Account]) -> None:
        self._draft = draft
        self._accounts = accounts
        self._sources = draft.workplace.store.all(HrSource)

    def draw_up(self) -> None:
        """Draw up everything."""
        mailbox = self._draft.plan.text("admin_mailbox")
        override_id = self._draft.ids.next(PolicyOverride)
        self._draft.add(PolicyOverride(override_id, COMPANY, "admin_mailbox", mailbox))
        months = self._draft.plan.whole("rosters_back")
        for months_ago in range(months, 0, -1):
            for source in self._sources:
                self._roster(source, months_ago)
                self._leaver_list(source, months_ago)
        for table in self._draft.plan.tables("forms"):
            self._form(table)
        self._checklists()

    # -- HR's lists ---------------------------------------------------------------------------
    def _roster(self, source: HrSource, months_ago: int) -> None:
        draft = self._draft
        day = month_back(draft.today, months_ago, draft.plan.whole("roster_day"))
        title = f"{source.name.removesuffix('人事')}{day.month}月花名册"
        staff = [p for p in draft.people if p.hr_source_id == source.id and p.in_service(day)]
        file_name = f"{title}.xlsx"
        draft.add(
            RosterIssue(
                draft.ids.next(RosterIssue),
                source.id,
                title,
                day,
                file_name,
                _mark(file_name, day),
                len(staff),
                complete=True,
            )
        )

    def _leaver_list(self, source: HrSource, months_ago: int) -> None:
        draft = self._draft
        if months_ago == 1 and source.name == draft.plan.text("missing_leaver_list"):
            return
        month = month_back(draft.today, months_ago, 1)
        leavers = [p for p in draft.people if p.hr_source_id == source.id and _left_in(p, month)]
        provided = min(month_back(month, -1, 3), draft.today)
        file_name = f"{source.name.removesuffix('人事')}{month.year}年{month.month}月离职清单.xlsx"
        made = LeaverList(
            draft.ids.next(LeaverList),
            source.id,
            f"{month:%Y-%m}",
            1,
            file_name,
            _mark(file_name, provided),
            provided,
            len(leavers),
            provided_by=source.name,
        )
        draft.add(made, *(self._row(made, row, person) for row, person in enumerate(leavers, 2)))

    def _row(self, made: LeaverList, row: int, person: Employee) -> LeaverRow:
        draft = self._draft
        return LeaverRow(
            draft.ids.next(LeaverRow),
            made.id,
            row,
            person.name,
            person.emp_no,
            person.leave_date,
            person.leave_type,
            person.id,
            "工号",
            draft.tree.text(person.org_unit_id),
        )

    # -- forms --------------------------------------------------------------------------------
    @cached_property
    def _drafting(self) -> Drafting:
        from wxadmin.services.form_draft import Drafting

        draft = self._draft
        posts = {post.id: post for post in draft.posts.values()}
        return Drafting(draft.workplace, units=draft.tree, posts=posts)

    def _form(self, table: Table) -> None:
        draft = self._draft
        person = draft.by_key[table.text("person")]
        state, applied_on = table.text("state"), draft.day(-table.whole("days"))
        form = self._drafting.plan(ACCOUNT_REQUEST, draft.ids, person=person, on=applied_on).after
        assert form is not None
        account = self._accounts.get(person.id)
        known = {"applied_on": applied_on.isoformat()}
        if account is not None:
            known["account_id"] = account.wecom_userid
        values = tuple((name, known.get(name, value)) for name, value in form.values)
        printed_on = None if state == DRAFT else applied_on
        form = replace(form, state=state, values=values, printed_on=printed_on)
        draft.add(form)
        if state != DRAFT:
            self._step(form, 1, SUBMIT, "申请人", person.name, applied_on)
        if state == CLOSED:
            self._finish(form, person, applied_on)

    def _finish(self, form: Form, person: Employee, applied_on: date) -> None:
        """Take a form through its whole way, to the account it opened."""
        days = [applied_on + timedelta(days=n) for n in (1, 2, 3)]
        signed, received, opened = days
        keeper = self._draft.workplace.by
        self._step(form, 2, APPROVE, "部门经理", "部门经理", signed)
        self._step(form, 3, MAIL, "申请人", person.name, received)
        self._step(form, 4, COMPLETE, "企业微信号管理员", keeper, opened)
        self._step(form, 5, NOTIFY, "企业微信号管理员", keeper, opened)
        account = self._accounts[person.id]
        self._draft.alter(
            form,
            replace(
                form,
                account_id=account.id,
                signed_on=signed,
                received_on=received,
                received_from=person.name,
                opened_on=opened,
                notified_head_on=opened,
                notified_holder_on=opened,
                archived_on=opened,
            ),
        )
        self._draft.alter(account, replace(account, form_no=form.number, opened_on=opened))

    def _step(self, form: Form, seq: int, move: str, role: str, by: str, on: date) -> None:
        step_id = self._draft.ids.next(FormStep)
        self._draft.add(FormStep(step_id, form.id, seq, move, role, by, min(on, self._draft.today)))

    # -- checklists ---------------------------------------------------------------------------
    def _checklists(self) -> None:
        draft = self._draft
        starter = ChecklistStarter(draft.workplace, draft.ids)
        for table in draft.plan.tables("checklists"):
            person = draft.by_key[table.text("person")]
            days = table.whole_or_none("days")
            day = draft.day(-days) if days is not None else person.leave_date or person.hire_date
            draft.plan_more(
                starter.plan(
                    table.text("kind"),
                    event_on=day or draft.today,
                    trigger=table.text("trigger"),
                    employee_id=person.id,
                    unit_path=draft.tree.path(person.org_unit_id),
                )
            )


def _left_in(person: Employee, month: date) -> bool:
    left = person.leave_date
    return left is not None and (left.year, left.month) == (month.year, month.month)


def _mark(file_name: str, day: date) -> str:
    """Stand in for the hash of a file nobody has: the same every time."""
    return sha256(f"{file_name} {day}".encode()).hexdigest()
