"""Whom the policy wants to have an account: by 用工类型 and by rank (X39)."""

from __future__ import annotations

from collections.abc import Mapping

from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position
from wxadmin.domain.policy_names import employment_type_of
from wxadmin.domain.policy_settings import Scope, Value, resolve
from wxadmin.services.workplace import Workplace


class Coverage:
    """Answers for one person after another; each unit's settings are looked up once."""

    def __init__(self, workplace: Workplace, units: OrgTree, posts: Mapping[int, Position]) -> None:
        self._pack = workplace.pack
        self._overrides = workplace.overrides()
        self._posts = posts
        self._units = units
        self._ranks = {rank.name: rank.no for rank in workplace.pack.ranks}
        self._known: dict[tuple[int | None, str], bool] = {}
        self._lowest: dict[int | None, int] = {}

    def wants(self, unit_id: int | None, position_id: int | None, employment_type: str) -> bool:
        """Say whether somebody of that unit, post and 用工类型 must have an account."""
        key = (unit_id, employment_type)
        if key not in self._known:
            self._known[key] = self._by_type(*key)
        return self._known[key] and self._by_rank(unit_id, position_id)

    def _by_type(self, unit_id: int | None, employment_type: str) -> bool:
        wanted = self._setting("coverage_employment_types", unit_id)
        known = employment_type_of(employment_type, self._pack)
        if isinstance(wanted, tuple) and wanted:
            return employment_type in wanted or (known is not None and known.name in wanted)
        return known is None or known.covered

    def _by_rank(self, unit_id: int | None, position_id: int | None) -> bool:
        if unit_id not in self._lowest:
            lowest = str(self._setting("coverage_rank", unit_id))
            self._lowest[unit_id] = self._ranks.get(lowest, 0)
        post = self._posts.get(position_id or 0)
        rank = self._ranks.get(post.rank if post else "")
        return rank is None or rank >= self._lowest[unit_id]

    def _setting(self, key: str, unit_id: int | None) -> Value:
        scope = Scope(units=self._units.path(unit_id)[::-1])
        return resolve(key, scope, self._overrides, self._pack).value
