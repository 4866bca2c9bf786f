"""The head of a table: 12 px, one line beneath, the sorted column in bold with its arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu

from ui import icons, marks, style
from ui.shared.table_paint import PAGE_MARGIN, advance

if TYPE_CHECKING:
    from ui.shared.table_view import TableView

_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


class TableHead(QHeaderView):
    """Draws the titles; a click sorts, a right click (Ctrl+Shift+H) chooses columns, row height."""

    hide_column = Signal(str, bool)

    def __init__(self, view: TableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(style.px(36))
        self.setAccessibleName("表头")

    def sizeHint(self) -> QSize:
        lines = max((c.title.count("\n") + 1 for c in self._view.table_model.columns), default=1)
        return QSize(super().sizeHint().width(), style.height(30) + style.px(14) * (lines - 1))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, style.colour("content"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), style.colour("line2"))
        column = self._view.table_model.columns[section]
        if column.kind == "check":
            self._paint_tick_all(painter, rect)
            return
        is_sorted = column.key == self._view.table_model.sort_key
        painter.setFont(style.font(12, is_sorted))
        painter.setPen(style.colour("ink" if is_sorted else "ink2"))
        left = style.px(PAGE_MARGIN if section == self._view.first_column else 8)
        right = style.px(16 if section == self._view.last_column else 8)
        if column.alignment == "centre":
            left = right = 0
        inner = rect.adjusted(left, 0, -right, -1)
        title = column.title if "\n" in column.title else painter.fontMetrics().elidedText(
            column.title, Qt.TextElideMode.ElideRight, inner.width())  # fmt: skip
        flags = _FLAGS[column.alignment] | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(flags), title)
        if is_sorted:
            self._paint_arrow(painter, inner, column.title, column.alignment)

    def _paint_arrow(self, painter: QPainter, inner: QRect, title: str, align: str) -> None:
        width = advance(title, 12, True)
        left = inner.left() + width + 5 if align == "left" else inner.right() - width - style.px(15)
        if align == "centre":
            left = inner.center().x() + width // 2 + 3
        picture = icons.pixmap("down", 12, "ink", painter.device().devicePixelRatioF())
        top = inner.center().y() - style.px(6)
        painter.save()
        if not self._view.table_model.descending:
            painter.translate(0, 2 * inner.center().y())
            painter.scale(1, -1)
        painter.drawPixmap(left, top, picture)
        painter.restore()

    def _paint_tick_all(self, painter: QPainter, rect: QRect) -> None:
        model = self._view.table_model
        if model.rowCount() == 0:
            return
        shown = set(model.shown_ids())
        ticked = len(model.ticked & shown)
        box = self._view.row_delegate.box(rect.adjusted(0, 0, 0, -1))
        marks.paint_checkbox(painter, box, 0 < ticked == len(shown), partly=ticked > 0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open(event.globalPos())

    def open_menu(self) -> None:
        """The same menu by key, under the head."""
        self._open(self.mapToGlobal(self.rect().bottomLeft()))

    def _open(self, place: QPoint) -> None:
        menu = self.menu()
        if not menu.isEmpty():
            menu.exec(place)

    def menu(self) -> QMenu:
        """Which columns are shown, and whether the rows are compact."""
        menu = QMenu(self)
        for number, column in enumerate(self._view.table_model.columns):
            if column.priority > 1:
                act = menu.addAction(column.title.replace("\n", ""))
                act.setCheckable(True)
                act.setChecked(not self.isSectionHidden(number))
                act.toggled.connect(lambda on, key=column.key: self.hide_column.emit(key, not on))
        if self._view.may_be_compact():
            menu.addSeparator()
            act = menu.addAction("紧凑行高")
            act.setCheckable(True)
            act.setChecked(self._view.is_compact())
            act.toggled.connect(self._view.set_compact)
        return menu
