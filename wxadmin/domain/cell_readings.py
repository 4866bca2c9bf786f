"""Read each distinct cell of a column once, also while the rest of the list is still on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from wxadmin.domain.dates import read_date
from wxadmin.domain.headings import Vocabulary
from wxadmin.domain.identity_numbers import read_id_no
from wxadmin.domain.sheet import Cell
from wxadmin.domain.values import (
    MAX_TEXT,
    Doubt,
    Refused,
    read_email,
    read_mobile,
    read_name,
    read_number,
    read_path,
    read_remark,
    read_text,
    read_userid,
    read_word,
)

FIRST_HIRE = date(1950, 1, 1)
_OPEN_WORDS = ("employment_type",)
_EXACT_KINDS = ("name", "number", "userid", "id_no")  # where 无 and - are not "nothing"

Reading = Callable[[Cell], object]

_READERS: dict[str, Reading] = {
    "name": read_name,
    "mobile": read_mobile,
    "number": read_number,
    "userid": read_userid,
    "id_no": read_id_no,
    "email": read_email,
    "path": read_path,
    "remark": read_remark,
}


class CellReadings:
    """What every cell of a list means, by the field its column is taken for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[tuple[str, bool], tuple[Reading, dict[Cell, object]]] = {}

    def read(self, key: str, cells: Iterable[Cell], date1904: bool) -> dict[Cell, object]:
        """Return the meaning of every cell of a field so far, these included."""
        known = self._known.get((key, date1904))
        if known is None:
            known = self._known[key, date1904] = self._reader(key, date1904), {}
        reader, results = known
        for cell in set(cells).difference(results):
            results[cell] = reader(cell)
        return results

    def _reader(self, key: str, date1904: bool) -> Reading:
        one = self._vocabulary.fields[key]
        nothing = self._vocabulary.nothing
        if one.kind == "date":
            return _date_reader(key, date1904, nothing)
        if one.kind == "word":
            words = self._vocabulary.words.get(key, {})
            label, is_open = one.label, key in _OPEN_WORDS
            reader: Reading = lambda cell: read_word(cell, words, label, is_open)  # noqa: E731
        elif one.kind in _READERS:
            reader = _READERS[one.kind]
        else:
            reader = lambda cell: read_text(cell, MAX_TEXT, one.label)  # noqa: E731
        if one.kind in _EXACT_KINDS:
            return reader

        def or_nothing(cell: Cell) -> object:
            if isinstance(cell, str) and cell.strip().lower() in nothing:
                return None
            return reader(cell)

        return or_nothing


def _date_reader(key: str, date1904: bool, nothing: frozenset[str]) -> Reading:
    def read(cell: Cell) -> object:
        found = read_date(cell, date1904, nothing)
        day = found.value if isinstance(found, Doubt) else found
        if key == "hire_date" and isinstance(day, date) and day < FIRST_HIRE:
            return Refused(f"入职日期 {day.isoformat()} 早于 1950 年")
        return found

    return read
