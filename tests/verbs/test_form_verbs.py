"""The verbs `forms`, `form`, and accounts and forms for `list`, `show` and `set`."""

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
    """Run a verb in November and return its exit code and its JSON."""
    workplace = office(tmp_path)
    person(workplace, "E00012", "林国栋")
    person(workplace, "E00014", "王小兰")
    workplace.close()

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        given = ["--register", register_at(tmp_path), "--json", "--as-of", "2026-11-20", *words]
        code = main(given, printing=load_printing)
        return code, json.loads(capsys.readouterr().out or "{}")

    return run


def opened(say: Say, emp_no: str = "E00012") -> str:
    """Take a form for a person to its end and return its number."""
    _, data = say("form", "new", "account_request", "--person", emp_no)
    number = str(data["number"])
    for move in ("submit", "approve", "mail", "complete"):
        code, data = say("form", "move", number, move)
        assert code == 0, data
    return number


def test_forms_names_the_kinds_with_their_fields(say: Say) -> None:
    code, data = say("forms")
    assert code == 0
    kinds = {kind["id"]: kind for kind in data["kinds"]}
    assert kinds["account_request"]["title"] == "东南事业部企业微信号用户申请表"
    fields = {field["name"]: field for field in kinds["account_request"]["fields"]}
    assert fields["mobile"] == {"name": "mobile", "label": "手机号码", "required": True}


def test_a_new_form_tells_its_number_state_and_fields(say: Say) -> None:
    code, data = say("form", "new", "account_request", "--person", "E00012", "--set", "tel=8001")
    assert (code, data["number"], data["state"]) == (0, "QWSQ-202611-001", "草稿")
    assert data["fields"]["holder_name"] == "林国栋"
    assert data["fields"]["tel"] == "8001"
    assert data["fields"]["exception_reason"] == ""


def test_a_second_new_continues_the_draft(say: Say) -> None:
    say("form", "new", "account_request", "--person", "E00012", "--set", "tel=8001")
    _, data = say("form", "new", "account_request", "--person", "E00012", "--set", "purposes=客服")
    assert (data["number"], data["fields"]["tel"], data["fields"]["purposes"]) == (
        "QWSQ-202611-001",
        "8001",
        "客服",
    )


def test_a_bad_value_is_refused_in_one_sentence(say: Say) -> None:
    code, data = say("form", "new", "account_request", "--person", "E00012", "--set", "mobile=138")
    assert code == 1
    assert "138" in data["error"]["message"]
    assert say("list", "forms")[1]["total"] == 0


def test_a_move_tells_where_the_form_stands_and_what_may_follow(say: Say) -> None:
    _, data = say("form", "new", "account_request", "--person", "E00012")
    code, data = say("form", "move", data["number"], "submit")
    assert (code, data["state"]) == (0, "已提交")
    assert data["moves"] == ["approve", "return", "reject", "withdraw"]
    assert isinstance(data["operation"], int)


def test_an_unlawful_move_is_refused(say: Say) -> None:
    _, data = say("form", "new", "account_request", "--person", "E00012")
    code, data = say("form", "move", data["number"], "complete")
    assert code == 1
    assert data["error"]["code"] == "unlawful_move"


def test_the_wrong_role_is_refused(say: Say) -> None:
    number = say("form", "new", "account_request", "--person", "E00012")[1]["number"]
    say("form", "move", number, "submit")
    code, data = say("form", "move", number, "approve", "--role", "总经理")
    assert (code, data["error"]["code"]) == (1, "wrong_role")


def test_a_signed_sheet_is_received_in_one_act(say: Say) -> None:
    number = say("form", "new", "account_request", "--person", "E00012")[1]["number"]
    code, data = say("form", "receive", number, "--from", "林国栋", "--on", "2026-11-19")
    assert (code, data["state"]) == (0, "已邮件")
    assert say("show", "form", number)[1]["received_on"] == "2026-11-19"


def test_completion_opens_the_account_and_undo_takes_it_back(say: Say) -> None:
    number = opened(say)
    _, account = say("show", "account", "E00012")
    assert (account["state"], account["in_directory"], account["form_no"]) == (
        "在用",
        True,
        number,
    )
    assert account["holdings"][0]["name"] == "林国栋"
    code, _ = say("undo")
    assert code == 0
    assert say("list", "accounts")[1]["total"] == 0
    assert say("show", "form", number)[1]["state"] == "已邮件"


def test_a_form_is_printed_and_marked(say: Say, tmp_path: Path) -> None:
    number = say("form", "new", "account_request", "--person", "E00012")[1]["number"]
    target = tmp_path / "申请表.pdf"
    code, data = say("form", "print", number, "--out", str(target))
    assert (code, data["pages"], data["file"]) == (0, 1, str(target))
    assert target.read_bytes().startswith(b"%PDF")
    assert say("show", "form", number)[1]["paper_state"] == "待签回"


def test_a_blank_form_is_printed(say: Say, tmp_path: Path) -> None:
    target = tmp_path / "空白.pdf"
    code, data = say("form", "blank", "account_request", "--out", str(target))
    assert (code, data["pages"]) == (0, 1)
    assert target.exists()


