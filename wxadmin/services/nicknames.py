"""What the people of a group should be called in it, by the policy's template."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from wxadmin.domain.group import Group
from wxadmin.domain.nicknames import Judgement, judged, rendered, wanted_nicknames
from wxadmin.domain.organisation import OrgUnit
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.membership_facts import MembershipFacts
from wxadmin.services.workplace import Workplace

OFF = "不查"


class Nicknames:
    """Nicknames by the template of each group; keep one for one screen."""

    def __init__(self, workplace: Workplace, picture: MembershipFacts) -> None:
        self._picture = picture
        self._store = workplace.store
        self._root = picture.tree.root()
        self._wanted: dict[int, dict[int, str]] = {}

    # -- what the policy says -------------------------------------------------------------------
    def template(self, group: Group) -> str:
        """Return the template of a group (群昵称格式), "" where none is asked for."""
        scope = self._scope(group)
        if self._picture.value("nickname_severity", scope) == OFF:
            return ""
        return str(self._picture.value("nickname_template", scope) or "")

    @cached_property
    def banned(self) -> tuple[str, ...]:
        """Return the words no nickname may hold."""
        words = self._picture.value("nickname_banned_words", Scope())
        return words if isinstance(words, tuple) else ()

    # -- people ---------------------------------------------------------------------------------
    def wanted(self, group: Group, people: Collection[int]) -> dict[int, str]:
        """Return what people should be called in a group, namesakes told apart."""
        template = self.template(group)
        if not template:
            return {}
        tie = str(self._picture.value("nickname_tie_breaker", self._scope(group)))
        return wanted_nicknames({i: self.words(i) for i in people}, template, tie)

    def judged(self, group: Group, nicknames: dict[int, str]) -> dict[int, Judgement]:
        """Judge the nicknames that were put down of a group's members; only those at fault."""
        template = self.template(group)
        if not template:
            return {}
        wanted = self.wanted(group, nicknames)
        found = {}
        for person_id, nickname in nicknames.items():
            name = self._picture.called(person_id)[1]
            ways = [wanted[person_id], *self._other_ways(person_id, template, wanted[person_id])]
            former = self._former.get(person_id, ())
            judgement = judged(nickname, ways, name, former=former, banned=self.banned)
            if judgement.finding:
                found[person_id] = judgement
        return found

    def words(self, person_id: int) -> dict[str, str]:
        """Return the words a template may ask of somebody."""
        units = self._units(person_id)
        person = self._picture.person(person_id)
        dept = units[0] if units else None
        return {
            "部门": dept.name if dept else "",
            "部门简称": (dept.short_name or dept.name) if dept else "",
            "科室": units[-1].name if units else "",
            "岗位": person.position,
            "姓名": person.name,
            "工号后四位": person.emp_no[-4:],
            "手机后四位": person.mobile[-4:],
        }

    def _units(self, person_id: int) -> list[OrgUnit]:
        """The units somebody stands in from the top, the company itself left out."""
        tree = self._picture.tree
        path = self._picture.facts[person_id].unit_path
        return [tree.units[i] for i in path if self._root is None or i != self._root.id]

    def _other_ways(self, person_id: int, template: str, wanted: str) -> Iterable[str]:
        """Other spellings that count as the same: a short name or alias of the department.

        A namesake must be told apart, so for him only the one way counts.
        """
        words = self.words(person_id)
        if rendered(template, words) != wanted:
            return
        for unit in self._units(person_id):
            for name in filter(None, (unit.name, unit.short_name, *unit.aliases)):
                yield rendered(template, {**words, "部门": name, "部门简称": name})

    @cached_property
    def _former(self) -> dict[int, tuple[str, ...]]:
        rows = self._store.columns(Employee, "id", "former_names")
        return {person_id: names for person_id, names in rows if names}

    def _scope(self, group: Group) -> Scope:
        units = tuple(reversed(self._picture.tree.path(group.org_unit_id)))
        return Scope(group=group.id, group_class=group.class_key, units=units)
