"""What HR's words mean to a pack: regions on a department path, ranks of titles, work states."""

from __future__ import annotations

from collections.abc import Sequence

from wxadmin.domain.policy import EmploymentType, LeaveKind, Pack, ServiceState
from wxadmin.domain.unit_names import fold_name

_DEPUTY = "副"


def region_of(path_names: Sequence[str], pack: Pack, column: str = "") -> str:
    """The sales region: the 销售区域 column if it says one, else the first region on the path.

    The name is the pack's own, whichever alias was written; an unknown word of the column is
    returned as it stands, so that it is seen and not lost.
    """
    known = {
        fold_name(name): unit.name for unit in pack.regions for name in (unit.name, *unit.aliases)
    }
    if column.strip():
        return known.get(fold_name(column), column.strip())
    return next((known[fold_name(n)] for n in path_names if fold_name(n) in known), "")


def known_rank(title: str, pack: Pack) -> str:
    """The rank the pack gives a title; empty if it has never heard of it."""
    wanted = fold_name(title)
    for rank in pack.ranks:
        if fold_name(rank.name) == wanted:
            return rank.name
    return next((p.rank for p in pack.positions if fold_name(p.name) == wanted), "")


def suggested_rank(title: str, pack: Pack) -> str:
    """A rank to propose for an unknown title by its ending (生产副经理 → 副经理), or none.

    A deputy of a rank that has no deputies (副厂长) is nobody's guess.
    """
    known = known_rank(title, pack)
    if known:
        return known
    names = sorted((rank.name for rank in pack.ranks), key=len, reverse=True)
    for name in names:
        if title.endswith(name):
            return "" if title.removesuffix(name).endswith(_DEPUTY) else name
    return ""


def employment_type_of(text: str, pack: Pack) -> EmploymentType | None:
    """The 用工类型 of that name or alias."""
    wanted = fold_name(text)
    for item in pack.employment_types:
        if wanted in map(fold_name, (item.name, *item.aliases)):
            return item
    return None


def service_state_of(text: str, pack: Pack) -> ServiceState | None:
    """The 在职状态 of that name or alias."""
    wanted = fold_name(text)
    for item in pack.service_states:
        if wanted in map(fold_name, (item.name, *item.aliases)):
            return item
    return None


def leave_kind_of(text: str, pack: Pack) -> LeaveKind | None:
    """The 离职类型 of that name or alias."""
    wanted = fold_name(text)
    for item in pack.leave_kinds:
        if wanted in map(fold_name, (item.name, *item.aliases)):
            return item
    return None
