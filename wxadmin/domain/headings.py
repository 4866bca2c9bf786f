"""Know a column by its heading: the vocabulary, and the row in which the headings stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.sheet import Cell, column_letter

HEADING_ROWS = 30
MAX_HEADINGS = 1_000
ASK, NEVER = "ask", "never"
ANCHORS = ("name", "group_name", "wecom_userid")  # a sheet has one of these, and one more
PRIVATE = "private"

_LONGEST = 60  # a longer text is a note, not a heading
_LONGEST_GROUP = 16  # and a wider heading over several columns is shorter still
_DROPPED = re.compile(r"[\s*＊:：,，.。、/\\|_\-—#·?？!！\"'“”]+")
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_LATIN_TAIL = re.compile(r"(?<=[^\x00-\x7f])[\x00-\x7f]+$")

Merge = tuple[int, int, int, int]


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """One spelling for headings: half-width, lower case, no brackets, blanks or marks."""
    text = unicodedata.normalize("NFKC", text).lower()
    bare = _DROPPED.sub("", _BRACKETS.sub("", text))
    return bare or _DROPPED.sub("", re.sub(r"[（）()【】\[\]]", "", text))


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold; `offer` is yes, ask (sensitive: unticked) or never."""

    key: str
    label: str
    headings: frozenset[str]
    weak: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    kind: str = "text"
    offer: str = "yes"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All fields with the words needed to read a sheet; headings are kept normalised."""

    fields: Mapping[str, Field]
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    nothing: frozenset[str] = frozenset()
    footers: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    employment_by_sheet: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _known: dict[str, tuple[str, float]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for one in self.fields.values():
            for heading in one.weak:
                self._known.setdefault(heading, (one.key, 0.6))
        for one in self.fields.values():
            for heading in one.headings:
                if self._known.get(heading, ("", 0.0))[1] < 1:
                    self._known[heading] = (one.key, 1.0)

    def recognise(self, text: str, above: Sequence[str] = ()) -> tuple[str, float] | None:
        """Say which field a heading means and how surely (0–1); None when it means none.

        `above` are the texts of wider headings over it; they may rule a field out
        (紧急联系人 over 联系电话 is nobody's own number).
        """
        if not text or len(text) > _LONGEST:
            return None
        spelt = normalise(text)
        context = unicodedata.normalize("NFKC", " ".join((text, *above)))
        for form, factor in self._forms(spelt):
            known = self._known.get(form)
            if known is None:
                continue
            one = self.fields[known[0]]
            if spelt in one.never or any(word in context for word in one.beside):
                return None
            return known[0], known[1] * factor
        return None

    def _forms(self, spelt: str) -> Iterator[tuple[str, float]]:
        yield spelt, 1.0
        tail = _LATIN_TAIL.sub("", spelt)
        unnumbered = spelt.lstrip("0123456789")  # a form numbers its questions: 1. 姓名
        for form, factor in ((spelt, 0.9), (tail, 0.8), (unnumbered, 0.7)):
            if form != spelt:
                yield form, factor
            for suffix in self.suffixes:
                if form.endswith(suffix):
                    yield form.removesuffix(suffix), factor
            for prefix in self.prefixes:
                if form.startswith(prefix) and len(form) > len(prefix):
                    yield form.removeprefix(prefix), factor * 0.9

    def field_named(self, text: str) -> Field | None:
        """The field with this key or label."""
        if text in self.fields:
            return self.fields[text]
        spelt = normalise(text)
        return next((one for one in self.fields.values() if normalise(one.label) == spelt), None)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading: its text in the leaf row and the wider headings over it."""

    column: int
    text: str
    above: tuple[str, ...] = ()

    def named(self) -> str:
        """How a sentence names the column: its text and letter."""
        return f"“{self.text}”（{column_letter(self.column)} 列）"


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The row (from 0) in which the headings stand, and how many known fields it names."""

    row: int
    headings: tuple[Heading, ...]
    score: int
    anchored: bool


class _Grid:
    """The first rows of a sheet, looked at through its merged ranges."""

    def __init__(self, columns: Sequence[Sequence[Cell]], merges: Sequence[Merge]) -> None:
        self.columns = columns
        self.height = len(columns[0]) if columns else 0
        self.over: dict[tuple[int, int], Merge] = {}
        for merge in merges:
            top, left, bottom, right = merge
            for row in range(top, min(bottom, HEADING_ROWS + 3) + 1):
                for column in range(left, min(right, len(columns) - 1) + 1):
                    self.over[row, column] = merge

    def text(self, row: int, column: int) -> str:
        cell = self.columns[column][row]
        if cell == "" and (merge := self.over.get((row, column))):
            cell = self.columns[column][merge[0]] if merge[1] == column else ""
        return " ".join(cell.split()) if isinstance(cell, str) else ""

    def bottom(self, row: int) -> int:
        """The last row that a cell merged downwards from this row reaches."""
        reach = [self.over[row, c][2] for c in range(len(self.columns)) if (row, c) in self.over]
        return max(reach, default=row)

    def above(self, row: int, column: int) -> tuple[str, ...]:
        """Texts of wider merged cells in the two rows over this one, not the sheet's title."""
        found = []
        for upper in range(max(0, row - 2), row):
            merge = self.over.get((upper, column))
            if merge and 0 < merge[3] - merge[1] < len(self.columns) * 0.8 - 1:
                cell = self.columns[merge[1]][merge[0]]
                if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_GROUP:
                    found.append(" ".join(cell.split()))
        return tuple(found)


def find_heading_row(
    columns: Sequence[Sequence[Cell]],
    merges: Sequence[Merge],
    vocabulary: Vocabulary,
    least: int = 2,
) -> HeadingRow | None:
    """Find the row among the first 30 that names most known fields, `least` of them or more."""
    grid = _Grid(columns, merges)
    best: HeadingRow | None = None
    for row in range(min(grid.height, HEADING_ROWS)):
        found = _heading_row(grid, row, vocabulary)
        if found.score < least:
            continue
        rank = (found.anchored, found.score)
        if best is None or rank > (best.anchored, best.score):
            best = found
        elif rank == (best.anchored, best.score) and grid.bottom(best.row) >= row:
            best = found  # the leaf row under headings merged downwards
    return best


def _heading_row(grid: _Grid, row: int, vocabulary: Vocabulary) -> HeadingRow:
    headings = []
    keys = set()
    for column in range(len(grid.columns)):
        text = grid.text(row, column)
        if not text:
            continue
        heading = Heading(column, text, grid.above(row, column))
        headings.append(heading)
        known = vocabulary.recognise(text, heading.above)
        if known:
            keys.add(known[0])
    anchored = any(anchor in keys for anchor in ANCHORS)
    return HeadingRow(row, tuple(headings), len(keys), anchored)


def refuse_too_wide(columns: Sequence[Sequence[Cell]], file_name: str, sheet: str) -> None:
    """Refuse a sheet with more than 1,000 headings that hold text."""
    if len(columns) <= MAX_HEADINGS:
        return
    for row in range(min(len(columns[0]), HEADING_ROWS)):
        count = sum(1 for column in columns if column[row] != "")
        if count > MAX_HEADINGS:
            raise UserError(
                f"《{file_name}》的工作表“{sheet}”有 {count} 列标题，超过 {MAX_HEADINGS} 列；"
                "请只留下要导入的列再试。",
                "too_many_columns",
            )
