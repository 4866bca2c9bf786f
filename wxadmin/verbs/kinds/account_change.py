"""What `set account` does: register one, correct it, hand it over, move it, grant an exception."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.account import STATES, Account
from wxadmin.domain.account_moves import MOVES, move_to_state
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import AS_FOUND, Employee
from wxadmin.services.accounts import Accounts
from wxadmin.services.dispositions import BECAUSE_LEFT, Dispositions
from wxadmin.services.people import person_called
from wxadmin.services.units import unit_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields, read_date, read_list, read_yes

NEW = "NEW"
OTHER_NAMES = {
    "type": "account_type",
    "userid": "wecom_userid",
    "org_unit": "org_unit_id",
    "unit": "org_unit_id",
    "holder": "holder_id",
    "responsible": "responsible_id",
    "custodian": "custodian_id",
}
TEXTS = (
    "name",
    "account_type",
    "ownership",
    "source",
    "platform",
    "wecom_userid",
    "wechat_id",
    "mobile",
    "company_email",
    "real_name_state",
    "usage_scope",
    "permission_level",
    "directory_title",
    "opened_by",
    "close_reason",
    "entry",
    "remark",
)
TRUTHS = ("mobile_is_company", "in_directory", "sms_verify", "profile_set")
DATES = ("opened_on", "closed_on", "verified_on", "last_login_on")
PEOPLE = ("holder_id", "responsible_id", "custodian_id")
OTHERS = ("org_unit_id", "purposes", "state", "move", "disposition", "to", "reason", "basis", "on")
EXCEPTION = ("exception", "granted_by", "from", "until", "end_exception")
FIELDS = (*TEXTS, *TRUTHS, *DATES, *PEOPLE, *OTHERS, *EXCEPTION, *OTHER_NAMES)
_ABOUT = frozenset({"reason", "basis", "on", "granted_by", "from", "until", "to"})


def changed(workplace: Workplace, key: str, fields: dict[str, str]) -> Account:
    """Do what the fields ask for; handing over, moving and correcting are acts of their own."""
    check_fields(fields, FIELDS, "账号")
    wanted = {OTHER_NAMES.get(name, name): text for name, text in fields.items()}
    accounts = Accounts(workplace)
    if key.upper() == NEW:
        return _register(workplace, accounts, wanted)
    account = accounts.called(key)
    acts = [
        name
        for name in ("state", "move", "exception", "end_exception", "disposition")
        if name in wanted
    ]
    plain = {name for name in wanted if name not in _ABOUT and name not in acts}
    handing = _keeper_field(workplace, account) in plain
    if len(acts) + bool(plain) > 1 or (handing and len(plain) > 1):
        raise UserError("换人、改状态、批准例外和修改资料请分几次做，没有改动。", "bad_field")
    if "exception" in wanted:
        return _grant(workplace, accounts, account, wanted)
    if "end_exception" in wanted:
        return _end(workplace, accounts, account, wanted)
    if "disposition" in wanted:
        return _dispose(workplace, accounts, account, wanted)
    if acts:
        return _move(accounts, account, wanted)
    if handing:
        to = person_called(workplace, wanted[_keeper_field(workplace, account)])
        on = read_date("on", wanted.get("on", ""))
        return accounts.hand_over(account, to, basis=wanted.get("basis", ""), on=on)
    about = wanted.get("reason", "") or wanted.get("basis", "")
    return accounts.change(account, _values(workplace, wanted), reason=about)


def _keeper_field(workplace: Workplace, account: Account) -> str:
    return f"{workplace.pack.account_type(account.account_type).keeper}_id"


def _register(workplace: Workplace, accounts: Accounts, wanted: dict[str, str]) -> Account:
    """Register an account that is there already: 历史导入, in use unless said otherwise."""
    values = {"state": "在用", "entry": AS_FOUND, **_values(workplace, wanted)}
    if wanted.get("state"):
        values["state"] = _state(wanted["state"])
    holder = values.get("holder_id")
    if isinstance(holder, int):
        person = workplace.store.get(Employee, holder)
        assert person is not None
        values = {"name": person.name, "org_unit_id": person.org_unit_id, **values}
    if not values.get("account_type"):
        types = [t for t in workplace.pack.account_types if t.counts_as_personal]
        values["account_type"] = types[0].id
    if not values.get("name"):
        raise UserError("登记账号要写账户名称（name=）或使用人（holder=），没有改动。", "bad_field")
    return accounts.add(values, basis=wanted.get("basis", "") or AS_FOUND)


def _values(workplace: Workplace, wanted: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: wanted[name] for name in TEXTS if name in wanted}
    if "account_type" in values:
        values["account_type"] = workplace.pack.account_type(values["account_type"]).id
    values |= {name: read_yes(name, wanted[name]) for name in TRUTHS if name in wanted}
    values |= {name: read_date(name, wanted[name]) for name in DATES if name in wanted}
    for name in PEOPLE:
        if name in wanted:
            text = wanted[name]
            values[name] = person_called(workplace, text).id if text else None
    if "purposes" in wanted:
        values["purposes"] = read_list(wanted["purposes"])
    if "org_unit_id" in wanted:
        text = wanted["org_unit_id"]
        values["org_unit_id"] = unit_called(workplace.units(), text).id if text else None
    return values


def _state(text: str) -> str:
    if text not in STATES:
        raise UserError(f"账号没有“{text}”这种状态，可用的有：{'、'.join(STATES)}。", "bad_value")
    return text


def _move(accounts: Accounts, account: Account, wanted: dict[str, str]) -> Account:
    if "move" in wanted:
        by_word = {word: move for move, word in MOVES.items()}
        move = by_word.get(wanted["move"], wanted["move"])
    else:
        move = move_to_state(account.state, _state(wanted["state"]))
    on = read_date("on", wanted.get("on", ""))
    until = read_date("until", wanted.get("until", ""))
    return accounts.move(account, move, reason=wanted.get("reason", ""), on=on, until=until)


def _dispose(
    workplace: Workplace, accounts: Accounts, account: Account, wanted: dict[str, str]
) -> Account:
    """Settle what becomes of a leaver's account: `disposition=转交接替者 to=工号 basis=交接单`."""
    to = person_called(workplace, wanted["to"]) if wanted.get("to") else None
    Dispositions(workplace).dispose(
        account,
        wanted["disposition"],
        to=to,
        basis=wanted.get("basis", ""),
        reason=wanted.get("reason", "") or BECAUSE_LEFT,
        on=read_date("on", wanted.get("on", "")),
    )
    return accounts.called(account.account_no)


