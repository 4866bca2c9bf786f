"""Read the forms and registers people may edit; the user's copy of a file wins over ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import (
    Align,
    FieldType,
    FormDefinition,
    FormField,
    Margins,
    PaperCell,
    PaperColumn,
    PaperLayout,
    PaperRow,
    PaperTable,
    RegisterDefinition,
    StepPlace,
    names_in,
)
from wxadmin.policy.toml_file import TomlTable, read_toml

HOUSE_WORDS = frozenset({"company", "version", "copies", "printed_on", "number"})
GRID_TOLERANCE = 0.05  # mm

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class FormShelf:
    """Every form and register the program knows, by id; forms in their older versions too."""

    forms: Mapping[str, FormDefinition]
    registers: Mapping[str, RegisterDefinition]
    versions: Mapping[tuple[str, int], FormDefinition] = field(default_factory=dict)

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
    such as `account_request.1.toml`. Raises UserError naming file and line where one is wrong.
    """
    forms: dict[str, FormDefinition] = {}
    registers: dict[str, RegisterDefinition] = {}
    versions: dict[tuple[str, int], FormDefinition] = {}
    for folder in (ours, users):
        newest: dict[str, FormDefinition] = {}
        for path in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else ():
            table = read_toml(path).root()
            if "number" not in table.data:
                register = _register(table)
                registers[register.id] = register
                continue
            form = _form(table)
            versions[form.id, form.version] = form
            if form.id not in newest or newest[form.id].version < form.version:
                newest[form.id] = form
        forms.update(newest)
    return FormShelf(forms, registers, versions)


def read_form(path: Path) -> FormDefinition:
    """Read one form. Raises UserError naming file and line."""
    return _form(read_toml(path).root())


def _form(table: TomlTable) -> FormDefinition:
    table.only(
        "id", "title", "version", "number", "route", "copies", "file_name",
        "paper", "above", "rows", "foot", "fields",
    )  # fmt: skip
    fields = tuple(_field(one) for one in table.tables("fields"))
    known = {one.name for one in fields} | HOUSE_WORDS
    return FormDefinition(
        id=table.text("id"),
        title=table.text("title"),
        version=table.whole("version"),
        number_pattern=table.text("number"),
        fields=fields,
        layout=_layout(table, known),
        route=table.text("route", ""),
        copies=table.whole("copies", 1),
        file_name=table.text("file_name", ""),
    )


def _field(table: TomlTable) -> FormField:
    table.only(
        "name", "label", "type", "required", "required_when", "choices", "boxes", "box_of",
        "other", "source", "on_paper", "on_screen", "hint", "empty", "when", "known", "typed",
    )  # fmt: skip
    boxes, box_of = table.texts("boxes", ()), table.table("box_of")
    for choice in box_of.data:
        if box_of.text(choice) not in boxes:
            raise box_of.refuse(choice, f"“{box_of.text(choice)}”不在 boxes 之中")
    return FormField(
        name=table.text("name"),
        label=table.text("label"),
        type=_word(table, "type", FieldType, FieldType.TEXT),
        required=table.truth("required", False),
        required_when=table.text("required_when", ""),
        choices=table.texts("choices", ()),
        boxes=boxes,
        box_of={str(choice): str(box) for choice, box in box_of.data.items()},
        other=table.text("other", "其他"),
        source=table.text("source", ""),
        on_paper=table.truth("on_paper", True),
        on_screen=table.truth("on_screen", True),
        hint=table.text("hint", ""),
        empty=table.text("empty", ""),
        when=table.text("when", ""),
        known=table.texts("known", ()),
        typed=table.texts("typed", ()),
    )


def _layout(table: TomlTable, known: set[str]) -> PaperLayout:
    paper = table.table("paper").only(
        "margins", "columns", "mark", "mark_height", "title_height", "title_pt", "above_height",
        "foot_height", "body_pt", "foot_pt", "outer_line", "inner_line", "qr_size",
        "strike_blank", "width", "height",
    )  # fmt: skip
    columns = paper.numbers("columns")
    layout = PaperLayout(
        margins=_margins(paper),
        columns=columns,
        rows=tuple(_row(one, columns, known) for one in table.tables("rows")),
        above=tuple(_cell(one, known) for one in table.tables("above")),
        foot=table.texts("foot", ()),
        mark=paper.text("mark", ""),
        strike_blank=paper.truth("strike_blank", False),
        **{name: paper.number(name) for name in _LENGTHS if name in paper.data},
    )
    _check_words(table, "foot", " ".join(layout.foot), known)
    _check_size(paper, layout)
    return layout


_LENGTHS = (
    "mark_height", "title_height", "title_pt", "above_height", "foot_height", "body_pt",
    "foot_pt", "outer_line", "inner_line", "qr_size", "width", "height",
)  # fmt: skip


def _check_size(paper: TomlTable, layout: PaperLayout) -> None:
    """Refuse a form that would run off its sheet."""
    across = layout.margins.left + layout.grid_width + layout.margins.right
    if across > layout.width + GRID_TOLERANCE:
        raise paper.refuse("columns", f"各列加页边共{across:g}毫米，超出纸宽{layout.width:g}毫米")
    mark = layout.mark_height if layout.mark else 0.0
    down = mark + layout.title_height + layout.above_height + layout.foot_height
    down += sum(row.height for row in layout.rows) + layout.margins.top + layout.margins.bottom
    if down > layout.height + GRID_TOLERANCE:
        raise paper.refuse("margins", f"各行加页边共{down:g}毫米，超出纸高{layout.height:g}毫米")


