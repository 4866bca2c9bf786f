"""Registers, name lists, orders, checklists and the month's report on A4."""

from __future__ import annotations

from datetime import date

import pytest

from wxadmin.paper.checklist import ChecklistLine, ChecklistSheet, checklist_pages
from wxadmin.paper.items import Box, Line, Page, QrCode, Text
from wxadmin.paper.month_report import MonthReport, OpenItem, UnitMonth, month_report_pages
from wxadmin.paper.order import GroupOrder, Joining, Removal, order_pages, order_text
from wxadmin.paper.register import (
    MemberList,
    RegisterSheet,
    member_list_pages,
    register_pages,
)

TODAY = date(2026, 11, 30)
LONG = "供应链二区物流生产部成型车间包装班工作交流及通知发布群组"


def group_rows(count: int) -> list[dict[str, object]]:
    return [
        {
            "name": LONG if number % 5 == 0 else f"群{number}",
            "kind": "手机端",
            "owner": "林志强（经理）",
            "counts": "87/86",
            "created_on": date(2026, 3, 1),
        }
        for number in range(1, count + 1)
    ]


def register(shelf, measure, count: int) -> tuple[Page, ...]:
    values = {"unit": "东南事业部", "as_of": "2026年11月30日", "summary": f"共{count}个"}
    sheet = RegisterSheet(group_rows(count), "东南事业部", values, TODAY, "陈佳怡")
    return register_pages(shelf.registers["group_register"], sheet, measure)


def joined(page: Page) -> str:
    return "".join(page.texts())


def test_the_group_register_has_twelve_columns_over_267_mm(shelf, measure) -> None:
    definition = shelf.registers["group_register"]
    assert [column.width for column in definition.columns] == [
        8, 38, 16, 24, 30, 34, 30, 16, 18, 18, 22, 13,
    ]  # fmt: skip
    (page,) = register(shelf, measure, 3)
    frame = next(item for item in page.items if isinstance(item, Box))
    assert (page.width, page.height, frame.w) == (297, 210, 267)


def test_heading_and_foot_are_on_every_page(shelf, measure) -> None:
    pages = register(shelf, measure, 60)
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        said = page.texts()
        assert "东南事业部微信工作群管理台账" in said
        assert {"群名称", "备注"} <= set(said)
        assert f"第{number}页　共{len(pages)}页" in said
        assert "打印日期：2026年11月30日" in joined(page)
        assert "制表人：陈佳怡" in joined(page)


def test_long_names_wrap_and_never_shrink(shelf, measure) -> None:
    (page,) = register(shelf, measure, 5)
    assert LONG in joined(page)
    sizes = {
        item.face.size_pt
        for item in page.items
        if isinstance(item, Text) and item.text in LONG and len(item.text) > 3
    }
    assert sizes == {9.0}


def test_no_row_is_split_over_pages(shelf, measure) -> None:
    rows = [{"name": f"甲{n}\n乙{n}\n丙{n}"} for n in range(60)]
    pages = register_pages(
        shelf.registers["group_register"], RegisterSheet(rows, "东南事业部"), measure
    )
    for page in pages:
        said = set(page.texts())
        for number in range(60):
            assert len(said & {f"甲{number}", f"乙{number}", f"丙{number}"}) in (0, 3)


def test_a_row_taller_than_a_page_is_laid_over_several(shelf, measure) -> None:
    rows = [{"name": "\n".join(f"行{n}" for n in range(100))}]
    pages = register_pages(shelf.registers["group_register"], RegisterSheet(rows), measure)
    said = [text for page in pages for text in page.texts()]
    assert [text for text in said if text.startswith("行")] == [f"行{n}" for n in range(100)]


def test_nothing_stands_below_the_foot(shelf, measure) -> None:
    for page in register(shelf, measure, 60):
        for item in page.items:
            if isinstance(item, Line):
                assert max(item.y1, item.y2) <= 210 - 10
            if isinstance(item, Text):
                assert item.y <= 210 - 10


@pytest.mark.parametrize("count", [0, 1, 2, 40, 41, 200])
def test_a_name_list_is_numbered_down_the_left_half_then_the_right(shelf, measure, count) -> None:
    rows = [
        {"name": f"甲{n}", "dept": LONG if n % 7 == 0 else "生产部"} for n in range(1, count + 1)
    ]
    lists = [MemberList("莆田一厂", rows, TODAY, "11月花名册")]
    pages = member_list_pages(shelf.registers["member_list"], lists, measure)
    seen: list[int] = []
    for page in pages:
        numbers = [
            (item.x > 18 + 133.5, item.y, int(item.text))
            for item in page.items
            if isinstance(item, Text) and item.text.isdigit()
        ]
        seen += [number for _, _, number in sorted(numbers)]
        assert "共" in joined(page)
    assert seen == list(range(1, count + 1))


def test_each_group_begins_a_new_page_with_date_and_source(shelf, measure) -> None:
    lists = [MemberList(name, [{"name": "甲"}], TODAY, "11月花名册") for name in ("一群", "二群")]
    pages = member_list_pages(shelf.registers["member_list"], lists, measure)
    assert ["一群" in joined(page) for page in pages] == [True, False]
    assert all("名单日期：2026年11月30日　　来源：11月花名册" in page.texts() for page in pages)


