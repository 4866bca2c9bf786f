"""How groups are named here: the rule of a class, the next free code, why a name is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.group_names import (
    CODED,
    HIDING,
    NameRule,
    code_problem,
    name_problem,
    next_code,
    normal_code,
    proposed_name,
)
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.policy_settings import Scope, Value, resolve
from wxadmin.services.workplace import Workplace

CODES, PUBLIC_NAMES = "codes", "public_names"
MODE, FORBIDDEN, PATTERN = "group_name_mode", "group_name_forbidden", "group_code_pattern"


class GroupNaming:
    """Judges and proposes codes and names by the policy's ways of naming."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._pack = workplace.pack

    # -- what the policy wants --------------------------------------------------------------------
    def rule(self, class_key: str = "", units: Sequence[int] = ()) -> NameRule:
        """Return how groups of a class are named; `units` run from the own one upwards."""
        scope = Scope(group_class=class_key, units=tuple(units))
        forbidden = self._value(FORBIDDEN, scope)
        return NameRule(
            str(self._value(MODE, scope)),
            forbidden if isinstance(forbidden, tuple) else (),
            self._own_names,
            self._fixed,
        )

    @cached_property
    def modes(self) -> frozenset[str]:
        """Return the ways of naming in use: the company's and those of its classes."""
        scopes = [Scope(), *(Scope(group_class=one.id) for one in self._pack.group_classes)]
        return frozenset(str(self._value(MODE, scope)) for scope in scopes)

    def asks(self) -> frozenset[str]:
        """Return what the ways of naming ask on forms: codes, a name of its own for the chat."""
        coded = CODED in self.modes or any(one.code_range for one in self._pack.group_classes)
        found = {CODES} if coded else set()
        return frozenset(found | ({PUBLIC_NAMES} if self.modes & HIDING else set()))

    def _value(self, key: str, scope: Scope) -> Value:
        return resolve(key, scope, self._overrides, self._pack).value

    @cached_property
    def _overrides(self) -> dict[tuple[str, str], str]:
        rows = self._workplace.store.columns(PolicyOverride, "scope", "key", "value")
        return {(scope, key): value for scope, key, value in rows}

    @cached_property
    def _own_names(self) -> tuple[str, ...]:
        office = self._workplace.office()
        units = self._workplace.units().units.values()
        names = [name for unit in units for name in (unit.name, unit.short_name, *unit.aliases)]
        return tuple(dict.fromkeys(filter(None, (office.company_name, *names))))

    @cached_property
    def _fixed(self) -> tuple[str, ...]:
        backend = (name for one in self._pack.groups for name in (one.name, *one.aliases))
        mobile = (name for one in self._pack.mobile_groups for name in (one.name, *one.aliases))
        return tuple(dict.fromkeys((*backend, *mobile)))

    # -- codes ------------------------------------------------------------------------------------
    def code(self, typed: str, class_key: str = "") -> str:
        """Return a code as it is kept. Raises `UserError` for what is none."""
        return normal_code(typed, self._pattern(class_key))

    def free_code(self, class_key: str) -> str:
        """Return the next free code of a class, "" where its groups bear none."""
        line = self._pack.class_line(class_key)
        segment = next((one.code_range for one in line if one.code_range), "")
        if not segment:
            return ""
        rows = self._workplace.store.columns(Group, "code")
        return next_code(segment, {code for (code,) in rows if code}, self._pattern(class_key))

    def _pattern(self, class_key: str) -> str:
        return str(self._value(PATTERN, Scope(group_class=class_key)))

    # -- names ------------------------------------------------------------------------------------
    def proposal(self, group: Group) -> str:
        """Return the name a group should bear in the chat by the way of its class."""
        from wxadmin.services.pinyin import initials

        rule = self.rule(group.class_key, _upwards(self._tree, group.org_unit_id))
        return proposed_name(rule, group.name, group.code, initials(group.name), group.group_no)

    @cached_property
    def _tree(self) -> OrgTree:
        return self._workplace.units()

    def judged(self, groups: Sequence[Group]) -> list[tuple[Group, str, str]]:
        """Return the groups that are not named as their class wants: why, and what would do."""
        found = []
        for group in groups:
            rule = self.rule(group.class_key, _upwards(self._tree, group.org_unit_id))
            wrong = name_problem(rule, group.name, group.public_name, group.code)
            if wrong:
                found.append((group, wrong, self.proposal(group)))
        return found

    def unused_code(self, group: Group) -> str:
        """Return a group's code as it is kept. Raises `UserError` where another group has it."""
        code = self.code(group.code, group.class_key)
        rows = self._workplace.store.columns(Group, "group_no", "code", side=group.side)
        taken = code_problem(code, group.group_no, rows)
        if taken:
            raise UserError(taken, "taken")
        return code

    def named(self, group: Group) -> Group:
        """Return a group with its code as it is kept. Raises `UserError` for a code or a name
        that its class does not allow, or that another group has."""
        code = self.unused_code(group)
        rule = self.rule(group.class_key, _upwards(self._tree, group.org_unit_id))
        wrong = name_problem(rule, group.name, group.public_name, code)
        if wrong:
            raise UserError(f"{wrong}没有改动。", "bad_name")
        return replace(group, code=code)


def _upwards(tree: OrgTree, unit_id: int | None) -> tuple[int, ...]:
    return tuple(reversed(tree.path(unit_id)))
