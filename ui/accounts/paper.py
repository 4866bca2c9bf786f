"""The 附件一 that belongs to an account: found, drafted, shown on the forms desk to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.shared.acting import act
from wxadmin.domain.account import Account
from wxadmin.domain.form import Form
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.forms import Forms
from wxadmin.services.people import person_called

if TYPE_CHECKING:
    from ui.accounts.desk import AccountsDesk


def draft(desk: AccountsDesk, key: str) -> None:
    """Draft 附件一 for a 工号 or name and show it."""
    services = desk.context.services
    made: list[Form] = []

    def do() -> Form:
        form = Forms(services).draft(ACCOUNT_REQUEST, person=person_called(services, key))
        made.append(form)
        return form

    if act(desk.context, lambda form: f"已起草 {form.number}", do):
        desk.context.navigate("forms", made[0].number)


def show(desk: AccountsDesk, account: Account) -> None:
    """Show the account's own 附件一, or say that there is none and offer to draft one."""
    number = _number_of(desk, account)
    if number:
        desk.context.navigate("forms", number)
        return
    link = ("起草附件一", desk.draft) if account.holder_id is not None else None
    desk.context.messages.error(
        f"{account.name}的账号是补登的，没有附件一可打印。可以先起草一张。", link
    )


def _number_of(desk: AccountsDesk, account: Account) -> str:
    """The number of the form the account came from, or the newest about it or its holder."""
    if account.form_no:
        return account.form_no
    store = desk.context.services.store
    found = store.find(Form, form_kind=ACCOUNT_REQUEST, account_id=account.id)
    if not found and account.holder_id is not None:
        found = store.find(Form, form_kind=ACCOUNT_REQUEST, employee_id=account.holder_id)
    return max(found, key=lambda form: form.id).number if found else ""
