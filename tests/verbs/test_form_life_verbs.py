"""`form`: said and signed later, lost, repeated, for many, from outside, signed by a delegate."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.builders import office, person, register_at
from wxadmin.command_line import main

Say = Any


def load_printing() -> ModuleType:
    from ui import printing

    return printing


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a verb on a day of November and return its exit code and its JSON."""
    workplace = office(tmp_path)
    person(workplace, "E00012", "林国栋")
    person(workplace, "E00014", "王小兰")
    workplace.close()

    def run(*words: str, day: int = 20) -> tuple[int, dict[str, Any]]:
        given = ["--register", register_at(tmp_path), "--json", "--as-of", f"2026-11-{day}", *words]
        code = main(given, printing=load_printing)
        return code, json.loads(capsys.readouterr().out or "{}")

    return run


def drafted(say: Say, emp_no: str = "E00012") -> str:
    return str(say("form", "new", "account_request", "--person", emp_no)[1]["number"])


def test_a_word_on_the_phone_is_owed_a_signature(say: Say) -> None:
    number = drafted(say)
    say("form", "move", number, "submit")
    code, data = say("form", "move", number, "approve", "--way", "电话")
    assert (code, data["error"]["code"]) == (1, "no_approver")
    code, data = say("form", "move", number, "approve", "--way", "电话", "--by", "陈经理")
    assert (code, data["state"]) == (0, "已批准")
    (owed,) = say("form", "out")[1]["out"]
    assert owed["forms"][0]["confirm_due"] == "2026-11-25"
    assert say("form", "move", number, "confirm", "--on", "2026-11-23", day=24)[0] == 0
    assert say("form", "out", day=24)[1]["out"] == []


def test_who_signed_is_not_who_does_the_act(say: Say) -> None:
    number = drafted(say)
    say("--by", "林文员", "form", "receive", number, "--by", "陈经理")
    say("--by", "林文员", "form", "move", number, "complete")
    operations = say("journal", "--limit", "2")[1]["operations"]
    assert [one["by"] for one in operations] == ["林文员", "林文员"]
    steps = say("show", "form", number)[1]["steps"]
    assert "陈经理" in {step["by"] for step in steps if step["move"] == "approve"}


def test_the_pending_board_says_who_is_waited_for_and_how_long(say: Say) -> None:
    number = drafted(say)
    say("form", "move", number, "submit")
    (first,) = say("form", "pending", day=23)[1]["pending"]
    assert first["waits_for"] == "部门经理"
    assert (first["forms"][0]["waiting_days"], first["forms"][0]["overdue"]) == (3, True)


def test_completion_is_told_before_it_is_done(say: Say) -> None:
    code, data = say("form", "preview", drafted(say))
    assert code == 0
    assert data["lines"][0].startswith("开通账号")


def test_a_preview_of_a_draft_says_first_what_keeps_it_from_being_handed_in(say: Say) -> None:
    number = drafted(say)
    assert say("form", "preview", number)[1]["before"] == ""
    say("form", "set", number, "purposes=")
    assert "请填“账号用途及申请事由”" in say("form", "preview", number)[1]["before"]
    say("form", "set", number, "purposes=工作联系")
    say("form", "move", number, "submit")
    assert say("form", "preview", number)[1]["before"] == ""


def test_a_refused_form_is_repeated_and_an_old_sheet_is_superseded(say: Say) -> None:
    number = drafted(say)
    say("form", "move", number, "submit")
    say("form", "move", number, "return", "--note", "缺事由")
    _, answer = say("form", "code", f"{number}/1")
    assert (answer["current"], "第2版取代" in answer["text"]) == (False, True)
    assert say("form", "code", "foreign")[1] == {"number": None, "current": False}
    say("form", "move", number, "submit")
    say("form", "move", number, "reject", "--note", "不同意")
    code, data = say("form", "copy", number)
    assert (code, data["copied_from"]) == (0, number)


def test_a_lost_sheet_is_printed_again(say: Say) -> None:
    number = drafted(say)
    code, data = say("form", "lose", number, "--note", "途中遗失", "--again")
    assert (code, data["sheet"]) == (0, 2)


def test_several_people_stand_on_one_form(say: Say) -> None:
    code, data = say("form", "batch", "E00012", "E00014")
    assert (code, data["state"]) == (0, "草稿")
    assert say("form", "rest", data["number"])[1]["error"]["code"] == "nobody"
    assert "开通2人" in say("form", "preview", data["number"])[1]["lines"][0]


def test_a_blank_workbook_goes_out_and_other_files_are_entered(say: Say, tmp_path: Path) -> None:
    out = tmp_path / "申请表.xlsx"
    assert say("form", "workbook", "account_request", "--out", str(out))[0] == 0
    assert say("form", "take", str(out))[1]["error"]["code"] == "empty"
    assert say("import", str(out))[1]["error"]["code"] == "a_form"
    note = tmp_path / "便条.docx"
    note.write_bytes(b"x")
    (taken,) = say("form", "take", str(note), "--from", "陈主任")[1]["taken"]
    assert taken["incoming"] == "LJ-202611-001"
    assert say("form", "incoming")[1]["incoming"][0]["from"] == "陈主任"
    number = drafted(say)
    assert say("form", "incoming", "LJ-202611-001", "--form", number)[1]["state"] == "已归"


def test_a_delegate_is_authorised_listed_and_ended(say: Say) -> None:
    words = ("--person", "E00014", "--until", "2026-11-30", "--basis", "授权书")
    code, data = say("form", "delegate", "部门经理", *words)
    assert (code, data["delegates"][0]["person"]) == (0, "王小兰（E00014）")
    number = drafted(say)
    say("form", "move", number, "submit")
    code, data = say("form", "move", number, "approve", "--way", "代签", "--by", "王小兰")
    assert code == 0, data
    say("form", "delegate", "--end", "1")
    assert say("form", "delegate")[1]["delegates"][0]["to_on"] == "2026-11-20"
