"""Which units a name means: names, aliases and named sets such as 支持部门, to unit ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence


def fold_name(text: str) -> str:
    """A name as it is compared: full width folded to half width, blanks taken out."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class UnitNames:
    """Looks up units by name or alias; built once for many questions.

    `units` are (id, name, aliases) in any order. `sets` name groups of units that the company
    chose, such as 支持部门, with the ids in them. `whole` is the unit that stands for the company:
    a path is shown without it.
    """

    def __init__(
        self,
        units: Iterable[tuple[int, str, Sequence[str]]],
        sets: Mapping[str, Iterable[int]] | None = None,
        whole: int | None = None,
    ) -> None:
        self._whole = whole
        self._names: dict[int, str] = {}
        found: dict[str, set[int]] = {}
        for unit_id, name, aliases in units:
            self._names[unit_id] = name
            for known_as in (name, *aliases):
                found.setdefault(fold_name(known_as), set()).add(unit_id)
        for name, members in (sets or {}).items():
            found.setdefault(fold_name(name), set()).update(members)
        self._ids = {name: frozenset(ids) for name, ids in found.items()}

    def ids(self, name: str) -> frozenset[int]:
        """The units called so; empty if there is none. 生产部 may well be several."""
        return self._ids.get(fold_name(name), frozenset())

    def name(self, unit_id: int) -> str:
        """The present name of a unit; empty if the unit is unknown."""
        return self._names.get(unit_id, "")

    def path_text(self, path: Sequence[int]) -> str:
        """A path of units as it is shown: 莆田一厂/包装车间."""
        shown = path[1:] if len(path) > 1 and path[0] == self._whole else path
        return "/".join(filter(None, map(self.name, shown)))
