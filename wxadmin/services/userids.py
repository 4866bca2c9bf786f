"""WeCom userids: proposed by the company's scheme, never one that somebody else ever had."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.account_rules import userid_problem
from wxadmin.domain.form import DRAFTS, REJECTED, WITHDRAWN, Form
from wxadmin.domain.former_self import FormerSelves
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope, resolve
from wxadmin.domain.userid_scheme import Wanted, proposed_userid
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.pinyin import full_pinyin, initials
from wxadmin.services.rehire import former_selves
from wxadmin.services.workplace import Workplace

USERID_FIELD = "account_id"
"""The field of a form that holds the id to be opened."""
SCHEME = "userid_scheme"


class UserIds:
    """Ids that were given, promised on a form, or taken back again; proposals are promised too.

    WeCom takes an import row with a known id for that very member, so a newcomer who got a
    leaver's old id would become the leaver. Ids compare without case, and one that ever stood in
    an export of the address book counts as used.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._holders: dict[str, set[int | None]] = {}
        self._own: dict[int, str] = {}
        self._live: set[str] = set()
        self._selves: dict[int, set[int | None]] = {}
        store = workplace.store
        accounts = store.columns(Account, "wecom_userid", "holder_id", "state")
        for userid, holder_id, state in accounts:
            if state in LIVE:
                self._live.add(userid.casefold())
            self._holders.setdefault(userid.casefold(), set()).add(holder_id)
            if userid and holder_id is not None:
                self._own[holder_id] = userid
        members = store.columns(WecomMember, "userid", "employee_id", "gone_on")
        self._exported = self._read_members(members)
        former = workplace.journal.former_values(Account, "wecom_userid")
        self._former = {str(userid).casefold() for userid in former}
        self._promised: dict[str, int] = {}
        self._drafted: dict[int, set[str]] = {}
        for form in store.all(Form):
            if form.state not in {REJECTED, WITHDRAWN}:
                key = form.value(USERID_FIELD).casefold()
                self._promised[key] = form.id
                if form.employee_id is not None and form.state in DRAFTS:
                    self._drafted.setdefault(form.employee_id, set()).add(key)

    def _read_members(self, members: Iterable[tuple[object, ...]]) -> set[str]:
        """Learn whose the ids of the address book are; return all that ever stood there.

        Where an account has the id the account says whose it is (it may have been handed over).
        One that nobody was linked to may still be found to be somebody's while it is there; once
        gone it is a leaver's.
        """
        exported, registered = set(), set(self._holders)
        for userid, employee_id, gone_on in members:
            key = str(userid).casefold()
            exported.add(key)
            if key in registered:
                continue
            if isinstance(employee_id, int):
                self._holders.setdefault(key, set()).add(employee_id)
                self._own.setdefault(employee_id, str(userid))
            elif gone_on is not None:
                self._holders.setdefault(key, set()).add(None)
        return exported

    def own(self, employee: Employee) -> str:
        """Return the id a person has or had, under a record of before too; "" for none."""
        own = self._own.get(employee.id, "")
        if own:
            return own
        before = self._former_selves.of(
            employee.name, employee.mobile, employee.id_no, but=employee.id
        )
        self._selves[employee.id] = {employee.id, before.id if before else employee.id}
        return self._own.get(before.id, "") if before else ""

    def used_by_another(self, userid: str, holder_id: int | None) -> bool:
        """Say whether somebody else has or had that id; who came back is nobody else."""
        others = self._holders.get(userid.casefold(), set()) - {holder_id}
        if others and holder_id is not None:
            others -= self.selves(holder_id)
        return bool(others)

    def selves(self, employee_id: int) -> set[int | None]:
        """Return the records that are this person: his own, and the one from before he left."""
        found = self._selves.get(employee_id)
        if found is None:
            before = self._former_selves.of_id(employee_id)
            found = {employee_id, before.id if before else employee_id}
            self._selves[employee_id] = found
        return found

    def propose(self, employee: Employee, *, as_new: bool = False, form_id: int = 0) -> str:
        """Return the id for a person: the own former one, else one by the company's scheme.

        `as_new`: he is not the leaver he looks like, whatever name and number say. `form_id` is
        the form that opens it now and may have what is proposed for it, and what a draft of his
        that was never handed in had been promised. One he is using is not proposed again.
        """
        own = "" if as_new else self.own(employee)
        if own and own.casefold() not in self._live and not self.used_by_another(own, employee.id):
            return own
        drafted = self._drafted.get(employee.id, set()) if form_id else set()
        promised = self._promised.keys() - drafted
        taken = self._holders.keys() | self._former | promised | self._exported
        wanted = Wanted(
            full_pinyin(employee.name), initials(employee.name), employee.emp_no, employee.mobile
        )
        userid = proposed_userid(self._scheme(employee), wanted, taken)
        self._promised[userid.casefold()] = form_id
        return userid

    @cached_property
    def _former_selves(self) -> FormerSelves:
        return former_selves(self._workplace)

    @cached_property
    def _tree(self) -> OrgTree:
        return self._workplace.units()

    @cached_property
    def _overrides(self) -> dict[tuple[str, str], str]:
        return self._workplace.overrides()

    def _scheme(self, employee: Employee) -> str:
        units = tuple(reversed(self._tree.path(employee.org_unit_id)))
        found = resolve(SCHEME, Scope(units=units), self._overrides, self._workplace.pack)
        return str(found.value)

    def objection(
        self, userid: str, *, holder_id: int | None = None, form_id: int | None = None
    ) -> str:
        """Say why this person (by this form) may not have that id, "" where nothing is wrong.

        What the form was promised it may have again after its completion was taken back.
        """
        key = userid.casefold()
        if not key or userid_problem(userid):
            return userid_problem(userid)
        if self.used_by_another(userid, holder_id):
            return f"企业微信账号“{userid}”已被别的账号用过（不分大小写），请换一个。"
        if key in self._live:
            return f"企业微信账号“{userid}”正在用，第二个账号要另起一个。"
        if holder_id is not None and self.selves(holder_id) & self._holders.get(key, set()):
            return ""
        promised_to = self._promised.get(key)
        if promised_to not in {None, form_id}:
            return f"企业微信账号“{userid}”已拟给另一张申请表，请换一个。"
        if key in self._former and promised_to is None:
            return f"企业微信账号“{userid}”以前用过，不能再给别人，请换一个。"
        return ""
