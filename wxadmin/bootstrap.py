"""Open the data folder, bring it up to date, build the workplace: the one file that knows all."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from wxadmin import paths
from wxadmin.services.workplace import Workplace
from wxadmin.storage.database import is_url
from wxadmin.storage.register import Register, create_register, exchange_begun, open_register


def user_name() -> str:
    """Return who is logged on, for the journal."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "管理员"


def open_workplace(
    location: str,
    *,
    writing: bool,
    by: str = "",
    clock: Callable[[], date] = date.today,
    checked: bool = False,
) -> Workplace:
    """Open an existing register to work in. Raises `UserError` (see `open_register`).

    `checked` looks at the whole file before it may be written: for verbs, which write at once;
    the window checks after its first page is shown.
    """
    register = open_register(location, writing=writing, back_up=_before_migration, checked=checked)
    return _workplace(register, location, by, clock)


def was_cut_short(path: Path) -> bool:
    """Whether a register was being put in place when the program ended; opening finishes it."""
    if not exchange_begun(path):
        return False
    from wxadmin.storage.exchange import is_cut_short

    return is_cut_short(path)


def create_workplace(
    location: str, *, by: str = "", clock: Callable[[], date] = date.today
) -> Workplace:
    """Make a new register and open it; only first run and `init` do this."""
    return _workplace(create_register(location), location, by, clock)


def _workplace(register: Register, location: str, by: str, clock: Callable[[], date]) -> Workplace:
    path = None if is_url(location) else Path(location)
    return Workplace(
        register,
        by=by or user_name(),
        clock=clock,
        user_policies=paths.user_policies(path) if path else None,
        backups=paths.backup_folder(path) if path else None,
    )


def _before_migration(path: Path) -> None:
    from wxadmin.storage.backup import automatic_name, back_up

    target = paths.backup_folder(path) / automatic_name(path, datetime.now(), "升级前")
    back_up(path, target)
