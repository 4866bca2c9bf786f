"""Rows of a long table out of a service: ids first, pages when shown, the rest when asked.

Example:
    self.source = RollSource(roll.ids(), roll.facts, lambda ids: roll.page(list(ids)))
    self.table.show_rows(self.source)                    # painted without reading the facts
    bring_facts(context, self.source, before, roll.facts, self._taken)   # many: on the worker
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QTimer

from ui.shared.rows import Chosen

if TYPE_CHECKING:
    from ui.desk import Context

MANY = 3000
"""With more rows than this the bulk reading goes to the worker."""
AFTER_PAINT = 30
"""Milliseconds a long table has for its paint before the rest is read."""


class Facts(Protocol):
    """What sorts, filters and finds: the bulk reading of a roll."""

    members: Mapping[str, Any]

    def order(self, key: str) -> Sequence[Any]:
        """All keys in the order of a column; "" is the order they are first shown in."""

    def find(self, typed: str) -> Sequence[Any]:
        """The keys every word typed fits, in the order of `order("")`."""


class RollSource:
    """A paged source; asked for a search before the facts are there, it reads them at once.

    While they are `coming` from the worker nothing waits: all rows are shown until they are here.
    """

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
        self._alive: set[Hashable] | None = None
        self.coming = False

    @property
    def has_facts(self) -> bool:
        """Whether everything is read already."""
        return self._facts is not None

    def take(self, facts: Any, *, stale: bool = False) -> None:
        """Use facts that were read elsewhere (on the worker).

        `stale` facts are those from before an act: good enough until the new ones are here, but
        for rows that are gone.
        """
        self._facts = facts
        self._alive = set(self._ids) if stale else None
        if not stale:
            self.coming = False

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
        if self.coming and self._facts is None:
            return self._ids
        facts: Facts = self.facts()
        keys: Sequence[Any] = facts.find(search) if search else facts.order("")
        if sort is not None:
            found = set(keys) if search else None
            keys = [key for key in facts.order(sort) if found is None or key in found]
        if descending:
            keys = keys[::-1]
        wanted = facts.members.get(chosen if isinstance(chosen, str) else "")
        if wanted is not None:
            keys = [key for key in keys if key in wanted]
        alive = self._alive
        if alive is not None:
            keys = [key for key in keys if key in alive or isinstance(key, tuple)]
        return keys

    def page(self, ids: Sequence[Hashable]) -> Mapping[Any, Any]:
        """The rows of these keys."""
        return self._page(ids)

    def is_long(self) -> bool:
        """Whether there are so many rows that bulk readings take their time."""
        return len(self._ids) > MANY


def bring_facts(
    context: Context,
    source: RollSource,
    before: RollSource | None,
    read: Callable[[], Any],
    taken: Callable[[RollSource], Any],
) -> None:
    """Read the facts: at once for few rows, on the worker for many; `taken(source)` then.

    `before` is the source shown until now; its facts serve until the new ones are here.
    """
    if not source.is_long():
        source.facts()
        taken(source)
        return
    source.coming = True
    if before is not None and before.has_facts:
        source.take(before.facts(), stale=True)

    def done(facts: Any) -> None:
        source.take(facts)
        taken(source)

    def begin() -> None:
        context.jobs.run(
            lambda progress, cancelled: read(),
            on_done=done,
            caption="正在准备搜索和筛选",
            written="只是读取，不改任何数据。",
        )

    QTimer.singleShot(AFTER_PAINT, context.jobs, begin)  # the first paint has the machine alone
