"""Pages of paper on the desk, white in both modes, as pictures made by a callable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import style
from ui.shared.layouts import across, down, on_ground
from ui.shared.text import Text
from ui.shared.toolbar import FilterWords

PageDrawer = Callable[[int, QSizeF], QPixmap]
"""draw(page, size in device pixels) → the page's picture."""
PX_PER_MM = 96 / 25.4


class _Pages(QWidget):
    """The pages themselves, one below the other, each with a soft shadow."""

    double_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[QSizeF] = []
        self.draw: PageDrawer | None = None
        self.scale = 1.0
        self._kept: dict[int, QPixmap] = {}

    def lay_out(self, scale: float, least_width: int) -> None:
        """Take a scale (1.0 is 100 %) and as much room as the pages need."""
        self.scale = scale
        self._kept.clear()
        gap = style.px(24)
        wide = max((size.width() for size in self.sizes), default=0) * scale * PX_PER_MM
        high = sum(size.height() * scale * PX_PER_MM + gap for size in self.sizes) + gap
        self.setFixedSize(max(round(wide) + 2 * gap, least_width), round(high))
        self.update()

    def boxes(self) -> list[QRect]:
        """Where each page lies."""
        boxes, top = [], style.px(24)
        for size in self.sizes:
            wide = round(size.width() * self.scale * PX_PER_MM)
            high = round(size.height() * self.scale * PX_PER_MM)
            boxes.append(QRect((self.width() - wide) // 2, top, wide, high))
            top += high + style.px(24)
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, box in enumerate(self.boxes()):
            if not box.adjusted(-10, -10, 10, 10).intersects(event.rect()):
                continue
            self._paint_shadow(painter, box)
            painter.fillRect(box, style.colour("paper"))
            if (picture := self._picture(number, box)) is not None:
                painter.drawPixmap(box, picture)

    def _picture(self, number: int, box: QRect) -> QPixmap | None:
        if number not in self._kept and self.draw is not None:
            ratio = self.devicePixelRatioF()
            self._kept[number] = self.draw(
                number, QSizeF(box.width() * ratio, box.height() * ratio)
            )
        return self._kept.get(number)

    @staticmethod
    def _paint_shadow(painter: QPainter, box: QRect) -> None:
        shade = QColor(style.colour("paper_ink"))
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(5, 0, -1):
            shade.setAlphaF(0.05)
            painter.setBrush(shade)
            painter.drawRoundedRect(box.adjusted(-step, 2 - step, step, 2 + step), 3, 3)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class _Scroll(QScrollArea):
    """A scroll area that says when its room has changed."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class PaperPreview(QWidget):
    """适合窗口 / 适合宽度 / 100 %; double click emits `print_preview_asked`.

    Example: `preview.show_pages([QSizeF(210, 297)], lambda page, size: picture_of(page, size))`
    (sizes in mm; the picture is asked for in device pixels, only when its page comes into view).
    """

    print_preview_asked = Signal()

    def __init__(self, with_scales: bool = True, scale: str = "fit") -> None:
        super().__init__()
        self._pages = _Pages()
        self._pages.double_clicked.connect(self.print_preview_asked)
        self._scroll = _Scroll()
        self._scroll.resized.connect(self._lay_out)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName("纸面预览")
        self._scroll.setWidget(self._pages)
        self._scales = FilterWords([("fit", "适合窗口"), ("width", "适合宽度"), ("full", "100 %")])
        self._count = Text("", size=12, tone="ink2")
        line = across(self._scales, None, self._count, margins=(12, 4, 16, 4))
        self._scales.setVisible(with_scales)
        on_ground(self, "window")
        self.setLayout(down(*([line] if with_scales else []), self._scroll, gap=0))
        if scale != self._scales.current():
            self._scales.choose(scale)
        self._scales.chosen.connect(self._lay_out)
        style.look.changed.connect(self._lay_out)

    def show_pages(self, sizes: list[QSizeF], draw: PageDrawer) -> None:
        """Show pages of these sizes in mm."""
        self._pages.sizes, self._pages.draw = sizes, draw
        self._count.setText(f"共 {len(sizes)} 页" if len(sizes) > 1 else "")
        self._scroll.verticalScrollBar().setValue(0)
        self._lay_out()

    def go_to_foot(self) -> None:
        """Bring the foot of the first page into view: that is where people sign."""
        boxes = self._pages.boxes()
        if boxes:
            self._scroll.ensureVisible(0, boxes[0].bottom(), 0, style.px(24))

    def clear(self) -> None:
        """Show no page."""
        self._pages.sizes, self._pages.draw = [], None
        self._lay_out()

    def _lay_out(self) -> None:
        room = self._scroll.viewport().size()
        gap = 2 * style.px(24)
        scale = 1.0
        if self._pages.sizes and self._scales.current() != "full":
            wide = max(size.width() for size in self._pages.sizes) * PX_PER_MM
            high = max(size.height() for size in self._pages.sizes) * PX_PER_MM
            scale = max(room.width() - gap, 40) / wide
            if self._scales.current() == "fit":
                scale = min(scale, max(room.height() - gap, 40) / high)
        self._pages.lay_out(scale, room.width() - 2)
