"""The groups by verb: why, member, orders, order, and list, show and set for what hangs on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.builders import office, person, register_at, write
from wxadmin.command_line import main
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace

Run = Callable[..., dict[str, Any]]


def load_printing() -> ModuleType:
    from ui import printing

    return printing


def listed(workplace: Workplace, employee: Employee) -> None:
    """Put somebody into the address book."""
    account_id = workplace.store.ids().next(Account)
    account = Account(
        account_id,
        f"ZH-{account_id}",
        employee.name,
        "personal",
        holder_id=employee.id,
        state=IN_USE,
        in_directory=True,
    )
    write(workplace, account)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """An office with 林国栋 and 陈小红 of 莆田一厂, and 黄志强; she is not in the address book."""
    workplace = office(tmp_path)
    listed(workplace, person(workplace, "E00012", "林国栋"))
    person(workplace, "E00013", "陈小红")
    listed(workplace, person(workplace, "E00014", "黄志强", unit="莆田二厂"))
    workplace.close()

    def run(*words: str, code: int = 0) -> dict[str, Any]:
        options = ["--register", register_at(tmp_path), "--json", "--as-of", "2026-11-20"]
        assert main([*options, *words], load_printing) == code, capsys.readouterr().err
        answer = capsys.readouterr().out
        return json.loads(answer) if answer else {}

    return run


def numbers(people: list[dict[str, Any]]) -> list[str]:
    return [one["emp_no"] for one in people]


def test_why_answers_with_rule_field_value_and_a_sentence(run: Run) -> None:
    answer = run("why", "E00012", "莆田一厂")
    assert (answer["expected"], answer["actual"], answer["exception"]) == (True, None, None)
    assert answer["because"] == [
        {"rule": "单位为莆田一厂（含下级）", "field": "单位", "value": "莆田一厂", "holds": True}
    ]
    assert answer["sentence"] == "应在“莆田一厂”：单位为莆田一厂。"


def test_a_group_is_shown_with_rule_people_and_owner(run: Run) -> None:
    group = run("show", "group", "莆田一厂")
    assert group["side"] == "手机端"
    assert "单位为莆田一厂" in group["rule"]
    assert numbers(group["expected"]) == ["E00012", "E00013"]
    assert [one["in_directory"] for one in group["expected"]] == [True, False]
    assert group["actual"] is None
    assert (group["missing"], group["extra"]) == ([], [])
    assert group["owner"]["kind"] == "群管理号"
    assert group["owner"]["emp_no"] is None


def test_members_are_recorded_and_whoever_is_not_listed_is_refused(run: Run) -> None:
    joined = run("member", "莆田一厂", "in", "E00012")
    assert (joined["joined"], joined["left"]) == (1, 0)
    assert joined["operation"]
    refusal = run("member", "莆田一厂", "in", "E00013", code=1)
    assert refusal["error"]["code"] == "not_in_directory"
    assert "陈小红" in refusal["error"]["message"]
    left = run("member", "莆田一厂", "out", "E00012", "--reason", "调出", "--on", "2026-11-19")
    assert (left["joined"], left["left"]) == (0, 1)


def test_a_new_group_has_members_missing(run: Run) -> None:
    run("member", "莆田一厂", "new")
    group = run("show", "group", "莆田一厂")
    assert group["actual"] == []
    assert numbers(group["missing"]) == ["E00012", "E00013"]
    listed = next(g for g in run("list", "groups")["groups"] if g["group_no"] == group["group_no"])
    assert (listed["expected_count"], listed["actual_count"], listed["missing_count"]) == (2, 0, 2)


def test_a_whole_list_is_taken_from_a_file_of_names(run: Run, tmp_path: Path) -> None:
    names = tmp_path / "名单.txt"
    names.write_text("莆田一厂-林国栋\nE00014\n\n", encoding="utf-8")
    taken = run("member", "莆田一厂", "all", "--names", str(names))
    assert taken["joined"] == 2
    group = run("show", "group", "莆田一厂")
    assert (numbers(group["missing"]), numbers(group["extra"])) == (["E00013"], ["E00014"])
    names.write_text("林国栋\n无此人\n", encoding="utf-8")
    refusal = run("member", "莆田一厂", "all", "--names", str(names), code=1)
    assert refusal["error"]["code"] == "disputed"
    assert len(run("show", "group", "莆田一厂")["actual"]) == 2


def test_orders_are_shown_without_a_folder_and_issued_with_one(run: Run, tmp_path: Path) -> None:
    run("member", "莆田一厂", "new")
    run("member", "莆田一厂", "in", "E00014")
    (shown,) = run("orders")["orders"]
    assert (shown["number"], shown["file"]) == (None, None)
    (order,) = run("orders", "--out", str(tmp_path / "单"))["orders"]
    assert (order["group"], order["number"]) == ("莆田一厂", "TZ-202611-01")
    assert numbers(order["add"]) == ["E00012", "E00013"]
    assert [(one["emp_no"], one["reason"]) for one in order["remove"]] == [("E00014", "调出")]
    assert Path(order["file"]).read_bytes().startswith(b"%PDF")
    again = run("orders", "--group", "莆田一厂", "--out", str(tmp_path / "单"), "--xlsx")
    assert again["orders"][0]["number"] == "TZ-202611-01"
    assert Path(again["orders"][0]["file"]).suffix == ".xlsx"


def test_an_order_is_ticked_off_by_its_file_and_records_the_members(
    run: Run, tmp_path: Path
) -> None:
    run("member", "莆田一厂", "new")
    run("member", "莆田一厂", "in", "E00014")
    (order,) = run("orders", "--out", str(tmp_path / "单"))["orders"]
    done = run("order", "done", order["file"])
    assert (done["joined"], done["left"], done["state"]) == (1, 1, "待办")
    assert done["waiting"] == ["陈小红待入通讯录"]
    group = run("show", "group", "莆田一厂")
    assert numbers(group["actual"]) == ["E00012"]
    assert numbers(group["missing"]) == ["E00013"]
    assert [o["open_count"] for o in run("list", "orders")["orders"]] == [1]
    assert "陈小红" in run("order", "text", "莆田一厂")["text"]
    run("undo")
    assert numbers(run("show", "group", "莆田一厂")["actual"]) == ["E00014"]


def test_a_group_without_an_open_order_has_none_to_tick(run: Run) -> None:
    assert run("order", "done", "莆田一厂", code=1)["error"]["code"] == "no_order"


def test_a_group_is_handed_over_to_another_custodian(run: Run) -> None:
    group = run("set", "group", "莆田一厂", "owner=E00012", "basis=交接单 JJ-1")
    assert group["operation"]
    assert (group["owner"]["kind"], group["owner"]["emp_no"], group["owner"]["name"]) == (
        "群管理号",
        "E00012",
        "林国栋",
    )
    group = run("set", "group", "莆田一厂", "owner=E00013")
    keepers = [(k["emp_no"], k["to_on"]) for k in group["admin_number"]["custodians"]]
    assert keepers == [("E00013", None), ("E00012", "2026-11-20")]


def test_a_group_can_belong_to_a_person_or_an_outsider(run: Run) -> None:
    assert run("set", "group", "莆田一厂", "owner=人员:E00012")["owner"]["kind"] == "人员"
    assert run("set", "group", "莆田一厂", "owner=外部人员:周老师")["owner"]["name"] == "周老师"


def test_a_designated_number_is_corrected_and_handed_over(run: Run) -> None:
    number = run("set", "admin-number", "3", "mobile=13805951003", "sim_registered_to=公司")
    assert (number["mobile"], number["sim_registered_to"]) == ("13805951003", "公司")
    number = run("set", "admin-number", "3", "custodian=E00012", "basis=交接单")
    assert (number["custodian"], number["state"]) == ("林国栋", "在用")
    assert run("list", "admin-numbers", "--search", "林国栋")["total"] == 1


def test_a_group_is_edited_registered_and_dissolved(run: Run) -> None:
    group = run("set", "group", "莆田一厂", "purpose=生产协调", "aliases=一厂群、莆田总厂群")
    assert (group["purpose"], group["aliases"]) == ("生产协调", ["一厂群", "莆田总厂群"])
    assert run("show", "group", "一厂群")["name"] == "莆田一厂"
    made = run("set", "group", "一厂安全群", "new=是", "backend=莆田一厂")
    assert numbers(made["expected"]) == ["E00012", "E00013"]
    gone = run(
        "set", "group", "一厂安全群", "state=已解散", "dissolve_reason=并入", "basis=群主说的"
    )
    assert (gone["state"], gone["expected"]) == ("已解散", [])


def test_an_unknown_field_is_refused_and_nothing_changes(run: Run) -> None:
    assert run("set", "group", "莆田一厂", "colour=red", code=1)["error"]["code"] == "bad_field"


def test_a_rule_is_previewed_and_then_saved(run: Run) -> None:
    preview = run("set", "rule", "莆田一厂", "unit=莆田二厂", "preview=是")
    assert preview["operation"] is None
    mobile = next(e for e in preview["effects"] if e["side"] == "手机端")
    assert numbers(mobile["joins"]) == ["E00014"]
    assert numbers(mobile["leaves"]) == ["E00012", "E00013"]
    assert numbers(run("show", "group", "莆田一厂")["expected"]) == ["E00012", "E00013"]
    assert run("set", "rule", "莆田一厂", "unit=莆田二厂")["operation"]
    assert numbers(run("show", "group", "莆田一厂")["expected"]) == ["E00014"]
    assert "莆田二厂" in run("show", "rule", "莆田一厂")["rule"]


def test_a_setting_is_changed_for_a_unit_and_taken_back(run: Run) -> None:
    changed = run("set", "setting", "leaver_deadline_days", "company=2", "unit:莆田一厂=1")
    assert changed["value"] == "2"
    assert changed["overrides"] == {"company": "2", "unit:莆田一厂": "1"}
    back = run("set", "setting", "离职处理时限", "company=", "unit:莆田一厂=")
    assert (back["value"], back["overrides"]) == (back["default"], {})
    assert run("set", "setting", "leaver_deadline_days", "value=三", code=1)["error"]["code"]
    assert run("set", "setting", "admin_number_pool_size", "group:莆田一厂=3", code=1)["error"]
    assert run("list", "settings", "--search", "离职处理时限")["total"] == 1


def test_exceptions_are_granted_listed_and_ended(run: Run) -> None:
    granted = run(
        "set", "exception", "E00014", "group=莆田一厂", "by=总监", "until=2026-12-31", "reason=支援"
    )
    assert granted["operation"]
    answer = run("why", "E00014", "莆田一厂")
    assert (answer["expected"], answer["exception"]) == (True, "总监特批入群，至12月31日")
    run("set", "exception", "E00012", "unit=莆田二厂", "until=2026-12-31", "basis=调令")
    run("set", "exception", "E00013", "post=副经理", "until=2026-12-31")
    listed = run("list", "exceptions")
    assert [one["key"] for one in listed["exceptions"]] == ["借调:1", "兼任:1", "特批:1"]
    run("set", "exception", "借调:1", "end=2026-11-19")
    assert run("why", "E00012", "莆田二厂")["expected"] is False


def test_people_read_the_same_in_plain_lines(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("member", "莆田一厂", "new")
    for words in (
        ["why", "E00012", "莆田一厂"],
        ["list", "groups", "--search", "莆田一厂", "--limit", "1"],
        ["show", "group", "莆田一厂"],
        ["orders"],
        ["list", "rules"],
        ["list", "settings"],
    ):
        assert main(["--register", register_at(tmp_path), *words], load_printing) == 0
        assert "莆田一厂" in capsys.readouterr().out or words[1:] == ["settings"]


def test_a_group_gets_a_code_and_keeps_its_former_names(run: Run) -> None:
    run("set", "group", "莆田二厂", "code=[1,102】", "public_name=PT2", "responsible=E00012")
    run("set", "group", "莆田二厂", "name=莆田二分厂")
    shown = run("show", "group", "莆田二分厂")
    assert (shown["code"], shown["public_name"]) == ("1.102", "PT2")
    assert shown["renames"][0]["old_name"] == "莆田二厂"


def test_groups_outside_the_fixed_list_are_listed(run: Run) -> None:
    assert run("list", "group-names")["total"] == 0
    run("set", "group", "莆田二厂", "name=篮球群", "aliases=")
    (line,) = run("list", "group-names")["group_names"]
    assert line["name"] == "篮球群"
    assert "不在制度规定的群组之内" in line["problem"]
