"""WeCom userids: proposed from the name in pinyin, never one that somebody else ever had."""

from __future__ import annotations

from wxadmin.domain.account import Account
from wxadmin.domain.account_rules import free_userid, userid_problem
from wxadmin.domain.form import REJECTED, WITHDRAWN, Form
from wxadmin.domain.person import Employee
from wxadmin.services.pinyin import full_pinyin
from wxadmin.services.workplace import Workplace

USERID_FIELD = "account_id"
"""The field of a form that holds the id to be opened."""


class UserIds:
    """Ids that were given, promised on a form, or taken back again; proposals are promised too.

    WeCom takes an import row with a known id for that very member, so a newcomer who got a
    leaver's old id would become the leaver. Ids compare without case.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._holders: dict[str, set[int | None]] = {}
        self._own: dict[int, str] = {}
        accounts = workplace.store.columns(Account, "wecom_userid", "holder_id")
        for userid, holder_id in accounts:
            self._holders.setdefault(userid.casefold(), set()).add(holder_id)
            if userid and holder_id is not None:
                self._own[holder_id] = userid
        former = workplace.journal.former_values(Account, "wecom_userid")
        self._former = {str(userid).casefold() for userid in former}
        self._promised: dict[str, int] = {}
        for form in workplace.store.all(Form):
            if form.state not in {REJECTED, WITHDRAWN}:
                self._promised[form.value(USERID_FIELD).casefold()] = form.id

    def propose(self, employee: Employee) -> str:
        """Return the id for a person: the own former one, else the name in pinyin with a number."""
        own = self._own.get(employee.id)
        if own is not None:
            return own
        taken = self._holders.keys() | self._former | self._promised.keys()
        userid = free_userid(full_pinyin(employee.name), taken)
        self._promised[userid.casefold()] = 0
        return userid

    def objection(
        self, userid: str, *, holder_id: int | None = None, form_id: int | None = None
    ) -> str:
        """Say why this person (by this form) may not have that id, "" where nothing is wrong.

        What the form was promised it may have again after its completion was taken back.
        """
        key = userid.casefold()
        if not key or userid_problem(userid):
            return userid_problem(userid)
        others = self._holders.get(key, set()) - {holder_id}
        promised_to = self._promised.get(key)
        if others:
            return f"企业微信账号“{userid}”已被别的账号用过（不分大小写），请换一个。"
        if promised_to not in {None, form_id}:
            return f"企业微信账号“{userid}”已拟给另一张申请表，请换一个。"
        own = holder_id is not None and holder_id in self._holders.get(key, set())
        if key in self._former and promised_to is None and not own:
            return f"企业微信账号“{userid}”以前用过，不能再给别人，请换一个。"
        return ""
