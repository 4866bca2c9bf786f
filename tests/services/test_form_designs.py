"""An office changes how its forms look; every design is kept, and ours is a click away."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import office, person

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import FieldType
from wxadmin.domain.form_design import ExtraField
from wxadmin.paper.items import Box, Picture, QrCode, Text
from wxadmin.policy.forms import load_forms
from wxadmin.services.form_designs import DEFAULT, FormDesigns
from wxadmin.services.form_library import form_library
from wxadmin.services.forms import Forms
from wxadmin.services.organisation import Organisation
from wxadmin.services.workplace import Workplace

KIND = "account_request"
KINDS = sorted(load_forms(paths.RESOURCES / "forms").forms)


def measure(text: str, face) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text) * face.size


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with closing(office(tmp_path)) as opened:
        yield opened


@pytest.fixture
def designs(workplace: Workplace) -> FormDesigns:
    return FormDesigns(workplace)


def png(width: int = 40, height: int = 20) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def said(pages) -> str:
    return "\n".join(text for page in pages for text in page.texts())


def row(design, name: str):
    return next(one for one in design.rows if one.id == name)


def with_row(design, name: str, **changes):
    rows = tuple(replace(r, **changes) if r.id == name else r for r in design.rows)
    return replace(design, rows=rows)


@pytest.mark.parametrize("kind", KINDS)
def test_a_design_laid_over_its_own_form_changes_nothing(designs, kind) -> None:
    drawn = designs.draw(kind, designs.design(kind))
    assert drawn.definition == form_library(designs._workplace).forms[kind]
    assert drawn.lowered == ()


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_can_be_made_the_offices_own(designs, workplace, kind) -> None:
    extras = (ExtraField("备用栏"),)
    version = designs.save(kind, replace(designs.design(kind), title="自己的", extras=extras))
    assert version == 101
    assert designs.in_use(kind) == 101
    assert "备用栏" in said(designs.pages(kind, designs.design(kind), measure))
    assert "自己的" in said(Forms(workplace).blank_pages(kind, measure))
    designs.use(kind, DEFAULT)
    assert designs.in_use(kind) == DEFAULT


def test_saving_what_was_not_changed_writes_nothing(designs, tmp_path) -> None:
    assert designs.save(KIND, designs.design(KIND)) == 1
    assert not (tmp_path / "制度").exists()


def test_head_numbering_and_words_are_the_offices_own(designs, workplace) -> None:
    design = replace(
        designs.design(KIND), title="企业微信账号申请单", mark="表一", letterhead="{company}",
        control_no="QR-XZ-012 A/1", number="ZH{YYYY}-{nnnn}", copies=2, foot=("一人一张。",),
    )  # fmt: skip
    assert designs.save(KIND, design) == 101
    assert designs.design(KIND) == design
    person(workplace, "00012")
    forms = Forms(workplace)
    form = forms.draft(KIND)
    assert form.number == "ZH2026-0001"
    assert form.definition_version == 101
    words = said(forms.pages([form.number], measure))
    for line in ("企业微信账号申请单", "表一", "东南事业部", "QR-XZ-012 A/1", "一人一张。"):
        assert line in words


def test_an_old_form_reprints_as_it_was(designs, workplace) -> None:
    forms = Forms(workplace)
    old = forms.draft(KIND, person=person(workplace, "00012"))
    designs.save(KIND, replace(designs.design(KIND), title="第二种标题"))
    middle = forms.draft(KIND, person=person(workplace, "00013", "甲乙"))
    designs.save(KIND, replace(designs.design(KIND), title="第三种标题"))
    assert "企业微信号用户申请表" in said(forms.pages([old.number], measure))
    assert "第二种标题" in said(forms.pages([middle.number], measure))
    assert "第三种标题" in said(forms.blank_pages(KIND, measure))


def test_ours_comes_back_and_a_former_design_may_be_used_again(designs, workplace) -> None:
    before = designs.design(KIND)
    version = designs.save(KIND, replace(before, title="改过的"))
    assert [line.is_own for line in designs.kinds() if line.kind == KIND] == [True]
    designs.use(KIND, DEFAULT)
    assert designs.design(KIND) == before
    (kept,) = designs.versions(KIND)
    assert (kept.version, kept.number, kept.is_current) == (version, 1, False)
    designs.use(KIND, version)
    assert designs.design(KIND).title == "改过的"
    assert designs.in_use(KIND) == version
    assert designs.save(KIND, replace(before, title="又改")) == version + 1


def test_a_file_typed_by_hand_is_kept_before_it_is_replaced(designs, tmp_path) -> None:
    folder = tmp_path / "制度" / "forms"
    folder.mkdir(parents=True)
    ours = Path("resources/forms/account_request.toml").read_text(encoding="utf-8")
    typed = ours.replace("version = 1", "version = 7").replace("附件一", "附件七")
    (folder / "account_request.toml").write_text(typed, encoding="utf-8")
    assert designs.design(KIND).mark == "附件七"
    designs.save(KIND, replace(designs.design(KIND), mark="附件八"))
    assert (folder / "旧版" / "account_request-7.toml").read_text(encoding="utf-8") == typed


def test_a_mistyped_file_is_told_of_ours_used_and_the_file_kept(designs, tmp_path) -> None:
    folder = tmp_path / "制度" / "forms"
    folder.mkdir(parents=True)
    (folder / "account_request.toml").write_text('id = "account_request"\nnumber = ', "utf-8")
    (refusal,) = designs.refusals
    assert "第2行" in refusal.message
    assert "先用程序自带的" in refusal.message
    designs.save(KIND, replace(designs.design(KIND), mark="附件八"))
    assert designs.refusals == ()
    assert (folder / "旧版" / "account_request.写错的.toml").exists()


def test_rows_may_be_left_out_made_higher_and_renamed(designs) -> None:
    design = with_row(designs.design(KIND), "email", printed=False)
    design = with_row(design, "mobile", labels=("联系电话", "号码归属"), height=12.0)
    definition = designs.draw(KIND, design).definition
    assert definition.field_named("mobile").label == "联系电话"
    pages = designs.pages(KIND, design, measure)
    assert "公司邮箱" not in said(pages)
    assert "联系电话" in said(pages)


def test_a_sheet_grown_too_high_takes_it_from_the_tall_rows(designs) -> None:
    design = with_row(designs.design(KIND), "name", height=15.0)
    drawn = designs.draw(KIND, design)
    assert "账号用途及申请事由" in drawn.lowered
    assert drawn.definition.layout.used_height <= 297.05
    grids = [i for p in designs.pages(KIND, design, measure) for i in p.items if isinstance(i, Box)]
    assert len(grids) == 1


def test_what_no_sheet_can_hold_is_refused(designs) -> None:
    with pytest.raises(UserError, match="超出纸高297毫米"):
        designs.draw(KIND, with_row(designs.design(KIND), "name", height=200.0))


def test_fields_are_added_filled_in_and_printed(designs, workplace) -> None:
    extras = (
        ExtraField("工作服尺码", FieldType.CHOICE, True, ("M", "L", "XL")),
        ExtraField("宿舍号"),
        ExtraField("其他说明", FieldType.LONG_TEXT),
    )
    designs.save(KIND, replace(designs.design(KIND), extras=extras))
    assert designs.design(KIND).extras == extras
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace), typed={"宿舍号": "3-201"})
    assert "工作服尺码" in "".join(forms.view(form.number).problems.values())
    forms.set_fields(form.number, {"工作服尺码": "L"})
    words = said(forms.pages([form.number], measure))
    assert "☑L" in words
    assert "3-201" in words
    designs.save(KIND, replace(designs.design(KIND), extras=extras[1:]))
    assert [f.name for f in designs._shelf.definition(KIND).fields][-2:] == ["own_2", "own_3"]


def test_the_office_names_who_gives_an_opinion_and_how_many_boxes_there_are(designs) -> None:
    design = replace(designs.design(KIND), approvers=("车间主任", "人事", "总经理"))
    words = said(designs.pages(KIND, design, measure))
    assert all(f"{title}" in words for title in design.approvers)
    with pytest.raises(UserError, match="签不下字"):
        designs.draw(KIND, replace(design, approvers=("甲", "乙", "丙", "丁", "戊")))
    with pytest.raises(UserError, match="没有这么多意见栏"):
        designs.draw("account_handover", replace(
            designs.design("account_handover"), approvers=("甲",)))  # fmt: skip


def test_other_margins_widen_or_narrow_the_grid(designs) -> None:
    design = replace(designs.design(KIND), margins=(18.0, 15.0, 15.0, 30.0))
    layout = designs.draw(KIND, design).definition.layout
    assert layout.grid_width == pytest.approx(165.0, abs=0.05)
    with pytest.raises(UserError):
        designs.draw(KIND, replace(design, margins=(18.0, 105.0, 15.0, 105.0)))


def test_code_and_strokes_may_be_switched(designs) -> None:
    design = replace(designs.design(KIND), qr_size=0.0, strike_blank=True)
    (page,) = designs.pages(KIND, design, measure)
    assert not any(isinstance(item, QrCode) for item in page.items)
    assert "/" in page.texts()


def test_a_logo_stands_left_of_the_title_and_keeps_its_proportions(designs, tmp_path) -> None:
    source = tmp_path / "厂标.png"
    source.write_bytes(png(40, 20))
    name = designs.take_logo(source)
    designs.save(KIND, replace(designs.design(KIND), logo=name))
    (page,) = designs.pages(KIND, designs.design(KIND), measure)
    (logo,) = (item for item in page.items if isinstance(item, Picture))
    assert (logo.x, logo.w, logo.h) == (25, 20, 10)
    kept = tmp_path / "制度" / "forms" / "旧版"
    assert [p.name for p in kept.iterdir()] == ["account_request-101.toml"]
    source.write_bytes(png(60, 20))
    assert designs.take_logo(source) != name  # the old one stays for old forms


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是图片"),
        ("我是文字".encode(), "不是图片"),
        (png()[:40], "不是图片"),
        (png(9000, 9000), "太大了"),
        (b"\0" * 2_000_001, "太大了"),
    ],
)
def test_what_is_no_picture_is_no_logo(designs, tmp_path, data, reason) -> None:
    path = tmp_path / "标志.png"
    path.write_bytes(data)
    with pytest.raises(UserError, match=reason):
        designs.take_logo(path)
    with pytest.raises(UserError, match="打不开"):
        designs.take_logo(tmp_path / "没有.png")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": "QWSQ"}, "流水号"),
        ({"number": "a b{n}"}, "不能有空格"),
        ({"title": "  "}, "不能为空"),
        ({"copies": 0}, "应在1到99之间"),
    ],
)
def test_a_bad_design_is_refused_in_one_sentence(designs, tmp_path, changes, reason) -> None:
    with pytest.raises(UserError, match=reason) as refused:
        designs.save(KIND, replace(designs.design(KIND), **changes))
    assert "toml" not in refused.value.message
    assert not (tmp_path / "制度").exists()


def test_awkward_words_come_back_from_the_file_as_typed(designs) -> None:
    words = '引号"反斜\\杠\n换行\t𠮷 {company} # [x] \x07'
    designs.save(KIND, replace(designs.design(KIND), foot=(words,), title=words.strip("\x07 ")))
    assert designs.design(KIND).foot == (words,)


def test_nothing_stands_within_the_quiet_zone_of_the_code(designs) -> None:
    design = replace(
        designs.design(KIND), letterhead="福建省某某某鞋业有限责任公司", control_no="QR-XZ-012 A/1"
    )
    (page,) = designs.pages(KIND, design, measure)
    code = next(item for item in page.items if isinstance(item, QrCode))
    for text in page.items:
        if isinstance(text, Text) and text.y > code.y - 2 and text.y < code.y + code.size + 2:
            assert text.x + measure(text.text, text.face) <= code.x - 2 + 1e-6, text.text


def test_a_draft_keeps_the_fields_it_was_begun_with(designs, workplace) -> None:
    base = designs.design(KIND)
    designs.save(KIND, replace(base, extras=(ExtraField("宿舍号"),)))
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace), typed={"宿舍号": "3-201"})
    designs.use(KIND, DEFAULT)
    forms = Forms(workplace)
    forms.set_fields(form.number, {"purposes": "改了事由"})
    view = forms.view(form.number)
    assert view.values["own_1"] == "3-201"
    known = view.definition.field_named("own_1")
    assert forms.field_problem(KIND, known, "3-202") == ""
    forms.set_fields(form.number, {"宿舍号": "3-202"})
    assert "3-202" in said(forms.pages([form.number], measure))


def test_an_old_form_keeps_the_companys_old_name(tmp_path) -> None:
    days = [date(2026, 11, 10)]
    with closing(office(tmp_path, clock=lambda: days[0])) as workplace:
        forms = Forms(workplace)
        old = forms.draft(KIND, person=person(workplace, "00012"))
        fresh = forms.draft(KIND, person=person(workplace, "00013", "甲乙"))
        forms.mark_printed([old.number])
        days[0] = date(2026, 11, 20)
        Organisation(workplace).rename_office("闽南事业部")
        assert "东南事业部企业微信号用户申请表" in said(forms.pages([old.number], measure))
        forms = Forms(workplace)
        assert "闽南事业部企业微信号用户申请表" in said(forms.pages([fresh.number], measure))
