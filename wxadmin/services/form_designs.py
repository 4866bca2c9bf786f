"""How the office's forms look: changed, kept by version, taken back to what we ship.

A design is no record of the register but a file under 制度/forms, beside the forms of other hands;
every saved one is kept under 旧版, so that an old form reprints as it was and nothing is lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wxadmin.domain.form_asked import only_asked
from wxadmin.domain.form_design import Design
from wxadmin.files import replace_file
from wxadmin.services.designs import DEFAULT, DesignLine, Designs, DrawnDesign, KeptDesign
from wxadmin.services.form_asked import policy_asks
from wxadmin.services.form_library import form_library
from wxadmin.services.form_sample import sample_sheet
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.paper.items import Measure, Page
    from wxadmin.policy.toml_file import TomlTable

__all__ = ["DEFAULT", "DesignLine", "DrawnDesign", "FormDesigns", "KeptDesign"]


class FormDesigns(Designs[Design]):
    """Reads and changes the designs of forms."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._shelf = Shelf(workplace)

    def kinds(self) -> list[DesignLine]:
        """Return the kinds of form, those with a mark (附件一) first."""
        forms = sorted(self._shelf.forms.values(), key=lambda f: (not f.layout.mark, f.id))
        return [
            DesignLine(f.id, self._shelf.title(f), self._files.own_file(f.id) is not None)
            for f in forms
        ]

    def kind(self, called: str) -> str:
        """Return the id of a form by its id, title or mark. Raises `UserError`."""
        return self._shelf.definition(called).id

    def asked(self) -> frozenset[str]:
        """Return what the policy asks for; rows that wait for anything else are not printed."""
        return frozenset(policy_asks(self._workplace))

    def sheet(self, drawn: DrawnDesign, measure: Measure, *, blank: bool = False) -> list[Page]:
        """Return the sheet of a design that was judged already."""
        from wxadmin.paper.form import form_pages

        definition = only_asked(drawn.definition, self.asked())
        sheet = sample_sheet(self._workplace, self._shelf, definition)
        return list(form_pages(definition, sheet, measure, blank=blank))

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

    # -- what the common part asks ----------------------------------------------------------------
    def _current(self, kind: str) -> FormDefinition:
        return form_library(self._workplace).forms[kind]  # with what the policy leaves out

    def _read(self, table: TomlTable) -> FormDefinition:
        from wxadmin.policy.form_file import form_of

        return form_of(table)

    def _look(self, data: dict[str, Any]) -> Design:
        from wxadmin.policy.form_design import design_of

        return design_of(data)

    def _with(self, data: dict[str, Any], look: Design) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Lay the design over; rows are lowered where the sheet would not hold it."""
        from wxadmin.policy.form_design import with_design
        from wxadmin.policy.form_fit import fit

        before = {row.id: row.height for row in self._look(data).rows}
        changed = with_design(data, look)
        lowered = fit(changed, {row.id for row in look.rows if row.height != before.get(row.id)})
        names = {row.id: row.name for row in look.rows}
        return changed, tuple(names.get(one, one) for one in lowered)


def _write_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
