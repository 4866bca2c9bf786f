"""The sheet of one check: numbers, four lists, results, who signs; several pages where needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wxadmin.paper.check_sheet import CheckSheet, check_pages
from wxadmin.paper.items import Page

SHEET = CheckSheet(
    "HC-00012",
    "莆田一厂",
    "林国栋（3号群管理号）",
    date(2026, 11, 20),
    "陈佳怡",
    "全部群核查",
    87,
    88,
    date(2026, 11, 20),
    "待整改",
    lists={
        "missing": [{"name": "赵刚", "nickname": "莆田一厂-赵刚", "reason": "", "result": ""}],
        "extra": [{"name": "孙丽", "nickname": "孙丽", "reason": "离职", "result": "已移出"}],
    },
    company="东南事业部",
)


def text(pages: tuple[Page, ...]) -> str:
    return "".join("".join(page.texts()) for page in pages)


def test_numbers_lists_and_signers_are_on_one_page(shelf, measure) -> None:
    pages = check_pages(shelf.registers["check_sheet"], [SHEET], measure)
    assert [(page.width, page.height) for page in pages] == [(210, 297)]
    said = text(pages)
    for words in (
        "东南事业部群成员核查明细",
        "编号：HC-00012",
        "应在87人，实在88人，多1人",
        "一、应加未加（1人）",
        "二、不应在群（1人）",
        "三、未实名（0人）",
        "已移出",
        "核查人签字",
        "群主签字",
        "审核人签字",
    ):
        assert words in said, words


def test_a_list_of_nobody_says_so_and_one_never_compared_says_that(shelf, measure) -> None:
    definition = shelf.registers["check_sheet"]
    assert text(check_pages(definition, [SHEET], measure)).count("（没有）") == 2
    counted = replace(SHEET, is_compared=False, lists={})
    said = text(check_pages(definition, [counted], measure))
    assert said.count("没有核对名单，只数了人数") == 4


@pytest.mark.parametrize("people", [60, 200])
def test_many_names_go_on_over_pages_and_the_signature_stays_whole(
    shelf, measure, people: int
) -> None:
    rows = [
        {"name": f"张{n}", "nickname": "", "reason": "离职", "result": ""} for n in range(people)
    ]
    sheet = replace(SHEET, lists={"extra": rows})
    pages = check_pages(shelf.registers["check_sheet"], [sheet], measure)
    assert len(pages) > 1
    last = "".join(pages[-1].texts())
    assert "核查人签字" in last and "年　　月　　日" in last


def test_the_definition_is_as_wide_as_its_paper_allows(shelf) -> None:
    definition = shelf.registers["check_sheet"]
    assert sum(column.width for column in definition.tables["lines"]) == 172
