"""`import`: a dry run says everything and writes nothing; --apply writes one act or stops."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.builders import office, person, register_at
from wxadmin.command_line import main

HEAD = ("工号", "姓名", "部门", "职务", "入职日期", "手机")
ROWS = (
    ("00012", "林国栋", "莆田一厂", "操作工", "2020-03-01", "13805950012"),
    ("00013", "王芳", "莆田一厂", "班长", "2021-05-01", "13805950013"),
)
KEYS = {
    *("kind", "sheet", "heading_row", "columns", "ignored", "rows", "new", "changed"),
    *("unchanged", "left", "disputed", "problems", "warnings", "consequences"),
    *("stopped_by", "applied", "operation"),
}

Capture = pytest.CaptureFixture[str]


def roster(folder: Path, rows: Sequence[Sequence[str]], name: str = "花名册.csv") -> str:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return str(path)


def run(capsys: Capture, folder: Path, *words: str) -> tuple[int, Any, str]:
    given = ["--register", register_at(folder), "--json", "--as-of", "2026-11-20", *words]
    code = main(given, printing=lambda: None)
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office(tmp_path).close()
    return tmp_path


def test_a_dry_run_says_everything_and_writes_nothing(folder: Path, capsys: Capture) -> None:
    before = Path(register_at(folder)).read_bytes()
    code, data, _ = run(capsys, folder, "import", roster(folder, ROWS))
    assert code == 0
    assert data.keys() >= KEYS
    assert (data["kind"], data["heading_row"], data["rows"], data["new"]) == ("roster", 1, 2, 2)
    assert data["columns"]["工号"] == "emp_no"
    assert data["columns"]["部门"] == "org_unit"
    assert (data["applied"], data["operation"], data["stopped_by"]) == (False, None, None)
    assert Path(register_at(folder)).read_bytes() == before


def test_apply_writes_one_act_and_the_same_file_again_none(folder: Path, capsys: Capture) -> None:
    path = roster(folder, ROWS)
    code, data, _ = run(capsys, folder, "import", path, "--apply")
    assert (code, data["applied"], data["operation"]) == (0, True, 2)
    code, data, _ = run(capsys, folder, "import", path, "--apply")
    assert (code, data["operation"], data["unchanged"]) == (0, None, 2)


def test_a_bad_row_is_listed_with_its_cell_and_the_good_ones_go_in(
    folder: Path, capsys: Capture
) -> None:
    rows = [ROWS[0], (*ROWS[1][:4], "2024-13-5", "138****8000")]
    code, data, _ = run(capsys, folder, "import", roster(folder, rows), "--apply")
    assert (code, data["new"], data["applied"]) == (0, 1, True)
    assert {(p["cell"], p["emp_no"], p["skips"]) for p in data["problems"]} == {
        ("E3", "00013", True),
        ("F3", "00013", True),
    }
    assert all(p["reason"] and p["value"] and p["column"] for p in data["problems"])


def test_rows_says_what_every_good_row_was_understood_as(folder: Path, capsys: Capture) -> None:
    _, data, _ = run(capsys, folder, "import", roster(folder, ROWS), "--rows")
    assert data["people"]["00012"] == {
        "emp_no": "00012",
        "name": "林国栋",
        "org_unit": "莆田一厂",
        "position": "操作工",
        "hire_date": "2020-03-01",
        "mobile": "13805950012",
    }


def test_disputed_rows_stop_the_apply_until_they_are_decided(folder: Path, capsys: Capture) -> None:
    run(capsys, folder, "import", roster(folder, ROWS), "--apply")
    path = roster(folder, [("00012", "林栋", *ROWS[0][2:]), ROWS[1]])
    code, data, _ = run(capsys, folder, "import", path)
    assert (code, data["stopped_by"]) == (0, "disputed")
    code, data, _ = run(capsys, folder, "import", path, "--apply")
    assert (code, data["stopped_by"], data["applied"], data["operation"]) == (
        3,
        "disputed",
        False,
        None,
    )
    (disputed,) = data["disputed"]
    assert (disputed["row"], disputed["name"]) == (2, "林栋")
    assert disputed["candidates"][0]["emp_no"] == "00012"
    assert disputed["reason"]
    code, data, _ = run(capsys, folder, "import", path, "--decide", "2=00012", "--apply")
    assert (code, data["changed"], data["applied"]) == (0, 1, True)


def test_the_brake_stops_the_apply_until_it_is_released(folder: Path, capsys: Capture) -> None:
    run(capsys, folder, "import", roster(folder, ROWS), "--apply")
    path = roster(folder, ROWS[:1])
    code, data, _ = run(capsys, folder, "import", path, "--complete", "--apply")
    assert (code, data["stopped_by"], data["left"]) == (3, "brake", 1)
    code, data, _ = run(capsys, folder, "import", path, "--complete", "--apply", "--confirm-brake")
    assert (code, data["applied"], data["consequences"]["checklists"]) == (0, True, 1)


def test_a_column_can_be_given_its_meaning(folder: Path, capsys: Capture) -> None:
    path = folder / "花名册.csv"
    path.write_text("工号,姓名,联络\n1,陈一,13800000001\n", encoding="utf-8")
    _, data, _ = run(capsys, folder, "import", str(path))
    assert "联络" in data["ignored"]
    for column in ("联络", "C"):
        _, data, _ = run(capsys, folder, "import", str(path), "--map", f"{column}=mobile")
        assert data["columns"]["联络"] == "mobile"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.xlsx", b""),
        ("网页.xls", b"<html><table><tr><td>x</td></tr></table></html>"),
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("没有标题.csv", "甲,乙\n1,2\n".encode()),
        ("只有标题.csv", "工号,姓名\n".encode()),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(
    name: str, content: bytes, folder: Path, capsys: Capture
) -> None:
    (folder / name).write_bytes(content)
    before = Path(register_at(folder)).read_bytes()
    code, data, said = run(capsys, folder, "import", str(folder / name), "--apply")
    assert code == 1
    assert data["error"]["code"]
    assert said.strip() == data["error"]["message"]
    assert "\n" not in said.strip()
    assert Path(register_at(folder)).read_bytes() == before


def test_a_missing_file_and_an_unknown_source_are_refused(folder: Path, capsys: Capture) -> None:
    assert run(capsys, folder, "import", str(folder / "没有.xlsx"))[0] == 1
    path = roster(folder, ROWS)
    code, data, _ = run(capsys, folder, "import", path, "--source", "没有的人事")
    assert (code, data["error"]["code"]) == (1, "no_source")


def test_while_somebody_writes_a_dry_run_works_and_an_apply_names_the_holder(
    tmp_path: Path, capsys: Capture
) -> None:
    workplace = office(tmp_path)
    path = roster(tmp_path, ROWS)
    assert run(capsys, tmp_path, "import", path)[0] == 0
    code, data, said = run(capsys, tmp_path, "import", path, "--apply")
    assert (code, data["error"]["code"]) == (1, "in_use")
    assert "正在使用" in said
    workplace.close()


def test_a_problem_list_and_hrs_own_file_come_back(folder: Path, capsys: Capture) -> None:
    rows = [ROWS[0], (*ROWS[1][:5], "138****8000")]
    problems, results = folder / "问题.xlsx", folder / "结果.xlsx"
    code, _, _ = run(
        capsys,
        folder,
        "import",
        roster(folder, rows),
        "--problems",
        str(problems),
        "--results",
        str(results),
    )
    assert code == 0
    assert problems.exists()
    assert results.exists()


def test_people_talk_too(folder: Path, capsys: Capture) -> None:
    words = ["--register", register_at(folder), "import", roster(folder, ROWS)]
    assert main(words, printing=lambda: None) == 0
    assert "新增2人" in capsys.readouterr().out


def test_undo_takes_an_import_back(tmp_path: Path, capsys: Capture) -> None:
    workplace = office(tmp_path)
    person(workplace, "00001", "老人")
    workplace.close()
    run(capsys, tmp_path, "import", roster(tmp_path, ROWS), "--apply")
    code, data, _ = run(capsys, tmp_path, "undo")
    assert (code, data) == (0, {"operation": 4, "undoes": 3})
    code, data, _ = run(capsys, tmp_path, "journal", "--limit", "2")
    assert [o["id"] for o in data["operations"]] == [4, 3]
    assert data["operations"][1]["undone_by"] == 4
    assert data["operations"][1]["source"] == "花名册.csv"
    code, data, _ = run(capsys, tmp_path, "list", "people")
    assert data["total"] == 1


def test_an_overtaken_undo_says_so_and_the_rest_goes(tmp_path: Path, capsys: Capture) -> None:
    office(tmp_path).close()
    run(capsys, tmp_path, "import", roster(tmp_path, ROWS), "--apply")
    run(capsys, tmp_path, "set", "person", "00012", "mobile=13900000000")
    code, data, said = run(capsys, tmp_path, "undo", "2")
    assert (code, data["error"]["code"]) == (1, "overtaken")
    assert "林国栋" in said
    code, data, _ = run(capsys, tmp_path, "undo", "2", "--rest")
    assert code == 0
    _, data, _ = run(capsys, tmp_path, "list", "people")
    assert [p["emp_no"] for p in data["people"]] == ["00012"]


def test_check_backup_and_restore(folder: Path, capsys: Capture) -> None:
    assert run(capsys, folder, "check")[:2] == (0, {"ok": True, "findings": []})
    target = folder / "备份" / "一.wxbak"
    code, data, _ = run(capsys, folder, "backup", str(target))
    assert (code, data["file"], len(data["sha256"])) == (0, str(target), 64)
    run(capsys, folder, "import", roster(folder, ROWS), "--apply")
    code, data, _ = run(capsys, folder, "restore", str(target))
    assert code == 0
    _, data, _ = run(capsys, folder, "list", "people")
    assert data["total"] == 0


def test_check_finds_what_was_changed_behind_our_back(folder: Path, capsys: Capture) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(register_at(folder))) as db:
        db.execute("UPDATE operation SET by = 'x'")
        db.commit()
    code, data, _ = run(capsys, folder, "check")
    assert (code, data["ok"]) == (1, False)
    assert data["findings"]


def test_our_own_export_comes_back_without_a_change(tmp_path: Path, capsys: Capture) -> None:
    office(tmp_path).close()
    run(capsys, tmp_path, "import", roster(tmp_path, ROWS), "--apply")
    out = tmp_path / "人员.xlsx"
    code, data, _ = run(capsys, tmp_path, "export", "people", str(out))
    assert (code, data["rows"]) == (0, 2)
    code, data, _ = run(capsys, tmp_path, "import", str(out), "--source", "莆田一厂")
    assert (code, data["unchanged"], data["changed"], data["new"]) == (0, 2, 0, 0)
    assert data["problems"] == []


def test_a_word_of_an_option_is_not_taken_for_the_verb(folder: Path, capsys: Capture) -> None:
    words = ["--register", register_at(folder), "--by", "check", "journal"]
    assert main(words, printing=lambda: None) == 0
    assert "建库" in capsys.readouterr().out


def test_a_decision_for_nobody_is_refused_and_one_for_nothing_is_warned_of(
    folder: Path, capsys: Capture
) -> None:
    run(capsys, folder, "import", roster(folder, ROWS), "--apply")
    path = roster(folder, [("00012", "林栋", *ROWS[0][2:]), ROWS[1]])
    code, data, said = run(capsys, folder, "import", path, "--decide", "2=99999", "--apply")
    assert (code, data["error"]["code"]) == (1, "no_person")
    assert "99999" in said
    words = ("--decide", "2=00012", "--decide", "3=00013", "--decide", "999=new")
    code, data, _ = run(capsys, folder, "import", path, *words)
    assert code == 0
    assert [w["row"] for w in data["warnings"]] == [3, 999]
    code, data, _ = run(capsys, folder, "import", path, "--decide", "2=00013")
    assert data["stopped_by"] == "disputed"
    assert "不是第2行可选的人" in data["warnings"][0]["reason"]


@pytest.mark.parametrize(("kind", "code_said"), [("wecom", "wrong_kind"), ("members", "no_group")])
def test_a_list_of_another_kind_is_refused_without_an_english_word(
    kind: str, code_said: str, folder: Path, capsys: Capture
) -> None:
    code, data, said = run(capsys, folder, "import", roster(folder, ROWS), "--kind", kind)
    assert (code, data["error"]["code"]) == (1, code_said)
    assert kind not in said
