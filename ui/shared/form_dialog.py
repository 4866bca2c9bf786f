"""A dialog around a form: a few values asked for, answered once all of them are accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.shared.dialog import Choice, Dialog
from ui.shared.record_form import Field, RecordForm


def ask_form(
    window: QWidget,
    sentence: str,
    fields: Sequence[Field],
    act: str,
    reason: str = "",
    back: str = "取消",
) -> dict[str, Any] | None:
    """Ask for a few values over `window`; answers with them by key, or None."""
    form = RecordForm(fields)
    acts = (Choice(back, None), Choice(act, form, kind="filled"))
    dialog = FormDialog(window, sentence, reason, body=form, acts=acts)
    form.boxes[fields[0].key].input.setFocus()
    answer: dict[str, Any] | None = dialog.run()
    return answer


class FormDialog(Dialog):
    """The filled act answers with the form's values once they are accepted."""

    def _choose(self, value: Any) -> None:
        if not isinstance(value, RecordForm):
            super()._choose(value)
        elif value.accepted():
            super()._choose(value.values())
