"""界面: light or dark, and how large the text is; both at once and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import memory, style
from ui.settings.page import SettingsPage, article, section
from ui.shared.layouts import across, down
from ui.shared.toolbar import FilterWords

if TYPE_CHECKING:
    from ui.desk import Desk


class LookPage(SettingsPage):
    """Nothing here is written into the register."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.modes = FilterWords(list(style.MODES.items()))
        self.sizes = FilterWords(list(style.TEXT_SIZE_WORDS.items()))
        self.modes.choose(style.look.mode)
        self.sizes.choose(style.look.text_size)
        self.modes.chosen.connect(self.set_mode)
        self.sizes.chosen.connect(self.set_size)
        parts = (
            section("颜色", "跟随系统：Windows 换浅色深色，这里跟着换。纸面总是白底黑字。"),
            across(self.modes, None), 12,
            section("字号", "全部文字和行高一起变，立即生效。"),
            across(self.sizes, None),
        )  # fmt: skip
        self.setLayout(down(article(*parts), gap=0))

    def set_mode(self, mode: str) -> None:
        """浅色, 深色, 跟随系统."""
        if mode != style.look.mode:
            memory.keep("look/mode", mode)
            memory.save()
            style.look.set_mode(mode)

    def set_size(self, size: str) -> None:
        """标准, 大, 特大; the desks are built anew at their new size."""
        if size != style.look.text_size:
            memory.keep("look/size", size)
            memory.save()
            style.look.set_text_size(size)
