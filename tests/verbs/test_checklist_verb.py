"""The verb `checklist`: its JSON, its exit codes and its refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.builders import office, person, register_at, write
from wxadmin.command_line import main
from wxadmin.domain.group import BY_PERSON, MOBILE, OWNER, Group, GroupRole

LEFT = date(2026, 11, 18)


@pytest.fixture
def register(tmp_path: Path) -> str:
    workplace = office(tmp_path)
    owner = person(workplace, "E00012", "林国栋", leave_date=LEFT)
    person(workplace, "E00013", "陈新人", hire_date=date(2026, 11, 20))
    group = workplace.store.find(Group, side=MOBILE)[0]
    role = GroupRole(
        workplace.store.ids().next(GroupRole),
        group.id,
        OWNER,
        BY_PERSON,
        owner.id,
        None,
        "",
        date(2024, 1, 1),
    )
    write(workplace, role)
    workplace.close()
    return register_at(tmp_path)


def load_printing() -> ModuleType:
    from ui import printing

    return printing


def say(register: str, *words: str) -> int:
    """Run the verb on a day in November and return its exit code."""
    return main(
        ["--register", register, "--json", "--as-of", "2026-11-20", "checklist", *words],
        printing=load_printing,
    )


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_starting_gives_the_number_and_every_step_with_its_source(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = say(register, "start", "onboarding", "--person", "E00013")
    data = answer(capsys)
    assert code == 0
    assert data["id"] == 1
    assert len(data["items"]) == 20
    wanted = {"no", "text", "role", "due_on", "state", "proof", "blocking", "source"}
    assert wanted <= set(data["items"][0])
    assert all(item["source"] for item in data["items"])


def test_closing_is_refused_with_what_is_open_while_a_group_is_owned(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(register, "start", "offboarding", "--person", "E00012")
    capsys.readouterr()
    code = say(register, "close", "1")
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    assert code == 1
    assert "还不能办结：林国栋仍是1个群的群主" in captured.err
    assert data["error"]["code"] == "open_steps"
    assert data["open"][0]["no"] == 2
    assert data["open"][0]["act"] == "transfer_owner"


def test_a_step_is_ticked_and_what_is_left_is_said(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(register, "start", "onboarding", "--person", "E00013")
    capsys.readouterr()
    code = say(register, "tick", "1", "20", "--note", "已装订")
    data = answer(capsys)
    assert code == 0
    assert {"id", "state", "open"} <= set(data)
    assert 20 not in {item["no"] for item in data["open"]}


def test_a_step_the_register_denies_cannot_be_ticked_by_the_verb_either(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(register, "start", "onboarding", "--person", "E00013")
    capsys.readouterr()
    code = say(register, "tick", "1", "13")
    data = answer(capsys)
    assert code == 1
    assert data["error"]["code"] == "unproven"


def test_an_unknown_kind_names_those_there_are(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = say(register, "start", "wedding", "--person", "E00013")
    assert code == 1
    assert "offboarding（离职办理）" in capsys.readouterr().err


def test_a_group_checklist_is_for_a_group(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = say(register, "start", "owner_transfer", "--group", "莆田一厂")
    assert code == 0
    assert answer(capsys)["group"] == "莆田一厂"


def test_a_checklist_is_printed_with_a_page_of_its_own(
    register: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    say(register, "start", "onboarding", "--person", "E00013")
    say(register, "start", "offboarding", "--person", "E00012")
    capsys.readouterr()
    out = tmp_path / "办理单.pdf"
    code = say(register, "print", "1", "2", "--out", str(out))
    data = answer(capsys)
    assert (code, data["pages"]) == (0, 2)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_column_is_ticked_for_those_the_register_allows(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(register, "start", "onboarding", "--person", "E00013")
    say(register, "start", "offboarding", "--person", "E00012")
    capsys.readouterr()
    assert say(register, "column", "8", "1", "2") == 0
    data = answer(capsys)
    assert data["ticked"] == ["林国栋"]
    assert [refused["name"] for refused in data["refused"]] == ["陈新人"]


def test_the_desk_lists_checklists_and_reminders(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(register, "start", "offboarding", "--person", "E00012")
    capsys.readouterr()
    head = ["--register", register, "--json", "--as-of", "2026-11-20"]
    assert main([*head, "list", "checklists", "--search", "林国栋"], printing=load_printing) == 0
    data = answer(capsys)
    assert (data["total"], data["checklists"][0]["emp_no"]) == (1, "E00012")
    assert main([*head, "list", "reminders"], printing=load_printing) == 0
    stuck = [each for each in answer(capsys)["reminders"] if each["band"] == "stuck"]
    assert stuck[0]["act"] == "transfer_owner"
    assert main([*head, "show", "checklist", "1"], printing=load_printing) == 0
    items = answer(capsys)["items"]
    assert {item["state"] for item in items} <= {"待办", "完成", "不适用", "豁免"}


def test_a_recurring_task_is_ticked_for_its_period(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(register, "recurring", "directory_check", "--note", "已核对") == 0
    assert answer(capsys)["operation"] is not None
    assert say(register, "recurring", "nothing_like_it") == 1


def test_groups_go_to_nobody_where_nobody_fits(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(register, "start", "offboarding", "--person", "E00012")
    capsys.readouterr()
    assert say(register, "transfer", "1") == 1
    assert "逐个指定" in capsys.readouterr().err
