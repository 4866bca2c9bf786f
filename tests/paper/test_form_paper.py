"""附件一 and the hand-over stand on their sheets as the office expects them, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from wxadmin.domain.form_definition import FormDefinition, RouteStep, Tick
from wxadmin.paper.form import FormPress, FormSheet, form_pages
from wxadmin.paper.items import SMALLEST_PT, Box, Line, Page, QrCode, Text

VALUES = {
    "request_kind": "新增",
    "applied_on": "2026-11-14",
    "applicant_org_id": "莆田一厂综合办公室",
    "holder_name": "陈佳怡",
    "emp_no": "00418",
    "unit_id": "莆田一厂",
    "dept_id": "综合办公室",
    "position_id": "人事专员",
    "employment_type": "合同工",
    "hire_date": date(2026, 11, 16),
    "mobile": "17750612093",
    "mobile_is_company": "否",
    "purposes": "新入职，用于部门联络。",
    "requested_groups": (Tick("莆田一厂"), Tick("事业部经理群组", False)),
    "on_roster": True,
}
MANAGER = RouteStep("部门经理")
PRESIDENT = RouteStep("总经理")


@pytest.fixture
def annex(shelf) -> FormDefinition:
    return shelf.forms["account_request"]


def sheet(route=(MANAGER,), **values: object) -> FormSheet:
    return FormSheet(
        "QWSQ-202611-003", VALUES | values, "东南事业部", date(2026, 11, 14), tuple(route)
    )


def text_of(page: Page) -> str:
    return "\n".join(page.texts())


def levels(page: Page) -> list[float]:
    """The heights of the rows of the grid, from the lines over its whole width."""
    grid = next(item for item in page.items if isinstance(item, Box))
    across = [
        item.y1
        for item in page.items
        if isinstance(item, Line) and item.y1 == item.y2 and abs(item.x2 - item.x1 - grid.w) < 0.01
    ]
    ends = sorted({round(y, 3) for y in (grid.y, *across, grid.y + grid.h)})
    return [round(below - above, 3) for above, below in pairwise(ends)]


def columns(page: Page, x: float) -> bool:
    return any(isinstance(item, Line) and item.x1 == item.x2 == x for item in page.items)


def inked(page: Page, measure) -> Iterator[tuple[Text, float]]:
    for item in page.items:
        if isinstance(item, Text):
            yield item, item.x + measure(item.text, item.face)


def test_annex_one_has_the_rows_of_the_office(annex, measure) -> None:
    page, *more = form_pages(annex, sheet([MANAGER, PRESIDENT]), measure)
    assert not more
    assert levels(page) == [9, 9, 9, 9, 9, 9, 9, 18, 12, 20, 26, 34, 30, 24]


def test_without_a_second_step_its_height_goes_to_reason_and_opinion(annex, measure) -> None:
    (page,) = form_pages(annex, sheet(), measure)
    assert levels(page) == [9, 9, 9, 9, 9, 9, 9, 30, 12, 20, 26, 52, 24]
    assert "总经理" not in text_of(page)


def test_two_further_steps_share_the_height_of_one(annex, measure) -> None:
    route = [MANAGER, RouteStep("人力资源部"), PRESIDENT]
    (page,) = form_pages(annex, sheet(route), measure)
    assert levels(page)[-4:] == [34, 15, 15, 24]
    assert "人力资源部" in text_of(page)


def test_the_grid_stands_at_the_binding_margin(annex, measure) -> None:
    (page,) = form_pages(annex, sheet(), measure)
    grid = next(item for item in page.items if isinstance(item, Box))
    assert (grid.x, grid.y, grid.w, grid.line) == (25, 45, 170, 0.4)
    assert grid.y + grid.h + 9 == 18 + 263
    assert all(columns(page, x) for x in (50, 110, 135))


def test_mark_title_and_number_are_printed(annex, measure) -> None:
    said = text_of(form_pages(annex, sheet(), measure)[0])
    for words in ("附件一", "东南事业部企业微信号用户申请表", "编号：QWSQ-202611-003"):
        assert words in said
    assert "申请日期：2026年11月14日" in said
    assert "2026年11月16日" in said
    assert "17750612093" in said


def test_the_code_stands_right_of_the_title(annex, measure) -> None:
    (page,) = form_pages(annex, sheet(), measure)
    code = next(item for item in page.items if isinstance(item, QrCode))
    assert (code.x + code.size, code.size) == (195, 13)
    assert code.y + code.size == 18 + 7 + 12


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        ("新增", "☑新增"),
        ("变更", "☑变更"),
        ("权限调整", "☑变更"),
        ("停用", "☑停用/注销"),
        ("注销", "☑停用/注销"),
        ("转交", "☑转交"),
        ("私用", "☑其他：私用"),
        ("多账号", "☑其他：多账号"),
        ("个人号申报", "☑其他：个人号申报"),
    ],
)
def test_each_kind_of_request_ticks_one_of_five_boxes(annex, measure, kind, printed) -> None:
    said = text_of(form_pages(annex, sheet(request_kind=kind), measure)[0])
    row = next(line for line in said.splitlines() if "停用/注销" in line)
    assert printed in row
    assert row.count("☑") == 1
    assert row.count("□") == 4


def test_the_date_of_a_signature_is_never_printed(annex, measure) -> None:
    for values in (VALUES, {**VALUES, "ack_on": date(2026, 11, 15)}):
        said = text_of(form_pages(annex, FormSheet("N-1", values), measure)[0])
        signed = [line for line in said.splitlines() if "签字：" in line]
        assert len(signed) == 2
        assert not any(character.isdigit() for line in signed for character in line)


def test_a_number_of_the_company_ticks_its_box(annex, measure) -> None:
    said = text_of(form_pages(annex, sheet(mobile_is_company="是"), measure)[0])
    assert "□本人　　☑公司" in said


def test_who_sells_nothing_has_a_stroke_for_a_region(annex, measure) -> None:
    assert "/" in form_pages(annex, sheet(), measure)[0].texts()
    assert "福建东部" in form_pages(annex, sheet(region="福建东部"), measure)[0].texts()


def test_proposed_groups_are_ticked_and_may_be_struck_out(annex, measure) -> None:
    said = text_of(form_pages(annex, sheet(), measure)[0])
    assert "☑莆田一厂　　□事业部经理群组　　□其他" in said
    kept_as_text = sheet(requested_groups="☑莆田一厂、□事业部经理群组")
    assert "☑莆田一厂　　□事业部经理群组　　□其他" in text_of(
        form_pages(annex, kept_as_text, measure)[0]
    )


def test_the_blank_form_fills_nothing_in(annex, measure) -> None:
    pages = form_pages(annex, sheet(admin_mailbox="qywx@example.cn"), measure, blank=True)
    said = text_of(pages[0])
    assert len(pages) == 1
    assert "陈佳怡" not in said
    assert "QWSQ" not in said
    assert "☑" not in said
    assert "qywx@example.cn" in said
    assert "第1版" in said
    assert "（非销售填“/”）" in said
    assert not any(isinstance(item, QrCode) for item in pages[0].items)


def test_hints_are_for_the_blank_form_only(annex, measure) -> None:
    assert "（开通账号用）" not in text_of(form_pages(annex, sheet(mobile=""), measure)[0])


def test_a_long_reason_is_made_smaller_first(annex, measure) -> None:
    (page,) = form_pages(annex, sheet(purposes="联系客户，" * 40), measure)
    face = next(item.face for item in page.items if isinstance(item, Text) and "联系" in item.text)
    assert SMALLEST_PT <= face.size_pt < 10.5


def test_a_longer_reason_goes_on_on_a_second_page_and_loses_nothing(annex, measure) -> None:
    reason = "".join(f"第{number}条：为联系客户、收发资料而用。" for number in range(150))
    first, *further = form_pages(annex, sheet(purposes=reason), measure)
    assert further
    body = [t for page in (first, *further) for t in page.texts()]
    together = "".join(body)
    start = together.index("第0条")
    kept = together[start:].replace("（转第2页）", "")
    for number in range(150):
        assert f"第{number}条：" in kept.replace("\n", "")
    assert f"第1页　共{1 + len(further)}页" in first.texts()
    assert f"第2页　共{1 + len(further)}页" in further[0].texts()
    assert "编号：QWSQ-202611-003" in further[0].texts()


def test_nothing_leaves_its_sheet(annex, measure) -> None:
    long = {name: "很长的文字A&B <研发>，" * 30 for name in VALUES if name not in ("request_kind",)}
    for page in form_pages(annex, sheet(**long), measure):
        for item, right in inked(page, measure):
            assert item.x >= 24.9, item
            assert right <= 198.1, item
            assert 15 < item.y < 292, item


def test_a_name_with_marks_of_other_languages_stays_as_typed(annex, measure) -> None:
    name = "A&B <研发> {holder_name} \t%s"
    said = form_pages(annex, sheet(holder_name=name), measure)[0].texts()
    assert "A&B <研发> {holder_name}  %s" in said


def test_a_long_company_name_still_finds_room(annex, measure) -> None:
    long = replace(sheet(), company="福建省莆田市某某某某鞋业有限责任公司东南事业部")
    (page,) = form_pages(annex, long, measure)
    code = next(item for item in page.items if isinstance(item, QrCode))
    for item, right in inked(page, measure):
        if item.y < code.y + code.size:
            assert right <= code.x


def test_a_press_prints_each_form_as_if_it_were_alone(annex, measure) -> None:
    press = FormPress(annex, measure)
    sheets = [
        sheet(),
        sheet(holder_name="李强", purposes="长" * 2000),
        sheet([MANAGER, PRESIDENT]),
        sheet(holder_name="李强"),
    ]
    together = [press.pages(one) for one in sheets] + [press.pages(sheets[0], blank=True)]
    alone = [form_pages(annex, one, measure) for one in sheets]
    assert together == [*alone, form_pages(annex, sheets[0], measure, blank=True)]


def test_empty_cells_get_a_stroke_when_the_office_wants_it(annex, measure) -> None:
    struck = replace(annex, layout=replace(annex.layout, strike_blank=True))
    plain = form_pages(annex, sheet(), measure)[0].texts().count("/")
    assert form_pages(struck, sheet(), measure)[0].texts().count("/") == plain + 2


HANDOVER = {
    "holder_name": "张伟",
    "emp_no": "00321",
    "leave_date": "2026-11-20",
    "leave_kind": "辞职",
    "owned_groups": tuple({"group": f"第{n}班群", "role": "群主"} for n in range(1, 6)),
}


def test_the_handover_is_one_page_with_three_lines_in_each_table(shelf, measure) -> None:
    form = shelf.forms["account_handover"]
    (page,) = form_pages(form, FormSheet(company="东南事业部"), measure, blank=True)
    assert page.texts().count("3") == 3
    assert "4" not in page.texts()
    assert "一式三份" in text_of(page)


def test_more_groups_than_lines_go_to_an_appendix(shelf, measure) -> None:
    form = shelf.forms["account_handover"]
    first, second = form_pages(form, FormSheet("QWJJ-202611-002", HANDOVER), measure)
    assert "第3班群" in first.texts()
    assert "第4班群" not in first.texts()
    assert {"4", "第4班群", "5", "第5班群"} <= set(second.texts())
    assert "☑辞职　　□退休" in text_of(first)
