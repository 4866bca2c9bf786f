"""`import` of an address book and of a member list: the same words, keys and undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.builders import office, person, register_at
from wxadmin.command_line import main

KEYS = {
    *("kind", "sheet", "heading_row", "columns", "ignored", "rows", "new", "changed"),
    *("unchanged", "left", "disputed", "problems", "warnings", "consequences"),
    *("stopped_by", "applied", "operation"),
}
HEADS = ("姓名", "帐号", "部门", "手机", "激活状态")
ROWS: tuple[tuple[object, ...], ...] = (
    ("林国栋", "linguodong", "莆田一厂", 13805950012, "已激活"),
    ("张伟", "zhangwei", "莆田一厂", 13900000001, "已激活"),
)

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    person(workplace, "00013", "张伟")
    workplace.close()
    return tmp_path


def run(capsys: Capture, folder: Path, *words: str) -> tuple[int, Any, str]:
    given = ["--register", register_at(folder), "--json", "--as-of", "2026-11-20", *words]
    code = main(given, printing=lambda: None)
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def workbook(folder: Path, *rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heads, *rows):
        sheet.append(list(row))
    path = folder / "通讯录.xlsx"
    book.save(path)
    return str(path)


def test_an_export_is_recognised_and_a_dry_run_writes_nothing(
    folder: Path, capsys: Capture
) -> None:
    before = Path(register_at(folder)).read_bytes()
    code, data, _ = run(capsys, folder, "import", workbook(folder, *ROWS), "--rows")
    assert (code, data["kind"], data["heading_row"], data["rows"]) == (0, "wecom", 1, 2)
    assert data.keys() >= KEYS
    assert data["columns"]["帐号"] == "wecom_userid"
    assert data["states"] == {"linked": 1, "new": 0, "disputed": 1, "unmatched": 0}
    assert [(d["row"], d["candidates"][0]["emp_no"]) for d in data["disputed"]] == [(3, "00013")]
    assert data["people"]["#2"]["mobile"] == "13805950012"
    assert Path(register_at(folder)).read_bytes() == before


def test_an_open_question_stops_with_exit_3_and_can_be_put_off_and_answered_later(
    folder: Path, capsys: Capture
) -> None:
    path = workbook(folder, *ROWS)
    before = Path(register_at(folder)).read_bytes()
    code, data, _ = run(capsys, folder, "import", path, "--apply")
    assert (code, data["applied"], data["stopped_by"]) == (3, False, "disputed")
    assert [one["emp_no"] for one in data["disputed"][0]["candidates"]] == ["00013"]
    assert Path(register_at(folder)).read_bytes() == before
    code, data, _ = run(capsys, folder, "import", path, "--later", "--apply")
    assert (code, data["applied"], data["stopped_by"], data["disputed"]) == (0, True, None, [])
    code, data, _ = run(capsys, folder, "import", path, "--decide", "3=00013", "--apply")
    assert (code, data["changed"], data["disputed"], data["warnings"]) == (0, 1, [], [])
    code, data, _ = run(capsys, folder, "import", path, "--apply")
    assert (code, data["operation"], data["unchanged"]) == (0, None, 2)
    code, data, _ = run(capsys, folder, "undo")
    assert code == 0


def test_half_an_address_book_stops_until_the_brake_is_released(
    folder: Path, capsys: Capture
) -> None:
    run(capsys, folder, "import", workbook(folder, *ROWS), "--later", "--apply")
    half = workbook(folder, ROWS[0])
    code, data, _ = run(capsys, folder, "import", half, "--apply")
    assert (code, data["stopped_by"], data["applied"], data["left"]) == (3, "brake", False, 1)
    code, data, _ = run(capsys, folder, "import", half, "--apply", "--confirm-brake")
    assert (code, data["applied"]) == (0, True)


def test_the_address_book_of_another_company_exits_1_with_one_sentence(
    folder: Path, capsys: Capture
) -> None:
    strangers = workbook(folder, ("甲乙", "a1", "总部", ""), ("丙丁", "a2", "总部", ""))
    code, data, said = run(capsys, folder, "import", strangers, "--kind", "wecom", "--apply")
    assert (code, data["error"]["code"]) == (1, "other_company")
    assert said.count("。") == 1


def test_members_are_taken_in_for_the_group_named(folder: Path, capsys: Capture) -> None:
    path = folder / "接龙.txt"
    path.write_text("#接龙\n1. 林国栋-莆田一厂\n2. 老周", encoding="utf-8")
    words = ("import", str(path), "--kind", "members", "--group", "莆田一厂")
    code, data, _ = run(capsys, folder, *words, "--apply")
    assert (code, data["stopped_by"], data["operation"]) == (3, "disputed", None)
    code, data, _ = run(capsys, folder, *words, "--decide", "2=new:顺达物流/林国栋", "--apply")
    assert (code, data["group"], data["new"], data["outsiders"]) == (0, "莆田一厂", 2, 1)
    assert not [one for one in data["warnings"] if one["column"] == "--decide"]
    code, data, _ = run(capsys, folder, "show", "group", "莆田一厂")
    assert [one["emp_no"] for one in data["actual"] if one["emp_no"]] == ["00012"]


def test_a_list_of_members_says_in_chinese_what_was_found(folder: Path, capsys: Capture) -> None:
    path = folder / "名单.txt"
    path.write_text("林国栋", encoding="utf-8")
    given = ["--register", register_at(folder), "import", str(path), "--kind", "members"]
    assert main([*given, "--group", "莆田一厂"], printing=lambda: None) == 0
    assert "“莆田一厂”应在" in capsys.readouterr().out


def test_in_words_a_person_twice_in_a_member_list_is_told_with_the_row(
    folder: Path, capsys: Capture
) -> None:
    path = workbook(folder, ("林国栋",), ("张伟",), ("林国栋",), heads=("姓名",))
    words = ["--register", register_at(folder), "import", path, "--kind", "members"]
    assert main([*words, "--group", "14"], printing=lambda: None) == 0
    said = capsys.readouterr().out
    assert "提醒1处" in said and "与第 2 行是同一人（00012 林国栋），只算一次（A4）" in said
