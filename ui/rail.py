"""The rail at the left: desks in groups with their counts, and where one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, style
from ui.desks import FOOT, DeskEntry
from ui.shared.layouts import down, on_ground, region
from ui.shared.text import Text, tip

WIDE, SLIM = 156, 72


class RailItem(QAbstractButton):
    """One desk: icon, word, and the number of things to do there."""

    def __init__(self, entry: DeskEntry) -> None:
        super().__init__()
        self.entry, self.count, self.slim = entry, 0, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus to the desk
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tip(self, f"{entry.title}　{entry.shortcut}")

    def set_count(self, count: int) -> None:
        """Change the number of things to do."""
        self.count = count
        self.setAccessibleName(f"{self.entry.title} {count}" if count else self.entry.title)
        self.update()

    def sizeHint(self) -> QSize:
        if self.slim:
            return QSize(style.px(SLIM), style.height(44))
        return QSize(style.px(WIDE), style.height(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            down_ = event.key() == Qt.Key.Key_Down
            (self.focusNextChild if down_ else self.focusPreviousChild)()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = style.px(4 if self.slim else 8)
        ground = QRectF(self.rect()).adjusted(margin, 0, -margin, 0)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("content"))
            painter.drawRoundedRect(ground, 5, 5)
            painter.setBrush(style.colour("accent"))
            high = style.px(20)
            bar = QRectF(ground.left(), (self.height() - high) / 2, 3, high)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        (self._paint_slim if self.slim else self._paint_wide)(painter)
        if self.hasFocus():
            painter.setPen(style.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _picture(self) -> tuple[int, object]:
        side = 18
        token = "accent" if self.isChecked() else "ink2"
        return style.px(side), icons.pixmap(self.entry.icon, side, token, self.devicePixelRatioF())

    def _paint_wide(self, painter: QPainter) -> None:
        side, picture = self._picture()
        painter.drawPixmap(style.px(20), (self.height() - side) // 2, picture)
        painter.setFont(style.font(13, self.isChecked()))
        painter.setPen(style.colour("ink"))
        words = self.rect().adjusted(style.px(48), 0, -style.px(20), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.entry.title)
        if self.count:
            painter.setFont(style.font(12))
            painter.setPen(style.colour("ink3"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words, int(flags), f"{self.count:,}")

    def _paint_slim(self, painter: QPainter) -> None:
        side, picture = self._picture()
        top = (self.height() - side - style.px(16)) // 2
        painter.drawPixmap((self.width() - side) // 2, top, picture)
        painter.setFont(style.font(11, self.isChecked()))
        painter.setPen(style.colour("ink"))
        words = QRect(0, top + side, self.width(), style.px(17))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.entry.title)
        if self.count:
            self._paint_small_count(painter, top)

    def _paint_small_count(self, painter: QPainter, top: int) -> None:
        text = str(self.count) if self.count < 1000 else "999+"
        painter.setFont(style.font(11))
        wide = max(painter.fontMetrics().horizontalAdvance(text) + 8, style.px(16))
        left = min(self.width() / 2 + style.px(8), self.width() - wide - 3)
        box = QRectF(left, top - 2, wide, style.px(15))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("line"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(style.colour("ink2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """`chosen(desk_id)`; `set_counts({"today": 10})`; slim under 1200 px."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[DeskEntry]) -> None:
        super().__init__()
        on_ground(self, "rail")
        self._items: dict[str, RailItem] = {}
        self._company = Text("", size=14, bold=True, elide=True)
        self._caption = Text("企业微信管理", size=11, tone="ink2")
        self._name = region(down(self._company, self._caption, 0, gap=0, margins=(18, 12, 8, 10)))
        column = down(self._name, gap=2)
        group = None
        for entry in entries:
            if entry.group == FOOT:
                column.addStretch(1)
            elif group is not None and entry.group != group:
                column.addSpacing(style.px(10))
            group = entry.group
            item = RailItem(entry)
            item.clicked.connect(lambda _=False, key=entry.id: self.chosen.emit(key))
            self._items[entry.id] = item
            column.addWidget(item)
        if group != FOOT:
            column.addStretch(1)
        column.addSpacing(style.px(8))
        self.setLayout(column)
        self.set_slim(False)
        style.look.changed.connect(self._relook)

    def _relook(self) -> None:
        self.set_slim(self._slim)

    def set_company(self, name: str) -> None:
        """The company's name at the top."""
        self._company.setText(name)

    def set_current(self, desk: str) -> None:
        """Mark where one is."""
        for key, item in self._items.items():
            item.setChecked(key == desk)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """The numbers of things to do."""
        for key in counts.keys() & self._items.keys():
            self._items[key].set_count(counts[key])

    def set_slim(self, slim: bool) -> None:
        """72 px with the word under the icon, or 156 px with the word beside it."""
        self._slim = slim
        self._name.setVisible(not slim)
        self.setFixedWidth(style.px(SLIM if slim else WIDE))
        for item in self._items.values():
            item.slim = slim
            item.setFixedSize(item.sizeHint())
            item.update()
