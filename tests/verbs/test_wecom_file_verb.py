"""The verb wecom-file: the console's template filled, JSON by contract, one sentence on refusal."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.builders import office, person, register_at, write
from tests.sheets.console_templates import NEWER, template
from wxadmin.command_line import main
from wxadmin.domain.account import Account
from wxadmin.services.workplace import Workplace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(office(tmp_path)) as workplace:
        hired(workplace, "00012", "林国栋", "lin")
        hired(workplace, "00013", "陈晓明", "")
        hired(workplace, "00014", "王，小兰", "wang")
    (tmp_path / "模板.xlsx").write_bytes(template())
    return tmp_path


def hired(workplace: Workplace, emp_no: str, name: str, userid: str) -> None:
    who = person(workplace, emp_no, name)
    number = workplace.store.ids().next(Account)
    write(
        workplace,
        Account(
            number,
            f"ZH-{number:05d}",
            name,
            "personal",
            wecom_userid=userid,
            mobile=who.mobile,
            holder_id=who.id,
        ),
    )


def said(folder: Path, *words: str) -> list[str]:
    template_and_out = [str(folder / "模板.xlsx"), str(folder / "填好.xlsx")]
    before = ["--register", register_at(folder), "--as-of", "2026-11-20", "--json"]
    return [*before, "wecom-file", *template_and_out, *words]


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_the_good_rows_go_in_and_the_others_are_listed_with_field_and_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(said(folder), printing=lambda: None) == 0
    data = answer(capsys)
    assert data["written"] == 2
    assert data["file"] == str(folder / "填好.xlsx")
    (skipped,) = data["skipped"]
    assert (skipped["emp_no"], skipped["field"]) == ("00014", "name")
    assert "全角逗号" in skipped["reason"]
    rows = CalamineWorkbook.from_path(data["file"]).get_sheet_by_index(0).to_python()
    people = [dict(zip(NEWER, row, strict=True)) for row in rows[10:]]
    assert {(p["姓名"], p["账号"], p["部门"]) for p in people} == {
        ("陈晓明", "chenxiaoming", "东南事业部/莆田一厂"),
        ("林国栋", "lin", "东南事业部/莆田一厂"),
    }


def test_single_people_are_written_by_their_numbers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(said(folder, "--person", "00012"), printing=lambda: None) == 0
    assert answer(capsys)["written"] == 1
    assert main(said(folder, "--person", "99999"), printing=lambda: None) == 1
    assert answer(capsys)["error"]["code"] == "no_person"


def test_a_template_without_its_name_column_is_refused_and_nothing_is_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "模板.xlsx").write_bytes(template(NEWER[1:]))
    assert main(said(folder), printing=lambda: None) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "没有“姓名”列" in captured.err
    assert not (folder / "填好.xlsx").exists()
    assert main([*said(folder)[:5], "journal"], printing=lambda: None) == 0
    assert "拟定账号" not in capsys.readouterr().out


def test_a_list_of_hrs_in_the_place_of_the_template_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "模板.xlsx").write_bytes(template((*NEWER, "入职日期", "用工类型")))
    assert main(said(folder), printing=lambda: None) == 1
    assert answer(capsys)["error"]["code"] == "not_a_template"
    (folder / "模板.xlsx").write_bytes(template((*NEWER, "入职日期")))  # a column of their own
    assert main(said(folder), printing=lambda: None) == 0


def test_an_account_gets_its_userid_as_one_act_with_one_undo(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(said(folder), printing=lambda: None) == 0
    capsys.readouterr()
    assert main([*said(folder)[:5], "show", "account", "chenxiaoming"], printing=lambda: None) == 0
    assert answer(capsys)["state"] == "待开通"
    assert main([*said(folder)[:5], "undo"], printing=lambda: None) == 0
    capsys.readouterr()
    assert main([*said(folder)[:5], "show", "account", "chenxiaoming"], printing=lambda: None) == 1
