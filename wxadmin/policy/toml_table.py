"""A table of an editable file that knows which of its keys were read, and refuses the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from wxadmin.policy.toml_file import TomlTable, read_toml


class Table:
    """Each key is asked for by its reader; `finish` refuses those nobody asked for.

    So a slip of the pen never passes in silence, and a reader need not list its keys twice.
    """

    def __init__(self, toml: TomlTable) -> None:
        self._toml = toml
        self._asked: set[str] = set()

    @classmethod
    def of_file(cls, path: Path) -> Table:
        """The whole of a file."""
        return cls(read_toml(path).root())

    @property
    def path(self) -> Path:
        """The file it stands in."""
        return self._toml.file.path

    def __contains__(self, key: str) -> bool:
        return key in self._toml.data

    def keys(self) -> Iterator[str]:
        """The keys as they stand in the file."""
        return iter(self._toml.data)

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Refuse the file because of this key."""
        raise self._toml.refuse(key, reason)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required (and not empty) if there is no default."""
        self._asked.add(key)
        return self._toml.text(key, default)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; required if there is no default."""
        self._asked.add(key)
        return self._toml.whole(key, default)

    def whole_or_none(self, key: str) -> int | None:
        """A whole number that may be left out."""
        return self.whole(key) if key in self else None

    def truth(self, key: str, default: bool | None = None) -> bool:
        """True or false; required if there is no default."""
        self._asked.add(key)
        return self._toml.truth(key, default)

    def texts(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of texts, none of them empty; `default=None` asks for at least one."""
        self._asked.add(key)
        items = self._toml.texts(key, default)
        if default is None and not items:
            self.refuse(key, f"“{key}”至少要有一项")
        if not all(item.strip() for item in items):
            self.refuse(key, f"“{key}”里有空的一项")
        return items

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty if left out."""
        items = self.raw(key)
        if items is None:
            return ()
        if not isinstance(items, list) or not all(type(item) is int for item in items):
            self.refuse(key, f"“{key}”应为整数的列表")
        return tuple(items)

    def raw(self, key: str) -> Any:
        """A value of any type, None if left out; the caller checks it."""
        self._asked.add(key)
        return self._toml.data.get(key)

    def table(self, key: str) -> Table:
        """A table below this one, empty if left out."""
        self._asked.add(key)
        return Table(self._toml.table(key))

    def tables(self, key: str, *, required: bool = False) -> list[Table]:
        """A list of tables below this one."""
        if required and key not in self:
            self.refuse(key, f"缺少“{key}”")
        self._asked.add(key)
        return [Table(toml) for toml in self._toml.tables(key)]

    def choice(self, key: str, allowed: frozenset[str], default: str | None = None) -> str:
        """A text out of a fixed set."""
        value = self.text(key, default)
        if value not in allowed:
            known = "、".join(sorted(allowed))
            self.refuse(key, f"“{key}”不能是“{value}”，只能是：{known}")
        return value

    def finish(self) -> None:
        """Refuse a key that nobody asked for."""
        for key in self.keys():
            if key not in self._asked:
                self.refuse(key, f"不认识的项“{key}”")
