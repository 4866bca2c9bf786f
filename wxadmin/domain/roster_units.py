"""Units and posts as a list names them: found by name or alias, made where they are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wxadmin.domain.change import Change
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit, Position


class UnitFinder:
    """Turns department paths into unit ids; each text is worked out once.

    `home` is the unit a bare department belongs to (the one unit an HR source covers), else the
    whole company. New units are collected in `made`, each a part of the same plan.
    """

    def __init__(
        self,
        tree: OrgTree,
        new_id: Callable[[], int],
        *,
        home: int | None,
        hr_source_id: int | None,
        company: str,
        sort_from: int,
    ) -> None:
        self._tree = tree
        self._new_id = new_id
        self._home = home
        self._source = hr_source_id
        self._company = company
        self._sort = sort_from
        self._known: dict[str, int | None] = {"": None}
        self.made: dict[int, OrgUnit] = {}
        self._made_below: dict[tuple[int | None, str], int] = {}
        self._beside_home: set[str] = set()

    def look_over(self, paths: Iterable[str]) -> None:
        """Look at all paths of a list before the first is asked for.

        A first part nobody knows, over departments `home` has, is the home unit under another
        name (莆田新厂/包装车间), not one more department of it.
        """
        for text in paths if self._home is not None else ():
            path = text.split("/")
            known = self._tree.called(path[0]) or self._tree.child_called(self._home, path[0])
            if len(path) > 1 and not known and self._tree.child_called(self._home, path[1]):
                self._beside_home.add(path[0])

    def find(self, text: str) -> int | None:
        """Return the unit a path such as 莆田一厂/生产部 means, made where it is new."""
        if text not in self._known:
            self._known[text] = self._resolve([part for part in text.split("/") if part])
        return self._known[text]

    def _resolve(self, path: list[str]) -> int | None:
        root = self._tree.root()
        if root is not None and path and path[0] in {root.name, self._company, *root.aliases}:
            path = path[1:]
            if not path:
                return root.id
        if not path:
            return None
        at, rest = self._start(path)
        for name in rest:
            at = self._below(at, name)
        return at

    def _start(self, path: list[str]) -> tuple[int | None, list[str]]:
        """Return where a path begins: below the source's own unit, at a known unit, or new."""
        if self._home is not None and self._tree.child_called(self._home, path[0]):
            return self._home, path
        named = self._tree.called(path[0])
        if len(named) > 1:
            root = self._tree.root()
            top = [u for u in named if u.parent_id in {None, root.id if root else None}]
            named = top or []
        if named:
            return named[0].id, path[1:]
        if self._home is not None and path[0] not in self._beside_home:
            return self._home, path
        root = self._tree.root()
        return (root.id if root else None), path

    def _below(self, parent: int | None, name: str) -> int:
        known = self._tree.child_called(parent, name) if parent not in self.made else None
        if known is not None:
            return known.id
        made = self._made_below.get((parent, name))
        if made is None:
            made = self._made_below[parent, name] = self._new_id()
            self._sort += 1
            self.made[made] = OrgUnit(
                made, name, parent, hr_source_id=self._source, sort_no=self._sort
            )
        return made

    def path(self, unit_id: int | None) -> tuple[int, ...]:
        """Return the ids from the top down to a unit, new ones included."""
        ids: list[int] = []
        while unit_id in self.made:
            ids.insert(0, unit_id)
            unit_id = self.made[unit_id].parent_id
        return (*self._tree.path(unit_id), *ids)

    def text(self, unit_id: int | None) -> str:
        """Return a unit as it is shown, new ones included."""
        names: list[str] = []
        while unit_id in self.made:
            names.insert(0, self.made[unit_id].name)
            unit_id = self.made[unit_id].parent_id
        root = self._tree.root()
        above = "" if root is not None and unit_id == root.id else self._tree.text(unit_id)
        return "/".join([above, *names] if above else names)

    def changes(self, without: Iterable[int] = ()) -> list[Change[OrgUnit]]:
        """Return the new units as changes, those left out that turned out not to be new."""
        out = set(without)
        return [Change(None, unit) for unit in self.made.values() if unit.id not in out]


class PostFinder:
    """Turns titles into posts; a title never seen becomes a post whose rank is asked once."""

    def __init__(
        self,
        positions: Mapping[int, Position],
        ranks: Iterable[str],
        new_id: Callable[[], int],
        answers: Mapping[str, str],
    ) -> None:
        self._known = {position.name: position.id for position in positions.values()}
        self._ranks = set(ranks)
        self._new_id = new_id
        self._answers = answers
        self._sort = len(self._known)
        self.made: dict[int, Position] = {}

    def find(self, title: str) -> int | None:
        """Return the post of a title, None for no title."""
        if not title:
            return None
        found = self._known.get(title)
        if found is None:
            found = self._known[title] = self._new_id()
            self._sort += 1
            rank = title if title in self._ranks else self._answers.get(title, "")
            self.made[found] = Position(found, title, rank, self._sort)
        return found

    def asked(self) -> list[str]:
        """Name the titles whose rank nobody knows yet."""
        return [position.name for position in self.made.values() if not position.rank]

    def changes(self) -> list[Change[Position]]:
        """Return the new posts as changes."""
        return [Change(None, position) for position in self.made.values()]
