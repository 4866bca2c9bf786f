"""The verbs that look back: --at, changes, who-was-in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import office, person, register_at
from wxadmin.command_line import main


@pytest.fixture
def register(tmp_path: Path) -> str:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    person(workplace, "00013", "陈小红")
    workplace.close()
    return register_at(tmp_path)


def run(register: str, *words: str, on: str = "2026-11-20") -> int:
    return main(["--register", register, "--json", "--as-of", on, *words], printing=lambda: None)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_a_list_and_a_record_are_shown_as_they_stood(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(register, "set", "person", "00012", "remark=班长", on="2026-11-25")
    capsys.readouterr()
    assert run(register, "show", "person", "00012", "--at", "2026-11-24", on="2026-12-01") == 0
    assert told(capsys)["remark"] == ""
    assert run(register, "show", "person", "00012", on="2026-12-01") == 0
    assert told(capsys)["remark"] == "班长"
    assert run(register, "list", "people", "--at", "2026-11-20", on="2026-12-01") == 0
    assert told(capsys)["total"] == 2
    assert run(register, "list", "groups", "--at", "2026-11-01", on="2026-12-01") == 1


def test_changes_between_two_days_are_counted_and_named(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(register, "set", "person", "00012", "remark=班长", on="2026-11-25")
    capsys.readouterr()
    assert run(register, "changes", "2026-11-20", "2026-11-30", on="2026-12-01") == 0
    answer = told(capsys)
    assert answer["total"] == 1
    assert answer["counts"] == {"人员": {"新增": 0, "变更": 1, "去除": 0}}
    assert run(register, "changes", "2026-11-30", "2026-11-20", on="2026-12-01") == 2


def test_who_was_in_a_group_is_told_with_an_honest_line(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(register, "member", "莆田一厂", "all", "00012", on="2026-11-21")
    capsys.readouterr()
    words = ("who-was-in", "莆田一厂", "--from", "2026-11-01", "--to", "2026-11-30")
    assert run(register, *words, on="2026-12-01") == 0
    answer = told(capsys)
    people = answer["people"]
    assert isinstance(people, list)
    assert [(one["emp_no"], one["verdict"]) for one in people] == [("00012", "在群")]
    assert "看不出来" in str(answer["note"])
