"""What the keys do in a table: Enter, Space, F2, Del, Ctrl+C."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from ui.shared.table_model import HeadingLine

if TYPE_CHECKING:
    from ui.shared.table_view import TableView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def pressed(view: TableView, event: QKeyEvent) -> bool:
    """Do what a key does; False if it is not one of the table's."""
    key = event.key()
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return _with_ctrl(view, event)
    if not view.has_current():
        return False
    line = view.table_model.line(view.current_line)
    if isinstance(line, HeadingLine):
        if key in (*_ENTER, Qt.Key.Key_Space):
            view.turn(line)
        return key in (*_ENTER, Qt.Key.Key_Space)
    return _on_row(view, line, Qt.Key(key))


def _with_ctrl(view: TableView, event: QKeyEvent) -> bool:
    """Ctrl+C copies, Ctrl+Shift+H is about the table itself: its columns, its row height."""
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.key() == Qt.Key.Key_H and shift:
        view.head.open_menu()
        return True
    if event.key() == Qt.Key.Key_C and not shift:
        copy_rows(view)
        return True
    return False


def _on_row(view: TableView, line: Hashable, key: Qt.Key) -> bool:
    column = view.table_model.columns[view.current_column]
    if key in _ENTER:
        _enter(view, line)
    elif key == Qt.Key.Key_Space:
        _space(view)
    elif key == Qt.Key.Key_F2:
        view.edit_asked.emit(line, column.key)
    elif key == Qt.Key.Key_Delete:
        view.end_asked.emit(view.selected_ids())
    else:
        return False
    return True


def _enter(view: TableView, line: Hashable) -> None:
    """Enter is the row's act; a row without one is opened."""
    for number, column in enumerate(view.table_model.columns):
        if view.acts_at(view.current_line, number):
            view.acted.emit(line, column.key)
            return
    view.opened.emit(line)


def _space(view: TableView) -> None:
    """Space ticks; in a column of marks the desk says what a tick means."""
    column = view.table_model.columns[view.current_column]
    if column.kind == "mark" or not view.table_model.checkable:
        view.spaced.emit(view.selected_ids(), column.key)
    else:
        view.toggle(view.table_model.tickable_of(view.selected_ids()))


def copy_rows(view: TableView) -> None:
    """Selected lines with headings, tab between cells, as Excel wants them."""
    model = view.table_model
    shown = [n for n in view.fit.visible() if model.columns[n].kind != "check"]
    heads = [model.columns[n].title.replace("\n", "") for n in shown]
    lines = [n for n in view.selected_line_numbers() if model.id_at(n) is not None]
    rows = [[_copied(model.text(line, n)) for n in shown] for line in lines]
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in [heads, *rows]))


def _copied(text: str) -> str:
    """One line of text; a phone without the blanks it is shown with."""
    bare = text.replace(" ", "")
    return bare if len(bare) == 11 and bare.isdigit() else " ".join(text.split())
