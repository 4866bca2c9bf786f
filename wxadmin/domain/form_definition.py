"""What a form asks, how it is numbered and how it is laid out: read from resources/forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wxadmin.domain.frozen import dataclass

PLACEHOLDER = re.compile(r"\{(?P<name>\w*)(?::(?P<how>\w+))?(?:\|(?P<rule>\d+(?:\.\d+)?))?\}")
_SEQUENCE = re.compile(r"\{(n+)\}")
OWN_VERSIONS = 100
"""Versions above are an office's own; ours stay below, so that an update never meets them."""
_PAPER_CODE = re.compile(
    r"^(?P<number>\S{1,60})/(?P<version>\d{1,4})(?:\.(?P<sheet>\d{1,3}))?(?:-(?P<page>\d{1,3}))?$"
)


class FieldType(StrEnum):
    """How a field is typed, kept and written out."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    BOOL = "bool"
    MOBILE = "mobile"
    PERSON = "person"
    ORG_UNIT = "org_unit"
    GROUPS = "groups"
    FILES = "files"
    TABLE = "table"


class Align(StrEnum):
    """Where a text stands in its cell."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Tick:
    """A choice on paper with its box ticked or left open (a proposed group)."""

    text: str
    ticked: bool = True


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A step of the approval route as the paper shows it: who gives an opinion."""

    title: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. `source` names where its value comes from when nobody types it."""

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    required_when: str = ""  # a condition the services know: sales, shared, exception
    choices: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()  # the boxes printed, where they differ from the choices
    box_of: Mapping[str, str] = field(default_factory=dict)  # choice -> box printed for it
    other: str = "其他"  # the box beside which the choice itself is written
    source: str = ""
    on_paper: bool = True
    on_screen: bool = True
    hint: str = ""
    empty: str = ""  # what a filled form shows where there is no value
    when: str = ""  # asked only where the policy wants it: codes, filing, undertaking
    known: tuple[str, ...] = ()  # of a list: the columns filled in by us, in order
    typed: tuple[str, ...] = ()  # of a list: the columns one types behind them

    def printed_boxes(self) -> tuple[str, ...]:
        """Return the boxes as they stand on paper."""
        return self.boxes or self.choices


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One cell; `text` is a template such as "原：{change_from|30}"."""

    text: str = ""
    is_label: bool = False
    span: int = 1
    width: float = 0.0  # mm; 0 takes the width of the columns it spans
    align: Align = Align.LEFT
    top: bool = False  # text begins at the top instead of standing in the middle
    foot: str = ""  # a line at the lower right: signature and date
    hint: str = ""  # small words on the blank form
    size_pt: float = 0.0  # 0 takes the body's size
    divided: bool = True  # a line at its left
    spread: bool = False  # its lines share the whole height
    when: str = ""  # printed only where the policy wants it; the cell before takes its room


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a table in a form or of a register."""

    label: str
    text: str  # a template over the row: "{name}" or "□注销　□回收"
    width: float
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A list within a form; rows that find no room go to an appendix, or all of them do."""

    field: str
    heading: str
    columns: tuple[PaperColumn, ...]
    rows: int = 3
    heading_height: float = 6.5
    head_height: float = 7.0
    row_height: float = 7.5
    apart: bool = False  # nothing of it stands on the form, everything in the appendix

    @property
    def height(self) -> float:
        """The room it takes on the form in mm."""
        if self.apart:
            return 0.0
        return self.heading_height + self.head_height + self.rows * self.row_height


class StepPlace(StrEnum):
    """Which step of the approval route an opinion row belongs to."""

    NONE = ""
    FIRST = "first"
    REST = "rest"  # printed once for each further step, in the same height


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the grid, `height` in mm; `gives` is shared out when the row is not printed."""

    id: str
    height: float
    cells: tuple[PaperCell, ...] = ()
    table: PaperTable | None = None
    step: StepPlace = StepPlace.NONE
    gives: Mapping[str, float] = field(default_factory=dict)
    printed: bool = True
    when: str = ""  # printed only where the policy wants it


