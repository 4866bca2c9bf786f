"""The page of a scan to look at: whose form it is, the picture, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from ui import style
from ui.forms.scan_pictures import paper_size, scaled
from ui.shared.buttons import filled, plain, words
from ui.shared.date_input import DateInput
from ui.shared.detail_panel import footer
from ui.shared.layouts import across, down, hairline, on_ground, region
from ui.shared.paper_preview import PaperPreview
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.incoming import TO_LOOK_AT
from wxadmin.services.scans import ScanLine

if TYPE_CHECKING:
    from ui.forms.scan_acts import ScanActs


class ScanSheet(QWidget):
    """Stands where the paper of a form stands."""

    def __init__(self, acts: ScanActs, open_file: Callable[[], Any]) -> None:
        super().__init__()
        on_ground(self, "content")
        self.setMinimumWidth(style.px(420))
        self._name = Text("", size=17, bold=True, elide=True)
        self._number = Text("", size=12, tone="ink2", selectable=True)
        self._number.setAccessibleName("编号")
        self._said = Text("", tone="ink2", wrap=True)
        self._links = (
            words("归到别的表…", "form", acts.settle),
            words("登记为来件…", "note", acts.enter),
            words("打开文件", "pdf", open_file),
        )
        self.preview = PaperPreview(scale="width")
        self.preview.print_preview_asked.connect(open_file)
        self.day = DateInput()
        self.day.setAccessibleName("签字日期")
        self.day.setFixedWidth(style.px(124))
        self.signed = filled("看过，已签", "tick", acts.confirm)
        self.refused = plain("不同意…", on_click=acts.refuse)
        self.unused = plain("不用", on_click=acts.drop)
        title = across(self._name, self._number, None, gap=10)
        links = across(*self._links, None, gap=4, margins=(10, 0, 0, 0))
        said = across(self._said, Text("签字日期", size=12, tone="ink2"), self.day, gap=8)
        said.setStretch(0, 1)
        head = down(title, said, gap=6, margins=(20, 0, 16, 0))
        foot = footer(None, self.unused, self.refused, self.signed)
        top = region(down(head, links, gap=6, margins=(0, 12, 0, 6)), "content")
        whole = down(top, hairline(), self.preview, foot, gap=0)
        whole.setStretchFactor(self.preview, 1)
        self.setLayout(whole)

    def show_line(self, line: ScanLine | None, day: date | None) -> None:
        """Show whose form a piece is; `day` where another piece is shown than before."""
        ready = line is not None and line.state == TO_LOOK_AT
        self.signed.setEnabled(ready)
        self.refused.setEnabled(ready)
        for act in (self.unused, *self._links):
            act.setEnabled(line is not None)
        self._name.setText(_called(line))
        self._number.setText(line.number if line else "")
        self._said.setText(_sentence(line))
        self._said.set_tone("ink2" if line is None or ready else "amber")
        if line is None or day is not None:
            self.preview.clear()
        if day is not None:
            self.day.set_value(day)

    def show_pictures(self, pictures: list[QPixmap]) -> None:
        """Show the pages of the piece, where they are signed."""
        sizes = [paper_size(one) for one in pictures]
        self.preview.show_pages(sizes, lambda page, size: scaled(pictures[page], size))
        self.preview.go_to_foot()

    def say_refusal(self, refusal: UserError) -> None:
        """The stored file cannot be shown."""
        self._said.setText(refusal.message)
        self._said.set_tone("red")

    def signed_on(self) -> date | None:
        """The day of the signature. Raises `UserError` for what is no day."""
        day = self.day.value()
        if day is not None and not isinstance(day, date):
            raise UserError(f"“{day}”不是日期，请写成 2026-11-18 这样。", "bad_date")
        return day


def _called(line: ScanLine | None) -> str:
    if line is None:
        return ""
    return "　".join(filter(None, (line.title, line.name))) or "还不知道是哪张表"


def _sentence(line: ScanLine | None) -> str:
    if line is None:
        return "选一份扫描件，这里看它的纸面。"
    said = f"{line.reason}。" if line.reason else ""
    now = f"这张表现在是“{line.form_state}”。" if line.form_state else ""
    return f"{said}{now}{line.source}。"
