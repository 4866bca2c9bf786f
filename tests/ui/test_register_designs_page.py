"""设置 › 台账样式: columns of a register left out, renamed and widened beside its sheet."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import desk_of, settle, toast_of

from ui import printing
from wxadmin.services.register_designs import RegisterDesigns
from wxadmin.services.register_paper import RegisterPaper

KIND = "group_register"


@pytest.fixture
def page(office_window):
    found = desk_of(office_window, "settings", "registers").page
    found.show_kind(KIND)
    return found


def column(page, label: str):
    return next(line for line in page.columns.lines if line.label.value() == label)


def type_in(page, **values: object) -> None:
    for key, value in values.items():
        box = page.head.form.boxes[key].input
        box.set_value(value)
        box.edited.emit()
    page.draw()


def said(workplace) -> str:
    pages = RegisterPaper(workplace, printing.measure).group_register()
    return "\n".join(text for page in pages for text in page.texts())


def test_every_register_has_its_sheet_and_its_names(page) -> None:
    for kind in [line.kind for line in page.designs.kinds()]:
        page.show_kind(kind)
        assert page.preview._pages.sizes
        assert page.said.text() == "用的是程序自带的样式。"
        assert nameless(page) == []
        assert rich(page) == []


def test_a_column_is_left_out_and_another_renamed(page, office_window, workplace) -> None:
    column(page, "建群目的").printed.click()
    column(page, "备注").label.set_value("说明")
    type_in(
        page, control_no="QR-XZ-020", signers="制表人、审核人、分管领导", title="本公司工作群台账"
    )
    page.save_button.click()
    settle(office_window)
    assert "已保存样式" in toast_of(office_window)
    words = said(workplace)
    assert "建群目的" not in words
    for line in ("说明", "QR-XZ-020", "分管领导", "本公司工作群台账"):
        assert line in words
    widths = [c.width for c in RegisterDesigns(workplace).design(KIND).columns if c.printed]
    assert sum(widths) == pytest.approx(267, abs=0.1)
    office_window.messages._toast._undo()
    assert "建群目的" in said(workplace)


def test_what_cannot_be_printed_is_said(page) -> None:
    for line in page.columns.lines:
        line.printed.click()
    page.draw()
    assert "至少要留一列" in page.said.text()
    assert not page.save_button.isEnabled()
    page.drop()
    type_in(page, body_pt="很大")
    assert "应是磅数" in page.said.text()
    type_in(page, body_pt="9", left="150", right="150")
    assert not page.save_button.isEnabled()


def test_ours_comes_back(page, workplace) -> None:
    type_in(page, title="改过的台账")
    page.save()
    page.use(0)
    assert "改过的台账" not in said(workplace)
    assert len(page.former()) == 2
