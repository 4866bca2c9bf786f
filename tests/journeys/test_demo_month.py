"""The demo: a whole month without a window, its files looked into one by one."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from wxadmin.bootstrap import open_workplace
from wxadmin.command_line import main
from wxadmin.domain.account import Account
from wxadmin.domain.form import Form, FormStep
from wxadmin.domain.incoming import FILED, Scan
from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups
from wxadmin.services.history import History
from wxadmin.services.paper_files import PaperFiles


def load_printing() -> Any:
    from ui import printing

    return printing


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    return list(load_workbook(path).active.iter_rows(values_only=True))


def test_the_demo_plays_a_month_and_leaves_its_papers(
    tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "演示"
    drawn: list[str] = []

    def pictures(register: str, target: Path, on: date) -> list[Path]:
        assert on == date(2026, 11, 20)
        drawn.append(register)
        return [target / "今日.png"]

    words = ["--json", "--as-of", "2026-11-20", "--by", "演示", "demo", str(folder)]
    assert main(words, load_printing, pictures) == 0
    data = json.loads(capsys.readouterr().out)
    files = [Path(file) for file in data["files"]]
    assert all(file.stat().st_size > 0 for file in files[:-1])
    assert drawn == [str(folder / "示例登记库.db")]
    names = {file.name for file in files}
    assert {
        "附件一_本月新员工.pdf",
        "附件一_空白.pdf",
        "附件一_签回的扫描件.pdf",
        "离职交接单.pdf",
        "入职办理.pdf",
        "调岗办理.pdf",
        "离职办理.pdf",
        "群成员调整通知单.pdf",
        "群成员调整通知单.xlsx",
        "发给群主的文字.txt",
        "群台账.pdf",
        "账号台账.xlsx",
        "通讯录.xlsx",
        "批量导入_新增和变更.xlsx",
        "三方核对.xlsx",
        "三方核对.pdf",
        "月报.pdf",
        "日志.xlsx",
        "登记库备份.db",
    } <= names
    pdfs = [file for file in files if file.suffix == ".pdf"]
    assert all(file.read_bytes().startswith(b"%PDF") for file in pdfs)
    returned = next(file for file in files if "更正）_处理结果" in file.name)
    assert "结果" in rows_of(returned)[0]
    problems = next(file for file in files if file.name.endswith("问题行.xlsx"))
    assert len(rows_of(problems)) == 3
    check_console(folder / "7 通讯录与三方核对")
    check_register(folder / "示例登记库.db")

    assert main(words, load_printing) == 1
    assert "已经存在" in capsys.readouterr().err


def check_console(folder: Path) -> None:
    """The file for the console holds the month's news; the reconciliation what went wrong."""
    filled = rows_of(folder / "批量导入_新增和变更.xlsx")
    heading = next(row for row in filled if row[0] == "姓名")
    assert (
        filled[: filled.index(heading)]
        == rows_of(folder / "批量导入模板.xlsx")[: filled.index(heading)]
    )
    written = filled[filled.index(heading) + 1 :]
    assert len(written) >= 4 and all(row[0] and row[1] and row[4] for row in written)
    found = [(row[3], row[4], row[9]) for row in rows_of(folder / "三方核对.xlsx")[1:]]
    fields = {field for kind, field, _ in found if kind == "待更正"}
    assert {"手机号码", "职务"} <= fields
    kinds = [kind for kind, _, _ in found]
    assert kinds.count("待清理") == 3 and "待开通" in kinds
    assert any("花名册和台账都没有此人" in reason for _, _, reason in found)


def check_register(path: Path) -> None:
    workplace = open_workplace(str(path), writing=False)
    try:
        store = workplace.store
        left = {p.id for p in store.all(Employee) if p.leave_type and p.leave_date.month == 11}
        assert len(left) == 7
        live = [a for a in store.all(Account) if a.live and a.holder_id in left]
        assert live == []
        (scan,) = store.all(Scan)
        assert (scan.state, scan.source_name) == (FILED, "附件一_签回的扫描件.pdf")
        approvals = store.find(FormStep, form_id=scan.form_id, move="approve")
        assert approvals and all(step.scan_id == scan.id for step in approvals)
        assert PaperFiles(workplace).faults() == []
        opened = [form for form in store.all(Form) if form.state == "已告知"]
        assert len(opened) == 4
        assert Backups(workplace).check() == []
        assert all(line.in_effect for line in History(workplace).lines())
    finally:
        workplace.close()
