"""Every form and register: ours, and the user's copies, which win unless they are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import FormDefinition, RegisterDefinition
from wxadmin.policy.form_checks import KnownWords, check_words
from wxadmin.policy.form_file import form_of, read_form
from wxadmin.policy.register_file import register_of
from wxadmin.policy.toml_file import read_toml

__all__ = ["FormShelf", "load_forms", "read_form"]


@dataclass(frozen=True)
class FormShelf:
    """Every form and register the program knows, by id; forms in their older versions too.

    `refusals` say what is wrong with the user's own files; ours are used in their place.
    """

    forms: Mapping[str, FormDefinition]
    registers: Mapping[str, RegisterDefinition]
    versions: Mapping[tuple[str, int], FormDefinition] = field(default_factory=dict)
    refusals: tuple[UserError, ...] = ()

    def form(self, form_id: str, version: int | None = None) -> FormDefinition:
        """Return a form, in the version it was filled in where that is still known.

        Raises UserError when there is no such form.
        """
        if form_id not in self.forms:
            known = "、".join(sorted(self.forms))
            raise UserError(f"没有名为“{form_id}”的表单，现有：{known}。", "unknown_form")
        return self.versions.get((form_id, version or 0), self.forms[form_id])


def load_forms(ours: Path, users: Path | None = None) -> FormShelf:
    """Read all files of `ours`, then those of `users`: where both know a form theirs is used.

    Older versions stay known for what was filled in by them: ours behind the user's, and files
    such as `account_request.1.toml`. A wrong file of the user's is passed over and told of in
    `refusals`; a wrong one of ours raises UserError naming file and line.
    """
    shelf = _Shelf()
    for path in sorted(ours.glob("*.toml")):
        shelf.take(path)
    shelf.forms.update(shelf.newest)
    shelf.newest = {}
    shelf.known = KnownWords.of(shelf.versions.values())
    for path in sorted(users.glob("*.toml")) if users and users.is_dir() else ():
        try:
            shelf.take(path)
        except UserError as refusal:
            shelf.refusals.append(_with_remedy(refusal))
    shelf.forms.update(shelf.newest)
    return FormShelf(shelf.forms, shelf.registers, shelf.versions, tuple(shelf.refusals))


class _Shelf:
    """What has been read so far."""

    def __init__(self) -> None:
        self.forms: dict[str, FormDefinition] = {}
        self.newest: dict[str, FormDefinition] = {}
        self.registers: dict[str, RegisterDefinition] = {}
        self.versions: dict[tuple[str, int], FormDefinition] = {}
        self.refusals: list[UserError] = []
        self.known: KnownWords | None = None

    def take(self, path: Path) -> None:
        """Read one file of either kind."""
        table = read_toml(path).root()
        if "number" not in table.data:
            register = register_of(table)
            self.registers[register.id] = register
            return
        form = form_of(table)
        if self.known is not None:
            check_words(table, form, self.known)
        self.versions[form.id, form.version] = form
        if form.id not in self.newest or self.newest[form.id].version < form.version:
            self.newest[form.id] = form


def _with_remedy(refusal: UserError) -> UserError:
    said = refusal.message.rstrip("。")
    return UserError(f"{said}。这张表先用程序自带的，请改好那一行。", refusal.code)
