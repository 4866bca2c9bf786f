"""CSV and its kin: every honest encoding is read, every doubtful one refused."""

from __future__ import annotations

import pytest

from tests.sheets.conftest import Read
from wxadmin.domain.errors import UserError

TEXT = "姓名,工号,部门\n赵一,A01,生产部\n钱二,002,质检部\n"
WANTED = [("赵一", "A01", "生产部"), ("钱二", "002", "质检部")]

READ = {
    "gbk": (TEXT.encode("gbk"), "GB18030（GBK）"),
    "utf8": (TEXT.encode(), "UTF-8"),
    "bom": (TEXT.encode("utf-8-sig"), "UTF-8（带 BOM）"),
    "utf16": (TEXT.replace(",", "\t").encode("utf-16"), "UTF-16"),
    "utf16be": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
    "semicolon": (TEXT.replace(",", ";").encode(), "UTF-8"),
    "tab": (TEXT.replace(",", "\t").encode(), "UTF-8"),
    "cr": (TEXT.replace("\n", "\r").encode(), "UTF-8"),
    "crlf": (TEXT.replace("\n", "\r\n").encode("gbk"), "GB18030（GBK）"),
    "sep": (("sep=;\n" + TEXT.replace(",", ";")).encode(), "UTF-8"),
    "literal": (TEXT.replace("002", '="002"').encode(), "UTF-8"),
    "quoted": (TEXT.replace("赵一", '"赵一"').encode(), "UTF-8"),
    "apostrophe": (TEXT.replace("002", "'002").encode(), "UTF-8"),
}


@pytest.mark.parametrize("name", READ)
def test_every_encoding_and_delimiter_gives_the_same_people(name: str, read: Read) -> None:
    data, encoding = READ[name]
    table, parsed = read(f"{name}.csv", data)
    assert [values for _, values in parsed.rows] == WANTED
    assert table.encoding == encoding


def test_rare_characters_of_gb18030_survive(read: Read) -> None:
    _, parsed = read("生僻.csv", TEXT.replace("赵一", "䶮𠮷").encode("gb18030"))
    assert parsed.rows[0][1][0] == "䶮𠮷"


REFUSED = {
    "mixed": (TEXT.encode("gbk") + "孙三丰,003,质检部门\n".encode(), "mixed_encodings"),
    "zero_byte": (TEXT.encode() + b"\x00,1,2\n", "not_text"),
    "quote": (TEXT.encode() + '"孙三,003,质检部\n李四,4,5\n'.encode(), "open_quote"),
    "long": (TEXT.encode() + b"x" * 3_000_000, "long_line"),
    "cell": (TEXT.encode() + ("啊" * 140_000).encode(), "long_line"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_text_that_cannot_be_read_surely_is_refused(name: str, read: Read) -> None:
    data, code = REFUSED[name]
    with pytest.raises(UserError) as caught:
        read(f"{name}.csv", data)
    assert caught.value.code == code


def test_blank_lines_keep_the_row_numbers(read: Read) -> None:
    _, parsed = read("空行.csv", "姓名,工号\n\n赵一,1\n,\n钱二,2\n".encode())
    assert [number for number, _ in parsed.rows] == [3, 5]


def test_a_formula_made_harmless_by_an_export_is_itself_again(read: Read) -> None:
    _, parsed = read("回读.csv", "姓名,工号,备注\n赵一,1,'=1+1\n".encode())
    assert parsed.rows[0][1][2] == "=1+1"
