"""The three things that may go wrong by themselves: a refusal, a cancellation, a bad cell."""

from __future__ import annotations

from wxadmin.domain.frozen import dataclass


class UserError(Exception):
    """A refusal. Its text is one plain Chinese sentence, shown to the user as it stands.

    `code` is a stable English word for scripts (`--json`), never shown in the window.
    `details` are the things concerned, one line each, for a dialog's list.
    """

    def __init__(self, message: str, code: str = "refused", details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details = details


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The user stopped a long act; everything it did is rolled back in silence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad or doubtful cell with its place; collected, never only the first one.

    `row` counts from 1 as in Excel (0: the whole sheet), `cell` is an address such as "E57".
    `skips` says that the problem costs the whole row.
    """

    row: int
    cell: str
    column: str
    value: str
    reason: str
    emp_no: str | None = None
    skips: bool = False
