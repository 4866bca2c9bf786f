"""Whom a pasted list of group members means: 工号, name, or a nickname such as 办公室-李四."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.unit_names import fold_name
from wxadmin.services.membership_facts import Person
from wxadmin.services.membership_picture import Picture

_BETWEEN = re.compile(r"[-－—–_/／|\s]+")


@dataclass(frozen=True, slots=True)
class NamedMember:
    """One line of a list and whom it may mean: one person, several (to be asked), or nobody."""

    line: str
    candidates: tuple[Person, ...]

    @property
    def person(self) -> Person | None:
        """Return the one person it means, None where that is not certain."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def people_of_list(lines: Iterable[str], picture: Picture) -> list[NamedMember]:
    """Say of every line whom it means; empty and repeated lines are left out.

    Namesakes are never told apart by guessing: all of them come back, unless the line names the
    unit as well (莆田一厂-张伟). Who left long ago is only meant where nobody else is.
    """
    book = _NameBook(picture)
    clean = dict.fromkeys(line.strip() for line in lines if line.strip())
    return [NamedMember(line, book.find(line)) for line in clean]


class _NameBook:
    """Everybody by 工号 and by name."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        for person_id in picture.facts:
            emp_no, name = picture.called(person_id)
            self._numbers[fold_name(emp_no)].append(person_id)
            self._names[fold_name(name)].append(person_id)

    def find(self, line: str) -> tuple[Person, ...]:
        whole = fold_name(line)
        found = self._numbers.get(whole) or self._names.get(whole)
        if found:
            return self._people(found)
        parts = [part for part in _BETWEEN.split(line) if part]
        for part in reversed(parts):
            named = self._numbers.get(fold_name(part)) or self._names.get(fold_name(part))
            if named:
                return self._people(self._of_unit(named, [p for p in parts if p != part]))
        return ()

    def _of_unit(self, ids: Sequence[int], words: Sequence[str]) -> Sequence[int]:
        """Those of a unit or 工号 the line names besides the name; all where none fits."""
        here = [i for i in ids if any(self._fits(i, fold_name(word)) for word in words)]
        return here or ids

    def _fits(self, person_id: int, word: str) -> bool:
        if word == fold_name(self._picture.called(person_id)[0]):
            return True
        path = self._picture.facts[person_id].unit_path
        return not self._picture.unit_names.ids(word).isdisjoint(path)

    def _people(self, ids: Sequence[int]) -> tuple[Person, ...]:
        here = [i for i in ids if self._picture.facts[i].in_service] or list(ids)
        return tuple(self._picture.person(i) for i in here)
