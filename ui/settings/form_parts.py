"""The parts of 表单样式 that are fields: head, sheet, opinions; each gives its piece."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.settings.design_words import as_kept, in_chinese, kept_values
from ui.shared.buttons import ghost, plain
from ui.shared.inputs import Tick
from ui.shared.layouts import across, down
from ui.shared.record_form import Field, RecordForm
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.form_design import Design

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURES = "图片 (*.png *.jpg *.jpeg)"
SIDES = (("top", "上"), ("right", "右"), ("bottom", "下"), ("left", "左（装订边）"))
QR_SIZE = 13.0


def millimetres(text: object, what: str, like: str = "毫米数，如 25") -> float:
    """Read a length; its unit behind it does no harm. Raises `UserError`."""
    said = re.sub(r"(毫米|mm|磅)$", "", str(text).strip()).strip().replace("，", ".")
    try:
        return float(said)
    except ValueError:
        raise UserError(f"{what}“{text}”应是{like}。样式没有改动。", "bad_length") from None


def written(length: float) -> str:
    """Write a length as short as it is."""
    return f"{length:g}"


class Part(QWidget):
    """One part: `show_design` fills it, `taken` lays what it says over a design."""

    changed = Signal()

    def show_design(self, design: Design) -> None:
        """Show a design."""

    def taken(self, design: Design) -> Design:
        """Return the design with what was typed here. Raises `UserError`."""
        return design


class HeadPart(Part):
    """抬头: company, logo, title, numbers."""

    def __init__(self, take_logo: Callable[[Path], str]) -> None:
        super().__init__()
        self._take_logo = take_logo
        self.logo = ""
        own = "{公司名称} 会印成上面那个名称。"
        self.form = RecordForm([
            Field("company", "公司名称（所有表）", required=True),
            Field("title", "标题", required=True, hint=own),
            Field("letterhead", "标题上面一行", hint=f"不要就空着。{own}"),
            Field("mark", "附件号（左上）", half=True),
            Field("control_no", "受控表号（右上）", half=True),
            Field("number", "编号规则", required=True,
                  hint="{年月} 印成202611，{三位流水号} 印成001；已有的编号不变。"),
        ])  # fmt: skip
        self.form.changed.connect(lambda key: self.changed.emit())
        self._said = Text("", tone="ink2", elide=True)
        self._drop = ghost("去掉", on_click=lambda: self.set_logo(""))
        line = across(
            plain("选标志图片", "folder", on_click=self.choose_logo), self._said, self._drop
        )
        line.setStretch(1, 1)
        self.everywhere = Tick("标志和标题上面一行，用到所有的表")
        self.everywhere.edited.connect(self.changed)
        logo = down(Text("标志", size=12, tone="ink2"), line, self.everywhere, gap=4)
        self.setLayout(down(self.form, logo, None, gap=4))

    def show_design(self, design: Design) -> None:
        keys = ("title", "letterhead", "mark", "control_no", "number")
        self.form.set_values({key: in_chinese(getattr(design, key)) for key in keys})
        self._show_logo(design.logo)
        self.everywhere.set_value(False)

    def taken(self, design: Design) -> Design:
        values: dict[str, Any] = kept_values(self.form)
        del values["company"]
        return replace(design, logo=self.logo, **values)

    def choose_logo(self) -> None:
        """Ask for a picture."""
        path, _ = QFileDialog.getOpenFileName(self.window(), "选标志图片", "", PICTURES)
        if path:
            self.set_logo(self._take_logo(Path(path)))

    def set_logo(self, name: str) -> None:
        """Use a picture that lies beside the forms, or none."""
        self._show_logo(name)
        self.changed.emit()

    def _show_logo(self, name: str) -> None:
        self.logo = name
        self._said.setText(name or "没有，印在标题左边（PNG 或 JPG）")
        self._drop.setVisible(bool(name))


class SheetPart(Part):
    """纸面: margins, copies, code, strokes, the words below."""

    def __init__(self) -> None:
        super().__init__()
        sides = [Field(side, f"页边：{word}", required=True, half=True) for side, word in SIDES]
        self.form = RecordForm([
            *sides,
            Field("copies", "一式几份", "number", required=True, half=True),
            Field("qr", "印二维码（扫描件靠它认表）", "tick"),
            Field("strike", "已填的表，空白栏画“/”", "tick"),
            Field("foot", "表下的话（一行一句）", "lines", lines=4,
                  hint="可用 {份数}、{打印日期}、{第几版}；“|22”是空白表上留的毫米数。"),
        ])  # fmt: skip
        self.form.changed.connect(lambda key: self.changed.emit())
        self.setLayout(down(self.form, None, gap=0))

    def show_design(self, design: Design) -> None:
        values: dict[str, Any] = {
            side: written(length) for (side, _), length in zip(SIDES, design.margins, strict=True)
        }
        values |= {"copies": design.copies, "qr": design.qr_size > 0}
        values |= {"strike": design.strike_blank, "foot": in_chinese("\n".join(design.foot))}
        self.form.set_values(values)

    def taken(self, design: Design) -> Design:
        values = self.form.values()
        top, right, bottom, left = (
            millimetres(values[side], f"页边“{word}”") for side, word in SIDES
        )
        if not isinstance(values["copies"], int):
            raise UserError("份数应是整数，如 3。样式没有改动。", "bad_copies")
        return replace(
            design,
            margins=(top, right, bottom, left),
            copies=values["copies"],
            qr_size=(design.qr_size or QR_SIZE) if values["qr"] else 0.0,
            strike_blank=values["strike"],
            foot=tuple(line for line in as_kept(values["foot"]).splitlines() if line.strip()),
        )


class OpinionPart(Part):
    """审批栏: whose opinions the sheet has room for."""

    def __init__(self) -> None:
        super().__init__()
        self.form = RecordForm([
            Field("approvers", "审批人的称呼（一行一位，从上到下）", "lines", lines=5,
                  hint="空着就按审批路线印；写几行就印几个意见栏。",
                  placeholder="部门经理\n总经理"),
        ])  # fmt: skip
        self.form.changed.connect(lambda key: self.changed.emit())
        words = "这里只管纸上印几栏、怎么称呼；谁先批、几天办完，仍在制度的审批路线里。"
        self.setLayout(down(self.form, Text(words, size=12, tone="ink3", wrap=True), None, gap=4))

    def show_design(self, design: Design) -> None:
        self.form.set_values({"approvers": "\n".join(design.approvers)})

    def taken(self, design: Design) -> Design:
        lines = self.form.values()["approvers"].splitlines()
        return replace(design, approvers=tuple(one.strip() for one in lines if one.strip()))