def _grant(
    workplace: Workplace, accounts: Accounts, account: Account, wanted: dict[str, str]
) -> Account:
    """Record an approved exception of the account's holder."""
    until = read_date("until", wanted.get("until", ""))
    holder = workplace.store.get(Employee, account.holder_id) if account.holder_id else None
    if until is None or holder is None or not wanted.get("granted_by"):
        raise UserError(
            "批准例外要写明批准人（granted_by=）和有效期止（until=），账号要有使用人，没有改动。",
            "bad_field",
        )
    accounts.grant(
        holder,
        wanted["exception"],
        granted_by=wanted["granted_by"],
        until=until,
        from_on=read_date("from", wanted.get("from", "")),
        reason=wanted.get("reason", ""),
        basis=wanted.get("basis", ""),
    )
    return account


def _end(
    workplace: Workplace, accounts: Accounts, account: Account, wanted: dict[str, str]
) -> Account:
    """Let the holder's exception of a kind run out: `end_exception=多账号`, today or `on=`."""
    kind, today = wanted["end_exception"], workplace.today
    held = accounts.exceptions(account.holder_id) if account.holder_id else []
    found = [one for one in held if one.exception_kind == kind and one.in_force(today)]
    if not found:
        raise UserError(f"使用人没有有效的“{kind}”例外，没有改动。", "no_exception")
    accounts.end_exception(found[0], read_date("on", wanted.get("on", "")))
    return account
