"""Accounts for `list`, `show` and `set`: the register, one account's history, corrections."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from wxadmin.domain.account import Account
from wxadmin.domain.journal import Entry, JournalOperation
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.domain.words import field_label, value_text
from wxadmin.services.account_register import AccountRegister, AccountRow
from wxadmin.services.accounts import Accounts
from wxadmin.services.pinyin import syllables
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.account_change import changed

HEADS = {
    "account_no": "台账编号",
    "name": "账户名称",
    "account_type": "类型",
    "wecom_userid": "账号",
    "mobile": "手机号码",
    "holder": "使用人",
    "emp_no": "工号",
    "responsible": "责任人",
    "org_unit": "部门",
    "state": "状态",
    "in_directory": "通讯录",
    "opened_on": "开通日期",
    "amiss": "待处理",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every account of the register; the four lists' names are searched too."""
    lines = AccountRegister(workplace).rows()
    if search:
        by_id = {line.id: line for line in lines}
        index = SearchIndex((line.id, _search_line(line)) for line in lines)
        lines = [by_id[account_id] for account_id in index.find(search)]
    return [row_of(line) for line in lines]


def _search_line(line: AccountRow) -> str:
    said = (line.account_no, line.name, line.wecom_userid, line.mobile, line.holder, line.emp_no)
    more = (line.type_name, line.state, line.unit, line.responsible, line.custodian, *line.amiss)
    return search_line(*said, *more, pinyin=" ".join(syllables(line.holder or line.name)))


def row_of(line: AccountRow) -> dict[str, Any]:
    """Return an account as one line of the register."""
    data = asdict(line)
    for name in ("id", "pinyin", "holder_id", "org_unit_id"):
        del data[name]
    data["account_type_id"] = data.pop("account_type")
    data["account_type"] = data.pop("type_name")
    data["org_unit"] = data.pop("unit")
    data["amiss"] = list(line.amiss)
    return data


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one account with who had it, what was changed, and its holder's exceptions."""
    accounts = Accounts(workplace)
    return _whole(workplace, accounts, accounts.called(key))


def _whole(workplace: Workplace, accounts: Accounts, account: Account) -> dict[str, Any]:
    row = AccountRegister(workplace).rows([account.id])[0]
    more = (
        "wechat_id",
        "purposes",
        "usage_scope",
        "directory_title",
        "mobile_is_company",
        "real_name_state",
        "sms_verify",
        "profile_set",
        "source",
        "opened_by",
        "last_login_on",
    )
    return {
        **row_of(row),
        **{name: getattr(account, name) for name in more},
        "holdings": [asdict(keeping) for keeping in accounts.keepings(account)],
        "exceptions": _exceptions(workplace, accounts, account),
        "history": [_history(operation, entry) for operation, entry in accounts.history(account)],
    }


def _exceptions(workplace: Workplace, accounts: Accounts, account: Account) -> list[dict[str, Any]]:
    held = accounts.exceptions(account.holder_id) if account.holder_id else []
    return [
        {
            "kind": e.exception_kind,
            "granted_by": e.granted_by,
            "from_on": e.from_on,
            "until": e.until,
            "reason": e.reason,
            "in_force": e.in_force(workplace.today),
        }
        for e in held
    ]


def _history(operation: JournalOperation, entry: Entry) -> dict[str, Any]:
    changes = [
        {
            "field": name,
            "label": field_label("account", name),
            "old": value_text(entry.old.get(name)),
            "new": value_text(entry.new.get(name)),
        }
        for name in entry.changed
        if entry.old.get(name) != entry.new.get(name) and name != "id"
    ]
    return {
        "operation": operation.id,
        "on": operation.on,
        "by": operation.by,
        "title": operation.title,
        "changes": changes,
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Register (`set account NEW …`), correct, hand over, move, grant an exception."""
    before = workplace.journal.count()
    account = changed(workplace, key, fields)
    after = workplace.journal.count()
    operation = workplace.journal.operations(1)[-1].id if after > before else None
    return {**_whole(workplace, Accounts(workplace), account), "operation": operation}
