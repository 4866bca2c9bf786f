"""What the panel of 账号 reads of one account: keepers, exceptions, history, groups, its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.accounts.panel import AccountView
from wxadmin.domain.account import Account
from wxadmin.domain.form import Form
from wxadmin.services.account_roll import AccountRoll
from wxadmin.services.accounts import Accounts
from wxadmin.services.dispositions import Dispositions
from wxadmin.services.history import History
from wxadmin.services.person_file import PersonFiles

if TYPE_CHECKING:
    from wxadmin.services.workplace import Workplace


class AccountReading:
    """Reads one account at a time; make a new one after the register was written."""

    def __init__(self, services: Workplace, roll: AccountRoll) -> None:
        self._services = services
        self._roll = roll
        self._files: PersonFiles | None = None

    def view(self, account: Account, *, with_groups: bool) -> AccountView:
        """Everything the panel shows; with many people the groups are looked at in 人员."""
        services = self._services
        accounts, line = Accounts(services), self._roll.page([account.id], None)
        shown = line[account.id]
        assert shown.row is not None
        holder = account.holder_id
        forms = services.store.find(Form, number=account.form_no) if account.form_no else []
        return AccountView(
            account, shown.row, shown.position, accounts.keepings(account),
            accounts.exceptions(holder) if holder is not None else (),
            History(services).of_record(account),
            self._places(holder) if holder is not None and with_groups else None,
            f"附件一{forms[0].state}" if forms else "",
            Dispositions(services).of(account),
        )  # fmt: skip

    def _places(self, holder: int) -> Any:
        if self._files is None:
            self._files = PersonFiles(self._services)
        return self._files.places(holder)
