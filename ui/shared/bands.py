"""Bands across a desk: an error that stays until dealt with, and the brake above a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import icons, style
from ui.shared.buttons import icon_button, words
from ui.shared.layouts import across, down, on_ground
from ui.shared.text import Text

Link = tuple[str, Callable[[], Any]]


class IconLabel(QWidget):
    """An icon that follows mode and screen. Example: `IconLabel("alert", "red", 18)`."""

    def __init__(self, icon: str, token: str = "ink2", size: int = 18) -> None:
        super().__init__()
        self._what = (icon, size, token)
        self.setFixedSize(style.px(size), style.px(size))
        style.look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        icon, size, token = self._what
        picture = icons.pixmap(icon, size, token, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, picture)


class Band(QWidget):
    """A ground with a bar of 4 px at its left."""

    def __init__(self, ground: str = "red_s", bar: str = "red") -> None:
        super().__init__()
        on_ground(self, ground)
        self._bar = bar

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), style.colour(self.property("ground")))
        painter.fillRect(QRect(0, 0, 4, self.height()), style.colour(self._bar))


class ErrorBand(Band):
    """What, why, what to do, and that nothing was changed; one link; stays until dealt with.

    `details` go to the clipboard behind 复制详情; `closed` when the user has read it.
    """

    closed = Signal()

    def __init__(self, sentence: str, link: Link | None = None, details: str = "") -> None:
        super().__init__()
        self._text = Text(sentence, wrap=True, selectable=True)
        self.setAccessibleName(sentence)
        things: list[Any] = [IconLabel("alert", "red", 16), self._text]
        if details:
            copy = words("复制详情", on_click=lambda: QGuiApplication.clipboard().setText(details))
            things.append(copy)
        if link is not None:
            things.append(words(link[0], on_click=link[1]))
        things.append(icon_button("close", "关闭提示", self.closed.emit))
        line = across(*things, gap=12, margins=(22, 8, 12, 8))
        line.setStretch(1, 1)
        self.setLayout(line)

    def sentence(self) -> str:
        """What the band says."""
        return self._text.text()


class BrakeBand(Band):
    """The brake above a table: sentence 15 bold, reason, acts (likely cause first, 继续 last).

    Example: `BrakeBand("已暂停：…超过20%。", "请看是否选错文件…", [filled(…), plain(…), ghost(…)])`
    """

    def __init__(self, sentence: str, reason: str, acts: Sequence[QWidget]) -> None:
        super().__init__()
        self.setAccessibleName(sentence)
        body = down(
            Text(sentence, size=15, bold=True, wrap=True),
            Text(reason, tone="ink2", wrap=True),
            6,
            across(*acts, None, gap=8),
            gap=4,
        )
        icon = IconLabel("alert", "red", 20)
        line = across(icon, body, gap=16, margins=(22, 16, 20, 14))
        line.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)


class Notice(QWidget):
    """A quiet box in a panel: mark, bold sentence, reason, acts. Ground by `ground`.

    Example: `Notice("stuck", "还不能办结", "林国栋仍是4个群的群主。", [filled("办理群主转让")])`
    """

    def __init__(
        self,
        mark: str,
        sentence: str,
        reason: str = "",
        acts: Sequence[QWidget] = (),
        ground: str = "red_s",
    ) -> None:
        from ui.shared.chip import StateWord

        super().__init__()
        on_ground(self, ground)
        body = down(Text(sentence, bold=True, wrap=True), gap=4)
        if reason:
            body.addWidget(Text(reason, wrap=True))
        if acts:
            body.addLayout(across(*acts, None))
        glyph = StateWord(mark, "")
        line = across(glyph, body, gap=12, margins=(14, 10, 14, 10))
        line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)
