"""Every form as a PDF: its grid measured with a ruler, names read back as typed, the file small."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.ui.test_printing import said_by, strokes
from ui import printing
from wxadmin.domain.form_asked import only_asked
from wxadmin.domain.form_definition import FieldType, FormDefinition, RouteStep
from wxadmin.paper.form import FormPress, FormSheet, form_pages
from wxadmin.paper.form_sheet import printed_rows, route_of
from wxadmin.paper.items import Page
from wxadmin.policy.forms import load_forms

OURS = Path(__file__).resolve().parents[2] / "resources" / "forms"
SHELF = load_forms(OURS)
KINDS = sorted(SHELF.forms)
EVERYTHING = frozenset(
    {"codes", "public_names", "undertaking", "filing", "external", "secrecy", "permission_levels"}
)
ROUTES = {
    "无审批": (),
    "一步": (RouteStep("部门经理"),),
    "两步": (RouteStep("部门经理"), RouteStep("总经理")),
    "四步": tuple(map(RouteStep, ("部门负责人", "有关领导", "保密工作机构", "小组组长"))),
}
TOLERANCE = 0.5  # mm
MOST_BYTES = 30_000  # of a page after the first
AWKWARD = (
    "A&B <研发>",
    "𠮷野家",
    "阿卜杜热合曼·买买提",
    "欧阳·克孜勒苏古丽巴哈尔买买提艾力江阿不都热西提",
    "户门马长",
    "曾解查单仇翟",
    "{holder_name} %s &amp;",
    "C:\\新建 ${a}",
    "㐂䶮龘靐",
    "O'Neil－Smith",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨户门马长曾解查单仇翟覃尉迟"
GIVEN = "国栋小兰志强佳怡子轩思琪芳敏静丽艳勇杰涛明超秀英霞平𠮷䶮喆堃淼犇骉·"


def sheet_of(form: FormDefinition, route: tuple[RouteStep, ...], **values: object) -> FormSheet:
    return FormSheet("QWSQ-202611-042", values, "东南事业部", date(2026, 11, 20), route)


@pytest.mark.parametrize("route", list(ROUTES), ids=list(ROUTES))
@pytest.mark.parametrize("asked", [frozenset[str](), EVERYTHING], ids=["少", "全"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_grid_of_every_form_stands_where_its_definition_says(
    tmp_path: Path, kind: str, asked: frozenset[str], route: str
) -> None:
    form = only_asked(SHELF.forms[kind], asked)
    sheet = sheet_of(form, ROUTES[route])
    pages = form_pages(form, sheet, printing.measure, blank=True)
    assert len(pages) == 1
    path = tmp_path / "a.pdf"
    printing.write_pdf(pages, path)
    level, upright = strokes(path)
    layout = form.layout
    top = layout.margins.top + layout.top_line + layout.title_height + layout.above_height
    at = [top]
    for row in printed_rows(layout.rows, route_of(form, sheet)):
        at.append(at[-1] + row.height)
    for y in at:
        assert min(abs(y - one) for one in level) <= TOLERANCE, (kind, y)
    for x in (layout.margins.left, layout.margins.left + layout.grid_width):
        assert min(abs(x - one) for one in upright) <= TOLERANCE
    assert at[-1] + layout.foot_height + layout.margins.bottom <= layout.height + TOLERANCE
    assert all(below - above > 5 or below == above for above, below in pairwise(at))


def random_people(count: int) -> list[str]:
    """Names of one to five characters, awkward ones among them; always the same."""
    chance = random.Random(20261120)
    names = list(AWKWARD)
    while len(names) < count:
        given = "".join(chance.choice(GIVEN) for _ in range(chance.randint(1, 4)))
        names.append(chance.choice(SURNAMES) + given)
    return names


def test_two_hundred_awkward_names_are_read_from_the_paper_as_they_were_typed(
    tmp_path: Path,
) -> None:
    names = random_people(200)
    press = FormPress(only_asked(SHELF.forms["account_request"], ()), printing.measure)
    pages: list[Page] = []
    for number, name in enumerate(names):
        values = {
            "holder_name": name,
            "purposes": f"{name}：日常联络{number}",
            "emp_no": f"A-{number:05d}",
            "mobile": f"163{number:08d}",
            "company_email": f"a.b_{number}@example.com",
        }
        pages += press.pages(sheet_of(press.definition, ROUTES["一步"], **values))
    path = tmp_path / "两百人.pdf"
    printing.write_pdf(pages, path)
    said = said_by(path)
    assert len(said) == len(names)
    for number, (name, page) in enumerate(zip(names, said, strict=True)):
        assert page.count(name) >= 2, (number, name)
        assert f"{name}：日常联络{number}" in page
        for typed in (f"A-{number:05d}", f"163{number:08d}", f"a.b_{number}@example.com"):
            assert typed in page, (number, typed)
    assert path.stat().st_size / len(names) <= MOST_BYTES


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_into_any_field_is_read_from_the_paper(tmp_path: Path, kind: str) -> None:
    form = SHELF.forms[kind]
    plain = [
        one
        for one in form.fields
        if one.on_paper and one.type in (FieldType.TEXT, FieldType.PERSON, FieldType.LONG_TEXT)
    ]
    values = {one.name: f"户{number}长&<{number}>" for number, one in enumerate(plain)}
    path = tmp_path / "a.pdf"
    pages = form_pages(form, sheet_of(form, ROUTES["两步"], **values), printing.measure)
    printing.write_pdf(pages, path)
    said = "".join(said_by(path))
    missing = [one.name for one in plain if values[one.name] not in said]
    assert not missing


@pytest.mark.parametrize("kind", KINDS)
def test_a_further_page_of_any_form_adds_little_to_the_file(tmp_path: Path, kind: str) -> None:
    form = SHELF.forms[kind]
    press = FormPress(form, printing.measure)
    sizes = []
    for count in (1, 6):
        pages = [p for _ in range(count) for p in press.pages(sheet_of(form, ROUTES["一步"]))]
        path = tmp_path / f"{count}.pdf"
        printing.write_pdf(pages, path)
        sizes.append(path.stat().st_size)
    assert (sizes[1] - sizes[0]) / 5 <= MOST_BYTES


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_any_length_stay_on_their_sheets(kind: str) -> None:
    form = SHELF.forms[kind]
    long = "很长的一段话，一直写下去。" * 400
    values = {one.name: long for one in form.fields if one.type is FieldType.LONG_TEXT}
    rows = [dict.fromkeys(("name", "group", "role", "finding"), f"第{n}行") for n in range(40)]
    values |= {one.name: rows for one in form.fields if one.type is FieldType.TABLE}
    for page in form_pages(form, sheet_of(form, ROUTES["两步"], **values), printing.measure):
        for item in page.items:
            if (face := getattr(item, "face", None)) is not None:
                assert item.x + printing.measure(item.text, face) <= form.layout.width - 9
                assert item.y <= form.layout.height - 3
