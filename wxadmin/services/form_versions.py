"""Former versions of form definitions: an old form reprints as it was."""

from __future__ import annotations

import contextlib
import shutil
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.files import replace_file
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition

KEPT = "旧版"
OURS = paths.RESOURCES / "forms"


class FormVersions:
    """The definitions the program ships, and those of the user that were ever printed with.

    A user's own definition is copied to 制度/forms/旧版 when a form is printed with it first.
    """

    def __init__(self, workplace: Workplace) -> None:
        users = workplace.user_policies
        self._users = users / "forms" if users else None

    def find(self, kind: str, version: int) -> FormDefinition | None:
        """Return a former version, None where nobody kept it."""
        return self._known.get((kind, version))

    @cached_property
    def _known(self) -> dict[tuple[str, int], FormDefinition]:
        folders = [OURS, *([self._users / KEPT] if self._users else [])]
        found: dict[tuple[str, int], FormDefinition] = {}
        for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
            definition = _read(path)
            if definition is not None:
                found[definition.id, definition.version] = definition
        return found

    def keep(self, definition: FormDefinition) -> None:
        """Copy a user's own definition aside, once; a full disk does not stop the printer."""
        source = self._source(definition)
        if source is None or self._users is None:
            return
        target = self._users / KEPT / f"{definition.id}-{definition.version}.toml"
        if not target.exists():
            with contextlib.suppress(UserError):
                replace_file(target, lambda fresh: _copy(source, fresh))

    def _source(self, definition: FormDefinition) -> Path | None:
        """Return the user's file a definition comes from, None for one of ours."""
        for path in sorted(self._users.glob("*.toml")) if self._users else ():
            found = _read(path)
            if found and (found.id, found.version) == (definition.id, definition.version):
                return path
        return None


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _read(path: Path) -> FormDefinition | None:
    """Read a form's definition; a register's, or a broken old copy, is passed over."""
    from wxadmin.policy.forms import read_form

    try:
        return read_form(path)
    except UserError:
        return None
