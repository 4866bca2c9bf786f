"""What the window's preview can strike out, `import --strike` can."""

from __future__ import annotations

import csv
import json

import pytest
from builders import office, register_at
from openpyxl import load_workbook

from wxadmin.command_line import main

HEAD = ("工号", "姓名", "部门", "职务", "入职日期", "手机")
OLD = ("00012", "林国栋", "莆田一厂", "操作工", "2020-03-01", "13800000012")
NEW = (
    ("00021", "孙新", "莆田一厂", "操作工", "2026-11-16", "13800000021"),
    ("00022", "顾嫂", "莆田一厂", "操作工", "2026-11-16", "13800000022"),
    ("00012", "林大栋", "莆田一厂", "操作工", "2020-03-01", "13800000012"),
)


@pytest.fixture
def run(tmp_path, capsys):
    office(tmp_path).close()

    def said(rows, *words, code=0):
        path = tmp_path / "花名册.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        given = ["--register", register_at(tmp_path), "--as-of", "2026-11-20", "--json", "import"]
        told = main([*given, str(path), "--source", "莆田一厂人事", *words], lambda: None)
        assert told == code
        return json.loads(capsys.readouterr().out)

    said([OLD], "--apply")
    return said


def listed(tmp_path, capsys, what):
    words = ["--register", register_at(tmp_path), "--as-of", "2026-11-20", "--json", "list", what]
    assert main(words, lambda: None) == 0
    return json.loads(capsys.readouterr().out)[what]


def test_lines_and_single_consequences_are_struck_out_by_verb(run, tmp_path, capsys):
    struck = ("--strike", "2:form", "--strike", "00022", "--strike", "4")
    run(NEW, *struck, "--apply")
    people = [one["emp_no"] for one in listed(tmp_path, capsys, "people")]
    assert sorted(people) == ["00012", "00021"]
    assert [one["emp_no"] for one in listed(tmp_path, capsys, "checklists")] == ["00021"]
    assert listed(tmp_path, capsys, "forms") == []


def test_what_the_plan_does_not_have_cannot_be_struck_out(run):
    assert run(NEW, "--strike", "99", code=1)["error"]["code"] == "no_line"
    assert run(NEW, "--strike", "2:order", code=2)["error"]["code"] == "wrong_words"


def test_hrs_own_list_back_says_what_was_struck_out(run, tmp_path):
    back = tmp_path / "结果.xlsx"
    run(NEW, "--strike", "4", "--results", str(back))
    said = [row[-1].value for row in load_workbook(back).active.iter_rows()]
    assert said == ["结果", "新增", "新增", "未处理：已划掉"]
