"""Know a returning person again: the same name with the same mobile or id number, left before.

A name alone never tells, and a number alone neither: SIM cards are passed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from wxadmin.domain.wecom_rows import bare_mobile

BY_MOBILE = "姓名和手机号相同"
BY_ID = "姓名和身份证号相同"


class Known(NamedTuple):
    """What of a person in the register tells who he is."""

    id: int
    name: str
    former_names: tuple[str, ...]
    mobile: str
    id_no: str
    leave_date: date | None


class FormerSelf(NamedTuple):
    """A record of the register that is the same person from before, and how that is known."""

    id: int
    how: str


class FormerSelves:
    """Finds who somebody was before; built once from everybody in the register."""

    def __init__(
        self, people: Iterable[Known], on: date, apart: Collection[tuple[int, int]] = ()
    ) -> None:
        """Take everybody in; `apart` are (newcomer, leaver) somebody said are two people."""
        self._apart = apart
        self._by_id: dict[int, Known] = {}
        self._left: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for one in people:
            self._by_id[one.id] = one
            if one.leave_date is not None and one.leave_date <= on:
                for name in (one.name, *one.former_names):
                    for key in (bare_mobile(one.mobile), one.id_no.upper()):
                        if key:
                            self._left[name, key].append(one)

    def of(self, name: str, mobile: str = "", id_no: str = "", but: int = 0) -> FormerSelf | None:
        """Return the record of before, the one left last where there are several; None for none.

        Where both have an id number and they differ, it is another person.
        """
        found = [
            (one, how)
            for key, how in ((id_no.upper(), BY_ID), (bare_mobile(mobile), BY_MOBILE))
            for one in (self._left.get((name, key), []) if key else [])
            if one.id != but
            and (but, one.id) not in self._apart
            and not (id_no and one.id_no and id_no.upper() != one.id_no.upper())
        ]
        if not found:
            return None
        one, how = max(found, key=lambda pair: (pair[0].leave_date or date.min, pair[0].id))
        return FormerSelf(one.id, how)

    def of_id(self, employee_id: int) -> FormerSelf | None:
        """Return who a person in the register was before, under another record."""
        one = self._by_id.get(employee_id)
        if one is None:
            return None
        return self.of(one.name, one.mobile, one.id_no, but=one.id)
