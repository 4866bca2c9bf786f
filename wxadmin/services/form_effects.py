"""What completing a form changes, as every kind of form tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange


@dataclass(slots=True)
class Effects:
    """What completion changes besides the form itself, the account it was about, what is
    written into the form's own fields, and what else is to be said of it beforehand."""

    changes: list[AnyChange] = field(default_factory=list)
    account: Account | None = None
    values: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
