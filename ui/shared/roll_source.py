"""Rows of a long table out of a service: ids first, pages when shown, the rest when asked.

Example:
    self.source = RollSource(roll.ids(), roll.facts, lambda ids: roll.page(list(ids)))
    self.table.show_rows(self.source)                    # painted without reading the facts
    context.jobs.run(lambda *_: roll.facts(), on_done=self.source.take)   # then in the background
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol

from ui.shared.rows import Chosen


class Facts(Protocol):
    """What sorts, filters and finds: the bulk reading of a roll."""

    members: Mapping[str, Any]

    def order(self, key: str) -> Sequence[Any]:
        """All keys in the order of a column; "" is the order they are first shown in."""

    def find(self, typed: str) -> set[Any]:
        """The keys every word typed fits."""


class RollSource:
    """A paged source; asked for a search before the facts are there, it reads them at once."""

    def __init__(
        self,
        ids: Sequence[Hashable],
        read_facts: Callable[[], Any],
        page: Callable[[Sequence[Any]], Mapping[Any, Any]],
    ) -> None:
        self._ids = ids
        self._read = read_facts
        self._page = page
        self._facts: Any = None

    @property
    def has_facts(self) -> bool:
        """Whether everything is read already."""
        return self._facts is not None

    def take(self, facts: Any) -> None:
        """Use facts that were read elsewhere (on the worker)."""
        self._facts = facts

    def facts(self) -> Any:
        """The facts, read now if nobody has."""
        if self._facts is None:
            self._facts = self._read()
        return self._facts

    def ids(
        self, sort: str | None, descending: bool, search: str, chosen: Chosen
    ) -> Sequence[Hashable]:
        """The keys that pass search and filter, in order."""
        if sort is None and not search and chosen is None:
            return self._ids
        facts: Facts = self.facts()
        keys: Sequence[Any] = facts.order(sort or "")
        if descending:
            keys = keys[::-1]
        wanted = facts.members.get(chosen if isinstance(chosen, str) else "")
        if search:
            hits = facts.find(search)
            wanted = hits if wanted is None else hits & wanted
        return keys if wanted is None else [key for key in keys if key in wanted]

    def page(self, ids: Sequence[Hashable]) -> Mapping[Any, Any]:
        """The rows of these keys."""
        return self._page(ids)
