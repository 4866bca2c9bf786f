"""The panel at the right: one thing with its state, facts, sections, history and acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QScrollArea, QSizePolicy, QWidget

from ui import style
from ui.shared.buttons import icon_button, words
from ui.shared.chip import Chip, StateWord
from ui.shared.history import Event, History
from ui.shared.layouts import across, cleared, down, on_ground, region
from ui.shared.text import Text
from wxadmin.domain.frozen import dataclass

Act = tuple[str, Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section: mark, text, what stands at the right, the proof or source beneath."""

    text: str
    mark: str | None = None
    right: str = ""
    note: str = ""
    bold: bool = False
    tone: str = "ink"
    on_click: Callable[[], Any] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a panel: lines, or any widget; an act as words at the right."""

    title: str
    aside: str = ""
    lines: Sequence[Line] = ()
    widget: QWidget | None = None
    link: Act | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """All that a detail panel shows.

    Example:
        Details("李志强", "工号 00326", chip=("tick", "在用"), kind="员工号　本人使用",
                facts=[("账号", "lizhiqiang"), ("部门", "供应链二区 / 计划与采购部")],
                sections=[Section("群组", "在 3，应加 1", [Line("莆田一厂", "plus", "应加未加")])],
                history=[Event("职务 采购主管 改为 副经理", "09-01 10:40", "9月花名册")],
                acts=[plain("停用账号", on_click=…)])
    """

    name: str
    note: str = ""
    chip: tuple[str, str] | None = None
    kind: str = ""
    notice: QWidget | None = None
    facts: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    history: Sequence[Event] = ()
    history_link: Act | None = None
    acts: Sequence[QWidget] = ()
    more: Sequence[Act] = ()


class DetailPanel(QWidget):
    """`show_details(details)`; `closed` when × was pressed. F4 is the window's affair."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        on_ground(self, "panel")
        self.setMinimumWidth(style.px(280))
        self._head = down(gap=6, margins=(20, 14, 12, 8))
        self._body = down(gap=0, margins=(20, 4, 16, 12))
        self._acts = across(gap=8, margins=(20, 12, 16, 12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(region(self._body))
        self._scroll = scroll
        self.setLayout(down(self._head, scroll, self._acts, gap=0))

    def show_details(self, details: Details) -> None:
        """Show this thing instead of what was shown."""
        for part in (self._head, self._body, self._acts):
            cleared(part)
        self._fill_head(details)
        self._fill_body(details)
        for act in details.acts:
            self._acts.addWidget(act)
        self._acts.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def show_nothing(self, sentence: str = "选一行，这里看详情。") -> None:
        """Nothing is chosen: one quiet sentence."""
        for part in (self._head, self._body, self._acts):
            cleared(part)
        self._body.addWidget(Text(sentence, tone="ink3", wrap=True))
        self._body.addStretch(1)

    def _fill_head(self, details: Details) -> None:
        name = Text(details.name, size=18, bold=True, elide=True, selectable=True)
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        note = Text(details.note, size=12, tone="ink2", elide=True)
        things: list[Any] = [name, note]
        if details.more:
            button = icon_button("more", "更多")
            button.clicked.connect(lambda: self._open_menu(button, details.more))
            things.append(button)
        things.append(icon_button("close", "关闭侧栏", self.closed.emit))
        line = across(*things, gap=8)
        line.setStretch(1, 1)
        self._head.addLayout(line)
        if details.chip or details.kind:
            chip = [Chip(*details.chip)] if details.chip else []
            self._head.addLayout(across(*chip, Text(details.kind, tone="ink2"), None, gap=8))

    def _open_menu(self, button: QWidget, acts: Sequence[Act]) -> None:
        menu = QMenu(self)
        for text, act in acts:
            menu.addAction(text).triggered.connect(lambda _=False, act=act: act())
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

    def _fill_body(self, details: Details) -> None:
        if details.notice is not None:
            self._body.addWidget(details.notice)
            self._body.addSpacing(style.px(12))
        if details.facts:
            self._body.addLayout(facts_grid(details.facts))
        for section in details.sections:
            self._add_section(section)
        if details.history:
            events = History()
            events.show_events(details.history)
            self._add_section(Section("历史", widget=events, link=details.history_link))
        self._body.addStretch(1)

    def _add_section(self, section: Section) -> None:
        self._body.addSpacing(style.px(16))
        head: list[Any] = [Text(section.title, size=14, bold=True)]
        if section.aside:
            head.append(Text(section.aside, size=12, tone="ink2"))
        head.append(None)
        if section.link is not None:
            head.append(words(section.link[0], on_click=section.link[1]))
        self._body.addLayout(across(*head, gap=8))
        self._body.addSpacing(style.px(4))
        if section.widget is not None:
            self._body.addWidget(section.widget)
        for line in section.lines:
            self._body.addWidget(PanelLine(line))


class PanelLine(QWidget):
    """A line of a section as a widget; clickable and focusable if it has an act."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._act = line.on_click
        texts = across(Text(line.text, bold=line.bold, tone=line.tone, elide=True), gap=8)
        if line.right:
            texts.addWidget(Text(line.right, size=12, tone="ink2"))
        body = down(texts, gap=0)
        if line.note:
            body.addWidget(Text(line.note, size=12, tone="ink2", wrap=True))
        glyph = [StateWord(line.mark, "")] if line.mark else []
        whole = across(*glyph, body, gap=10, margins=(1, 3, 0, 3))
        for mark in glyph:
            whole.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        whole.setStretch(len(glyph), 1)
        self.setLayout(whole)
        if self._act is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setAccessibleName(f"{line.text} {line.right}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._act is not None and self.rect().contains(event.position().toPoint()):
            self._act()

    def keyPressEvent(self, event: Any) -> None:
        if self._act is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._act()
            return
        super().keyPressEvent(event)


def facts_grid(facts: Sequence[tuple[str, str]], label: int = 68) -> QGridLayout:
    """Labels in ink3 with their values, one under another."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.px(8))
    grid.setVerticalSpacing(style.px(8))
    grid.setColumnMinimumWidth(0, style.px(label))
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for row, (name, value) in enumerate(facts):
        grid.addWidget(Text(name, tone="ink3"), row, 0, top)
        grid.addWidget(Text(value or "—", wrap=True, selectable=True), row, 1, top)
    return grid


def footer(*things: Any) -> QWidget:
    """The foot of a desk, 56 px on panel ground: `footer(ghost("返回"), None, sum_text, act)`."""
    from ui.shared.layouts import hairline

    line = across(*things, gap=8, margins=(20, 0, 16, 0))
    column = down(hairline(), region(line), gap=0)
    column.setStretch(1, 1)
    whole = region(column, "panel")
    whole.setFixedHeight(style.px(56))
    return whole
