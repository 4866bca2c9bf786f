"""What is shown of a form, what a move leaves behind, and what the printing room offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wxadmin.domain.form import Form, FormStep
from wxadmin.domain.frozen import dataclass
from wxadmin.progress import Progress, silent
from wxadmin.services.form_board import FormLine

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.paper.items import Page


class Printing(Protocol):
    """What the printing room offers; the core itself knows no screen and no printer."""

    def measure(self, text: str, face: object) -> float:
        """Return the width of a text in mm."""

    def write_pdf(
        self, pages: Sequence[Page], path: Path, progress: Progress = silent, *, title: str = ""
    ) -> int:
        """Write pages to a PDF."""


@dataclass(frozen=True, slots=True)
class FormSheetView:
    """One form with everything that hangs on it, for the desk's detail and for `show`."""

    line: FormLine
    form: Form
    definition: FormDefinition
    values: Mapping[str, str]
    problems: Mapping[str, str]
    steps: tuple[FormStep, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A form after a move, and the operation that may be taken back."""

    form: Form
    moves: tuple[str, ...]
    operation: int | None
    warning: str = ""
