"""All ids of a kind, told without reading every row where none is missing."""

from __future__ import annotations

import random

import pytest

from tests.builders import office
from wxadmin.domain.change import Change
from wxadmin.domain.organisation import Position


@pytest.fixture
def workplace(tmp_path):
    made = office(tmp_path)
    yield made
    made.close()


def write_posts(workplace, count):
    ids = workplace.store.ids()
    posts = [Position(ids.next(Position), f"岗位{number}") for number in range(count)]
    with workplace.act("岗位") as operation:
        operation.write([Change(None, post) for post in posts], ids)
    return posts


@pytest.mark.parametrize("missing", [0, 1, 40, 1990])
def test_all_ids_are_told_whatever_is_missing_between(workplace, missing):
    posts = write_posts(workplace, 2000)
    gone = random.Random(5).sample(posts, missing)
    with workplace.act("清理") as operation:
        operation.write([Change(post, None) for post in gone])
    expected = [post.id for post in workplace.store.all(Position)]
    assert list(workplace.store.ids_of(Position)) == expected


def test_a_kind_with_nothing_has_no_ids(workplace):
    with workplace.act("清理") as operation:
        operation.write([Change(post, None) for post in workplace.store.all(Position)])
    assert list(workplace.store.ids_of(Position)) == []
