"""Searching as she types: what is found, in which order, and narrowing that never loses a hit."""

from __future__ import annotations

import pytest

from wxadmin.domain.search import SearchIndex, search_line

PEOPLE = {
    7: search_line("曾美玲", "E00012", "13805950012", "莆田一厂/PMC部", pinyin="zeng mei ling"),
    3: search_line("林国栋", "E00108", "13805950108", "莆田一厂/包装车间", pinyin="lin guo dong"),
    5: search_line("Anna", "E00200", "13900000200", "Sales", pinyin=""),
}


@pytest.fixture
def index():
    return SearchIndex(PEOPLE.items())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [7, 3, 5]),
        ("  ", [7, 3, 5]),
        ("国栋", [3]),
        ("zengmeiling", [7]),
        ("zml", [7]),
        ("E0010", [3]),
        ("e0010", [3]),
        ("E００１", [3]),
        ("0108", [3]),
        ("莆田一厂", [7, 3]),
        ("一厂/包", [3]),
        ("/", [7, 3]),
        ("pmc", [7]),
        ("PMC部", [7]),
        ("anna sales", [5]),
        ("莆田 guo", [3]),
        ("guo 莆田", [3]),
        ("没有", []),
    ],
)
def test_a_person_is_found_by_what_is_typed(index, typed, found):
    assert index.find(typed) == found


def test_no_hit_reaches_across_two_parts(index):
    assert index.find("林国栋莆田") == []
    assert index.find("e0001213805950012") == []


def test_typing_on_and_taking_back_finds_the_same_as_asking_anew(index):
    for typed in ("莆", "莆田", "莆田 ", "莆田 z", "莆田 ", "莆", "", "l", "li", "lx", "l", "13"):
        assert index.find(typed) == SearchIndex(PEOPLE.items()).find(typed), typed


def test_what_is_found_may_be_changed_without_harm(index):
    index.find("").clear()
    assert index.find("") == [7, 3, 5]
