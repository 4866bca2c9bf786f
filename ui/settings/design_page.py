"""What 表单样式 and 台账样式 share: fields at the left, the live sheet at the right, 保存样式."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QWidget

from ui import style
from ui.settings.design_words import in_chinese
from ui.settings.form_parts import Part
from ui.settings.page import SettingsPage
from ui.shared.buttons import Button, filled, ghost, plain
from ui.shared.inputs import ChoiceInput
from ui.shared.layouts import across, down, hairline, region
from ui.shared.paper_out import show_pages
from ui.shared.paper_preview import PaperPreview
from ui.shared.text import Text
from ui.shared.toolbar import FilterWords
from wxadmin.domain.errors import UserError
from wxadmin.services.designs import DEFAULT, Designs

if TYPE_CHECKING:
    from ui.desk import Desk

WIDTH = 430
WAIT = 120
"""Milliseconds after the last key before the sheet is drawn anew."""
LOOKS = (("filled", "填好的样子"), ("blank", "空白表"))
Titled = tuple[str, str, QWidget]
"""A part of the page: its key, its word, its fields."""


class DesignPage(SettingsPage):
    """A kind of paper is named by its id; override `make_designs`, and what a save is besides."""

    def __init__(self, desk: Desk, parts: Sequence[Titled], what: str) -> None:
        super().__init__(desk)
        self.designs: Designs[Any] = self.make_designs()
        self.kind = ""
        self._saved: Any = None
        self._unsaved: dict[str, Any] = {}
        self._showing = False
        self._titled = parts
        self.parts = {key: part for key, _, part in parts if isinstance(part, Part)}
        self.kinds = ChoiceInput([])
        self.kinds.setAccessibleName(what)
        self.kinds.edited.connect(lambda: self.show_kind(str(self.kinds.value())))
        self.words = FilterWords([(key, word) for key, word, _ in parts])
        self.looks = FilterWords(LOOKS)
        self.preview = PaperPreview()
        self.said = Text("", tone="ink2", wrap=True)
        self.save_button = filled("保存样式", on_click=self.save)
        self.drop_button = ghost("不改了", on_click=self.drop)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT)
        self._clock.timeout.connect(self.draw)
        self._lay_out()
        for part in self.parts.values():
            part.changed.connect(self._edited)
        self.words.chosen.connect(self._show_part)
        self.looks.chosen.connect(lambda _: self.draw())

    def make_designs(self) -> Designs[Any]:
        """Return what reads and changes the designs, read anew."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for _, _, part in self._titled:
            self._stack.addWidget(_scrolled(part))
        top = down(self.kinds, across(self.words, None), gap=6, margins=(20, 8, 16, 6))
        foot = down(
            self.said,
            across(self._more_button(), None, self.drop_button, self.save_button),
            gap=8, margins=(20, 8, 16, 10),
        )  # fmt: skip
        left = region(down(region(top), self._stack, hairline(), region(foot), gap=0))
        left.setFixedWidth(style.px(WIDTH))
        looks = region(across(self.looks, None, margins=(12, 4, 16, 0)), "window")
        right = region(down(looks, self.preview, gap=0))
        line = across(left, hairline(vertical=True), right, gap=0)
        line.setStretch(2, 1)
        self.setLayout(line)

    def _more_button(self) -> Button:
        button = plain("以前的样式", "down")

        def open_menu() -> None:
            menu = QMenu(self)
            for text, version in self.former():
                menu.addAction(text).triggered.connect(lambda _=False, v=version: self.use(v))
            menu.exec(button.mapToGlobal(button.rect().topLeft()))

        button.clicked.connect(open_menu)
        return button

    # -- showing --------------------------------------------------------------------------------
    def refresh(self) -> None:
        self.designs = self.make_designs()
        lines = self.designs.kinds()
        names = [(line.kind, f"{line.title}（自己的样式）" if line.is_own else line.title)
                 for line in lines]  # fmt: skip
        self.kinds.set_choices(names)
        known = [line.kind for line in lines]
        self.show_kind(self.kind if self.kind in known else known[0])
        if self.designs.refusals:
            self.context.messages.error(self.designs.refusals[0])

    def open(self, key: str) -> None:
        self.show_kind(key)

    def show_kind(self, kind: str) -> None:
        """Show a paper; what was begun with it and not saved is still there."""
        self.kind = kind
        self.kinds.set_value(kind)
        self._saved = self.designs.design(kind)
        self._showing = True
        for part in self.parts.values():
            part.show_design(self._unsaved.get(kind, self._saved))
        self.show_besides()
        self._showing = False
        self.draw()

    def show_besides(self) -> None:
        """Show what is no part of a design."""

    def _show_part(self, key: str) -> None:
        self._stack.setCurrentIndex([one for one, _, _ in self._titled].index(key))

    def status_text(self) -> str:
        own = sum(line.is_own for line in self.designs.kinds())
        return f"{self.kinds.count()} 种，{own} 种用自己的样式"

    def former(self) -> list[tuple[str, int]]:
        """Return the designs one may go back to, in words; ours first."""
        found = [("程序自带的样式", DEFAULT)]
        for kept in self.designs.versions(self.kind):
            now = "，现在用的" if kept.is_current else ""
            found.append((f"第{kept.number}次改的（{kept.saved_on}{now}）", kept.version))
        return found

    # -- changing -------------------------------------------------------------------------------
    def typed(self) -> Any:
        """Return the design as it stands in the fields. Raises `UserError`."""
        design = self._saved
        for part in self.parts.values():
            design = part.taken(design)
        return design

    def _edited(self) -> None:
        if not self._showing:
            self._clock.start()

    def draw(self) -> None:
        """Draw the sheet as the fields say; what cannot be printed is said, the old one stays."""
        from ui import printing

        self._clock.stop()
        blank = self.looks.current() == "blank"
        try:
            design = self.typed()
            drawn = self.designs.draw(self.kind, design)
            pages = self.designs.sheet(drawn, printing.measure, blank=blank)
        except UserError as refusal:
            self._say(in_chinese(refusal.message), "red", can_save=False)
            return
        show_pages(self.preview, pages)
        self._keep(design)
        lowered = "、".join(drawn.lowered[:2])
        more = f"等{len(drawn.lowered)}行" if len(drawn.lowered) > 2 else ""
        said = f"纸放不下，已把“{lowered}”{more}压低。" if lowered else self._standing()
        self._say(said, "amber" if lowered else "ink2", can_save=self.is_changed(design))

    def _keep(self, design: Any) -> None:
        if design == self._saved:
            self._unsaved.pop(self.kind, None)
        else:
            self._unsaved[self.kind] = design

    def is_changed(self, design: Any) -> bool:
        """Say whether there is anything to save."""
        return bool(design != self._saved)

    def _standing(self) -> str:
        if self.kind in self._unsaved:
            return "改了还没保存。以前填的表仍按原来的样子重印。"
        own = self.designs.in_use(self.kind) != DEFAULT
        return "用的是自己的样式。" if own else "用的是程序自带的样式。"

    def _say(self, sentence: str, tone: str, *, can_save: bool) -> None:
        self.said.setText(sentence)
        self.said.set_tone(tone)
        self.save_button.setEnabled(can_save)
        self.drop_button.setVisible(can_save or tone == "red")

    def save(self) -> None:
        """Use the design from now on; one click takes it back."""
        try:
            before = self.save_all(self.typed())
        except UserError as refusal:
            self.context.messages.error(refusal)
            return
        self._unsaved.pop(self.kind, None)
        self.context.messages.clear_error()
        self.context.refresh()
        more = f"，{len(before)} 种表都换了标志" if len(before) > 1 else ""
        said = f"已保存样式{more}，新打印的照这样印"
        self.context.messages.toast(said, lambda: self.take_back(before))

    def take_back(self, before: Mapping[str, int]) -> None:
        """Undo a save: the former designs again."""
        self.use_all(before)

    def save_all(self, design: Any) -> dict[str, int]:
        """Save this paper's design; return the versions before, by kind."""
        before = {self.kind: self.designs.in_use(self.kind)}
        self.designs.save(self.kind, design)
        return before

    def use(self, version: int) -> None:
        """Use a former design, or ours, at once."""
        kind, before = self.kind, self.designs.in_use(self.kind)
        if version != before and self.use_all({kind: version}):
            which = "程序自带的样式" if version == DEFAULT else "选的样式"
            self.context.messages.toast(f"已改用{which}", lambda: self.use_all({kind: before}))

    def use_all(self, versions: Mapping[str, int]) -> bool:
        """Put former designs in use; False where that was refused."""
        try:
            for kind, version in versions.items():
                self.designs.use(kind, version)
                self._unsaved.pop(kind, None)
        except UserError as refusal:
            self.context.messages.error(refusal)
            return False
        self.context.refresh()
        return True

    def drop(self) -> None:
        """Forget what was not saved."""
        self._unsaved.pop(self.kind, None)
        self.show_kind(self.kind)


def _scrolled(part: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(region(down(part, None, gap=0, margins=(20, 6, 16, 12)), "content"))
    return scroll