def test_mail_and_reminder_are_drafted(say: Say) -> None:
    number = opened(say)
    _, mail = say("form", "mail", number)
    assert mail["subject"] == f"已开通：{number} 林国栋"
    _, reminder = say("form", "remind", number)
    assert number in reminder["text"]


def test_forms_are_listed_and_searched_by_pinyin(say: Say) -> None:
    say("form", "new", "account_request", "--person", "E00012")
    say("form", "new", "account_request", "--person", "E00014")
    _, data = say("list", "forms", "--search", "wxl")
    assert [form["emp_no"] for form in data["forms"]] == ["E00014"]
    assert say("list", "forms")[1]["total"] == 2


def test_a_form_is_set_and_shown(say: Say) -> None:
    number = say("form", "new", "account_request", "--person", "E00012")[1]["number"]
    code, data = say("set", "form", number, "purposes=客服", "mobile=")
    assert (code, data["fields"]["purposes"]) == (0, "客服")
    assert data["problems"] == {"mobile": "请填“手机号码”。"}
    assert isinstance(data["operation"], int)


def test_an_account_in_use_before_is_registered_by_hand(say: Say) -> None:
    code, data = say(
        "set", "account", "NEW", "type=员工号", "holder=E00012", "mobile=13900000001", "userid=lgd"
    )
    assert (code, data["account_no"], data["name"], data["state"], data["entry"]) == (
        0,
        "ZH-00001",
        "林国栋",
        "在用",
        "历史导入",
    )
    code, data = say("set", "account", "NEW", "holder=E00012", "mobile=13900000002")
    assert code == 1
    assert "ZH-00001" in data["error"]["message"]


def test_an_account_is_corrected_moved_and_handed_over(say: Say) -> None:
    say("set", "account", "NEW", "holder=E00012", "mobile=13900000001", "userid=lgd")
    code, data = say("set", "account", "lgd", "mobile=13900000009", "in_directory=是")
    assert (code, data["mobile"], data["in_directory"]) == (0, "13900000009", True)
    code, data = say("set", "account", "lgd", "state=停用", "reason=闲置")
    assert (code, data["state"], data["close_reason"]) == (0, "停用", "闲置")
    code, data = say("set", "account", "lgd", "holder=E00014")
    assert (code, data["error"]["code"]) == (1, "no_handover")
    code, data = say("set", "account", "lgd", "holder=E00014", "basis=QWJJ-202611-001")
    assert (code, data["holder"], data["state"]) == (0, "王小兰", "在用")
    code, data = say("set", "account", "lgd", "state=在用", "mobile=13900000009")
    assert code == 1


def test_an_exception_lets_a_second_account_in(say: Say) -> None:
    say("set", "account", "NEW", "holder=E00012", "mobile=13900000001", "userid=lgd")
    code, data = say(
        "set", "account", "lgd", "exception=多账号", "granted_by=部门经理", "until=2026-11-20"
    )
    assert (code, data["exceptions"][0]["in_force"]) == (0, True)
    assert say("set", "account", "NEW", "holder=E00012", "mobile=13900000002")[0] == 0


def test_accounts_are_listed_with_what_is_amiss(say: Say) -> None:
    say("set", "account", "NEW", "holder=E00012", "mobile=13900000001", "userid=lgd")
    _, data = say("list", "accounts", "--search", "lgd")
    assert data["total"] == 1
    row = data["accounts"][0]
    assert (row["account_type"], row["holder"], row["emp_no"], row["amiss"]) == (
        "员工号",
        "林国栋",
        "E00012",
        [],
    )


KINDS = (
    "account_request", "account_handover", "account_change_request", "account_notice",
    "group_request", "group_admin_filing", "group_owner_transfer", "group_check",
    "group_removal_notice", "group_dissolution", "group_rename",
)  # fmt: skip


def test_every_kind_of_form_is_printed_blank(say: Say, tmp_path: Path) -> None:
    listed = {kind["id"] for kind in say("forms")[1]["kinds"]}
    assert set(KINDS) <= listed
    for kind in sorted(listed):
        target = tmp_path / f"{kind}.pdf"
        code, data = say("form", "blank", kind, "--out", str(target))
        assert (code, data["pages"]) == (0, 1), kind


def test_a_group_is_renamed_by_its_form_from_the_command_line(say: Say) -> None:
    say("set", "setting", "group_name_mode", "company=真实名称")
    words = ["--set", "new_name=三明酒厂", "--set", "reason_kind=机构更名"]
    code, data = say("form", "new", "group_rename", "--group", "三明工厂", *words)
    assert (code, data["fields"]["old_name"]) == (0, "三明工厂")
    number = str(data["number"])
    say("form", "set", number, "decided_by=E00012")
    assert say("form", "move", number, "submit")[0] == 0
    code, data = say("form", "move", number, "complete")
    assert (code, data["state"]) == (0, "已办结")
    assert say("show", "group", "三明酒厂")[1]["renames"][0]["form_no"] == number
    assert say("undo")[0] == 0
    assert say("show", "group", "三明工厂")[1]["renames"] == []


def test_the_right_side_of_an_account_change_is_required_to_say_something(say: Say) -> None:
    opened(say)
    _, data = say(
        "form", "new", "account_change_request", "--person", "E00012", "--set", "reason=x"
    )
    code, data = say("form", "move", str(data["number"]), "submit")
    assert code == 1
    assert "没有填" in data["error"]["message"]
