"""The company's address book (通讯录): who stands in it, with unit, post and number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.masking import masked_email, masked_mobile
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class AddressEntry:
    """One line: the unit right below the company, the department below that."""

    unit: str
    dept: str
    name: str
    position: str
    mobile: str
    company_email: str
    account: str


def masked(entries: Iterable[AddressEntry]) -> list[AddressEntry]:
    """Return the same lines with numbers and addresses hidden, for who is outside."""
    return [
        replace(
            entry,
            mobile=masked_mobile(entry.mobile),
            company_email=masked_email(entry.company_email),
        )
        for entry in entries
    ]


def address_book(workplace: Workplace) -> list[AddressEntry]:
    """Return everybody whose live account stands in the address book, by unit, rank and name."""
    store, tree, posts = workplace.store, workplace.units(), workplace.positions()
    ranks = {rank.name: rank.no for rank in workplace.pack.ranks}
    accounts = store.find(Account, in_directory=True, state=LIVE)
    wanted = {account.holder_id for account in accounts if account.holder_id is not None}
    people = {person.id: person for person in store.find(Employee, id=wanted)}
    entries: list[tuple[tuple[object, ...], AddressEntry]] = []
    for account in accounts:
        person = people.get(account.holder_id or 0)
        if person is None:
            continue
        unit, _, dept = tree.text(person.org_unit_id).partition("/")
        post = posts.get(person.position_id or 0)
        place = tuple(tree.units[u].sort_no for u in tree.path(person.org_unit_id))
        order = (place, -ranks.get(post.rank if post else "", 0), person.pinyin, account.id)
        entry = AddressEntry(
            unit,
            dept,
            account.name,
            account.directory_title or (post.name if post else ""),
            account.mobile or person.mobile,
            account.company_email or person.company_email,
            account.wecom_userid,
        )
        entries.append((order, entry))
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]
