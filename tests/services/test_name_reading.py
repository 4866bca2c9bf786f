"""How names are read: polyphonic and compound surnames, and what is no Chinese."""

from __future__ import annotations

import pytest

from wxadmin.services.pinyin import full_pinyin, initials, syllables


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾国强", "zeng guo qiang"),
        ("解小满", "xie xiao man"),
        ("查良", "zha liang"),
        ("单于飞", "chan yu fei"),
        ("单田", "shan tian"),
        ("仇英", "qiu ying"),
        ("翟志刚", "zhai zhi gang"),
        ("欧阳锋", "ou yang feng"),
        ("吕布", "lv bu"),
        ("尉迟恭", "yu chi gong"),
        ("尉健", "wei jian"),
        ("单", "shan"),
        ("黄长顺", "huang chang shun"),
        ("长孙晟", "zhang sun sheng"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert " ".join(syllables(name)) == reading


def test_what_is_no_chinese_stays_in_small_letters() -> None:
    assert full_pinyin("Tom Li") == "tomli"
    assert full_pinyin("") == ""


def test_initials_are_the_first_letters() -> None:
    assert initials("欧阳锋") == "oyf"
