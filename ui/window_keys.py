"""The keys of the window: desks, undo and redo, search, help; and those a desk brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ui.actions import DESK_KEYS, KEYS, DeskAct, bind
from ui.desk import Desk
from ui.desks import DeskEntry
from ui.shared.dialog import Thing
from wxadmin.domain.errors import UserError

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class WindowKeys:
    """Binds the keys once; what they do is asked of the window and the desk in view.

    `may(act)` says whether an act of a desk is one of this window's at all.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.may: Callable[[DeskAct], bool] = lambda act: True

    def bind_all(self, desks: Sequence[DeskEntry]) -> None:
        """Bind the keys that work everywhere in the window."""
        window = self._window
        for entry in desks:
            if entry.shortcut:
                bind(window, entry.shortcut, lambda key=entry.id: window.go(key))
        for name, keys in DESK_KEYS.items():
            bind(window, keys, lambda name=name: self._desk_act(name))
        bind(window, "Ctrl+F", lambda: self._with_desk(Desk.focus_search))
        bind(window, "F4", lambda: self._with_desk(Desk.show_side))
        bind(window, "F5", window.refresh)
        bind(window, "Ctrl+Z", lambda: self.take_back(window.links.undo, "没有可以撤销的。"))
        bind(window, "Ctrl+Y", lambda: self.take_back(window.links.redo, "没有可以恢复的。"))
        bind(window, "Ctrl+I", window.import_asked.emit)
        bind(window, "F1", self.show_help)
        bind(window, "Ctrl+/", self.show_keys)

    def bind_desk(self, desk: Desk) -> None:
        """Bind the keys a desk brings itself; they work while it is in view."""
        for act in desk.actions():
            if act.shortcut:
                bind(desk, act.shortcut, lambda name=act.id: self._desk_act(name))

    def take_back(self, act: Callable[[], str | None], otherwise: str) -> None:
        """Undo or redo, and say what was taken back, or why it cannot be."""
        window = self._window
        try:
            sentence = act()
        except UserError as refusal:
            window.messages.error(refusal)
            return
        if sentence:
            window.refresh()
        window.messages.toast(sentence or otherwise)

    def show_keys(self) -> None:
        """Ctrl+/: all keys, those of this desk first."""
        desk = self._window.current()
        acts = desk.actions() if desk is not None else []
        own = [act for act in acts if act.keys and self.may(act)]
        things = [Thing(act.text, right=act.keys) for act in own]
        things += [Thing(text, right=keys) for keys, text in KEYS]
        self._window.messages.ask("按键", things=things)

    def show_help(self) -> None:
        """F1: what this desk is for."""
        desk = self._window.current()
        if desk is not None:
            self._window.messages.ask(desk.title, desk.about or "按 Ctrl+/ 看全部按键。")

    def _with_desk(self, act: Callable[[Desk], Any]) -> None:
        if (desk := self._window.current()) is not None:
            act(desk)

    def _desk_act(self, name: str) -> None:
        desk = self._window.current()
        for act in desk.actions() if desk is not None else ():
            if act.id == name and self.may(act):
                act.run()
                return
