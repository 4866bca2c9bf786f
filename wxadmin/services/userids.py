"""Proposed WeCom userids: the name in pinyin, never an id that anybody ever had."""

from __future__ import annotations

from wxadmin.domain.account import Account
from wxadmin.domain.account_rules import free_userid
from wxadmin.domain.form import FINAL, OPENED, Form
from wxadmin.domain.person import Employee
from wxadmin.services.pinyin import full_pinyin
from wxadmin.services.workplace import Workplace

USERID_FIELD = "account_id"


class UserIds:
    """Ids that were given, promised on a form, or taken back again; proposals are promised too.

    WeCom takes an import row with a known id for that very member, so a newcomer who got a
    leaver's old id would become the leaver. Ids compare without case.
    """

    def __init__(self, workplace: Workplace) -> None:
        accounts = workplace.store.columns(Account, "wecom_userid", "holder_id")
        former = workplace.journal.former_values(Account, "wecom_userid")
        forms = [f for f in workplace.store.all(Form) if f.state not in FINAL - {OPENED}]
        self._own: dict[int, str] = {}
        for userid, holder_id in accounts:
            if holder_id is not None and userid:
                self._own[holder_id] = userid
        self._taken: set[str] = {str(userid).casefold() for userid, _ in accounts}
        self._taken |= {str(userid).casefold() for userid in former}
        self._taken |= {form.value(USERID_FIELD).casefold() for form in forms}
        self._taken.discard("")

    def is_taken(self, userid: str) -> bool:
        """Say whether somebody has or ever had the id, or is promised it."""
        return userid.casefold() in self._taken

    def propose(self, employee: Employee) -> str:
        """Return the id for a person: the own former one, else the name in pinyin with a number."""
        own = self._own.get(employee.id)
        if own is not None:
            return own
        userid = free_userid(full_pinyin(employee.name), self._taken)
        self._taken.add(userid.casefold())
        return userid
