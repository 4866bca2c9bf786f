"""Small checks shared by the readers of a pack: no duplicates, no name that leads nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wxadmin.policy.toml_table import Table


class Names:
    """The names of one kind of thing in the order read: each once, and asked for by others."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._known: set[str | int] = set()

    def add(self, table: Table, key: str, *names: str | int) -> None:
        """Take names up; refuse one that is there already."""
        for name in names:
            if name in self._known:
                table.refuse(key, f"{self.what}“{name}”重复")
            self._known.add(name)

    def check(self, table: Table, key: str, *names: str | int) -> None:
        """Refuse names that nothing is called by; an empty one refers to nothing."""
        for name in names:
            if name != "" and name not in self._known:
                table.refuse(key, f"没有叫“{name}”的{self.what}")

    def __contains__(self, name: object) -> bool:
        return name in self._known


def check_among(table: Table, key: str, names: Iterable[str], known: Collection[str]) -> None:
    """Refuse a word outside a fixed set."""
    for name in names:
        if name not in known:
            table.refuse(key, f"“{key}”里不能有“{name}”，只能是：{'、'.join(sorted(known))}")
