"""What completing a form changes, as every kind of form tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange
from wxadmin.domain.group import Group


@dataclass(slots=True)
class Effects:
    """What completion changes besides the form itself, whose account and which group it is about,
    what is written into the form's own fields, and what else is to be said beforehand."""

    changes: list[AnyChange] = field(default_factory=list)
    account: Account | None = None
    group: Group | None = None
    values: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
