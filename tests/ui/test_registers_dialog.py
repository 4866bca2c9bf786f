"""台账和登记簿: what the office keeps is offered, shown on paper and written as a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import answering, desk_of, fill, press, settle, toast_of
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog

from ui.forms.registers import EXPORT, SEE, show_registers
from ui.shared.paper_preview import PaperPreview
from ui.shared.record_form import RecordForm


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "forms")


def choosing(what: str, way: str):
    def answer(dialog) -> None:
        fill(dialog, what=what, way=way)
        press(dialog, "打开")

    return answer


def test_a_register_is_seen_as_it_will_be_printed(desk) -> None:
    seen: list[int] = []

    def look(dialog) -> None:
        seen.append(len(dialog.findChildren(PaperPreview)))
        press(dialog, "关闭")

    with answering(choosing("group-register", SEE), look):
        show_registers(desk)
    assert seen == [1]


def test_a_register_is_written_as_a_workbook(desk, monkeypatch, tmp_path: Path) -> None:
    path = tmp_path / "群台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with answering(choosing("group-register", EXPORT)):
        show_registers(desk)
    settle(desk.window())
    heads = [cell.value for cell in next(load_workbook(path).active.iter_rows(max_row=1))]
    assert {"群名称", "群主", "成员姓名", "建群目的", "建立时间", "解散日期"} <= set(heads)
    assert "已导出" in toast_of(desk.window())


def test_what_the_policy_does_not_ask_for_is_not_offered(desk) -> None:
    offered: list[str] = []

    def read(dialog) -> None:
        form = dialog.findChild(RecordForm)
        box = form.boxes["what"].input
        offered.extend(box.itemText(index) for index in range(box.count()))
        press(dialog, "取消")

    with answering(read):
        show_registers(desk)
    assert "群台账" in offered
    assert "建群申请表登记簿" in offered
    assert "群分类与前缀编码表" not in offered
    assert "群管理员登记备案册" not in offered
