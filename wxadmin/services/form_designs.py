"""How the office's forms look: changed, kept by version, taken back to what we ship.

A design is no record of the register but a file under 制度/forms, beside the forms of other hands;
every saved one is kept under 旧版, so that an old form reprints as it was and nothing is lost.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_asked import only_asked
from wxadmin.domain.form_design import Design
from wxadmin.domain.frozen import dataclass
from wxadmin.files import replace_file
from wxadmin.services.form_asked import policy_asks
from wxadmin.services.form_design_files import DesignFiles
from wxadmin.services.form_library import form_library
from wxadmin.services.form_sample import sample_sheet
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.paper.items import Measure, Page

DEFAULT = 0
"""Stands for the version the program ships, whichever it is."""


@dataclass(frozen=True, slots=True)
class DesignLine:
    """A kind of form in the list: whether it is the office's own, and in which version."""

    kind: str
    title: str
    is_own: bool
    version: int


@dataclass(frozen=True, slots=True)
class KeptDesign:
    """A former design; `number` counts the office's own from 1."""

    version: int
    number: int
    saved_on: date
    is_current: bool


@dataclass(frozen=True, slots=True)
class DrawnDesign:
    """A design that can be printed, and which rows were lowered so that the sheet holds it."""

    definition: FormDefinition
    data: dict[str, Any]
    lowered: tuple[str, ...]


class FormDesigns:
    """Reads and changes designs."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._shelf = Shelf(workplace)
        self._files = DesignFiles(workplace, self._shelf)

    # -- reading --------------------------------------------------------------------------------
    @property
    def refusals(self) -> tuple[UserError, ...]:
        """Return what is wrong with the office's own files; ours are used in their place."""
        return form_library(self._workplace).refusals

    def kinds(self) -> list[DesignLine]:
        """Return the kinds of form, those with a mark (附件一) first."""
        forms = sorted(self._shelf.forms.values(), key=lambda f: (not f.layout.mark, f.id))
        return [
            DesignLine(
                f.id, self._shelf.title(f), self._files.own_file(f.id) is not None, f.version
            )
            for f in forms
        ]

    def kind(self, called: str) -> str:
        """Return the id of a form by its id, title or mark. Raises `UserError`."""
        return self._shelf.definition(called).id

    def design(self, kind: str) -> Design:
        """Return how a form looks now."""
        return _design(self._files.data(kind))

    def default(self, kind: str) -> Design:
        """Return how the program ships a form."""
        return _design(self._files.shipped(kind))

    def versions(self, kind: str) -> list[KeptDesign]:
        """Return the office's own designs of a form, the newest first."""
        current = self._shelf.definition(kind).version if self._files.own_file(kind) else DEFAULT
        kept = sorted(self._files.kept(kind).items(), reverse=True)
        return [
            KeptDesign(
                version,
                len(kept) - at,
                date.fromtimestamp(path.stat().st_mtime),
                version == current,
            )
            for at, (version, path) in enumerate(kept)
        ]

    def draw(self, kind: str, design: Design) -> DrawnDesign:
        """Lay a design over a form; rows are lowered where the sheet would not hold it.

        Raises `UserError` saying what cannot be printed.
        """
        from wxadmin.policy.form_design import design_of, with_design
        from wxadmin.policy.form_fit import fit

        base = self._files.data(kind)
        before = {row.id: row.height for row in design_of(base).rows}
        data = with_design(base, design)
        lowered = fit(data, {row.id for row in design.rows if row.height != before.get(row.id)})
        names = {row.id: row.name for row in design.rows}
        definition = _read(data, self._files.folder / f"{kind}.toml")
        return DrawnDesign(definition, data, tuple(names.get(one, one) for one in lowered))

    def pages(
        self, kind: str, design: Design, measure: Measure, *, blank: bool = False
    ) -> list[Page]:
        """Return the sheet of a design, filled for a made-up person or blank."""
        return self.sheet(self.draw(kind, design), measure, blank=blank)

    def sheet(self, drawn: DrawnDesign, measure: Measure, *, blank: bool = False) -> list[Page]:
        """Return the sheet of a design that was judged already."""
        from wxadmin.paper.form import form_pages

        definition = only_asked(drawn.definition, self.asked())
        sheet = sample_sheet(self._workplace, self._shelf, definition)
        return list(form_pages(definition, sheet, measure, blank=blank))

    def asked(self) -> frozenset[str]:
        """Return what the policy asks for; rows that wait for anything else are not printed."""
        return frozenset(policy_asks(self._workplace))

    # -- changing -------------------------------------------------------------------------------
    def save(self, kind: str, design: Design) -> int:
        """Keep a design and use it from now on; returns its version.

        Forms drafted before keep theirs. Raises `UserError`; nothing is changed then.
        """
        from wxadmin.policy.form_design import design_of

        drawn = self.draw(kind, design)
        if design_of(drawn.data) == self.design(kind):
            return self._shelf.definition(kind).version
        self._files.keep_own(kind)
        version = self._files.next_version(kind)
        drawn.data["version"] = version
        self._files.write(drawn.data, self._files.kept_file(kind, version))
        self._files.replace_own(kind, self._files.kept_file(kind, version))
        return version

    def use(self, kind: str, version: int) -> None:
        """Use a former design again; `DEFAULT` is the one the program ships."""
        self._files.keep_own(kind)
        if version == DEFAULT:
            self._files.replace_own(kind, None)
            return
        kept = self._files.kept(kind).get(version)
        if kept is None:
            raise UserError("这一版已经不在了，样式没有改动。", "no_version")
        self._files.replace_own(kind, kept)

    def in_use(self, kind: str) -> int:
        """Return the version in use, `DEFAULT` for ours: what `use` takes back to."""
        return self._shelf.definition(kind).version if self._files.own_file(kind) else DEFAULT

    def take_logo(self, path: Path) -> str:
        """Copy a picture beside the forms under a name of its content; returns that name.

        Raises `UserError` where it is no picture.
        """
        from hashlib import sha256

        from wxadmin.policy.logo_file import read_logo

        logo = read_logo(path)
        suffix = ".png" if logo.data.startswith(b"\x89PNG") else ".jpg"
        name = f"标志-{sha256(logo.data).hexdigest()[:10]}{suffix}"
        target = self._files.folder / name
        if not target.exists():
            replace_file(target, lambda fresh: _write_bytes(fresh, logo.data))
        return name


def _write_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _design(data: dict[str, Any]) -> Design:
    from wxadmin.policy.form_design import design_of

    return design_of(data)


def _read(data: dict[str, Any], path: Path) -> FormDefinition:
    """Judge changed tables as if they were a file; a refusal speaks of the form, not of a line."""
    from wxadmin.policy.form_file import form_of
    from wxadmin.policy.toml_file import TomlFile

    try:
        return form_of(TomlFile(data, path).root())
    except UserError as refusal:
        _, _, reason = refusal.message.partition("行：")
        raise UserError(f"{reason or refusal.message}样式没有改动。", refusal.code) from refusal
