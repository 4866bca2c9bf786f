"""Exceptions by verb: the four lists of accounts, an exception's end, a month nobody left."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from builders import office, person, register_at

from wxadmin.command_line import main


@pytest.fixture
def run(tmp_path, capsys):
    with closing(office(tmp_path)) as workplace:
        person(workplace)

    def said(*words, code=0):
        register = ["--register", register_at(tmp_path), "--as-of", "2026-11-20", "--json"]
        assert main([*register, *words], lambda: None) == code, capsys.readouterr().err
        told = capsys.readouterr()
        return json.loads(told.out) if code == 0 else told.err

    return said


def opened(run):
    return run(
        "set", "account", "new", "holder=00012", "mobile=13800000012", "userid=linguodong",
        "opened_on=2026-11-01",
    )  # fmt: skip


def test_who_has_no_account_is_listed_by_verb(run):
    told = run("list", "account-exceptions")["account_exceptions"]
    assert [(line["list"], line["emp_no"]) for line in told] == [("在职无账号", "00012")]
    assert run("list", "account-exceptions", "--search", "无责任人")["total"] == 0


def test_a_leavers_account_stands_on_the_lists_it_belongs_to(run):
    account = opened(run)["account_no"]
    assert run("list", "account-exceptions")["total"] == 0
    run("set", "person", "00012", "leave_date=2026-11-10")
    told = run("list", "account-exceptions")["account_exceptions"]
    assert [(line["list"], line["account_no"]) for line in told] == [
        ("有账号非在职", account),
        ("无责任人", account),
    ]


def test_an_exception_is_ended_by_verb(run):
    account = opened(run)["account_no"]
    words = ("exception=多账号", "granted_by=总监", "until=2026-12-31", "reason=两处办公")
    run("set", "account", account, *words)
    assert run("set", "account", account, "end_exception=多账号")["operation"]
    again = run("set", "account", account, "end_exception=私用", code=1)
    assert again.startswith("使用人没有有效的“私用”例外，没有改动。")


def test_a_month_in_which_nobody_left_is_recorded_by_verb(run):
    told = run("list", "leaver-lists", "--search", "2026-10")["leaver_lists"]
    assert [(line["month"], line["state"]) for line in told] == [("2026-10", "未交")]
    assert told[0]["urge"].startswith("莆田一厂人事：贵处10月离职清单至今未收到")
    assert run("set", "hr-source", "莆田一厂人事", "no_leavers=2026-10")["operation"]
    told = run("list", "leaver-lists", "--search", "2026-10")["leaver_lists"]
    assert [(line["state"], line["urge"]) for line in told] == [("无离职", "")]
    assert "已经交了" in run("set", "hr-source", "莆田一厂人事", "no_leavers=2026-10", code=1)
    assert "请单独写" in run(
        "set", "hr-source", "莆田一厂人事", "no_leavers=2026-09", "active=否", code=2
    )


def test_a_name_of_a_groups_list_is_recognised_by_verb(run):
    run("set", "group", "莆田一厂", "allow_external=是")
    run(
        "member", "莆田一厂", "all", "--external", "老周@顺达物流/林国栋", "--external", "阿栋@不明"
    )
    run("member", "莆田一厂", "who", "00012", "--external", "阿栋")
    group = run("show", "group", "莆田一厂")
    assert [one["emp_no"] for one in group["actual"] if one["emp_no"]] == ["00012"]
    marked = run("member", "莆田一厂", "who", "--external", "老周@顺达快运")
    assert (marked["external"], marked["org"]) == ("老周", "顺达快运")
    assert "认人请写明" in run("member", "莆田一厂", "who", "00012", code=2)
