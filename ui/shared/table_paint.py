"""The one delegate: it puts the runs of a cell side by side on the ground of its row."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui import icons, marks, style
from ui.shared.columns import Run
from ui.shared.table_model import BelowLine, HeadingLine, TableModel
from ui.shared.text import plain_tip

if TYPE_CHECKING:
    from ui.shared.table_view import TableView

_ALIGN = {"left": 0.0, "centre": 0.5, "right": 1.0}
PAGE_MARGIN = 20
"""The left text edge of every desk: 20 px from the rail."""


@lru_cache(maxsize=32)
def metrics(size: int, bold: bool = False) -> QFontMetrics:
    """The metrics of a font of the look."""
    return QFontMetrics(style.font(size, bold))


@lru_cache(maxsize=16384)
def advance(text: str, size: int, bold: bool) -> int:
    """How wide a text is."""
    return metrics(size, bold).horizontalAdvance(text)


@lru_cache(maxsize=8192)
def cut(text: str, size: int, bold: bool, room: int) -> str:
    """The text, cut with … to fit."""
    return metrics(size, bold).elidedText(text, Qt.TextElideMode.ElideRight, room)


@lru_cache(maxsize=32)
def _above_baseline(size: int, bold: bool) -> float:
    found = metrics(size, bold)
    return (found.ascent() - found.descent()) / 2


def _forget() -> None:
    for kept in (metrics, advance, cut, _above_baseline):
        kept.cache_clear()


style.look.changed.connect(_forget)


def run_width(run: Run) -> int:
    """The width of a run with the gap before it."""
    if run.column:
        return style.px(run.column)
    if run.mark:
        return style.px(run.gap + (run.size if run.size != 13 else 12))
    return style.px(run.gap) + advance(run.text, run.size, run.bold)


class RowDelegate(QStyledItemDelegate):
    """Draws every cell of every table as the look wants it."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(0, self._view.row_height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        view, rect = self._view, option.rect
        row, column = index.row(), index.column()
        model: TableModel = view.table_model
        line = model.line(row)
        if type(line) is HeadingLine:
            self._paint_heading(painter, rect, line, row)
            return
        ground = self._ground(row)
        painter.fillRect(rect, style.colour(ground))
        if type(line) is BelowLine:
            return
        hair = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(hair, style.colour("line"))
        first = column == view.first_column
        if first and ground in ("sel", "grey"):
            bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
            painter.fillRect(bar, style.colour("accent"))
        if model.columns[column].kind == "check":
            self._paint_box(painter, rect, row)
        else:
            self._paint_runs(painter, rect, model, row, column, ground)
        if row == view.current_line and column == view.current_column and view.frame_is_shown:
            self._paint_frame(painter, rect, first)

    def _ground(self, row: int) -> str:
        if any(top <= row <= bottom for top, bottom in self._view.selected_lines):
            return "sel" if self._view.has_focus else "grey"
        return "hover" if row == self._view.hovered_line else "content"

    def _paint_frame(self, painter: QPainter, rect: QRect, first: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = style.px(PAGE_MARGIN - 7) if first else 2
        painter.drawRoundedRect(QRectF(rect).adjusted(left, 2, -2, -3), 3, 3)
        painter.restore()

    def _paint_box(self, painter: QPainter, rect: QRect, row: int) -> None:
        if self._view.table_model.can_tick(row):
            box = self.box(rect)
            on = self._view.table_model.line(row) in self._view.table_model.ticked
            marks.paint_checkbox(painter, box, on)

    def box(self, rect: QRect) -> QRectF:
        """Where the checkbox stands in its cell."""
        side = style.px(16)
        left = rect.left() + style.px(PAGE_MARGIN)
        return QRectF(left, rect.top() + (rect.height() - side) // 2, side, side)

    def inner(self, rect: QRect, column: int) -> tuple[int, int]:
        """Left and right end of the text in a cell."""
        left = style.px(PAGE_MARGIN if column == self._view.first_column else 8)
        right = style.px(16 if column == self._view.last_column else 8)
        return rect.left() + left, rect.right() + 1 - right

    def _paint_runs(
        self, painter: QPainter, rect: QRect, model: TableModel, row: int, column: int, ground: str
    ) -> None:
        runs = model.runs(row, column)
        if not runs:
            return
        left, right = self.inner(rect, column)
        if model.columns[column].kind == "act" and runs[0].tone == "accent":
            right = self._paint_arrow(painter, rect, right)
        align = _ALIGN[model.columns[column].alignment]
        if align:
            if align == 0.5:
                left, right = rect.left(), rect.right() + 1
            slack = right - left - sum(map(run_width, runs))
            left += max(0, int(slack * align))
        middle = rect.top() + (rect.height() - 1) / 2
        for run in runs:
            left = self._paint_run(painter, run, left, right, middle, ground)
            if left >= right:
                break

    def _paint_arrow(self, painter: QPainter, rect: QRect, right: int) -> int:
        side = style.px(12)
        top = rect.top() + (rect.height() - side) // 2
        picture = icons.pixmap("right", 12, "accent", painter.device().devicePixelRatioF())
        painter.drawPixmap(right - side, top, picture)
        return right - side - style.px(6)

    def _paint_run(
        self, painter: QPainter, run: Run, left: int, right: int, middle: float, ground: str
    ) -> int:
        left += style.px(run.gap)
        if run.mark:
            size = run.size if run.size != 13 else 12
            side = style.px(size)
            ratio = painter.device().devicePixelRatioF()
            ink = None if run.tone == "ink" else run.tone
            picture = marks.pixmap(run.mark, size, ratio, ink, ground)
            painter.drawPixmap(left, round(middle - side / 2 + 0.5), picture)
            return left + side
        width = advance(run.text, run.size, run.bold)
        text = run.text
        if width > right - left:
            if right - left < style.px(14):
                return right
            text, width = cut(text, run.size, run.bold, right - left), right - left
        if run.ground:
            self._paint_run_ground(painter, run.ground, left, width, middle)
        painter.setFont(style.font(run.size, run.bold, run.struck))
        painter.setPen(style.colour(run.tone))
        painter.drawText(left, round(middle + _above_baseline(run.size, run.bold)), text)
        return left + (style.px(run.column) if run.column else width)

    def _paint_run_ground(
        self, painter: QPainter, token: str, left: int, width: int, middle: float
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(token))
        half = style.px(10)
        painter.drawRoundedRect(QRectF(left - 5, middle - half, width + 10, 2 * half), 4, 4)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, line: HeadingLine, row: int) -> None:
        painter.fillRect(rect, style.colour("window"))
        hair = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(hair, style.colour("line"))
        painter.save()
        painter.setClipRect(rect)  # each cell draws its share of the line across the table
        middle = rect.top() + (rect.height() - 1) / 2
        right = self._view.viewport().width() - style.px(16)
        left = style.px(PAGE_MARGIN) - self._view.horizontalScrollBar().value()
        runs = [Run(line.heading.title, bold=True), Run(f"{line.count:,}", 12, tone="ink3", gap=8)]
        if line.heading.sentence:
            runs.append(Run(line.heading.sentence, 12, tone="ink3", gap=12))
        for run in runs:
            left = self._paint_run(painter, run, left, right, middle, "window")
        if line.heading.foldable:
            word = Run("展开" if line.folded else "收起", 12, tone="accent")
            self._paint_run(painter, word, right - run_width(word), right, middle, "window")
        if row == self._view.current_line and self._view.frame_is_shown:
            whole = QRect(0, rect.top(), self._view.viewport().width(), rect.height())
            self._paint_frame(painter, whole, False)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the whole text where it is cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        model = self._view.table_model
        if model.id_at(index.row()) is None:
            return False
        left, right = self.inner(option.rect, index.column())
        wanted = sum(map(run_width, model.runs(index.row(), index.column())))
        shown = model.text(index.row(), index.column()) if wanted > right - left else ""
        if model.columns[index.column()].kind == "mark":
            shown = model.text(index.row(), index.column())
        QToolTip.showText(event.globalPos(), plain_tip(shown), view)
        return True
