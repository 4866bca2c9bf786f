"""The right side of 表单: whose form, how far it is, the next act, and the paper itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from ui import style
from ui.forms.columns import WAY
from ui.shared.buttons import Button, filled, words
from ui.shared.layouts import across, cleared, down, hairline, on_ground, region
from ui.shared.paper_out import show_pages
from ui.shared.paper_preview import PaperPreview
from ui.shared.steps import StepsLine
from ui.shared.table_paint import advance
from ui.shared.text import Text

if TYPE_CHECKING:
    from wxadmin.paper.items import Page

Act = tuple[str, str, Callable[[], Any]]
"""Words on the button, its icon, what it does."""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands above the paper: `first` is the filled act, `links` are words, `more` a menu."""

    title: str
    name: str
    number: str
    steps: Sequence[tuple[str, str]]
    current: int
    sentence: str = ""
    tone: str = "ink2"
    first: Act | None = None
    links: Sequence[Act] = ()
    more: Sequence[Act] = ()


class SheetSide(QWidget):
    """Head, steps, words, and the paper on the window's ground."""

    def __init__(self) -> None:
        super().__init__()
        on_ground(self, "content")
        self.setMinimumWidth(style.px(330))
        self._title = across(gap=10, margins=(20, 0, 0, 0))
        self.steps = StepsLine()
        self._said = Text("", tone="ink2", wrap=True)
        self._links = across(gap=4, margins=(10, 0, 0, 0))  # so that words stand on the text's edge
        self.preview = PaperPreview()
        under = down(self.steps, self._said, gap=8, margins=(20, 0, 0, 0))
        head = down(self._title, under, self._links, gap=8, margins=(0, 12, 16, 8))
        self._head = region(head, "content")
        whole = down(self._head, hairline(), self.preview, gap=0)
        whole.setStretchFactor(self.preview, 1)
        self.setLayout(whole)
        self.first: Button | None = None
        self.show_nothing()

    def show_head(self, head: SheetHead) -> None:
        """Show whose form it is and what may be done with it."""
        self._clear()
        name = Text(f"{head.title}　{head.name}".strip(), size=17, bold=True, elide=True)
        number = Text(head.number, size=12, tone="ink2", selectable=True)
        name.setMaximumWidth(advance(name.text(), 17, True) + style.px(6))
        self._title.addWidget(name, 100)  # before the empty room gets anything
        self._title.addWidget(number)
        self._title.addStretch(1)
        if head.first is not None:
            text, icon, do = head.first
            self.first = filled(text, icon or None, do)
            self._title.addWidget(self.first)
        self.steps.show_steps(head.steps, head.current)
        self.steps.setVisible(bool(head.steps))
        self._said.setText(head.sentence)
        self._said.set_tone(head.tone)
        self._said.setVisible(bool(head.sentence))
        for text, icon, do in head.links:
            self._links.addWidget(words(text, icon or None, do))
        self._links.addStretch(1)
        if head.more:
            self._links.addWidget(self._menu_button(head.more))

    def show_nothing(self, sentence: str = "选一张表，这里看它的纸面。") -> None:
        """No form is chosen."""
        self._clear()
        self.steps.hide()
        self._said.setText(sentence)
        self._said.set_tone("ink3")
        self._said.show()
        self.preview.clear()

    def show_paper(self, pages: Sequence[Page]) -> None:
        """Put the sheet on the desk."""
        show_pages(self.preview, pages)

    def _clear(self) -> None:
        self.first = None
        cleared(self._title)
        cleared(self._links)

    def _menu_button(self, acts: Sequence[Act]) -> Button:
        button = words("更多", "more")
        button.setAccessibleName("这张表的其他办法")

        def open_menu() -> None:
            menu = QMenu(self)
            for text, _, do in acts:
                menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
            menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

        button.clicked.connect(open_menu)
        return button


def steps_of(paper_state: str, notes: Sequence[str]) -> tuple[list[tuple[str, str]], int]:
    """The four states of a sheet with their days, and which is the present one."""
    steps = list(zip(WAY, notes, strict=True))
    return steps, WAY.index(paper_state) if paper_state in WAY else -1
