"""The keys of the window, once: what installs them and the list Ctrl+/ shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class DeskAct:
    """An act of a desk. id "new", "print", "export" answer Ctrl+N, Ctrl+P, Ctrl+E.

    Any other id may bring its own `shortcut` ("Ctrl+D"); the list of keys shows them all.
    """

    id: str
    text: str
    run: Callable[[], Any]
    shortcut: str = ""

    @property
    def keys(self) -> str:
        """The key it answers to."""
        return self.shortcut or DESK_KEYS.get(self.id, "")


DESK_KEYS = {"new": "Ctrl+N", "print": "Ctrl+P", "export": "Ctrl+E"}

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+1 … Ctrl+9", "换到左侧第几页"),
    ("Ctrl+F", "找；Esc 清空"),
    ("Enter", "打开，或做行末的事"),
    ("空格", "勾上、去掉勾"),
    ("F2", "改当前一格"),
    ("Del", "停用、结束（不会真删）"),
    ("Ctrl+C", "连表头一起复制选中的行"),
    ("Ctrl+Shift+H", "这张表显示哪些列、行高"),
    ("Ctrl+N", "新建"),
    ("Ctrl+P", "打印"),
    ("Ctrl+I", "导入文件"),
    ("Ctrl+E", "导出"),
    ("Ctrl+Z　Ctrl+Y", "撤销、恢复"),
    ("F4", "打开、收起右侧"),
    ("F5", "重新读取"),
    ("F1", "这一页是做什么的"),
    ("Ctrl+/", "这张按键表"),
)
"""The keys as they are listed for the user."""


def bind(window: QWidget, keys: str, act: Callable[[], Any]) -> QShortcut:
    """Let a key do something anywhere in the window."""
    shortcut = QShortcut(QKeySequence(keys), window)
    shortcut.activated.connect(lambda: act())
    return shortcut
