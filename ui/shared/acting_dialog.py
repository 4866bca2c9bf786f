"""A dialog whose filled act writes: a refusal stands in it, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import style
from ui.shared.bands import Notice
from ui.shared.dialog import Choice, Dialog
from ui.shared.layouts import cleared, down, region
from ui.shared.record_form import Field, RecordForm
from wxadmin.domain.errors import UserError

MOST_DETAILS = 6
AROUND = 240
"""Pixels a dialog needs beside its body: sentence, reason, buttons, a refusal."""


class ActingDialog(Dialog):
    """`values_of(choice)` gathers what is typed (None: not acceptable yet), `do` writes it.

    `run()` answers with the choice once it was done; `outcome` is then what `do` returned.
    """

    def __init__(
        self,
        parent: QWidget | None,
        sentence: str,
        body: QWidget,
        acts: Sequence[Choice],
        do: Callable[[Any], Any],
        values_of: Callable[[Any], Any],
        reason: str = "",
        left: Sequence[Choice] = (),
    ) -> None:
        self._refusal = down(gap=0)
        whole = region(down(fitted(body, parent), region(self._refusal), gap=4))
        super().__init__(parent, sentence, reason, body=whole, acts=acts, left=left)
        self._do, self._values_of = do, values_of
        self.outcome: Any = None
        self.refused = ""

    @classmethod
    def around(
        cls,
        parent: QWidget | None,
        sentence: str,
        fields: Sequence[Field],
        button: str,
        do: Callable[[dict[str, Any]], Any],
        reason: str = "",
    ) -> ActingDialog:
        """A dialog around a form with 取消 and one filled act; the first field has the focus."""
        form = RecordForm(fields)
        acts = (Choice("取消", None), Choice(button, form, kind="filled"))
        dialog = cls(parent, sentence, form, acts, do, accepted_values, reason)
        form.boxes[fields[0].key].input.setFocus()
        return dialog

    def refuse(self, refusal: UserError) -> None:
        """Say what is in the way, and what it is about."""
        self.refused = refusal.message
        cleared(self._refusal)
        self._refusal.addWidget(Notice("stuck", refusal.message, _listed(refusal.details)))
        self.adjustSize()

    def _choose(self, value: Any) -> None:
        if value is None:
            super()._choose(None)
            return
        values = self._values_of(value)
        if values is None:
            return
        try:
            self.outcome = self._do(values)
        except UserError as refusal:
            self.refuse(refusal)
        else:
            super()._choose(value)


def fitted(body: QWidget, parent: QWidget | None) -> QWidget:
    """The body, in a scroll area where it would not fit into the window."""
    window = parent.window() if parent is not None else None
    wanted = body.sizeHint().height()
    if window is None or wanted <= window.height() - style.px(AROUND):
        return body
    return scrolled(body, window.height() - style.px(AROUND))


def scrolled(inside: QWidget, height: int) -> QWidget:
    """A part that scrolls; Tab brings its fields into view."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(region(down(inside, margins=(0, 0, 14, 0))))
    scroll.setFixedHeight(height)
    return scroll


def _listed(details: Sequence[str]) -> str:
    """What a refusal is about: whole sentences under each other, words beside each other."""
    shown = list(details[:MOST_DETAILS])
    if len(details) > MOST_DETAILS:
        shown.append(f"……共 {len(details)} 项")
    return ("\n" if any(one.endswith("。") for one in shown) else "、").join(shown)


def accepted_values(form: RecordForm) -> dict[str, Any] | None:
    """The form's values once every field is acceptable."""
    return form.values() if form.accepted() else None
