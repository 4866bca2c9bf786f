"""办理小窗: who is next in WeCom's console, his id to be copied in one click, a tick when done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui import memory, style
from ui.desk import Context
from ui.shared.bands import Notice
from ui.shared.buttons import Button, filled, plain, words
from ui.shared.layouts import across, cleared, down, hairline, on_ground, region
from ui.shared.text import Text, spaced_phone
from wxadmin.domain.errors import UserError
from wxadmin.services.console_tasks import PUT_IN, TAKE_OUT, ConsoleTask, ConsoleTasks
from wxadmin.services.history import History

WIDTH, HEIGHT = 320, 390
_PLACE = "console_window/place"
_SHOWN_FOR = 1500
_shown: list[ConsoleWindow] = []


def show_console_window(context: Context) -> ConsoleWindow:
    """Show the small window, or raise the one that is there."""
    for window in _shown:
        if window.context is context:
            window.read()
            window.come()
            return window
    window = ConsoleWindow(context)
    _shown.append(window)
    window.come()
    return window


class ConsoleWindow(QWidget):
    """One task at a time. Enter ticks it off; ← and → go back and on without ticking."""

    def __init__(self, context: Context) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.context = context
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle("办理小窗")
        self.setAccessibleName("办理小窗")
        on_ground(self, "content")
        self.tasks: list[ConsoleTask] = []
        self.at = 0
        self.copies: dict[str, Button] = {}
        self.undone: int | None = None
        self._body = down(gap=0, margins=(16, 14, 16, 10))
        self._said = Text("", 12, tone="ink3", elide=True)
        self.undo = words("撤销", on_click=self.take_back).slim()
        self.back = plain("上一个", on_click=lambda: self.go(-1)).slim()
        self.next = plain("先跳过", on_click=lambda: self.go(1)).slim()
        self.done = filled("办好了", "tick", self.tick)
        foot = region(down(
            across(self._said, self.undo, gap=4),
            across(self.back, self.next, None, self.done, gap=8), gap=6, margins=(16, 8, 16, 12),
        ), "panel")  # fmt: skip
        whole = down(region(self._body), None, hairline(), foot, gap=0)
        self.setLayout(whole)
        self.setFixedSize(style.px(WIDTH), style.px(HEIGHT))
        context.messages.window().destroyed.connect(self._window_gone)
        self.read()

    # -- which task -----------------------------------------------------------------------------

    def read(self) -> None:
        """Read anew what is open; the task in view stays where it still is."""
        before = self.task()
        self.tasks = ConsoleTasks(self.context.services).all()
        keys = [task.key for task in self.tasks]
        self.at = keys.index(before.key) if before is not None and before.key in keys else self.at
        self.at = max(0, min(self.at, len(self.tasks) - 1))
        self._show()

    def task(self) -> ConsoleTask | None:
        """The task in view."""
        return self.tasks[self.at] if 0 <= self.at < len(self.tasks) else None

    def go(self, step: int) -> None:
        """To the next or the one before, round and round."""
        if self.tasks:
            self.at = (self.at + step) % len(self.tasks)
            self._show()

    # -- acts -----------------------------------------------------------------------------------

    def tick(self) -> None:
        """It was done in the console: record it and copy the next id."""
        task = self.task()
        if task is None or not self.done.isEnabled():
            return
        try:
            ConsoleTasks(self.context.services).done(task)
        except UserError as refusal:
            self._said.setText(refusal.message)
            return
        last = self.context.services.journal.operations(1)
        self.undone = last[-1].id if last else None
        self.read()
        self.context.refresh()
        self._said.setText(f"已记下：{task.name}")
        self.undo.setVisible(self.undone is not None)
        if (following := self.task()) is not None and following.userid:
            self.copy("账号", following.userid)

    def take_back(self) -> None:
        """Take the last tick back."""
        if self.undone is None:
            return
        try:
            History(self.context.services).undo(self.undone)
        except UserError as refusal:
            self._said.setText(refusal.message)
            return
        self.undone = None
        self.read()
        self.context.refresh()
        self._said.setText("已撤销")

    def copy(self, what: str, value: str) -> None:
        """Put a value on the clipboard and say so on its button."""
        QGuiApplication.clipboard().setText(value)
        button = self.copies.get(what)
        if button is not None:
            button.say("已复制")
            QTimer.singleShot(_SHOWN_FOR, button, lambda: button.say("复制"))

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        cleared(self._body)
        self.copies.clear()
        self.undo.setVisible(self.undone is not None)
        task, many = self.task(), len(self.tasks)
        self.back.setVisible(many > 1)
        self.next.setVisible(many > 1)
        self.done.setVisible(task is not None)
        if task is None:
            self._said.setText("")
            self._body.addWidget(Text("后台没有要办的了", size=17, bold=True))
            self._body.addSpacing(style.px(8))
            told = "入职、调岗、离职办理里要在后台做的，会一个个列在这里。"
            self._body.addWidget(Text(told, tone="ink2", wrap=True))
            return
        self._said.setText(f"第 {self.at + 1} 个，共 {many} 个")
        self._fill(task)
        self.done.setEnabled(not task.first)
        self.setFixedHeight(style.px(HEIGHT))

    def _fill(self, task: ConsoleTask) -> None:
        mark = f"{task.kind}　{task.event_on:%m-%d}"
        self._body.addWidget(Text(mark, 12, tone="red" if task.act == TAKE_OUT else "accent"))
        name = across(Text(task.name, size=18, bold=True), Text(task.emp_no, 12, tone="ink3"), None)
        self._body.addLayout(name)
        place = "　".join(filter(None, (task.place.replace("/", " / "), task.position)))
        self._body.addWidget(Text(place, 12, tone="ink2", elide=True))
        self._body.addSpacing(style.px(10))
        for what, value, shown in (
            ("账号", task.userid, task.userid),
            ("手机", task.mobile, spaced_phone(task.mobile)),
            ("姓名", task.name, task.name),
        ):
            self._body.addLayout(self._line(what, value, shown))
        if task.act == PUT_IN:
            self._body.addLayout(self._line("部门", task.place, task.place))
        self._body.addSpacing(style.px(8))
        self._body.addWidget(Text(task.what, tone="ink2", wrap=True))
        if task.first:
            self._body.addSpacing(style.px(8))
            self._body.addWidget(Notice("stuck", "这一步还不能办", task.first))

    def _line(self, what: str, value: str, shown: str) -> Any:
        label = Text(what, 12, tone="ink3")
        label.setFixedWidth(style.px(40))
        text = Text(shown or "—", bold=bool(value), tone="ink" if value else "ink3", elide=True)
        copy = plain("复制", on_click=lambda: self.copy(what, value)).slim()
        copy.setAccessibleName(f"复制{what} {value}")
        copy.setEnabled(bool(value))
        self.copies[what] = copy
        line = across(label, text, copy, gap=8, margins=(0, 2, 0, 2))
        line.setStretch(1, 1)
        return line

    # -- the window -----------------------------------------------------------------------------

    def come(self) -> None:
        """Show it at the place it had, else in the corner at the right."""
        if not self.isVisible():
            kept = memory.value(_PLACE, None)
            area = QGuiApplication.primaryScreen().availableGeometry()
            corner = QPoint(area.right() - self.width() - 24, area.top() + 80)
            place = QPoint(*kept) if isinstance(kept, list) and len(kept) == 2 else corner
            self.move(place if area.contains(place) else corner)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.activateWindow()
        (self.done if self.task() is not None else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tick()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        memory.keep(_PLACE, [self.x(), self.y()])
        if self in _shown:
            _shown.remove(self)
        super().closeEvent(event)

    def _window_gone(self) -> None:
        if self in _shown:
            _shown.remove(self)
        self.deleteLater()
