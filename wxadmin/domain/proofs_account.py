"""What the register of accounts and the address book prove about a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wxadmin.domain.account import CLOSED, IN_USE, RECLAIMED, TO_CLOSE, TO_RECLAIM, Account
from wxadmin.domain.evidence import PersonEvidence
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import Proof, contrary, listed, nothing, proven

GIVEN_UP = frozenset({CLOSED, RECLAIMED, TO_CLOSE, TO_RECLAIM})


def named(account: Account) -> str:
    """How an account is called in a sentence: its user id, else its number."""
    return account.wecom_userid or account.account_no


def _one_account(e: PersonEvidence) -> Proof:
    live = _personal(e)
    if len(live) <= e.most_accounts:
        return proven(f"名下个人账号{len(live)}个，未超过{e.most_accounts}个")
    if len(live) <= e.most_accounts + e.exceptions:
        return proven(f"名下个人账号{len(live)}个，多账号已获批准")
    names = [named(a) for a in live]
    text = f"名下有{len(live)}个个人账号：{listed(names)}，超过{e.most_accounts}个"
    return contrary(text, "settle_accounts", things=names, holds_up=True)


def _account_open(e: PersonEvidence) -> Proof:
    for account in _personal(e):
        if account.state == IN_USE:
            day = short_date(account.opened_on, e.on)
            return proven(f"账号{named(account)}{'于' + day if day else '已'}开通")
    states = listed(f"{named(a)}（{a.state}）" for a in _personal(e))
    return contrary(f"账号还没有开通：{states}" if states else "还没有账号", "open_account")


def _in_directory(e: PersonEvidence) -> Proof:
    listed_ones = [a for a in e.accounts if a.in_directory]
    if listed_ones:
        return proven(f"{_directory(e)}有{named(listed_ones[0])}")
    return contrary("还没有加入通讯录", "put_in_directory")


def _directory_current(e: PersonEvidence) -> Proof:
    listed_ones = [a for a in e.accounts if a.in_directory]
    if not listed_ones:
        return contrary("通讯录里没有此人", "put_in_directory")
    stale = [a for a in listed_ones if not _is_current(a, e)]
    if not stale:
        return proven(f"{_directory(e)}为{e.unit}　{e.position}".rstrip())
    return contrary(f"通讯录还没有改为{e.unit}　{e.position}".rstrip(), "correct_directory")


def _directory_removed(e: PersonEvidence) -> Proof:
    still = [named(a) for a in e.accounts if a.in_directory]
    if still:
        return contrary(f"通讯录里还有{listed(still)}", "take_out_of_directory", things=still)
    if not e.accounts and not e.passed_on and e.directory_on is None:
        return nothing("名下没有账号")
    return proven(f"{_directory(e)}已无此人")


def _account_closed(e: PersonEvidence) -> Proof:
    if not e.accounts:
        return _without_account(e)
    live = [a for a in e.accounts if a.live]
    if live:
        names = [named(a) for a in live]
        text = f"账号{listed(f'{named(a)}（{a.state}）' for a in live)}还没有注销"
        return contrary(text, "close_account", things=names)
    return proven(_ended(e.accounts, e))


def _account_disposed(e: PersonEvidence) -> Proof:
    if not e.accounts:
        return _without_account(e)
    undecided = [named(a) for a in e.accounts if a.live and a.state not in GIVEN_UP]
    if undecided:
        text = f"账号{listed(undecided)}去向未定"
        return contrary(text, "dispose_account", things=undecided)
    return proven(_ended(e.accounts, e))


def _register_current(e: PersonEvidence) -> Proof:
    if e.person.has_left(e.on):
        return _account_closed(e)
    stale = [named(a) for a in e.accounts if a.live and a.org_unit_id != e.person.org_unit_id]
    if stale:
        text = f"账号台账里{listed(stale)}的部门还不是{e.unit}"
        return contrary(text, "correct_directory", things=stale)
    return proven(f"账号台账的部门为{e.unit}") if e.accounts else nothing("名下没有账号")


def _holdings_listed(e: PersonEvidence) -> Proof:
    live = sum(a.live for a in e.accounts)
    parts = [
        f"账号{live}个",
        f"任群主{len(e.owned)}个",
        f"群管理号{len(e.numbers)}个",
        f"所在群{len(e.member_of)}个",
        f"未结表单{sum(f.is_open for f in e.forms)}张",
    ]
    return proven("登记库列出" + "、".join(parts))


def _without_account(e: PersonEvidence) -> Proof:
    if e.passed_on:
        return proven(f"账号{listed(e.passed_on)}已由公司收回或转交")
    return nothing("名下没有账号")


def _personal(e: PersonEvidence) -> list[Account]:
    return [a for a in e.accounts if a.live and a.account_type in e.personal_types]


def _is_current(account: Account, e: PersonEvidence) -> bool:
    return account.org_unit_id == e.person.org_unit_id and (
        not account.directory_title or account.directory_title == e.position
    )


def _directory(e: PersonEvidence) -> str:
    if e.directory_on is None:
        return "账号台账登记的通讯录中"
    return f"{short_date(e.directory_on, e.on)}导出的通讯录中"


def _ended(accounts: Sequence[Account], e: PersonEvidence) -> str:
    """Say what became of the accounts: 账号lin12于11月18日注销."""
    parts = []
    for account in accounts:
        day = short_date(account.closed_on, e.on)
        became = f"于{day}{account.state.removeprefix('已')}" if day else account.state
        parts.append(f"账号{named(account)}{became}")
    return "、".join(parts[:3])


ACCOUNT_JUDGES: dict[str, Callable[[PersonEvidence], Proof]] = {
    "one_account": _one_account,
    "account_open": _account_open,
    "in_directory": _in_directory,
    "directory_current": _directory_current,
    "directory_removed": _directory_removed,
    "account_closed": _account_closed,
    "account_disposed": _account_disposed,
    "register_current": _register_current,
    "holdings_listed": _holdings_listed,
}
