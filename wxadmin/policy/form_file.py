"""Read one form's definition: fields, numbering, layout; a mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import (
    Align,
    FieldType,
    FormDefinition,
    FormField,
    Logo,
    PaperCell,
    PaperLayout,
    PaperRow,
    PaperTable,
    StepPlace,
)
from wxadmin.policy.form_checks import (
    check_names,
    check_number,
    check_opinions,
    check_row,
    check_size,
)
from wxadmin.policy.logo_file import read_logo
from wxadmin.policy.paper_parts import (
    check_fields,
    columns,
    margins,
    not_negative,
    positive,
    short,
    word,
)
from wxadmin.policy.toml_file import TomlTable, read_toml

HOUSE_WORDS = frozenset({"company", "version", "sheet", "copies", "printed_on", "number"})
_LENGTHS = (
    "mark_height", "title_height", "title_pt", "body_pt", "foot_pt", "outer_line", "inner_line",
    "width", "height",
)  # fmt: skip
_MAY_BE_NOTHING = ("above_height", "foot_height", "qr_size")


def read_form(path: Path) -> FormDefinition:
    """Read one form. Raises UserError naming file and line."""
    return form_of(read_toml(path).root())


def form_of(table: TomlTable) -> FormDefinition:
    """Return the form a file defines. Raises UserError naming file and line."""
    table.only(
        "id", "title", "version", "number", "route", "copies", "file_name", "approvers",
        "paper", "above", "rows", "foot", "fields",
    )  # fmt: skip
    fields = tuple(_field(one) for one in table.tables("fields"))
    known = {one.name for one in fields} | HOUSE_WORDS
    definition = FormDefinition(
        id=table.text("id"),
        title=short(table, "title", 60, None),
        version=_counted(table, "version", 9999),
        number_pattern=short(table, "number", 40, None),
        fields=fields,
        layout=_layout(table, known),
        route=table.text("route", ""),
        copies=_counted(table, "copies", 99, 1),
        file_name=table.text("file_name", ""),
        approvers=table.texts("approvers", ()),
    )
    check_number(table, definition.number_pattern)
    check_names(table, fields, definition.layout.rows)
    check_opinions(table, definition)
    return definition


def _counted(table: TomlTable, key: str, most: int, default: int | None = None) -> int:
    value = table.whole(key, default)
    if not 1 <= value <= most:
        raise table.refuse(key, f"“{key}”应在1到{most}之间，不能是{value}")
    return value


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
        type=word(table, "type", FieldType, FieldType.TEXT),
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
        "margins", "columns", "mark", "strike_blank", "letterhead", "control_no", "logo",
        *_LENGTHS, *_MAY_BE_NOTHING,
    )  # fmt: skip
    widths = paper.numbers("columns")
    if not widths or min(widths) <= 0:
        raise paper.refuse("columns", "每列的宽度都应大于0")
    layout = PaperLayout(
        margins=margins(paper),
        columns=widths,
        rows=tuple(_row(one, widths, known) for one in table.tables("rows")),
        above=tuple(_cell(one, known) for one in table.tables("above")),
        foot=table.texts("foot", ()),
        mark=short(paper, "mark", 20),
        strike_blank=paper.truth("strike_blank", False),
        letterhead=short(paper, "letterhead", 40),
        control_no=short(paper, "control_no", 30),
        logo=_logo(paper),
        **{name: positive(paper, name) for name in _LENGTHS if name in paper.data},
        **{name: not_negative(paper, name) for name in _MAY_BE_NOTHING if name in paper.data},
    )
    check_fields(table, "foot", " ".join(layout.foot), known)
    check_size(paper, layout)
    return layout


def _logo(paper: TomlTable) -> Logo | None:
    """Read the picture lying beside the form, or one folder up for a former version."""
    name = paper.text("logo", "")
    if not name:
        return None
    if Path(name).name != name or "\\" in name:
        raise paper.refuse("logo", "标志只写文件名，图片放在表单文件旁边")
    folder = paper.file.path.parent
    beside = folder / name
    try:
        return read_logo(beside if beside.exists() else folder.parent / name)
    except UserError as error:
        raise paper.refuse("logo", error.message.rstrip("。")) from error


def _row(table: TomlTable, widths: tuple[float, ...], known: set[str]) -> PaperRow:
    table.only("id", "height", "cells", "table", "step", "gives", "when", "printed")
    cells = tuple(_cell(one, known) for one in table.tables("cells"))
    inner = _inner_table(table, known) if "table" in table.data else None
    gives = table.table("gives")
    row = PaperRow(
        id=table.text("id"),
        height=inner.height if inner else table.number("height"),
        cells=cells,
        table=inner,
        step=word(table, "step", StepPlace, StepPlace.NONE),
        gives={name: gives.number(name) for name in gives.data},
        when=table.text("when", ""),
        printed=table.truth("printed", True),
    )
    check_row(table, row, widths)
    return row


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
            check_fields(table, key, shown, known)
    return PaperCell(
        text=text,
        is_label=is_label,
        span=table.whole("span", 1),
        width=not_negative(table, "width", 0.0),
        align=word(table, "align", Align, Align.CENTER if in_middle else Align.LEFT),
        top=table.truth("top", False),
        foot=table.text("foot", ""),
        hint=table.text("hint", ""),
        size_pt=not_negative(table, "size_pt", 0.0),
        divided=table.truth("divided", True),
        spread=table.truth("spread", False),
        when=table.text("when", ""),
    )


def _inner_table(table: TomlTable, known: set[str]) -> PaperTable:
    inner = table.table("table").only(
        "field", "heading", "columns", "rows", "heading_height", "head_height", "row_height",
        "apart",
    )  # fmt: skip
    check_fields(inner, "field", f"{{{inner.text('field')}}}", known)
    return PaperTable(
        field=inner.text("field"),
        heading=inner.text("heading"),
        columns=columns(inner, "columns"),
        rows=_counted(inner, "rows", 40, 3),
        heading_height=positive(inner, "heading_height", 6.5),
        head_height=positive(inner, "head_height", 7.0),
        row_height=positive(inner, "row_height", 7.5),
        apart=inner.truth("apart", False),
    )
