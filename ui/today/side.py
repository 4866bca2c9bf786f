"""The right column of 今日: leaver lists of the month, how new the lists are, the month so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import style
from ui.shared.detail_panel import Line, PanelLine, facts_grid
from ui.shared.layouts import across, cleared, down, hairline, on_ground, region
from ui.shared.text import Text
from wxadmin.services.leaver_grid import MISSING, GridCell, month_word
from wxadmin.services.reminders import ListAge, Today


class TodaySide(QWidget):
    """`show_today(today)`; a line of the leaver lists answers with `chosen(cell)`."""

    def __init__(self, chosen: Callable[[GridCell], Any]) -> None:
        super().__init__()
        on_ground(self, "panel")
        self.setMinimumWidth(style.px(280))
        self._chosen = chosen
        self._body = down(gap=0, margins=(20, 18, 16, 16))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(region(self._body))
        self.setLayout(down(scroll, gap=0))

    def show_today(self, today: Today) -> None:
        """Show the column for this day."""
        cleared(self._body)
        month = month_word(today.leaver_month)
        handed = f"已交 {today.handed_in} / {len(today.leaver_lists)}"
        self._head(f"{month}离职清单", handed)
        if not today.leaver_lists:
            self._body.addWidget(Text("还没有人事来源交过花名册。", tone="ink3", wrap=True))
        for cell in today.leaver_lists:
            self._body.addWidget(self._line(cell, today))
            self._body.addWidget(hairline())
        self._body.addSpacing(style.px(20))
        self._head("手里的名单有多新")
        self._body.addLayout(facts_grid([(age.label, age_text(age, today)) for age in today.ages]))
        self._body.addSpacing(style.px(20))
        self._head("本月")
        facts = [(m.label, f"{m.started} 人，办结 {m.closed}") for m in today.months]
        facts.append(("账号", f"{today.accounts:,} 个，在用 {today.accounts_in_use:,}"))
        self._body.addLayout(facts_grid(facts))
        self._body.addStretch(1)

    def _head(self, title: str, aside: str = "") -> None:
        line = across(Text(title, size=14, bold=True), None, Text(aside, size=12, tone="ink2"))
        self._body.addLayout(line)
        self._body.addSpacing(style.px(6))

    def _line(self, cell: GridCell, today: Today) -> PanelLine:
        missing = cell.state == MISSING
        return PanelLine(
            Line(
                cell.source.name,
                cell.mark,
                cell.text(today.on),
                bold=missing,
                tone="red" if missing else "ink",
                on_click=lambda: self._chosen(cell),
            )
        )


def age_text(age: ListAge, today: Today) -> str:
    """How new a list is, in words: 11月3日，17天前; the oldest group's with its name."""
    if age.taken_on is None or age.days is None:
        return "还没有"
    if age.what:
        return f"最旧 {age.days}天（{age.what}）"
    year = "" if age.taken_on.year == today.on.year else f"{age.taken_on.year}年"
    day = f"{year}{age.taken_on.month}月{age.taken_on.day}日"
    return f"{day}，今天" if age.days == 0 else f"{day}，{age.days}天前"
