"""A walk through a widget tree: everything that takes the focus must have a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QWidget


def _name(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    return widget.text() if isinstance(widget, QLabel) else ""


def nameless(root: QWidget) -> list[str]:
    """The focusable widgets under `root` (and itself) that a screen reader could not name.

    Example: `assert nameless(desk) == []`
    """
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        is_inner = isinstance(widget.parentWidget(), QAbstractScrollArea)
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or is_inner or not _is_ours(widget):
            continue
        if not _name(widget):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def rich(root: QWidget) -> list[str]:
    """The labels under `root` that would take a name with `<b>` in it for HTML."""
    return [
        label.text() for label in root.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]  # fmt: skip


def _is_ours(widget: QWidget) -> bool:
    """Qt's own inner parts (the list of a combo box, a calendar) bring their own names."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox):
            return False
        parent = parent.parentWidget()
    return not widget.objectName().startswith("qt_")
