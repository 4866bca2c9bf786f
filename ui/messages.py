"""The one door through which the window speaks to its user.

Example:
    context.messages.toast("已停用 王小兰 的账号", undo=services.journal.undo_last)
    context.messages.error(refusal, link=("再选文件", self.choose_file))
    if context.messages.ask("清除示例办公室？", "约300人、42个群会一起清除。",
                            acts=[Choice("留着", None), Choice("清除", True, kind="danger")]): …
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.shared.bands import ErrorBand, Link
from ui.shared.toast import Toast
from wxadmin.domain.errors import UserError

if TYPE_CHECKING:  # a window that has just opened asks nothing yet
    from ui.shared.dialog import Choice, Thing
    from ui.shared.record_form import Field


class Stage(Protocol):
    """Where messages appear: the window."""

    def show_band(self, band: QWidget | None) -> None:
        """Put a band under the current desk's header, or take it away."""

    def window(self) -> QWidget:
        """The widget dialogs stand over."""


class Messages:
    """Toasts for what can be taken back, bands for refusals, dialogs for what cannot go on."""

    def __init__(self, stage: Stage, toast: Toast) -> None:
        self._stage = stage
        self._toast = toast

    def toast(self, text: str, undo: Callable[[], Any] | None = None, word: str = "撤销") -> None:
        """Say what has just happened, with a way to take it back."""
        self._toast.say(text, undo, word)

    def hide_toast(self) -> None:
        """Let the toast go before its time."""
        self._toast.hide()

    def error(self, error: UserError | str, link: Link | None = None, details: str = "") -> None:
        """Show a refusal as a band; its sentence stands as it is. It stays until dealt with."""
        sentence = error.message if isinstance(error, UserError) else error
        if isinstance(error, UserError) and error.details and not details:
            details = "\n".join((sentence, *error.details))
        band = ErrorBand(sentence, link, details)
        band.closed.connect(self.clear_error)
        self._stage.show_band(band)

    def window(self) -> QWidget:
        """The window dialogs stand over."""
        return self._stage.window()

    def clear_error(self) -> None:
        """Take the band away."""
        self._stage.show_band(None)

    def ask(
        self,
        sentence: str,
        reason: str = "",
        things: Sequence[Thing] = (),
        acts: Sequence[Choice] = (),
        left: Sequence[Choice] = (),
    ) -> Any:
        """Ask with a dialog; answers with the value of the chosen act, None for Esc."""
        from ui.shared.dialog import Choice, Dialog

        return Dialog.ask(
            self._stage.window(), sentence, reason, things=things, left=left,
            acts=acts or (Choice("知道了", kind="filled"),),
        )  # fmt: skip

    def ask_where(self, name: str, kinds: str = "表格 (*.xlsx)") -> Path | None:
        """Ask where to save a file, with a name proposed; None when she turned back."""
        path, _ = QFileDialog.getSaveFileName(self._stage.window(), "存到哪里", name, kinds)
        return Path(path) if path else None

    def ask_files(self, kinds: str = "") -> list[Path]:
        """Ask for files to open (spreadsheets, unless told); none when she turned back."""
        from ui.shared.drop_zone import SHEETS

        kinds = kinds or SHEETS
        paths, _ = QFileDialog.getOpenFileNames(self._stage.window(), "选择文件", "", kinds)
        return [Path(path) for path in paths]

    def copied(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so: `messages.copied(urge, "催办文字")`."""
        QGuiApplication.clipboard().setText(text)
        self.toast(f"已复制{what}，可以粘贴到企业微信或邮件里。")

    def ask_form(
        self, sentence: str, fields: Sequence[Field], act: str, reason: str = "", back: str = "取消"
    ) -> dict[str, Any] | None:
        """Ask for a few values; answers with them by key, or None."""
        from ui.shared.form_dialog import ask_form

        return ask_form(self._stage.window(), sentence, fields, act, reason, back)

    def ask_text(self, sentence: str, label: str, act: str, lines: int = 1) -> str | None:
        """Ask for one text (a reason, a number to type again); None when she turned back."""
        from ui.shared.record_form import Field

        kind = "text" if lines == 1 else "lines"
        fields = [Field("text", label, kind, required=True, lines=lines)]
        answer = self.ask_form(sentence, fields, act)
        return None if answer is None else str(answer["text"])
