"""A leaver list by verb is held against the lists before it: 更正版, 撤销离职, 补报."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from builders import office, person, register_at

from wxadmin.command_line import main


@pytest.fixture
def run(tmp_path, capsys):
    with closing(office(tmp_path)) as workplace:
        person(workplace, emp_no="00012", name="林国栋")
        person(workplace, emp_no="00013", name="王芳", mobile="13800000013")
        for number in range(20):
            person(
                workplace, emp_no=f"9{number}", name=f"在岗{number}", mobile=f"139000000{number:02}"
            )

    def said(*words, js=True):
        given = ["--register", register_at(tmp_path), "--as-of", "2026-11-20"]
        assert main([*given, *(["--json"] if js else []), *words], lambda: None) == 0
        told = capsys.readouterr().out
        return json.loads(told) if js else told

    return said


def leaving(folder: Path, name: str, *rows: tuple[str, str, date]) -> tuple[str, ...]:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("工号", "姓名", "离职日期"), *rows])
    words = ("--kind", "leavers", "--source", "莆田一厂人事", "--month", "2026-11")
    return ("import", str(path), *words)


def test_a_corrected_list_says_whom_it_withdraws_and_who_left_earlier(run, tmp_path):
    lin, wang = ("00012", "林国栋"), ("00013", "王芳")
    first = leaving(tmp_path, "一.csv", (*lin, date(2026, 11, 10)), (*wang, date(2026, 11, 12)))
    told = run(*first, "--confirm-brake", "--apply")
    assert (told["version"], told["withdrawn"], told["earlier"]) == (1, [], [])
    second = leaving(tmp_path, "二.csv", (*lin, date(2026, 10, 8)))
    told = run(*second)
    assert told["version"] == 2
    assert told["withdrawn"] == [{"emp_no": "00013", "name": "王芳"}]
    assert told["earlier"] == [{"emp_no": "00012", "name": "林国栋"}]
    text = run(*second, js=False)
    assert "变更1人、离职0人、撤销离职1人、待确认0人" in text
    assert "更正版2，与上一版对照：" in text
    assert "王芳（00013）：更正版中没有此人，撤销离职" in text
    assert "林国栋（00012）：补报：离职日期比登记的早" in text
