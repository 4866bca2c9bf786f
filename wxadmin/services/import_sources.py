"""Whose list it is: the HR source the user named, or the one that covers the units in it."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.sheet_table import ParsedTable
from wxadmin.services.workplace import Workplace
from wxadmin.storage.operation import IdSource


def source_for(
    workplace: Workplace, parsed: ParsedTable, tree: OrgTree, said: str, ids: IdSource
) -> tuple[HrSource, list[AnyChange]]:
    """Return the HR source of a list, and the change that makes it where it is new.

    Not said, it is the one source that covers every unit named; a list over several sources is
    the whole company's, a source of its own.
    """
    sources = [s for s in workplace.store.all(HrSource) if s.active]
    if said:
        return _named(sources, said), []
    covering = _covering(sources, parsed, tree)
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


def _covering(sources: list[HrSource], parsed: ParsedTable, tree: OrgTree) -> set[int | None]:
    """Return the sources that cover the units a list names; None for a unit nobody covers."""
    if "org_unit" not in parsed.fields:
        return {None}
    at = parsed.fields.index("org_unit")
    texts = Counter(str(values[at] or "") for _, values in parsed.rows)
    owner = {unit: s.id for s in sources for top in s.covers for unit in _below(tree, top)}
    found: set[int | None] = set()
    for text in texts:
        names = [part for part in text.split("/") if part]
        units = [unit for name in names for unit in tree.called(name)]
        ids = {owner[unit.id] for unit in units if unit.id in owner}
        found |= ids or {None}
    return found


def _below(tree: OrgTree, top: int) -> set[int]:
    return tree.below(top) if top in tree.units else set()


def month_end(month: str) -> date:
    """Return the last day of a month such as "2026-11"."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise UserError(f"月份“{month}”不对，应写成 2026-11 这样。", "bad_month") from None
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
