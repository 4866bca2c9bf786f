"""Where one is on a way of several steps: small words in a header, or dots on a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import marks, style
from ui.shared.chip import StateWord
from ui.shared.layouts import across, cleared, down
from ui.shared.table_paint import advance
from ui.shared.text import Text


class StepCrumbs(QWidget):
    """✓ 选文件 › ✓ 对列 › 3 预览 › 4 完成. Example: `StepCrumbs(["选文件", "对列"]); .go(1)`."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = list(steps)
        self._line = across(gap=8)
        self.setLayout(self._line)
        self.go(0)

    def go(self, current: int) -> None:
        """Mark the steps before `current` as done."""
        cleared(self._line)
        for number, step in enumerate(self._steps):
            if number:
                self._line.addWidget(Text("›", size=12, tone="ink3"))
            word = f"✓ {step}" if number < current else f"{number + 1} {step}"
            here = number == current
            self._line.addWidget(Text(word, 12, here, "accent" if here else "ink2"))
        self.setAccessibleName(f"第{current + 1}步，共{len(self._steps)}步：{self._steps[current]}")


class StepsColumn(QWidget):
    """The steps of first run one below the other, each with what it is about.

    Example: `StepsColumn([("公司和制度", "东南事业部"), ("花名册", "人从哪里来")]).go(1)`.
    """

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._steps = list(steps)
        self._column = down(gap=18)
        self.setLayout(self._column)
        self.go(0)

    def go(self, current: int) -> None:
        """Mark the steps before `current` as done."""
        cleared(self._column)
        for number, (title, note) in enumerate(self._steps):
            mark = "tick" if number < current else "empty"
            glyph: QWidget = _Here() if number == current else StateWord(mark, "")
            tone = "ink" if number <= current else "ink2"
            words = down(
                Text(title, 14, number == current, tone), Text(note, 12, tone="ink2"), gap=2
            )
            line = across(glyph, words, gap=12)
            line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            self._column.addLayout(line)
        self.setAccessibleName(f"第{current + 1}步，共{len(self._steps)}步")


class _Here(QWidget):
    """The dot at the current step."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(style.px(12), style.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("accent"))
        side = style.px(9)
        painter.drawEllipse(QRectF(style.px(1.5), (self.height() - side) / 2, side, side))


class StepsLine(QWidget):
    """Dots on a line with a word and a date under each: the states of a form.

    Example: `StepsLine().show_steps([("待打印", "11-14"), ("待签回", "已6天")], current=1)`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[tuple[str, str]] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[tuple[str, str]], current: int) -> None:
        """Show these (word, note) pairs; those before `current` are done."""
        self._steps, self._current = steps, current
        said = "，".join(f"{word} {note}".strip() for word, note in steps[: current + 1])
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(style.px(110) * max(len(self._steps), 1), style.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        part = min(self.width() // max(len(self._steps), 1), style.px(132))
        y = style.px(10)
        for number, (word, note) in enumerate(self._steps):
            left = number * part
            if number + 1 < len(self._steps):
                done = number < self._current
                painter.setPen(QPen(style.colour("accent" if done else "line2"), 1.5))
                painter.drawLine(QPointF(left + style.px(17), y), QPointF(left + part - 4, y))
            self._paint_dot(painter, number, left, y)
            here = number == self._current
            painter.setFont(style.font(13, here))
            painter.setPen(style.colour("ink" if number <= self._current else "ink2"))
            box = QRect(left, style.px(22), part, style.px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
            box.adjust(advance(word, 13, here) + style.px(6), 0, 0, 0)
            painter.setFont(style.font(12))
            painter.setPen(style.colour("ink2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_dot(self, painter: QPainter, number: int, left: int, y: int) -> None:
        side = style.px(12)
        box = QRectF(left, y - side / 2, side, side)
        if number < self._current:
            marks.paint(painter, box, "tick", ink="accent")
        elif number == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("accent"))
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        else:
            marks.paint(painter, box, "empty")