def _margins(table: TomlTable) -> Margins:
    margins = table.table("margins").only("top", "right", "bottom", "left")
    return Margins(*(margins.number(side) for side in ("top", "right", "bottom", "left")))


def _row(table: TomlTable, columns: tuple[float, ...], known: set[str]) -> PaperRow:
    table.only("id", "height", "cells", "table", "step", "gives", "when")
    cells = tuple(_cell(one, known) for one in table.tables("cells"))
    inner = _inner_table(table, known) if "table" in table.data else None
    gives = table.table("gives")
    row = PaperRow(
        id=table.text("id"),
        height=inner.height if inner else table.number("height"),
        cells=cells,
        table=inner,
        step=_word(table, "step", StepPlace, StepPlace.NONE),
        gives={name: gives.number(name) for name in gives.data},
        when=table.text("when", ""),
    )
    _check_width(table, row, columns)
    return row


def _check_width(table: TomlTable, row: PaperRow, columns: tuple[float, ...]) -> None:
    """Refuse a row that does not end where the grid ends."""
    if row.table:
        used = sum(column.width for column in row.table.columns)
    else:
        at, used = 0, 0.0
        for cell in row.cells:
            used += cell.width or sum(columns[at : at + cell.span])
            at += 0 if cell.width else cell.span
    if abs(used - sum(columns)) > GRID_TOLERANCE:
        key = "table" if row.table else "cells"
        raise table.refuse(key, f"这一行宽{used:g}毫米，应为{sum(columns):g}毫米")


def _cell(table: TomlTable, known: set[str]) -> PaperCell:
    table.only(
        "label", "field", "text", "span", "width", "align", "top", "foot", "hint", "size_pt",
        "divided", "spread", "when",
    )  # fmt: skip
    is_label = "label" in table.data
    in_middle = is_label or "field" in table.data
    text = table.text("label" if is_label else "text", "")
    if "field" in table.data:
        text = f"{{{table.text('field')}}}"
    for key in ("text", "field", "foot"):
        shown = text if key != "foot" else table.text("foot", "")
        if key in table.data:
            _check_words(table, key, shown, known)
    return PaperCell(
        text=text,
        is_label=is_label,
        span=table.whole("span", 1),
        width=table.number("width", 0.0),
        align=_word(table, "align", Align, Align.CENTER if in_middle else Align.LEFT),
        top=table.truth("top", False),
        foot=table.text("foot", ""),
        hint=table.text("hint", ""),
        size_pt=table.number("size_pt", 0.0),
        divided=table.truth("divided", True),
        spread=table.truth("spread", False),
        when=table.text("when", ""),
    )


def _inner_table(table: TomlTable, known: set[str]) -> PaperTable:
    inner = table.table("table").only(
        "field", "heading", "columns", "rows", "heading_height", "head_height", "row_height"
    )
    _check_words(inner, "field", f"{{{inner.text('field')}}}", known)
    return PaperTable(
        field=inner.text("field"),
        heading=inner.text("heading"),
        columns=_columns(inner, "columns"),
        rows=inner.whole("rows", 3),
        heading_height=inner.number("heading_height", 6.5),
        head_height=inner.number("head_height", 7.0),
        row_height=inner.number("row_height", 7.5),
    )


def _columns(table: TomlTable, key: str) -> tuple[PaperColumn, ...]:
    columns = []
    for one in table.tables(key):
        one.only("label", "text", "width", "align")
        align = _word(one, "align", Align, Align.CENTER)
        columns.append(
            PaperColumn(one.text("label"), one.text("text", ""), one.number("width"), align)
        )
    return tuple(columns)


def _register(table: TomlTable) -> RegisterDefinition:
    table.only(
        "id", "title", "columns", "paper", "above", "signers", "body_pt", "title_pt", "tables",
        "words",
    )  # fmt: skip
    paper = table.table("paper").only("margins", "width", "height")
    tables, words = table.table("tables"), table.table("words")
    return RegisterDefinition(
        id=table.text("id"),
        title=table.text("title"),
        columns=_columns(table, "columns"),
        margins=_margins(paper),
        width=paper.number("width", 297.0),
        height=paper.number("height", 210.0),
        above=table.texts("above", ()),
        signers=table.texts("signers", ()),
        body_pt=table.number("body_pt", 9.0),
        title_pt=table.number("title_pt", 16.0),
        tables={name: _columns(tables, name) for name in tables.data},
        words={name: words.text(name) for name in words.data},
    )


def _check_words(table: TomlTable, key: str, template: str, known: Iterable[str]) -> None:
    for name in names_in(template):
        if name not in known:
            raise table.refuse(key, f"没有名为“{name}”的字段")


def _word(table: TomlTable, key: str, words: type[Word], default: Word) -> Word:
    value = table.text(key, default.value)
    if value not in [word.value for word in words]:
        allowed = "、".join(word.value for word in words if word.value)
        raise table.refuse(key, f"“{value}”应为{allowed}之一")
    return words(value)
