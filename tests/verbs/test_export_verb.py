"""`export` writes tidy workbooks: every list of the register, one row a thing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import COMPANY, TODAY, register_at

from wxadmin.bootstrap import create_workplace
from wxadmin.command_line import main
from wxadmin.domain.account import Account
from wxadmin.domain.person import Employee
from wxadmin.services.registers import REGISTERS
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("导出")
    workplace = create_workplace(register_at(place), by="测试", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast", company_name=COMPANY, sample=True)
    SampleOffice(workplace).fill()
    workplace.close()
    yield place


def exported(folder: Path, what: str, capsys: pytest.CaptureFixture[str]) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    target = folder / f"{what}.xlsx"
    words = ["--register", register_at(folder), "--json", "--as-of", "2026-11-20"]
    assert main([*words, "export", what, str(target)], printing=lambda: None) == 0
    data = json.loads(capsys.readouterr().out)
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert data == {"rows": len(rows) - 1, "file": str(target)}
    return rows


def count_of(folder: Path, kind: type[Any], **wanted: Any) -> int:
    from wxadmin.bootstrap import open_workplace

    workplace = open_workplace(register_at(folder), writing=False)
    try:
        return workplace.store.count(kind, **wanted)
    finally:
        workplace.close()


def test_people_and_accounts_come_out_whole(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = exported(folder, "people", capsys)
    assert people[0][:4] == ("工号", "姓名", "部门", "职务")
    assert len(people) - 1 == count_of(folder, Employee)
    numbers = {row[0] for row in people}
    assert "00001" in numbers
    assert len(exported(folder, "accounts", capsys)) - 1 == count_of(folder, Account)


def test_the_address_book_lists_those_in_it_unit_by_unit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = exported(folder, "address-book", capsys)
    assert rows[0] == ("单位", "部门", "姓名", "岗位", "手机号码", "公司邮箱", "账号")
    units = [row[0] for row in rows[1:]]
    assert len(dict.fromkeys(units)) == sum(
        a != b for a, b in zip(["", *units], units, strict=False)
    )
    held = [row for row in rows[1:] if row[2].startswith("欧阳书瑶")]
    assert [row[2] for row in held] == ["欧阳书瑶", "欧阳书瑶（培训）"]


def test_members_say_who_should_be_in_and_who_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = exported(folder, "members", capsys)
    marks = {row[-2:] for row in rows[1:]}
    assert marks == {("是", "是"), ("是", "否"), ("否", "是"), ("是", None)}
    assert any("外部人员" in row[3] for row in rows[1:])


def test_groups_and_journal_come_out_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(exported(folder, "groups", capsys)) == 43
    assert [row[4] for row in exported(folder, "journal", capsys)[1:]] == [
        "放入示例办公室",
        "建库：东南事业部企业微信号管理规程",
    ]


def test_an_unknown_list_is_wrong_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--register", register_at(folder), "export", "工资", str(folder / "x.xlsx")]
    assert main(words, printing=lambda: None) == 2
    assert "people" in capsys.readouterr().err
    assert not (folder / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("what", "heading"),
    [
        ("group-register", "成员姓名"),
        ("school-groups", "工作群名称"),
        ("group-codes", "前缀编码"),
        ("admin-filings", "备案号"),
        ("group-changes", "新名称（并入群）"),
        ("admin-numbers", "保管人"),
        ("leavers", "账号去向"),
        ("account_request", "申请类别"),
        ("group_request", "建群目的（用途）"),
        ("masked-address-book", "手机号码"),
    ],
)
def test_every_register_and_kind_of_form_is_a_workbook_too(
    folder: Path, capsys: pytest.CaptureFixture[str], what: str, heading: str
) -> None:
    assert heading in exported(folder, what, capsys)[0]


def test_every_register_the_window_offers_may_be_had_as_a_workbook() -> None:
    assert [kind.id for kind in REGISTERS.values() if not kind.export] == []


def test_the_leavers_of_a_month_that_is_named_come_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(folder / "八月离职.xlsx")
    words = ["--register", register_at(folder), "--json", "--as-of", "2026-11-20"]
    rows = {}
    for month in ("2026-10", "1999-01"):
        code = main([*words, "export", "leavers", target, "--month", month], printing=lambda: None)
        assert code == 0
        rows[month] = json.loads(capsys.readouterr().out)["rows"]
    assert rows["2026-10"] > 0 == rows["1999-01"]
