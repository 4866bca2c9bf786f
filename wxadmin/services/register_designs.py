"""How the registers (台账) look: which columns, how wide, how called, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wxadmin.domain.form_definition import names_in
from wxadmin.domain.form_design import RegisterDesign
from wxadmin.services.designs import DesignLine, Designs, DrawnDesign
from wxadmin.services.form_library import form_library

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import RegisterDefinition
    from wxadmin.paper.items import Measure, Page
    from wxadmin.policy.toml_file import TomlTable

SAMPLE_ROWS = 12
_FULL = 0.95  # of the sheet's width: narrower tables stand side by side and keep their columns


class RegisterDesigns(Designs[RegisterDesign]):
    """Reads and changes the designs of registers."""

    def kinds(self) -> list[DesignLine]:
        """Return the registers that are one table over the whole sheet."""
        company = self._workplace.office().company_name
        found = [r for r in form_library(self._workplace).registers.values() if _is_one_table(r)]
        return [
            DesignLine(one.id, _named(one.title, company), self._files.own_file(one.id) is not None)
            for one in sorted(found, key=lambda register: register.id)
        ]

    def sheet(self, drawn: DrawnDesign, measure: Measure, *, blank: bool = False) -> list[Page]:
        """Return the sheet with made-up rows; blank ones to be written in by hand."""
        from wxadmin.paper.register import RegisterSheet, register_pages

        definition: RegisterDefinition = drawn.definition
        rows = [{} if blank else _row(definition) for _ in range(SAMPLE_ROWS)]
        today = self._workplace.today
        words = {"unit": self._workplace.office().company_name, "as_of": today, "title": ""}
        sheet = RegisterSheet(
            rows,
            self._workplace.office().company_name,
            {**words, "count": SAMPLE_ROWS, "summary": f"共{SAMPLE_ROWS}行"},
            today,
            self._workplace.by,
        )
        return list(register_pages(definition, sheet, measure))

    # -- what the common part asks ----------------------------------------------------------------
    def _current(self, kind: str) -> RegisterDefinition:
        return form_library(self._workplace).registers[kind]

    def _read(self, table: TomlTable) -> RegisterDefinition:
        from wxadmin.policy.register_file import register_of

        return register_of(table)

    def _look(self, data: dict[str, Any]) -> RegisterDesign:
        from wxadmin.policy.register_design import register_design_of

        return register_design_of(data)

    def _with(
        self, data: dict[str, Any], look: RegisterDesign
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        from wxadmin.policy.register_design import with_register_design

        return with_register_design(data, look), ()


def _is_one_table(register: RegisterDefinition) -> bool:
    room = register.width - register.margins.left - register.margins.right
    used = sum(column.width for column in register.columns)
    return not register.tables and set(register.words) <= {"below"} and used >= _FULL * room


def _named(title: str, company: str) -> str:
    said = title.replace("{company}", company)
    for name in names_in(said):
        said = said.replace(f"{{{name}}}", "")
    return said


def _row(register: RegisterDefinition) -> dict[str, object]:
    """Return a made-up row: every column says what it is for."""
    return {
        name: column.label
        for column in register.columns
        for name in names_in(column.text)
        if name != "no"
    }
