"""Our `dataclass` makes what the standard one makes, but for the compiled comparing."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field, replace
from typing import ClassVar

import pytest

from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    kind: ClassVar[str] = "place"
    name: str
    tags: tuple[str, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Town(Place):
    people: int = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


def test_values_are_equal_when_every_compared_field_is() -> None:
    assert Place("莆田", ("厂",)) == Place("莆田", ("厂",), note="不比较")
    assert Place("莆田") != Place("福州")
    assert Place("莆田") != Town("莆田")
    assert Nothing() == Nothing()


def test_equal_values_have_one_hash() -> None:
    assert len({Place("莆田"), Place("莆田", note="不比较"), Town("莆田", people=1)}) == 2


def test_a_value_shows_its_fields() -> None:
    assert repr(Town("莆田", people=3)) == "Town(name='莆田', tags=(), people=3)"


def test_the_library_s_tools_work_on_it() -> None:
    town = Town("莆田", people=3)
    assert replace(town, people=4).people == 4
    assert [one.name for one in dataclasses.fields(town)] == ["name", "tags", "note", "people"]
    assert pickle.loads(pickle.dumps(town)) == town
    match town:
        case Town(name, _, _, people):
            assert (name, people) == ("莆田", 3)


def test_it_has_no_room_for_other_fields() -> None:
    with pytest.raises(AttributeError):
        Place("莆田").other = 1  # type: ignore[attr-defined]
