"""Two desks without a service, for the tests of the frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.actions import DeskAct
from ui.desk import Desk
from ui.shared.detail_panel import DetailPanel


class PlainDesk(Desk):
    title = "甲"
    built = 0

    def __init__(self, context):
        super().__init__(context)
        type(self).built += 1
        self.refreshed = 0
        self.opened = None
        self.printed = 0
        self.put(QLabel("内容", textFormat=Qt.TextFormat.PlainText))
        self.set_side(DetailPanel())

    def refresh(self):
        self.refreshed += 1

    def open(self, key):
        self.opened = key

    def actions(self):
        return [DeskAct("print", "打印", self._print)]

    def _print(self):
        self.printed += 1

    def status_text(self):
        return "3 行"


class OtherDesk(PlainDesk):
    title = "乙"
    built = 0
