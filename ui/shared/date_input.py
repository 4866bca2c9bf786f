"""A day, typed in any of the usual ways or taken from a calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from ui import icons
from ui.shared.inputs import LineInput


class DateInput(LineInput):
    """A day, typed (2026-11-18, 2026/11/18, 20261118, 11-18) or taken from a calendar."""

    def __init__(self, placeholder: str = "年-月-日") -> None:
        super().__init__(placeholder)
        self._open = self.addAction(icons.icon("calendar", "ink2", 16),
                                    QLineEdit.ActionPosition.TrailingPosition)  # fmt: skip
        self._open.setText("打开日历")
        self._open.triggered.connect(self._choose)
        icons.wear(self._open, "calendar", "ink2", 16)

    def value(self) -> Any:
        """The day; None when empty; the text when it is no day."""
        text = self.text().strip()
        if not text:
            return None
        return read_day(text) or text

    def set_value(self, value: Any) -> None:
        """Show a day as 2026-11-18."""
        self.setText(value.isoformat() if isinstance(value, date) else str(value or ""))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if isinstance(day := self.value(), date):
            self.set_value(day)
        super().focusOutEvent(event)

    def _choose(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if isinstance(day := self.value(), date):
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        held = QWidgetAction(menu)
        held.setDefaultWidget(calendar)
        menu.addAction(held)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(lambda chosen: (self._take(chosen), menu.close()))
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))

    def _take(self, chosen: QDate) -> None:
        self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
        self.edited.emit()
        self.left.emit()


def read_day(text: str) -> date | None:
    """A day as people type it; None when there is no such day."""
    parts = re.findall(r"\d+", text)
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) == 2:
        parts = [str(QDate.currentDate().year()), *parts]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None