@dataclass(frozen=True, slots=True)
class Logo:
    """The company's mark (标志): a picture, its size in pixels giving the proportions."""

    name: str
    width: int
    height: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins in mm."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class PaperLayout:
    """Where everything stands on the sheet; all lengths in mm."""

    margins: Margins
    columns: tuple[float, ...]
    rows: tuple[PaperRow, ...]
    mark: str = ""
    mark_height: float = 7.0
    title_height: float = 12.0
    title_pt: float = 18.0
    above: tuple[PaperCell, ...] = ()
    above_height: float = 8.0
    foot: tuple[str, ...] = ()
    foot_height: float = 9.0
    body_pt: float = 10.5
    foot_pt: float = 8.0
    outer_line: float = 0.4
    inner_line: float = 0.18
    qr_size: float = 13.0  # 0 prints none
    strike_blank: bool = False  # empty cells of a filled form get a stroke
    width: float = 210.0
    height: float = 297.0
    letterhead: str = ""  # a line above the title, a template over {company}
    control_no: str = ""  # 受控表号, top right
    logo: Logo | None = None

    @property
    def grid_width(self) -> float:
        """The width of the grid in mm."""
        return sum(self.columns)

    @property
    def top_line(self) -> float:
        """The height of the line above the title: mark, letterhead, 受控表号; 0 without them."""
        return self.mark_height if self.mark or self.letterhead or self.control_no else 0.0

    @property
    def used_height(self) -> float:
        """What everything takes of the sheet's height in mm, margins and all."""
        head = self.top_line + self.title_height + self.above_height
        grid = sum(row.height for row in self.rows if row.printed)
        return self.margins.top + head + grid + self.foot_height + self.margins.bottom


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A kind of form: what is kept, what is printed, which route it takes."""

    id: str
    title: str  # a template over {company}
    version: int
    number_pattern: str  # QWSQ-{YYYYMM}-{nnn}
    fields: tuple[FormField, ...]
    layout: PaperLayout
    route: str = ""  # the approval route of the policy pack it takes
    copies: int = 1
    file_name: str = ""  # the short word for it in file names
    approvers: tuple[str, ...] = ()  # whose opinions are printed, where not those of the route

    @property
    def is_own(self) -> bool:
        """Whether the office has changed it."""
        return self.version > OWN_VERSIONS

    def field_named(self, name: str) -> FormField:
        """Return a field; KeyError when the form has none of that name."""
        for known in self.fields:
            if known.name == name:
                return known
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the form has a field of that name."""
        return any(known.name == name for known in self.fields)

    def missing(
        self, values: Mapping[str, object], conditions: frozenset[str] = frozenset()
    ) -> tuple[FormField, ...]:
        """Return the required fields that have no value; `conditions` are those that hold."""
        return tuple(
            known
            for known in self.fields
            if (known.required or known.required_when in conditions)
            and values.get(known.name) in (None, "", (), [])
        )


@dataclass(frozen=True, slots=True)
class RegisterDefinition:
    """A register or sheet that flows over as many pages as it needs."""

    id: str
    title: str
    columns: tuple[PaperColumn, ...]
    margins: Margins
    width: float = 297.0
    height: float = 210.0
    above: tuple[str, ...] = ()  # left and right words over the table
    signers: tuple[str, ...] = ()
    body_pt: float = 9.0
    title_pt: float = 16.0
    tables: Mapping[str, tuple[PaperColumn, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # headings and sentences by name
    version: int = 1
    control_no: str = ""  # 受控表号, top right


def names_in(template: str) -> Iterator[str]:
    """Yield the fields a template speaks of."""
    for found in PLACEHOLDER.finditer(template):
        if found["name"]:
            yield found["name"]


def number_series(pattern: str, on: date) -> str:
    """Return the counter a number of that day is taken from: QWSQ-202611-{nnn}."""
    return (
        pattern.replace("{YYYYMM}", f"{on:%Y%m}")
        .replace("{YYYY}", f"{on:%Y}")
        .replace("{MM}", f"{on:%m}")
    )


def form_number(pattern: str, on: date, sequence: int) -> str:
    """Write a form's number: the `sequence`-th of its series, widened when it outgrows it."""

    def padded(found: re.Match[str]) -> str:
        return str(sequence).zfill(len(found[1]))

    return _SEQUENCE.sub(padded, number_series(pattern, on))


class PaperCode(NamedTuple):
    """What the code on a page says: which form, by which version of its definition, which sheet
    of it and which page; a form that was sent back is printed anew as its 2nd sheet (第2版)."""

    number: str
    version: int
    sheet: int = 1
    page: int = 1


def paper_code(number: str, version: int, sheet: int = 1, page: int = 1) -> str:
    """Return what the code on a page says; first sheets and first pages are not numbered."""
    code = f"{number}/{version}" if sheet == 1 else f"{number}/{version}.{sheet}"
    return code if page == 1 else f"{code}-{page}"


def read_paper_code(text: str) -> PaperCode | None:
    """Return what a code from a scan says, None for a foreign code."""
    found = _PAPER_CODE.match(text)
    if found is None:
        return None
    numbers = (int(found[name] or 1) for name in ("version", "sheet", "page"))
    return PaperCode(found["number"], *numbers)
