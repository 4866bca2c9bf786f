"""Read what the columns of the console's import template are called (wecom_template.toml)."""

from __future__ import annotations

from pathlib import Path

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.headings import Field, Vocabulary, normalise
from wxadmin.domain.wecom_rows import COLUMNS
from wxadmin.policy.toml_file import read_toml

FILE = "wecom_template.toml"
_SUFFIXES = ("必填", "选填", "可选")


@dataclass(frozen=True, slots=True)
class ConsoleColumns:
    """The template's columns by field, those without which it is not filled, and headings only
    lists of HR's have."""

    vocabulary: Vocabulary
    required: tuple[str, ...]
    foreign: frozenset[str] = frozenset()


def read_console_columns(path: Path) -> ConsoleColumns:
    """Read the file. Raises `UserError` naming file and line when something in it is wrong."""
    root = read_toml(path).root().only("required", "foreign", "columns")
    columns = root.table("columns").only(*COLUMNS)
    fields = {}
    for key in columns.data:
        table = columns.table(key).only("label", "headings")
        headings = frozenset(map(normalise, table.texts("headings")))
        fields[key] = Field(key, table.text("label"), headings)
    required = root.texts("required")
    for key in required:
        if key not in fields:
            raise root.refuse("required", f"没有叫“{key}”的列")
    foreign = frozenset(map(normalise, root.texts("foreign", ())))
    return ConsoleColumns(Vocabulary(fields, suffixes=_SUFFIXES), required, foreign)
