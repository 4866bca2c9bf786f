"""One member as the console's import template wants him, and what keeps a value from being written.

The rules are the strict ones of WeCom's batch import: what an older console refuses is not written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, replace

from wxadmin.domain.account_rules import email_problem, mobile_problem, userid_problem
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.reconciliation_values import same_value
from wxadmin.domain.wecom import WecomMember

NAME_LENGTH = 64
ALIAS_LENGTH = 64
POSITION_LENGTH = 128
ADDRESS_LENGTH = 128
TELEPHONE_LENGTH = 32
MOBILE_LENGTH = 32
SHORTEST_EMAIL = 6
UNIT_LENGTH = 32
LEVELS = 15
MOST_UNITS = 100
BETWEEN_LEVELS = "/"
BETWEEN_UNITS = "；"
BREAKS_IMPORT = "，"

COLUMNS = (
    "name", "wecom_userid", "alias", "position", "org_unit", "gender",
    "mobile", "telephone", "email", "company_email", "address",
)  # fmt: skip
"""The fields the template may have a column for."""
GENDERS = frozenset({"", "男", "女"})

_NOT_IN_UNITS = re.compile(r'[\\:?"<>|｜*；，]')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ConsoleRow:
    """One member to be written; `units` are paths from the top, the main one first."""

    employee_id: int
    emp_no: str
    name: str
    wecom_userid: str
    units: tuple[str, ...]
    position: str = ""
    mobile: str = ""
    email: str = ""
    company_email: str = ""
    telephone: str = ""
    alias: str = ""
    gender: str = ""
    address: str = ""

    def cells(self) -> dict[str, str]:
        """Return the texts of the row by field, as the template takes them."""
        cells = {f.name: getattr(self, f.name) for f in fields(self) if f.name in COLUMNS}
        return {**cells, "org_unit": BETWEEN_UNITS.join(self.units)}


@dataclass(frozen=True, slots=True)
class Unwritable:
    """A person who cannot be written, with the field and the reason."""

    emp_no: str
    name: str
    field: str
    reason: str


def faults(row: ConsoleRow) -> Iterator[tuple[str, str]]:
    """Yield every field of a row that the console would not take, and why."""
    for name, text in row.cells().items():
        reason = _everywhere(text) or _RULES[name](row)
        if reason:
            yield name, reason
    if not (row.mobile or row.email):
        yield "mobile", "手机和邮箱至少要有一个，请先在人员或账号里补上。"


def _everywhere(text: str) -> str:
    """No value holds what breaks a row of the import."""
    if BREAKS_IMPORT in text:
        return "里面有全角逗号“，”，会打乱导入，请改成顿号或去掉。"
    return "里面有换行或不可见的字符，请重新填写。" if _CONTROL.search(text) else ""


def _name(row: ConsoleRow) -> str:
    if not row.name.strip():
        return "姓名没有填。"
    return _too_long(row.name, NAME_LENGTH)


def _userid(row: ConsoleRow) -> str:
    return userid_problem(row.wecom_userid) if row.wecom_userid else "企业微信账号没有填。"


def _units(row: ConsoleRow) -> str:
    if not row.units:
        return "没有部门，请先给人员填上部门。"
    if len(row.units) > MOST_UNITS:
        return f"部门有{len(row.units)}个，一个人最多{MOST_UNITS}个。"
    return next(filter(None, map(unit_path_problem, row.units)), "")


def unit_path_problem(path: str) -> str:
    """Say what is wrong with a department's path, "" where nothing is."""
    names = path.split(BETWEEN_LEVELS)
    if len(names) > LEVELS:
        return f"部门“{path}”有{len(names)}级，企业微信最多{LEVELS}级。"
    for name in names:
        if not name.strip():
            return f"部门“{path}”里有一级是空的。"
        if len(name) > UNIT_LENGTH:
            return f"部门名称“{name}”有{len(name)}个字，最多{UNIT_LENGTH}个。"
        if found := _NOT_IN_UNITS.search(name):
            return f"部门名称“{name}”里有“{found[0]}”，企业微信不收，请先改部门名称。"
    return ""


def _mobile(row: ConsoleRow) -> str:
    # the number itself is left out of the reason: lists of reasons are passed on
    if len(row.mobile) > MOBILE_LENGTH or mobile_problem(row.mobile):
        return "手机号码不对，应为11位数字；境外号码写成+852开头。"
    return ""


def _email(text: str) -> str:
    if not text:
        return ""
    if len(text) < SHORTEST_EMAIL:
        return f"邮箱“{text}”太短，至少{SHORTEST_EMAIL}个字符。"
    return email_problem(text)


