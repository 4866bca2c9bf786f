"""Read one register or sheet that flows over pages (resources/forms, the files without number)."""

from __future__ import annotations

from wxadmin.domain.form_definition import PaperColumn, RegisterDefinition
from wxadmin.policy.paper_parts import columns, margins, positive, short
from wxadmin.policy.toml_file import TomlTable

TOLERANCE = 0.05  # mm


def register_of(table: TomlTable) -> RegisterDefinition:
    """Return the register a file defines. Raises `UserError` naming file and line."""
    table.only(
        "id", "title", "columns", "paper", "above", "signers", "body_pt", "title_pt", "tables",
        "words", "version", "control_no",
    )  # fmt: skip
    paper = table.table("paper").only("margins", "width", "height")
    tables, words = table.table("tables"), table.table("words")
    register = RegisterDefinition(
        id=table.text("id"),
        title=short(table, "title", 60, None),
        columns=_columns(table),
        margins=margins(paper),
        width=positive(paper, "width", 297.0),
        height=positive(paper, "height", 210.0),
        above=table.texts("above", ()),
        signers=table.texts("signers", ()),
        body_pt=positive(table, "body_pt", 9.0),
        title_pt=positive(table, "title_pt", 16.0),
        tables={name: columns(tables, name) for name in tables.data},
        words={name: words.text(name) for name in words.data},
        version=table.whole("version", 1),
        control_no=short(table, "control_no", 30),
    )
    _check_width(table, register)
    return register


def _columns(table: TomlTable) -> tuple[PaperColumn, ...]:
    """Read the columns of the register itself; one at least must be printed."""
    found = columns(table, "columns")
    if table.data.get("columns") and not found:
        raise table.refuse("columns", "一列也不印，至少要留一列")
    return found


def _check_width(table: TomlTable, register: RegisterDefinition) -> None:
    """Refuse a table that would run off its sheet."""
    room = register.width - register.margins.left - register.margins.right
    for name, listed in {"columns": register.columns, **register.tables}.items():
        used = sum(column.width for column in listed)
        if used > room + TOLERANCE:
            place = table if name == "columns" else table.table("tables")
            raise place.refuse(name, f"各列共{used:g}毫米，超出页边之间的{room:g}毫米")
