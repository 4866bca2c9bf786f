"""A file people may edit is refused with its name and the line of what is wrong."""

from pathlib import Path

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.policy.toml_file import TomlFile, read_toml
from wxadmin.policy.toml_lines import find_lines

TEXT = '''# a pack
title = "东南 # 事业部"
note = """
one [x]
two"""

[limits]
days = 45  # per cent
"odd.name" = [
    1,
    { a = 2, b = [
        3 ] },
]

[[groups]]
name = 'a'
[[groups.rules]]
field = "x"
[[groups]]
name = 'b'
[[groups.rules]]
field = "y"
[[groups.rules]]
deep.field = "z"
'''


def file_of(folder: Path, text: str) -> TomlFile:
    path = folder / "东南.toml"
    path.write_text(text, encoding="utf-8")
    return read_toml(path)


def test_every_key_is_found_on_its_line() -> None:
    lines = find_lines(TEXT)
    assert lines[("title",)] == 2
    assert lines[("note",)] == 3
    assert lines[("limits",)] == 7
    assert lines[("limits", "days")] == 8
    assert lines[("limits", "odd.name", 1)] == 11
    assert lines[("limits", "odd.name", 1, "b", 0)] == 12
    assert lines[("groups", 1, "name")] == 20
    assert lines[("groups", 1, "rules", 1, "deep", "field")] == 24


def test_a_refusal_names_file_and_line(tmp_path: Path) -> None:
    file = file_of(tmp_path, TEXT)
    refusal = file.refuse(("groups", 1, "rules", 0, "field"), "没有这个字段")
    assert refusal.message == f"文件 {tmp_path / '东南.toml'} 第22行：没有这个字段。"


def test_an_absent_key_points_at_its_table(tmp_path: Path) -> None:
    file = file_of(tmp_path, TEXT)
    with pytest.raises(UserError, match="第19行：缺少“owner”"):
        list(file.root().tables("groups"))[1].text("owner")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = = 2\n", "第2行：写法不对"),
        ("a = 1\nb = [1,\n", "第3行：写法不对"),
        ("a = 1\na = 2\n", "第2行：写法不对"),
    ],
)
def test_broken_toml_is_refused_with_its_line(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(UserError, match=place):
        file_of(tmp_path, text)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes("a = 1\nb = '福建'\n".encode("gbk"))
    with pytest.raises(UserError, match="第2行：不是 UTF-8"):
        read_toml(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不了文件"):
        read_toml(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (lambda t: t.text("days"), "“days”应为文字"),
        (lambda t: t.whole("odd.name"), "“odd.name”应为整数"),
        (lambda t: t.truth("days"), "“days”应为 true 或 false"),
        (lambda t: t.numbers("odd.name"), "“odd.name”里每一项都应为数字"),
        (lambda t: t.texts("odd.name"), "“odd.name”里每一项都应为文字"),
        (lambda t: t.only("days"), "不认识的项“odd.name”"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, read, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        read(file_of(tmp_path, TEXT).root().table("limits"))


def test_values_are_read_by_their_kind(tmp_path: Path) -> None:
    table = file_of(tmp_path, "a='x'\nb=2\nc=2.5\nd=true\ne=['f']\ng=[1,2.5]\n").root()
    assert (table.text("a"), table.whole("b"), table.number("c")) == ("x", 2, 2.5)
    assert (table.truth("d"), table.texts("e"), table.numbers("g")) == (True, ("f",), (1.0, 2.5))
    assert table.text("z", "none") == "none"
    assert list(table.tables("rows")) == []
