"""The columns of a list as the user sees and corrects them: what each holds, what is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.headings import PRIVATE, Vocabulary
from wxadmin.domain.organisation import HeadingMemory
from wxadmin.domain.sheet import column_letter, shown
from wxadmin.domain.sheet_columns import IGNORE
from wxadmin.domain.sheet_kind import LEAVERS, MEMBERS, ROSTER, WECOM
from wxadmin.progress import Progress, silent
from wxadmin.services.imports import Imports, Reading
from wxadmin.services.workplace import Workplace

KIND_WORDS = {
    ROSTER: "花名册",
    LEAVERS: "离职清单",
    WECOM: "企业微信通讯录",
    MEMBERS: "群成员名单",
}
# what a roster or a leaver list may give a person, in the order of the pick list
OFFERED = (
    "name",
    "emp_no",
    "mobile",
    "org_path",
    "org_unit",
    "org_level_1",
    "org_level_2",
    "org_level_3",
    "org_level_4",
    "company",
    "position",
    "region",
    "employment_type",
    "status",
    "hire_date",
    "leave_date",
    "last_day",
    "leave_type",
    "contract_end",
    "wecom_userid",
    "company_email",
    "personal_wechat",
    "telephone",
    "superior",
    "id_no",
    "remark",
)
SAMPLES = 3
_LETTER = re.compile(r"（([A-Z]+) 列）")
_TRIED_FOR_NAMES = 12  # columns from the left that may hold the names when none is headed so


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: how a mapping names it, its heading, what stands in it, what it is read as.

    `field` is "" for a column left out; `sensitive` columns are left out unless ticked, `private`
    ones are never read.
    """

    key: str
    letter: str
    heading: str
    samples: tuple[str, ...]
    field: str
    sensitive: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """A list as far as it could be read; `complaint` says what its columns still lack."""

    reading: Reading
    complaint: str = ""


class ImportColumns:
    """Reads a list with the user's own mapping, and shows its columns."""

    def __init__(self, workplace: Workplace) -> None:
        self._imports = Imports(workplace)
        self._store = workplace.store
        self._vocabulary = _vocabulary(workplace)

    def fields(self) -> list[tuple[str, str]]:
        """Return what a column may be read as: (key, label)."""
        known = self._vocabulary.fields
        return [(key, known[key].label) for key in OFFERED if key in known]

    def look(
        self,
        path: Path,
        *,
        kind: str | None = None,
        sheet: str | None = None,
        mapping: Sequence[tuple[str, str]] = (),
        progress: Progress = silent,
    ) -> Looked:
        """Read a list; where its columns cannot be settled alone, read what there is.

        Raises `UserError` for a file that holds no list at all.
        """

        def read(columns: Sequence[tuple[str, str]]) -> Reading:
            return self._imports.read(
                path, kind=kind, sheet=sheet, mapping=columns, progress=progress
            )

        try:
            return Looked(read(mapping))
        except UserError as refusal:
            if mapping or refusal.code not in {"no_name_column", "duplicate_columns"}:
                raise
            found = _read_somehow(read, refusal)
            kept = self._store.find(HeadingMemory, signature=found.table.signature)
            return Looked(read(kept[-1].columns)) if kept else Looked(found, refusal.message)

    def lines(self, reading: Reading) -> list[ColumnLine]:
        """Return every column with a heading, from left to right."""
        table = reading.table
        taken = dict(table.taken)
        texts = [heading.text for heading in table.headings]
        lines = []
        for heading in table.headings:
            letter = column_letter(heading.column)
            known = self._vocabulary.recognise(heading.text, heading.above)
            field = taken.get(heading.column, "")
            lines.append(
                ColumnLine(
                    heading.text if texts.count(heading.text) == 1 else letter,
                    letter,
                    heading.text,
                    _samples(table.cells[heading.column]),
                    field,
                    not field and heading.text in table.sensitive,
                    known is not None and known[0] == PRIVATE,
                )
            )
        return lines

    def mapping(self, lines: Sequence[ColumnLine]) -> tuple[tuple[str, str], ...]:
        """Return lines as a mapping that says everything, so that nothing is guessed again."""
        return tuple((one.key, one.field or IGNORE) for one in lines if not one.private)


def _read_somehow(read: Any, refusal: UserError) -> Reading:
    """Read with a makeshift mapping, so that there is something to correct."""
    letters = [found for text in refusal.details for found in _LETTER.findall(text)]
    if refusal.code == "duplicate_columns" and letters:
        tries = [[(letter, IGNORE) for letter in letters[1:]]]
    else:
        tries = [[(column_letter(n), "name")] for n in range(_TRIED_FOR_NAMES)]
    for mapping in tries:
        try:
            found: Reading = read(mapping)
            return found
        except UserError as again:
            if again.code not in {"no_name_column", "private_column"}:
                raise
    raise refusal


def _samples(cells: Sequence[Any]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells[:200]:
        text = shown(cell).strip()
        if text and text not in found:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _vocabulary(workplace: Workplace) -> Vocabulary:
    from wxadmin.policy.headings import read_vocabulary

    own = workplace.user_policies
    mine = own / "headings.toml" if own else None
    chosen = mine if mine and mine.exists() else paths.RESOURCES / "headings.toml"
    return read_vocabulary(chosen)


def all_recognised(reading: Reading) -> bool:
    """Say whether a list can go straight to its preview: names, and something to know them by."""
    keys = {key for _, key in reading.table.taken}
    known_by = {"emp_no", "mobile", "wecom_userid", "id_no"}
    if reading.kind == MEMBERS:  # whose list it is must be said, unless it says so itself
        return {"name", "group_name"} <= keys
    return reading.kind in KIND_WORDS and "name" in keys and bool(keys & known_by)


__all__ = ["KIND_WORDS", "ColumnLine", "ImportColumns", "Looked", "all_recognised"]
