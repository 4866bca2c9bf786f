"""Whose list it is: the HR source the user named, or the one that covers the units in it."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import Employee
from wxadmin.domain.sheet_table import ParsedTable
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

NEARLY_ALL = 90
"""Per cent of a list's known people that must be one source's to make it that source's list."""


def source_for(
    workplace: Workplace, parsed: ParsedTable, tree: OrgTree, said: str, ids: IdSource
) -> tuple[HrSource, list[AnyChange]]:
    """Return the HR source of a list, and the change that makes it where it is new.

    Not said, it is the one a column 人事来源 names; without such a column the one that covers every
    unit named, or, where a unit is unknown, the one whose people it lists (a plant under a new
    name). A list over several sources is the whole company's, a source of its own.
    """
    sources = [s for s in workplace.store.all(HrSource) if s.active]
    if said:
        return _named(sources, said), []
    listed = _listed(sources, parsed)
    covering = listed or _covering(sources, parsed, tree)
    if (
        not listed
        and None in covering
        and (known_by := _of_the_people(workplace, sources, parsed, tree))
    ):
        covering = {known_by}
    if len(covering) == 1 and None not in covering:
        only = covering.pop()
        return next(s for s in sources if s.id == only), []
    name = f"{workplace.office().company_name}花名册"
    known = [s for s in sources if s.name == name]
    if known:
        return known[0], []
    root = tree.root()
    whole = HrSource(ids.next(HrSource), name, covers=(root.id,) if root else ())
    return whole, [Change(None, whole)]


def source_called(workplace: Workplace, name: str) -> HrSource:
    """Return the HR source of that name. Raises `UserError` naming those there are."""
    return _named([s for s in workplace.store.all(HrSource) if s.active], name)


def _named(sources: list[HrSource], said: str) -> HrSource:
    found = [s for s in sources if s.name == said] or [s for s in sources if said in s.name]
    if len(found) != 1:
        known = "、".join(s.name for s in sources)
        raise UserError(f"没有“{said}”这个人事来源，可用的有：{known}。", "no_source")
    return found[0]


def _listed(sources: list[HrSource], parsed: ParsedTable) -> set[int | None]:
    """Return the sources a column 人事来源 names, where it names any that is known."""
    if "hr_source" not in parsed.fields:
        return set()
    at = parsed.fields.index("hr_source")
    ids = {source.name: source.id for source in sources}
    found = {ids.get(str(values[at] or "")) for _, values in parsed.rows}
    return found if found - {None} else set()


def _covering(sources: list[HrSource], parsed: ParsedTable, tree: OrgTree) -> set[int | None]:
    """Return the sources that cover the units a list names; None for a unit nobody covers."""
    if "org_unit" not in parsed.fields:
        return {None}
    at = parsed.fields.index("org_unit")
    texts = Counter(str(values[at] or "") for _, values in parsed.rows)
    owner = {unit: s.id for s in sources for unit in s.covers}
    found: set[int | None] = set()
    for text in texts:
        ids = {_nearest(tree, unit, owner) for unit in _meant(tree, text)}
        found |= ids or {None}
    return found


def _of_the_people(
    workplace: Workplace, sources: list[HrSource], parsed: ParsedTable, tree: OrgTree
) -> int | None:
    """Return the source nearly all people of a list serve under; None where there is no such."""
    if not {"emp_no", "name"} <= set(parsed.fields):
        return None
    number, name = parsed.fields.index("emp_no"), parsed.fields.index("name")
    owner = {unit: s.id for s in sources for unit in s.covers}
    columns = workplace.store.columns(Employee, "emp_no", "name", "org_unit_id")
    unit_of = {(emp_no, called): unit for emp_no, called, unit in columns}
    found: Counter[int | None] = Counter()
    for _, values in parsed.rows:
        key = (values[number], values[name])
        if key in unit_of:
            found[_nearest(tree, unit_of[key], owner)] += 1
    known = found.total()
    if not known or known * 2 < len(parsed.rows):
        return None
    best, people = found.most_common(1)[0]
    return best if people * 100 >= known * NEARLY_ALL else None


def _meant(tree: OrgTree, text: str) -> list[int]:
    """Return the units a path may mean; 莆田一厂/生产部 is not the 生产部 of another plant."""
    names = [part for part in text.split("/") if part]
    for start, name in enumerate(names):
        units = [unit.id for unit in tree.called(name)]
        if len(units) == 1:
            at = units[0]
            for below in names[start + 1 :]:
                child = tree.child_called(at, below)
                if child is None:
                    break
                at = child.id
            return [at]
        if units:
            return units
    return []


def _nearest(tree: OrgTree, unit: int | None, owner: dict[int, int]) -> int | None:
    """Return the source that names the unit, or the nearest one above it."""
    return next((owner[u] for u in reversed(tree.path(unit)) if u in owner), None)


def month_end(month: str) -> date:
    """Return the last day of a month such as "2026-11"."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise UserError(f"月份“{month}”不对，应写成 2026-11 这样。", "bad_month") from None
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
