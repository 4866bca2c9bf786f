"""group-check and round: counted, listed, settled, closed, reported again later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.builders import office, person, register_at
from wxadmin.command_line import main

GROUP = "莆田一厂"


@pytest.fixture
def register(tmp_path: Path) -> str:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    person(workplace, "00013", "陈小红")
    workplace.close()
    return register_at(tmp_path)


class Office:
    """The verbs on one register, their JSON read back."""

    def __init__(self, register: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.register, self._capsys = register, capsys

    def __call__(self, *words: str, on: str = "2026-11-20", code: int = 0) -> dict[str, Any]:
        given = ["--register", self.register, "--json", "--as-of", on, *words]
        assert main(given, printing=self._printing) == code
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer

    @staticmethod
    def _printing() -> Any:
        from ui import printing

        return printing


@pytest.fixture
def verb(register: str, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(register, capsys)


def test_a_group_is_counted_then_listed_then_mended_and_signed(verb: Office) -> None:
    looked = verb("group-check", GROUP)
    assert (looked["expected"], looked["reason"], looked["checks"]) == (3, "从未核查", [])
    counted = verb("group-check", GROUP, "--count", "5", "--trigger", "抽查")
    assert (counted["state"], counted["off_by"], counted["needs_list"]) == ("核查中", 2, True)
    verb("member", GROUP, "all", "00012")
    (compared,) = verb("group-check", GROUP)["checks"]
    assert [(line["finding"], line["name"]) for line in compared["lines"]] == [
        ("应加未加", "陈小红")
    ]
    assert verb("group-check", GROUP, "--done", "已加")["state"] == "已完成"
    assert verb("group-check", GROUP, "--sign", "林国栋")["signed_by"] == "林国栋"
    assert verb("list", "checks")["total"] == 1
    assert verb("show", "check", GROUP)["lines"][0]["result"] == "已加"


def test_one_check_goes_out_on_paper_and_as_a_workbook_as_it_stood_then(
    verb: Office, tmp_path: Path
) -> None:
    verb("member", GROUP, "all", "00012")
    verb("group-check", GROUP, "--list", "--out", str(tmp_path / "核查明细.pdf"))
    assert (tmp_path / "核查明细.pdf").stat().st_size > 1000
    verb("group-check", GROUP, "--done", "已加", on="2026-11-25")
    done = verb("group-check", GROUP, "--out", str(tmp_path / "现在.xlsx"), on="2026-11-26")
    assert done["lines"][0]["result"] == "已加"
    path = str(tmp_path / "那天.xlsx")
    verb("group-check", GROUP, "--out", path, "--at", "2026-11-20", on="2026-11-26")
    sheets = [load_workbook(tmp_path / name).active for name in ("现在.xlsx", "那天.xlsx")]
    results = [list(sheet.values)[1][13] for sheet in sheets if sheet is not None]
    assert results == ["已加", None]
    verb("group-check", "莆田二厂", "--out", path, code=1)


def test_groups_that_are_due_are_listed(verb: Office) -> None:
    before = verb("list", "checks-due")["total"]
    verb("group-check", GROUP, "--count", "3")
    after = verb("list", "checks-due")
    assert after["total"] == before - 1
    assert GROUP not in {one["group"] for one in after["checks_due"]}


def test_a_round_is_interrupted_gone_on_with_and_reported_again_later(
    verb: Office, tmp_path: Path
) -> None:
    begun = verb("round", "start")
    assert begun["left"] == len(begun["groups"]) > 10
    assert verb("round", "start", on="2026-11-21")["round"] == begun["round"]
    verb("round", "count", GROUP, "3", on="2026-11-21")
    settled = verb("round", "settle", GROUP, "mend", "--note", "保管人待定", on="2026-11-21")
    assert settled["state"] == "待整改"
    verb("round", "close", on="2026-11-22", code=1)
    verb("round", "close", "--rest", "--sign", "周明", on="2026-11-22")
    report = verb("round", "report", on="2026-11-22")
    verb("set", "group", GROUP, "name=一厂新名", on="2026-12-01")
    verb("group-check", "一厂新名", "--done", "已指定保管人", on="2026-12-01")
    again = verb("round", "report", on="2027-03-01")
    assert again["groups"] == report["groups"]
    now = verb("round", "report", "--at", "2027-03-01", on="2027-03-01")
    states = {one["group"]: one["state"] for one in now["groups"]}
    assert states[GROUP] == "已完成"


def test_the_report_of_a_round_is_a_workbook_and_paper(verb: Office, tmp_path: Path) -> None:
    verb("round", "start")
    verb("round", "count", GROUP, "9")
    book, tasks, sheet = (tmp_path / name for name in ("报告.xlsx", "整改.xlsx", "报告.pdf"))
    verb("round", "close", "--rest")
    verb("round", "report", "--out", str(book), "--tasks", str(tasks))
    sheet_rows = list(load_workbook(book).active.iter_rows(values_only=True))
    assert sheet_rows[0][:3] == ("群名称", "群主", "应在")
    assert (GROUP, 9) in {(row[0], row[3]) for row in sheet_rows}
    printed = verb("round", "report", "--out", str(sheet))
    assert printed["pages"] >= 1 and sheet.read_bytes().startswith(b"%PDF")
    assert [task["reason"] for task in printed["tasks"]] == ["实在9人，应在3人"]