def _gender(row: ConsoleRow) -> str:
    return "" if row.gender in GENDERS else "性别只能填男或女。"


def _too_long(text: str, most: int) -> str:
    return f"有{len(text)}个字，最多{most}个。" if len(text) > most else ""


_RULES: dict[str, Callable[[ConsoleRow], str]] = {
    "name": _name,
    "wecom_userid": _userid,
    "alias": lambda row: _too_long(row.alias, ALIAS_LENGTH),
    "position": lambda row: _too_long(row.position, POSITION_LENGTH),
    "org_unit": _units,
    "gender": _gender,
    "mobile": _mobile,
    "telephone": lambda row: _too_long(row.telephone, TELEPHONE_LENGTH),
    "email": lambda row: _email(row.email),
    "company_email": lambda row: _email(row.company_email),
    "address": lambda row: _too_long(row.address, ADDRESS_LENGTH),
}


_ONCE = {
    "wecom_userid": "企业微信账号与前面的{other}相同（不分大小写），一份表里只能有一个。",
    "mobile": "手机号码与前面的{other}相同，一个号码只能给一个人。",
    "email": "邮箱与前面的{other}相同，一个邮箱只能给一个人。",
    "company_email": "企业邮箱与前面的{other}相同，一个邮箱只能给一个人。",
}
"""What may stand in a file only once; the first row keeps it."""


def sorted_out(rows: Iterable[ConsoleRow]) -> tuple[list[ConsoleRow], list[Unwritable]]:
    """Part the rows the console takes from those it would not; every cell is looked at."""
    good: list[ConsoleRow] = []
    bad: list[Unwritable] = []
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        found = list(faults(row))
        for name, sentence in _ONCE.items():
            other = seen.get((name, str(getattr(row, name)).casefold()))
            if other is not None and getattr(row, name):
                found.append((name, sentence.format(other=other)))
        bad += [Unwritable(row.emp_no, row.name, name, reason) for name, reason in found]
        if not found:
            good.append(row)
            for name in _ONCE:
                seen.setdefault((name, str(getattr(row, name)).casefold()), row.name)
    return good, bad


def silent_fields(members: Iterable[WecomMember]) -> frozenset[str]:
    """Name the fields an export says nothing about at all: its columns were not given."""
    said: set[str] = set()
    for member in members:
        said |= {"position"} if member.position else set()
        said |= {"mobile"} if member.mobile else set()
        said |= {"company_email"} if member.company_email or member.email else set()
    return frozenset({"position", "mobile", "company_email"} - said)


def differences(
    row: ConsoleRow, member: WecomMember, silent: Collection[str] = ()
) -> tuple[str, ...]:
    """Name the fields in which the address book differs; what the row leaves blank does not count,
    nor what the export is `silent` about.

    A member of several departments differs only where the row's main one is none of them.
    """
    mails = (member.company_email, member.email)
    known: dict[str, tuple[str, tuple[str, ...]]] = {
        "name": (row.name, (member.name,)),
        "org_unit": (row.units[0] if row.units else "", member.departments),
        "position": (row.position, (member.position,)),
        "mobile": (row.mobile, (member.mobile,)),
        "company_email": (row.company_email, mails),
    }
    return tuple(
        name
        for name, (ours, theirs) in known.items()
        if ours and name not in silent and not _among(name, ours, theirs)
    )


def _among(name: str, ours: str, theirs: Iterable[str]) -> bool:
    return any(same_value(name, ours, one) for one in theirs)


def bare_mobile(mobile: str) -> str:
    """Return a mobile number as a key: without marks, and without the mainland's own code."""
    return re.sub(r"[\s-]+", "", mobile).removeprefix("+86")


def kept(row: ConsoleRow, member: WecomMember) -> ConsoleRow:
    """Return the row with what the address book knows and the register does not.

    Whether a blank cell erases is not known, so nothing that is there is written blank.
    """
    units = member.departments
    if row.units and not _among("org_unit", row.units[0], units):
        units = (*row.units, *(unit for unit in units[1:] if unit not in row.units))
    elif row.units:
        units = (*units, *(unit for unit in row.units[1:] if unit not in units))
    return replace(
        row,
        units=units,
        wecom_userid=member.userid,  # as the console spells it
        position=row.position or member.position,
        mobile=row.mobile or member.mobile,
        email=member.email or row.email,
        company_email=row.company_email or member.company_email,
        telephone=member.telephone or row.telephone,
        alias=member.alias,
        gender=member.gender if member.gender in GENDERS else "",
        address=member.address,
    )
