"""What a completed hand-over slip does: accounts, groups and numbers go where it says."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.account import Account, AdminNumber, Custody
from wxadmin.domain.account_moves import CLOSE, RECLAIM, TAKE_BACK
from wxadmin.domain.change import AnyChange, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.group import ADMIN, BY_PERSON, OWNER, Group, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.account_book import AccountBook
from wxadmin.services.form_facts import table_rows
from wxadmin.services.form_fields import FormFields
from wxadmin.services.group_owners import Choice, plan_custody, plan_role
from wxadmin.services.owner_checks import plan_owner_checks
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

CLOSED_WORD, RECLAIMED_WORD, HANDED_OVER_WORD = "注销", "回收", "转交"
ACTIONS = (CLOSED_WORD, RECLAIMED_WORD, HANDED_OVER_WORD)


class HandOver:
    """One slip being carried out; what it changes is gathered and written by the caller."""

    def __init__(
        self,
        workplace: Workplace,
        book: AccountBook,
        form: Form,
        fields: FormFields,
        ids: IdSource,
        on: date,
    ) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._book = book
        self._form = form
        self._fields = fields
        self._ids = ids
        self._on = on
        self._given_away: set[int] = set()

    def changes(self) -> list[AnyChange]:
        """Groups first, for an account is not closed while its holder owns one.

        A group that goes to another owner is checked anew, as in every other hand-over (I14).
        """
        changes = [*self._groups(), *self._numbers()]
        changes += plan_owner_checks(self._workplace, changes, self._ids, self._on)
        return combined([*changes, *self._accounts()])

    def _groups(self) -> list[AnyChange]:
        changes: list[AnyChange] = []
        for row in table_rows(self._form.value("owned_groups")):
            successor = self._named(row.get("successor", ""))
            role = self._role(row)
            if successor is None or role is None:
                continue
            group = self._store.get(Group, role.group_id)
            assert group is not None
            changes += plan_role(
                group, role.role, Choice(successor), role, self._on, self._form.number, self._ids
            )
            if role.role == OWNER:
                self._given_away.add(group.id)
        return changes

    def _role(self, row: dict[str, str]) -> GroupRole | None:
        """Return the duty the leaver has in person; a number's group goes with the number."""
        group = self._store.find(Group, name=row.get("group", ""))
        wanted = ADMIN if row.get("role") == ADMIN else OWNER
        roles = self._store.find(
            GroupRole,
            group_id={g.id for g in group},
            employee_id=self._form.employee_id,
            role=wanted,
            bound_to=BY_PERSON,
            to_on=None,
        )
        return roles[-1] if roles else None

    def _numbers(self) -> list[AnyChange]:
        changes: list[AnyChange] = []
        for row in table_rows(self._form.value("admin_numbers")):
            successor = self._named(row.get("receiver") or self._form.value("receiver"))
            seq = "".join(filter(str.isdigit, row.get("seq", "")))
            found = self._store.find(AdminNumber, seq=int(seq)) if seq else []
            if successor is None or not found:
                continue
            kept = self._store.find(
                Custody, admin_number_id=found[0].id, employee_id=self._form.employee_id, to_on=None
            )
            if kept:
                changes += plan_custody(
                    found[0], kept[-1], successor, self._on, self._form.number, self._ids
                )
        return changes

    def _accounts(self) -> list[AnyChange]:
        changes: list[AnyChange] = []
        for row in table_rows(self._form.value("accounts")):
            changes += self._account(self._account_of(row), row)
        return changes

    def _account_of(self, row: dict[str, str]) -> Account:
        key = row.get("account_no") or row.get("account", "")
        for account in self._book.checks.accounts.values():
            if key and key in (account.account_no, account.wecom_userid):
                return account
        raise UserError(f"交接单{self._form.number}里的账号“{key}”没有登记。", "no_account")

    def _account(self, account: Account, row: dict[str, str]) -> list[AnyChange]:
        action = row.get("action", "")
        reason = f"交接单{self._form.number}"
        if not account.live:
            return []  # done already, by a request of its own
        if action == CLOSED_WORD:
            return self._book.plan_move(
                account, CLOSE, self._ids, reason=reason, on=self._on, handed_over=self._given_away
            )
        if action == RECLAIMED_WORD:
            begun = self._book.plan_move(account, RECLAIM, self._ids, reason=reason, on=self._on)
            after = begun[0].after
            assert isinstance(after, Account)
            back = self._book.plan_move(after, TAKE_BACK, self._ids, reason=reason, on=self._on)
            return [*begun, *back]
        if action == HANDED_OVER_WORD:
            return self._to_successor(account, row)
        raise UserError(
            f"账号{account.account_no}的去向“{action}”应为{'、'.join(ACTIONS)}之一。", "bad_value"
        )

    def _to_successor(self, account: Account, row: dict[str, str]) -> list[AnyChange]:
        successor = self._named(row.get("receiver") or self._form.value("receiver"))
        if successor is None:
            raise UserError(f"账号{account.account_no}要转交，请填接收人。", "no_receiver")
        return self._book.plan_hand_over(
            account, successor, self._ids, basis=self._form.number, on=self._on
        )

    def _named(self, text: str) -> Employee | None:
        return self._fields.person(text) if text.strip() else None


def hand_over_all(
    workplace: Workplace,
    book: AccountBook,
    form: Form,
    fields: FormFields,
    ids: IdSource,
    on: date,
) -> list[AnyChange]:
    """Return everything a hand-over slip changes."""
    return HandOver(workplace, book, form, fields, ids, on).changes()
