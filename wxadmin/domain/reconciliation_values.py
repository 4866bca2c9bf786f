"""The fields the three lists have in common: when two texts mean the same, and which side wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.unit_names import fold_name

FIELDS: Final = ("name", "org_unit", "position", "mobile", "company_email")
"""What all three lists say of a person, in the order of `Values`."""

HR, REGISTER, WECOM = "人事", "台账", "企业微信"
SIDES: Final = (HR, REGISTER, WECOM)
SETTINGS: Final = {
    **{name: f"field_winner_{name}" for name in FIELDS},
    "wecom_userid": "field_winner_userid",
    "state": "field_winner_state",
}
"""The setting that says which side wins a field."""

Values = tuple[str, ...]
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003134f·•]")
_MOBILE_NOISE = re.compile(r"[\s-]+")


class HasValues(Protocol):
    """A side of the comparison."""

    @property
    def values(self) -> Values:
        """Return its texts, in the order of FIELDS."""


@dataclass(frozen=True, slots=True)
class Winners:
    """Which side wins each field by policy, as places in SIDES."""

    fields: tuple[int, ...]
    userid: str = WECOM
    state: str = REGISTER

    def order(self, place: int) -> tuple[int, int, int]:
        """Return the sides in the order they are believed: the winner, then HR first."""
        first = self.fields[place]
        second, third = (side for side in range(3) if side != first)
        return (first, second, third)

    def name_of(self, place: int, sides: tuple[str, str, str]) -> str:
        """Name the side that wins: the first in order that says anything."""
        return next((SIDES[side] for side in self.order(place) if sides[side]), "")


def differing(
    hr: Values,
    register: HasValues | None,
    wecom: HasValues | None,
    winners: Winners,
    silent: frozenset[int],
) -> Iterator[int]:
    """Yield the places of fields that may differ; quick and not yet sure."""
    ours = register.values if register is not None else None
    theirs = wecom.values if wecom is not None else None
    for place, value in enumerate(hr):
        mine = ours[place] if ours is not None else ""
        if theirs is None or place in silent:
            if mine and value and mine != value:
                yield place
        elif theirs[place] != value or (mine and mine != value):
            yield place


def same_value(name: str, one: str, other: str) -> bool:
    """Say whether two sides write the same thing, each in its own way."""
    if one == other:
        return True
    if name == "name":
        return _same_name(one, other)
    if name == "mobile":
        return _bare_mobile(one) == _bare_mobile(other)
    return fold_name(one) == fold_name(other)


def _same_name(one: str, other: str) -> bool:
    """张伟 is 张伟2 and 张伟（二厂）, as accounts are named, but never 张伟杰."""
    one, other = sorted((fold_name(one), fold_name(other)), key=len)
    rest = other[len(one) :]
    return bool(one) and other.startswith(one) and not (rest and _HAN.match(rest))


def _bare_mobile(number: str) -> str:
    return _MOBILE_NOISE.sub("", number).removeprefix("+86")
