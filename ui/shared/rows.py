"""Where a table's rows come from: ids in order, and pages of rows when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any, Protocol

from ui.shared.columns import Column, plain_text, sort_value

_FEW = 8
Chosen = str | Callable[[Any], bool] | None
"""A filter: the key of a filter word, a question about a row, or none."""


class Source(Protocol):
    """What the table model asks. A paged source answers from a service with tuples or records.

    A source may also have `group_of(id) -> key`, for group heading rows.
    """

    def ids(
        self, sort: str | None, descending: bool, search: str, chosen: Chosen
    ) -> Sequence[Hashable]:
        """All ids to be shown, in order; `sort` is a column's key, `chosen` the filter."""

    def page(self, ids: Sequence[Hashable]) -> Mapping[Any, Any]:
        """The rows of these ids (about a hundred at a time), by id."""


class RowsInMemory:
    """A list of rows, sorted and filtered as a list of indices.

    Example:
        RowsInMemory(people, key="emp_no", group=lambda row: row.unit,
                     filters={"active": lambda row: row.state == "在用"})
    `rows` are mappings or objects; `key` names the id (default: the row's place in the list);
    `search` gives the text a row is found by (default: all its columns).
    """

    def __init__(
        self,
        rows: Iterable[Any],
        key: str | Callable[[Any], Hashable] | None = None,
        search: Callable[[Any], str] | None = None,
        group: Callable[[Any], Hashable] | None = None,
        filters: Mapping[str, Callable[[Any], bool]] | None = None,
    ) -> None:
        self._rows = list(rows)
        self._key = key
        self._search = search
        self._group = group
        self._filters = dict(filters or {})
        self._columns: Sequence[Column] = ()
        self._ids: Sequence[Hashable] = self._all_ids()
        self._next, self._looks = -1, 0
        self._place: dict[Hashable, int] | None = None
        self._texts: list[str] | None = None
        self._sorted: dict[str, list[int]] = {}
        self._last_hits: tuple[str, list[int]] | None = None

    def use_columns(self, columns: Sequence[Column]) -> None:
        """Learn from the model how columns sort and what they show."""
        self._columns = columns
        self._sorted.clear()

    def ids(
        self, sort: str | None, descending: bool, search: str, chosen: Chosen
    ) -> Sequence[Hashable]:
        """The ids that pass search and filter, in order."""
        if sort is None and not search and chosen is None:
            return self._ids
        order = self._order(sort)
        if search:
            hits = self._hits(search.casefold().split())
            if sort is None:
                order = hits
            elif len(hits) < len(order):
                found = set(hits)
                order = [place for place in order if place in found]
        if descending:
            order = order[::-1]
        question = self._filters.get(chosen) if isinstance(chosen, str) else chosen
        if question is not None:
            order = [place for place in order if question(self._rows[place])]
        ids = self._ids
        return [ids[place] for place in order]

    def page(self, ids: Sequence[Hashable]) -> Mapping[Any, Any]:
        """The rows of these ids."""
        return {key: self._rows[self._place_of(key)] for key in ids}

    def group_of(self, key: Hashable) -> Hashable:
        """The group a row stands under, or None."""
        return self._group(self._rows[self._place_of(key)]) if self._group else None

    def _all_ids(self) -> Sequence[Hashable]:
        if self._key is None:
            return range(len(self._rows))
        if callable(self._key):
            return [self._key(row) for row in self._rows]
        read = itemgetter if self._rows and isinstance(self._rows[0], Mapping) else attrgetter
        return list(map(read(self._key), self._rows))

    def _place_of(self, key: Hashable) -> int:
        self._next += 1  # neighbours are mostly asked for one after another
        if self._next < len(self._ids) and self._ids[self._next] == key:
            return self._next
        self._next = self._looked_up(key)
        return self._next

    def _looked_up(self, key: Hashable) -> int:
        if self._place is None and self._looks < _FEW:
            self._looks += 1  # a jump or two in the list's own order: not worth a dictionary
            return self._ids.index(key)
        if self._place is None:
            self._place = dict(zip(self._ids, range(len(self._ids)), strict=True))
        return self._place[key]

    def _order(self, sort: str | None) -> Sequence[int]:
        """Places in order of a column; a stable sort made once per column."""
        if sort is None:
            return range(len(self._rows))
        if sort not in self._sorted:
            column = next((c for c in self._columns if c.key == sort), None)
            places = list(range(len(self._rows)))
            if column is not None:
                keys = [sort_value(column, row) for row in self._rows]
                places.sort(key=keys.__getitem__)
            self._sorted[sort] = places
        return self._sorted[sort]

    def _hits(self, words: list[str]) -> list[int]:
        texts = self._texts
        if texts is None:
            texts = self._texts = [self._text(row).casefold() for row in self._rows]
        asked = " ".join(words)
        where: Iterable[int] = range(len(texts))
        if self._last_hits and asked.startswith(self._last_hits[0]):
            where = self._last_hits[1]  # she typed one letter more: look among the last hits only
        hits = list(where)
        for word in words:
            hits = [place for place in hits if word in texts[place]]
        self._last_hits = (asked, hits)
        return hits

    def _text(self, row: Any) -> str:
        if self._search is not None:
            return self._search(row)
        return " ".join(plain_text(column.of(row)) for column in self._columns)