@pytest.mark.parametrize("name", ["address_book", "leavers", "admin_numbers", "account_register"])
def test_every_other_register_fits_its_sheet(shelf, measure, name) -> None:
    definition = shelf.registers[name]
    row = {"note": "备注"} | {column.text.strip("{}"): LONG for column in definition.columns}
    pages = register_pages(definition, RegisterSheet([row] * 9, "东南事业部"), measure)
    assert sum(column.width for column in definition.columns) == 267
    for page in pages:
        for item in page.items:
            if isinstance(item, Text):
                assert item.x + measure(item.text, item.face) <= 297 - 11.9


def order(**more: object) -> GroupOrder:
    given: dict[str, object] = {
        "number": "TZ-202611-07",
        "group": "莆田一厂",
        "to": "林志强",
        "to_role": "莆田一厂群保管人，3号群管理号",
        "due_on": date(2026, 11, 25),
        "basis": "11月离职清单（莆田一厂人事）、11月花名册",
        "joining": (
            Joining("陈佳怡", "综合办公室/人事专员", "17750612093", "办公室陈佳怡", "新入职"),
        ),
        "removal": (Removal("张伟", "生产部", "生产部张伟", "6621", "离职"),),
        "gone": ("王五",),
        "expected": 87,
    }
    return GroupOrder(**(given | more))


def test_an_order_says_whom_to_add_and_whom_to_take_out(shelf, measure) -> None:
    (page,) = order_pages(shelf.registers["group_order"], [order()], measure)
    said = joined(page)
    for words in (
        "编号：TZ-202611-07", "请于11月25日前办完", "一、要加的人（1人）", "17750612093",
        "二、要移出的人（1人）", "6621", "离职", "三、请核对", "王五", "应为87人", "□已办",
        "办理人签字：",
    ):  # fmt: skip
        assert words in said, words


def test_each_group_has_an_order_of_its_own(shelf, measure) -> None:
    pages = order_pages(shelf.registers["group_order"], [order(), order(group="二群")], measure)
    assert len(pages) == 2
    assert "群名称：二群" in pages[1].texts()


def test_an_order_with_nobody_to_add_says_so(shelf, measure) -> None:
    (page,) = order_pages(shelf.registers["group_order"], [order(joining=())], measure)
    assert "（本次没有）" in page.texts()
    assert "要加的人" not in order_text(order(joining=()))


def test_the_order_as_chat_names_everybody_with_numbers_to_copy() -> None:
    said = order_text(order())
    assert said.splitlines()[0] == "【群成员调整】莆田一厂　TZ-202611-07"
    assert "1. 陈佳怡　综合办公室/人事专员　17750612093　昵称改为“办公室陈佳怡”　新入职" in said
    assert "1. 张伟　生产部　群昵称“生产部张伟”　尾号6621　离职" in said
    assert "王五" in said
    assert "应为87人" in said


def checklist(count: int, code: str = "") -> ChecklistSheet:
    lines = tuple(
        ChecklistLine(n, f"步骤{n}", "管理员", TODAY, "待办", "", "T0-19 三.3")
        for n in range(1, count + 1)
    )
    return ChecklistSheet(
        "离职办理单", "BL-12", "张伟　00321", "莆田一厂", "离职日期", TODAY, lines, code=code
    )


def test_a_checklist_has_every_step_with_its_source_and_room_to_sign(shelf, measure) -> None:
    pages = checklist_pages(shelf.registers["checklist"], [checklist(40, "BL-12/1")], measure)
    said = [text for page in pages for text in page.texts()]
    assert [f"步骤{n}" for n in range(1, 41)] == [
        t for t in said if t.startswith("步骤") and t != "步骤"
    ]
    assert said.count("〔T0-19 三.3〕") == 40
    assert all("签字" in page.texts() for page in pages)
    assert sum(isinstance(item, QrCode) for page in pages for item in page.items) == 1


def test_each_checklist_begins_a_page_of_its_own(shelf, measure) -> None:
    pages = checklist_pages(shelf.registers["checklist"], [checklist(2), checklist(2)], measure)
    assert len(pages) == 2


def test_the_months_report_is_one_page_with_its_sums(shelf, measure) -> None:
    units = tuple(UnitMonth(f"单位{n}", 1000, n, 1, 0, 900) for n in range(11))
    report = MonthReport(
        "2026年11月", units, (OpenItem("待签回的附件一", 6, "11月5日"),), ("供应链二区",), (),
        "a3f8c210", 1342, "东南事业部", "陈佳怡", TODAY,
    )  # fmt: skip
    (page,) = month_report_pages(shelf.registers["month_report"], report, measure)
    said = page.texts()
    assert {"合计", "11,000", "55", "11", "9,900"} <= set(said)
    assert "三、未交花名册或离职清单的单位（1个）" in said
    assert "四、没有群主的群（0个）" in said
    assert "a3f8c210" in joined(page)
    assert "负责人签字：" in joined(page)
