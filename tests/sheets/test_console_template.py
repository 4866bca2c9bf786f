"""The console's template filled: rows under the heading, and not one byte more than needed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.sheets.console_templates import NEWER, NOTES, OLDER, template
from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.policy.console_template import FILE, read_console_columns
from wxadmin.sheets.template import Template, fill_template, open_template

NAMES = read_console_columns(paths.RESOURCES / FILE)
PEOPLE = [
    {
        "name": f"成员{n} <&>",
        "wecom_userid": f"chengyuan{n}",
        "org_unit": "东南/莆田一厂；东南/办公室",
        "mobile": f"1390000{n:04d}",
        "position": " 班长 ",
        "email": f"m{n}@office.example",
    }
    for n in range(1, 6)
]


def opened(folder: Path, data: bytes, name: str = "模板.xlsx") -> Template:
    path = folder / name
    path.write_bytes(data)
    return open_template(path, NAMES.vocabulary, NAMES.required)


def filled(folder: Path, data: bytes, rows: list[dict[str, str]] = PEOPLE) -> Path:
    out = folder / "填好.xlsx"
    fill_template(opened(folder, data), rows, out)
    return out


def parts(data: bytes | Path) -> dict[str, bytes]:
    import io

    with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def read_back(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


LAYOUTS = {
    "older": (template(OLDER, notes=NOTES), 9),
    "newer": (template(), 10),
    "notes deleted": (template(OLDER, notes=()), 1),
    "inline strings": (template(shared=False), 10),
    "a declared part is not there": (template(OLDER, notes=NOTES, shared=False, dangling=True), 9),
    "extra columns": (template((*NEWER[:4], "工号", *NEWER[4:], "办公地点")), 10),
    "no sample row": (template(samples=0), 10),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_was_written_reads_back_the_same(tmp_path: Path, layout: str) -> None:
    data, heading = LAYOUTS[layout]
    out = filled(tmp_path, data)
    rows = read_back(out)
    heads = rows[heading - 1]
    assert len(rows) == heading + len(PEOPLE)
    for row, person in zip(rows[heading:], PEOPLE, strict=True):
        said = {head: cell for head, cell in zip(heads, row, strict=True) if cell}
        mail = "个人邮箱" if "个人邮箱" in heads else "邮箱"
        userid = "帐号" if "帐号" in heads else "账号"
        assert said == {
            "姓名": person["name"],
            userid: person["wecom_userid"],
            "部门": person["org_unit"],
            "手机": person["mobile"],
            "职务": person["position"],
            mail: person["email"],
        }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_other_part_keeps_its_bytes(tmp_path: Path, layout: str) -> None:
    data, _ = LAYOUTS[layout]
    before, after = parts(data), parts(filled(tmp_path, data))
    assert list(before) == list(after)
    touched = {name for name in before if before[name] != after[name]}
    allowed = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}
    if layout == "a declared part is not there":
        allowed = {"xl/worksheets/sheet1.xml", "[Content_Types].xml"}
        assert b"sharedStrings" not in after["[Content_Types].xml"]
    assert touched <= allowed


def test_texts_are_stored_as_the_template_stores_them(tmp_path: Path) -> None:
    shared = parts(filled(tmp_path, template()))
    assert b"inlineStr" not in shared["xl/worksheets/sheet1.xml"]
    assert "成员1 &lt;&amp;&gt;".encode() in shared["xl/sharedStrings.xml"]
    inline = parts(filled(tmp_path, template(shared=False)))
    assert b't="s"' not in inline["xl/worksheets/sheet1.xml"]
    assert "xl/sharedStrings.xml" not in inline


@pytest.mark.parametrize("layout", LAYOUTS)
def test_notes_widths_fonts_and_merges_are_as_they_were(tmp_path: Path, layout: str) -> None:
    from openpyxl import load_workbook

    data, heading = LAYOUTS[layout]
    out = filled(tmp_path, data)
    if layout == "a declared part is not there":  # the original cannot even be opened by openpyxl
        assert load_workbook(out).active.cell(heading, 1).font.b
        return
    old_path = tmp_path / "模板.xlsx"
    old, new = load_workbook(old_path).active, load_workbook(out).active
    assert old.merged_cells.ranges == new.merged_cells.ranges
    assert {k: v.width for k, v in old.column_dimensions.items()} == {
        k: v.width for k, v in new.column_dimensions.items()
    }
    assert old.data_validations.count == new.data_validations.count
    for row in range(1, heading + 1):
        assert old.row_dimensions[row].height == new.row_dimensions[row].height
        for a, b in zip(old[row], new[row], strict=True):
            assert (a.value, a.style_id) == (b.value, b.style_id)


def test_new_rows_look_like_the_sample_row(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(filled(tmp_path, template())).active
    assert {sheet.row_dimensions[row].height for row in range(11, 16)} == {17.5}
    assert {cell.style_id for row in range(11, 16) for cell in sheet[row]} == {2}


def test_nothing_of_the_sample_rows_is_left(tmp_path: Path) -> None:
    out = filled(tmp_path, template((*NEWER, "工号"), samples=4), PEOPLE[:2])
    rows = read_back(out)
    assert not any("样" in str(cell) or "示例" in str(cell) for row in rows[10:] for cell in row)
    assert [row[0] for row in rows[10:] if row[0]] == ["成员1 <&>", "成员2 <&>"]


def test_what_stands_beside_the_table_stays(tmp_path: Path) -> None:
    data = template()
    xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    beside = '<c r="P11" t="inlineStr"><is><t>给自己看的话</t></is></c>'
    row = xml.index("</row>", xml.index('<row r="11"'))
    out = filled(tmp_path, changed(data, xml[:row] + beside + xml[row:]))
    assert beside.encode() in parts(out)["xl/worksheets/sheet1.xml"]
    assert read_back(out)[10][15] == "给自己看的话"


def changed(data: bytes, xml: str) -> bytes:
    import io

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(data).items():
            archive.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else content)
    return target.getvalue()


def test_rows_between_lines_and_with_a_prefix_are_filled_too(tmp_path: Path) -> None:
    data = template(OLDER, notes=(), shared=False)
    xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    xml = xml.replace("</row>", "</row>\n  ").replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
    for tag in ("row", "c", "is", "t", "sheetData", "cols", "col", "dimension"):
        xml = xml.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        xml = xml.replace(f"</{tag}>", f"</x:{tag}>")
    for tag in ("dataValidations", "dataValidation", "formula1"):
        xml = xml.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}>", f"</x:{tag}>")
    out = filled(tmp_path, changed(data, xml.replace("</worksheet>", "</x:worksheet>")))
    assert [row[0] for row in read_back(out)[1:]] == [person["name"] for person in PEOPLE]


def test_rows_of_a_button_s_place_are_no_rows_of_the_sheet(tmp_path: Path) -> None:
    data = template()
    xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    button = (
        '<controls xmlns:xdr="urn:drawing"><control><anchor><from><xdr:col>3</xdr:col>'
        "<xdr:row>99</xdr:row></from></anchor></control></controls></worksheet>"
    )
    out = filled(tmp_path, changed(data, xml.replace("</worksheet>", button)))
    assert button.encode() in parts(out)["xl/worksheets/sheet1.xml"]
    assert len(read_back(out)) == 15


def test_a_sheet_far_too_big_for_a_template_is_refused(tmp_path: Path) -> None:
    data = template(shared=False)
    xml = parts(data)["xl/worksheets/sheet1.xml"].decode()
    wide = "".join(f"<!--{n:06d}{'-x' * 40}-->" for n in range(400_000))
    with pytest.raises(UserError, match="大得不正常"):
        opened(tmp_path, changed(data, xml.replace("<sheetData>", f"{wide}<sheetData>")))


@pytest.mark.parametrize("missing", ["姓名", "账号", "部门"])
def test_a_template_without_a_required_column_is_refused(tmp_path: Path, missing: str) -> None:
    heads = tuple(head for head in NEWER if head != missing)
    label = "帐号" if missing == "账号" else missing
    with pytest.raises(UserError, match=f"没有“{label}”列"):
        opened(tmp_path, template(heads))


def test_what_is_no_template_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到成员列表的标题行"):
        opened(tmp_path, template(("项目", "金额", "日期"), notes=()))
    with pytest.raises(UserError, match=r"不是 \.xlsx 模板"):
        opened(tmp_path, "姓名,帐号,部门".encode(), "模板.csv")
    with pytest.raises(UserError, match="找不到文件"):
        open_template(tmp_path / "没有.xlsx", NAMES.vocabulary, NAMES.required)
    with pytest.raises(UserError, match="两列都是“邮箱”"):
        opened(tmp_path, template((*NEWER[:9], "个人邮箱", *NEWER[10:])))
    with pytest.raises(UserError, match="已损坏"):
        opened(tmp_path, template()[:900])


def test_the_template_itself_is_never_overwritten(tmp_path: Path) -> None:
    data = template()
    one = opened(tmp_path, data)
    with pytest.raises(UserError, match="就是模板本身"):
        fill_template(one, PEOPLE, one.path)
    assert one.path.read_bytes() == data
    with pytest.raises(UserError, match=r"以 \.xlsx 结尾"):
        fill_template(one, PEOPLE, tmp_path / "填好.csv")


def test_merged_cells_where_rows_belong_are_refused(tmp_path: Path) -> None:
    one = opened(tmp_path, template(after='<mergeCell ref="A12:C13"/>'))
    with pytest.raises(UserError, match="第 12 行有合并的单元格"):
        fill_template(one, PEOPLE, tmp_path / "填好.xlsx")
    assert not (tmp_path / "填好.xlsx").exists()


def test_three_thousand_rows_go_in(tmp_path: Path) -> None:
    rows = [{**PEOPLE[0], "wecom_userid": f"u{n}"} for n in range(3000)]
    out = filled(tmp_path, template(), rows)
    assert [row[1] for row in read_back(out)[10:]] == [f"u{n}" for n in range(3000)]
