"""The registers there are: what each is called, how it is drawn, as which list it is exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.services.form_asked import policy_asks
from wxadmin.services.form_register import FormRegister
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.register_paper import RegisterPaper
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Page

Draw = Callable[[RegisterPaper, date], "tuple[Page, ...]"]
TERM = "term"
"""Asked for where the policy counts from the beginning of a term."""


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """One register: `draw` lays it out for a month, `export` is its list as a workbook, `when` what
    the policy must ask for that the window offers it."""

    id: str
    title: str
    draw: Draw
    export: str
    when: str = ""


_ALL = (
    RegisterKind("group-register", "群台账", lambda p, d: p.group_register(), "group-register"),
    RegisterKind("members", "群成员名单", lambda p, d: p.member_lists(), "members"),
    RegisterKind(
        "admin-numbers", "群管理号登记表", lambda p, d: p.admin_numbers(), "admin-numbers"
    ),
    RegisterKind("accounts", "账号台账", lambda p, d: p.account_register(), "accounts"),
    RegisterKind("address-book", "通讯录", lambda p, d: p.address_book(), "address-book"),
    RegisterKind(
        "masked-address-book",
        "通讯录（打码）",
        lambda p, d: p.address_book(hidden=True),
        "masked-address-book",
    ),
    RegisterKind("leavers", "离职人员办理清单", lambda p, d: p.leavers(d), "leavers"),
    RegisterKind(
        "group-changes", "群更名、解散登记簿", lambda p, d: p.group_changes(), "group-changes"
    ),
    RegisterKind(
        "group-codes", "群分类与前缀编码表", lambda p, d: p.group_codes(), "group-codes", "codes"
    ),
    RegisterKind(
        "admin-filings", "群管理员登记备案册", lambda p, d: p.admin_filings(), "admin-filings",
        "filing",
    ),
    RegisterKind(
        "school-groups", "工作群一览表", lambda p, d: p.school_groups(), "school-groups", TERM
    ),
)  # fmt: skip
REGISTERS = {kind.id: kind for kind in _ALL}


def register_called(workplace: Workplace, what: str, others: Sequence[str] = ()) -> RegisterKind:
    """Return a register by its name; a kind of form has one of its own.

    Raises `UserError` listing those there are, and `others` that may be printed as well.
    """
    if what in REGISTERS:
        return REGISTERS[what]
    forms = Shelf(workplace).forms
    if what not in forms:
        known = "、".join((*REGISTERS, *others, *forms))
        raise UserError(f"不能打印“{what}”，可用的有：{known}。", "wrong_words")
    title = f"{FormRegister(workplace, what).title}登记簿"
    return RegisterKind(what, title, lambda p, d: p.forms(what), what)


def offered(workplace: Workplace) -> list[RegisterKind]:
    """Return the registers this office keeps: those its policy asks for, and one a kind of form."""
    asked = policy_asks(workplace) | ({TERM} if workplace.setting("term_start") else set())
    kept = [kind for kind in _ALL if not kind.when or kind.when in asked]
    return kept + [register_called(workplace, form) for form in Shelf(workplace).forms]
