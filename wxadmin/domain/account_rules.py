"""What an account must fulfil: identifiers, one mobile once, one person one account, names, ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from wxadmin.domain.account import Account, AccountException
from wxadmin.domain.person import Employee

SECOND_ACCOUNT = "多账号"
PRIVATE_USE = "私用"
TERM = "使用期限"
"""Until when somebody's account is granted at all, as for seasonal workers."""
EXCEPTION_KINDS = (SECOND_ACCOUNT, PRIVATE_USE, TERM)
VERIFIED = "已认证"
COMPANY_OWNED = "公司"

MOBILE = re.compile(r"1[3-9]\d{9}")
FOREIGN_MOBILE = re.compile(r"\+\d[\d-]{5,30}")
USERID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
USERID_LENGTH = 32
NAME_LENGTH = 64
EMAIL = re.compile(r"[^@\s,;，；]+@[^@\s,;，；]+\.[^@\s,;，；]+")


IDENTIFIERS: Mapping[str, Callable[[Account, Employee | None], bool]] = {
    "手机号码": lambda account, _: bool(account.mobile),
    "公司提供号码": lambda account, _: bool(account.mobile) and account.mobile_is_company,
    "公司邮箱": lambda account, _: bool(account.company_email),
    "证件号码": lambda _, holder: holder is None or bool(holder.id_no),
    "实名": lambda account, holder: holder is None or account.name.startswith(holder.name),
}
"""What a policy may demand before an account is in use (I06), and whether an account has it."""


def missing_identifiers(
    account: Account, required: Iterable[str], holder: Employee | None = None
) -> tuple[str, ...]:
    """Name the identifiers the type demands and the account lacks."""
    return tuple(
        word for word in required if word in IDENTIFIERS and not IDENTIFIERS[word](account, holder)
    )


def mobile_problem(mobile: str) -> str:
    """Say what is wrong with a mobile number, "" where nothing is."""
    if not mobile or MOBILE.fullmatch(mobile) or FOREIGN_MOBILE.fullmatch(mobile):
        return ""
    if "*" in mobile:
        return f"手机号码“{mobile}”是打过码的，请填完整的11位号码。"
    return f"手机号码“{mobile}”不对，应为11位数字，如13805950001；境外号码写成+852开头。"


def email_problem(email: str) -> str:
    """Say what is wrong with an e-mail address, "" where nothing is."""
    if not email or (EMAIL.fullmatch(email) and len(email) <= NAME_LENGTH):
        return ""
    return f"邮箱“{email}”不对，应像 name@company.cn，不超过{NAME_LENGTH}个字符。"


def userid_problem(userid: str) -> str:
    """Say what is wrong with a WeCom userid, "" where nothing is."""
    if not userid or USERID.fullmatch(userid):
        return ""
    return (
        f"企业微信账号“{userid}”不对：只能用字母、数字和 . - _，"
        f"以字母或数字开头，不超过{USERID_LENGTH}个。"
    )


def free_userid(stem: str, taken: Collection[str]) -> str:
    """Return the stem, or the stem with the first number that is free (`taken` is casefolded)."""
    stem = re.sub(r"[^A-Za-z0-9._-]", "", stem).lstrip("._-").lower()[:USERID_LENGTH] or "user"
    if stem not in taken:
        return stem
    number = 2
    while True:
        candidate = f"{stem[: USERID_LENGTH - len(str(number))]}{number}"
        if candidate not in taken:
            return candidate
        number += 1


def same_mobile(account: Account, others: Iterable[Account]) -> Account | None:
    """Return a live account of the same platform with the same mobile number (I03)."""
    if not account.mobile or not account.live:
        return None
    return next(
        (
            other
            for other in others
            if other.id != account.id
            and other.live
            and other.platform == account.platform
            and other.mobile == account.mobile
        ),
        None,
    )


def accounts_allowed(limit: int, exceptions: Iterable[AccountException], on: date) -> int:
    """Return how many live personal accounts a person may have on a day: `limit`, and one more
    for every approved exception (多账号) in force, its last day included."""
    more = sum(1 for e in exceptions if e.exception_kind == SECOND_ACCOUNT and e.in_force(on))
    return limit + more


def personal_accounts(
    accounts: Iterable[Account], like: Account, personal_types: Collection[str]
) -> list[Account]:
    """Return the other live accounts of the same person that count with this one (一人一号).

    Accounts of another platform, and those a person merely declared as his own, do not count.
    """

    def counts(account: Account) -> bool:
        return account.account_type in personal_types and account.ownership == COMPANY_OWNED

    if like.holder_id is None or not counts(like):
        return []
    return [
        account
        for account in accounts
        if account.id != like.id
        and account.holder_id == like.holder_id
        and account.live
        and account.platform == like.platform
        and counts(account)
    ]


NAME_RULES = ("真实姓名", "部门名称", "群组名称", "公司名称")


def name_problem(name: str, rule: str, person: str, names: Mapping[str, Iterable[str]]) -> str:
    """Say what is wrong with an account's name by the rule of its type, "" where nothing is.

    真实姓名 begins with the person's name; the other rules ask for one of `names[rule]` in it.
    A rule this program does not know asks for nothing.
    """
    if not name.strip():
        return "账户名称没有填。"
    if len(name) > NAME_LENGTH:
        return f"账户名称不能超过{NAME_LENGTH}个字。"
    if rule == NAME_RULES[0]:
        return "" if name.startswith(person) else f"账户名称“{name}”应以真实姓名“{person}”开头。"
    wanted = [word for word in names.get(rule, ()) if word]
    if rule not in NAME_RULES or not wanted or any(word in name for word in wanted):
        return ""
    return f"账户名称“{name}”应含{rule}，如“{wanted[0]}”。"
