"""Files that are not what they seem: each is read right, or refused by its own sentence."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from tests.sheets.conftest import Read
from tests.sheets.raw_workbooks import (
    MAIN,
    PEOPLE,
    STRICT,
    biff,
    cell,
    compound_file,
    lines,
    packed,
    parts,
    sheet,
    styles,
    workbook,
    xls,
)
from wxadmin.domain.errors import UserError
from wxadmin.sheets.gate import without_dangling_parts

NAMES = [person[0] for person in PEOPLE]
GOOD = workbook()


def zipped(**contents: str) -> bytes:
    return packed({name.replace("__", "/"): text for name, text in contents.items()})


def broken_crc() -> bytes:
    data = bytearray(GOOD)
    entry = data.index(b"PK\x01\x02")
    data[entry + 16] ^= 0xFF
    return bytes(data)


def twins() -> bytes:
    contents = parts([("花名册", "")])
    contents["xl/Worksheets/sheet1.xml"] = sheet(cell("别的", "A1"))
    return packed(contents)


def entities(where: str) -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    contents = parts([("花名册", "")])
    contents.setdefault("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"></sst>')
    text = str(contents[where])
    head, mark, rest = text.rpartition("?>")
    contents[where] = f"{head}{mark}{declared}{rest}"
    return packed(contents)


def outside_entity() -> bytes:
    xml = sheet().replace("?>", '?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">', 1)
    return workbook(xml)


def bomb(row: str, count: int) -> bytes:
    return workbook(sheet(lines() + row * count))


def locked_entry() -> bytes:
    data = bytearray(GOOD)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


REFUSED = {
    "空文件.xlsx": (b"", "empty_file"),
    "文本.xlsx": ("今天开会\n请大家准时".encode(), "plain_text"),
    "乱码.xlsx": (random.Random(7).randbytes(5000), "not_a_sheet"),
    "压缩包.xlsx": (zipped(a__txt="hello"), "archive"),
    "文档.xlsx": (zipped(**{"[Content_Types].xml": "", "word__document.xml": ""}), "word"),
    "演示.xlsx": (zipped(**{"[Content_Types].xml": "", "ppt__presentation.xml": ""}), "slides"),
    "二进制.xlsx": (zipped(**{"[Content_Types].xml": "", "xl__workbook.bin": ""}), "xlsb"),
    "开放.xlsx": (zipped(mimetype="x", **{"content.xml": ""}), "ods"),
    "扫描.xlsx": (b"%PDF-1.7\n", "pdf"),
    "照片.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "半个.xlsx": (GOOD[: len(GOOD) // 2], "damaged"),
    "校验错.xlsx": (broken_crc(), "damaged"),
    "半个旧表.xls": (xls()[:600], "damaged"),
    "加密.xlsx": (compound_file("EncryptedPackage", b"x"), "password"),
    "加密项.xlsx": (locked_entry(), "password"),
    "旧文档.xls": (compound_file("WordDocument", b"x"), "word"),
    "别的容器.xls": (compound_file("Contents", b"x"), "not_a_sheet"),
    "网页.xls": ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "html"),
    "带头网页.xls": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "html"),
    "旧XML.xls": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "xml2003",
    ),
    "双份.xlsx": (twins(), "twin_parts"),
    "部件多.xlsx": (packed({f"a{i}.xml": "" for i in range(2001)}), "too_many_parts"),
    "炸弹.xlsx": (bomb(f"<row>{cell('啊' * 300)}</row>", 110_000), "too_big_inside"),
    "实体表.xlsx": (entities("xl/worksheets/sheet1.xml"), "entities"),
    "实体簿.xlsx": (entities("xl/workbook.xml"), "entities"),
    "外部实体.xlsx": (outside_entity(), "entities"),
    "截断.xlsx": (workbook(sheet()[:-60]), "damaged"),
    "错标签.xlsx": (workbook(sheet().replace("</row>", "</rov>", 1)), "damaged"),
    "裸与号.xlsx": (workbook(sheet().replace("赵一", "赵&一")), "damaged"),
    "控制符.xlsx": (workbook(sheet().replace("赵一", "赵\x01一")), "damaged"),
    "远处.xlsx": (
        workbook(sheet(lines() + f'<row r="1048576">{cell("x", "XFD1048576")}</row>')),
        "far_cell",
    ),
    "半个字表.xlsx": (
        packed(parts([("花名册", "")]) | {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>'}),
        "damaged",
    ),
    "全空.xlsx": (workbook(sheet("")), "empty_book"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_sheet_is_refused_by_what_it_is(name: str, read: Read) -> None:
    data, code = REFUSED[name]
    with pytest.raises(UserError) as caught:
        read(name, data)
    assert caught.value.code == code
    assert f"《{name}》" in caught.value.message


def prefixed() -> bytes:
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet().split("?>", 1)[1])
    return workbook(xml.replace("xmlns=", "xmlns:x="))


def without_references() -> bytes:
    return workbook(sheet(lines(refs=False)))


def dangling() -> bytes:
    contents = parts([("花名册", "")])
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{MAIN}"/></Types>'
    types = str(contents["[Content_Types].xml"])
    contents["[Content_Types].xml"] = types.replace("</Types>", override)
    return packed(contents)


def slipping() -> bytes:
    contents = parts([("花名册", "")])
    contents["../../evil.txt"] = "x"
    return packed(contents)


def million_blank_rows() -> bytes:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(5, 300_000))
    return workbook(sheet(lines() + blank), style=styles("0.00"))


READ = {
    "假后缀.xls": GOOD,
    "假后缀.xlsx": xls(),
    "旧表.xls": xls(),
    "金山.et": xls(),
    "逗号.xlsx": "姓名,工号,部门\n赵一,A01,生产部\n钱二,A02,生产部\n孙三,A03,质检部\n".encode(),
    "宏.xlsm": packed(parts([("花名册", "")]) | {"xl/vbaProject.bin": b"\x00" * 99}),
    "反斜杠.xlsx": packed(parts([("花名册", "")]), "\\"),
    "越界名.xlsx": slipping(),
    "悬空部件.xlsx": dangling(),
    "前缀.xlsx": prefixed(),
    "无地址.xlsx": without_references(),
    "严格.xlsx": workbook(sheet(ns=STRICT)),
    "双字节.xlsx": workbook(sheet().replace("UTF-8", "UTF-16").encode("utf-16")),
    "尺寸假大.xlsx": workbook(sheet(before='<dimension ref="A1:XFD1048576"/>')),
    "尺寸假小.xlsx": workbook(sheet(before='<dimension ref="A1"/>')),
    "末格有样式.xlsx": workbook(
        sheet(lines() + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'), style=styles("0.00")
    ),
    "空行多.xlsx": million_blank_rows(),
    "注音.xlsx": workbook(
        sheet().replace(
            "<t>赵一</t>", '<r><t>赵</t></r><r><t>一</t></r><rPh sb="0" eb="1"><t>z</t></rPh>'
        )
    ),
    "深层.xlsx": workbook(sheet(after="<a>" * 5000 + "</a>" * 5000)),
}


@pytest.mark.parametrize("name", READ)
def test_an_odd_but_honest_file_is_read_right(name: str, read: Read, tmp_path: Path) -> None:
    _, parsed = read(name, READ[name])
    assert [values[parsed.fields.index("name")] for _, values in parsed.rows] == NAMES
    assert parsed.problems == []
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_visible_sheet_is_taken_and_the_hidden_one_named(read: Read) -> None:
    data = packed(
        parts([("旧名单", ""), ("花名册", "")], states=(' state="hidden"', "")),
    )
    table, _ = read("两张.xlsx", data)
    assert table.sheet == "花名册"
    assert table.hidden_sheets == ("旧名单",)
    assert table.other_sheets == ()


def test_with_two_lists_the_roster_is_taken_and_the_other_is_told(read: Read) -> None:
    data = packed(parts([("离职员工", ""), ("在职员工", "")]))
    table, parsed = read("两张.xlsx", data)
    assert table.sheet == "在职员工"
    assert table.other_sheets == ("离职员工",)
    assert any("离职员工" in warning.reason for warning in parsed.warnings)
    chosen, _ = read("两张.xlsx", data, sheet="离职员工")
    assert (chosen.sheet, chosen.kind) == ("离职员工", "leavers")
    by_kind, _ = read("两张.xlsx", data, kind="leavers")
    assert by_kind.sheet == "离职员工"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(read: Read) -> None:
    with pytest.raises(UserError, match="花名册") as caught:
        read("一张.xlsx", GOOD, sheet="名单")
    assert caught.value.code == "no_such_sheet"


def test_more_than_a_thousand_headings_are_refused_and_six_hundred_are_not(read: Read) -> None:
    def wide(count: int) -> bytes:
        rows = [
            [*row, *[f"列{i}" for i in range(count)]] for row in (("姓名", "工号"), PEOPLE[0][:2])
        ]
        return workbook(sheet(lines(rows)))

    assert len(read("宽.xlsx", wide(600))[0].headings) == 602
    with pytest.raises(UserError) as caught:
        read("宽.xlsx", wide(2000))
    assert caught.value.code == "too_many_columns"


def test_more_than_two_hundred_thousand_rows_are_refused(read: Read) -> None:
    text = "姓名,工号\n" + "赵一,1\n" * 200_001
    with pytest.raises(UserError) as caught:
        read("长.csv", text.encode())
    assert caught.value.code == "too_many_rows"
    assert str(caught.value) == "《长.csv》有超过 200000 行内容；请拆成几个文件后再导入。"


def test_a_text_table_of_a_million_rows_is_refused_for_its_rows(read: Read) -> None:
    text = "姓名,工号,部门,手机号\n" + "赵一,1,生产部,13800000000\n" * 1_000_000
    with pytest.raises(UserError) as caught:
        read("百万.csv", text.encode())
    assert caught.value.code == "too_many_rows"


def test_an_old_workbook_keeps_numbers_whole(read: Read) -> None:
    _, parsed = read("旧.xls", xls((("姓名", "工号"), ("赵一", 12.0))))
    assert parsed.rows == [(2, ("赵一", "12"))]


def test_a_locked_old_workbook_asks_for_its_password_to_be_removed(read: Read) -> None:
    stream = biff((("姓名", "工号"), ("赵一", 12.0)))
    locked = stream[:20] + b"\x2f\x00\x36\x00\x01\x00" + bytes(52) + stream[20:]
    with pytest.raises(UserError) as caught:
        read("旧.xls", compound_file("Workbook", locked))
    assert caught.value.code in ("password", "damaged")


def test_a_template_with_a_declared_but_absent_part_is_cured() -> None:
    cured = without_dangling_parts(dangling())
    with zipfile.ZipFile(io.BytesIO(cured)) as archive:
        assert b"sharedStrings" not in archive.read("[Content_Types].xml")
        assert "xl/worksheets/sheet1.xml" in archive.namelist()
    assert without_dangling_parts(GOOD) == GOOD


def test_a_file_with_bits_knocked_out_is_read_or_refused_and_nothing_else(read: Read) -> None:
    dice = random.Random(20261121)
    for name, whole in (("乱.xlsx", GOOD), ("乱.xls", xls())) * 8:
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with contextlib.suppress(UserError):
            read(name, bytes(data))
