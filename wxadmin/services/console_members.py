"""The address book as last exported: whose a member is, and whom an import would overwrite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from wxadmin.domain.account import Account, AccountHolding
from wxadmin.domain.person import Employee
from wxadmin.domain.reconciliation_values import REGISTER, SETTINGS
from wxadmin.domain.roster_match import agrees
from wxadmin.domain.wecom import WecomMember
from wxadmin.domain.wecom_rows import ConsoleRow, bare_mobile
from wxadmin.services.userids import UserIds
from wxadmin.services.workplace import Workplace


class ConsoleMembers:
    """Finds members by account, person, userid and number; built once for a whole file."""

    def __init__(self, workplace: Workplace, userids: UserIds) -> None:
        self._workplace = workplace
        self._userids = userids
        self._store = workplace.store
        everyone = self._store.all(WecomMember)
        self.present = [member for member in everyone if member.present]
        self._ever = {member.userid.casefold(): member for member in everyone}
        self._by_userid = {member.userid.casefold(): member for member in self.present}
        self._by_account = {m.account_id: m for m in self.present if m.account_id is not None}
        self._by_person: dict[int, list[WecomMember]] = defaultdict(list)
        self._by_mobile: dict[str, WecomMember] = {}
        for member in self.present:
            if member.employee_id is not None:
                self._by_person[member.employee_id].append(member)
            if member.mobile:
                self._by_mobile.setdefault(bare_mobile(member.mobile), member)

    def of(self, person: Employee, account: Account, *, sole: bool) -> WecomMember | None:
        """Return the member an account is: linked to it, or by its userid.

        Where it is the person's `sole` account also the only member linked to the person.
        """
        linked = self._by_account.get(account.id)
        same_id = self._by_userid.get(account.wecom_userid.casefold())
        if linked is None and same_id is not None and self._is_own(same_id, person, account):
            linked = same_id
        own = self._by_person.get(person.id, [])
        if linked is None and sole and len(own) == 1 and own[0].account_id is None:
            linked = own[0]
        return linked

    def _is_own(self, member: WecomMember, person: Employee, account: Account) -> bool:
        if member.employee_id is not None:
            return member.employee_id in self._userids.selves(person.id)
        return agrees(person, member.name) or member.name == account.name

    def objections(
        self, row: ConsoleRow, account: Account, member: WecomMember | None
    ) -> Iterator[tuple[str, str]]:
        """Yield why a row would make somebody become another one: field and sentence."""
        if member is None:
            other = self._ever.get(row.wecom_userid.casefold())
            if other is not None and not self._was_own(other, row, account):
                yield (
                    "wecom_userid",
                    f"“{row.wecom_userid}”在通讯录里是“{other.name}”的，导入会变成他本人，"
                    "请换一个账号。",
                )
        elif self._register_insists(account, member):
            yield (
                "wecom_userid",
                f"通讯录里是“{member.userid}”，台账写的是“{account.wecom_userid}”，"
                "导入改不了账号，请先在三方核对里更正。",
            )
        holder = self._by_mobile.get(bare_mobile(row.mobile)) if row.mobile else None
        if holder is not None and holder is not member:
            yield "mobile", f"手机号码已是通讯录里“{holder.name}”的，请先核对是谁的号码。"

    def _register_insists(self, account: Account, member: WecomMember) -> bool:
        """Say whether the register has another id and is the one to be believed."""
        same = account.wecom_userid.casefold() in {"", member.userid.casefold()}
        return not same and self._workplace.setting(SETTINGS["wecom_userid"]) == REGISTER

    def _was_own(self, member: WecomMember, row: ConsoleRow, account: Account) -> bool:
        """Say whether a member is this person's, or was handed over to him with the account."""
        before = self._former_holders.get(account.id, set())
        unlinked = member.employee_id is None and member.present
        return (
            member.employee_id in self._userids.selves(row.employee_id)
            or member.account_id == account.id
            or member.employee_id in before
            or (unlinked and member.name == row.name)
        )

    @cached_property
    def _former_holders(self) -> Mapping[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for account_id, employee_id in self._store.columns(
            AccountHolding, "account_id", "employee_id"
        ):
            found[account_id].add(employee_id)
        return found
