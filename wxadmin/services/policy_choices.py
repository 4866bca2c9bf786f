"""Settings a policy leaves to the company: what is in force, where, and changing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.policy_settings import (
    COMPANY,
    Scope,
    Setting,
    Value,
    format_value,
    parse_value,
    resolve,
)
from wxadmin.services.groups import group_called
from wxadmin.services.units import unit_called
from wxadmin.services.workplace import Workplace

LEVELS = {
    "company": "全公司",
    "unit": "单位",
    "class": "群类型",
    "type": "账号类型",
    "group": "群组",
}


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting, its value for the whole company, where it comes from, and what differs where.

    `overrides` are (place in words, value as written), the company's own among them.
    """

    setting: Setting
    value: Value
    default: Value
    origin: str
    overrides: tuple[tuple[str, str], ...]


class PolicyChoices:
    """Reads and changes settings; every change is checked by the setting's declaration."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def lines(self) -> list[SettingLine]:
        """Return every setting of the pack, in the pack's order."""
        overrides = self._workplace.store.all(PolicyOverride)
        return [self._line(setting, overrides) for setting in self._workplace.pack.settings]

    def line(self, key: str) -> SettingLine:
        """Return one setting by its key or its Chinese name."""
        return self._line(self._setting(key), self._workplace.store.all(PolicyOverride))

    def change(self, key: str, values: Mapping[str, str]) -> int | None:
        """Set a setting for some places ("company", "unit:莆田一厂", "group:03" …) as one act.

        An empty text takes the company's own choice back, so that the pack counts again.
        """
        setting = self._setting(key)
        ids = self._workplace.store.ids()
        present = {o.scope: o for o in self._workplace.store.find(PolicyOverride, key=setting.key)}
        changes: list[AnyChange] = []
        for place, text in values.items():
            scope = self._scope(setting, place)
            before = present.get(scope)
            after = None
            if text.strip():
                value = parse_value(setting, text, self._workplace.pack.ranks_by_name())
                written = format_value(value)
                after = (
                    replace(before, value=written)
                    if before
                    else PolicyOverride(ids.next(PolicyOverride), scope, setting.key, written)
                )
            if before is not None or after is not None:
                changes.append(Change(before, after))
        with self._workplace.act(f"修改设定：{setting.label}") as operation:
            operation.write(changes, ids)
        return operation.id

    def _setting(self, key: str) -> Setting:
        pack = self._workplace.pack
        by_label = (s for s in pack.settings if s.label == key)
        return next(by_label, None) or pack.setting(key)

    def _line(self, setting: Setting, overrides: list[PolicyOverride]) -> SettingLine:
        pack = self._workplace.pack
        own = [o for o in overrides if o.key == setting.key]
        known = {(o.scope, o.key): o.value for o in own}
        found = resolve(setting.key, Scope(), known, pack)
        default = resolve(setting.key, Scope(), {}, pack).value
        origin = LEVELS[COMPANY] if found.origin == COMPANY else "制度"
        places = tuple((self._place(o.scope), o.value) for o in own)
        return SettingLine(setting, found.value, default, origin, places)

    # -- places -------------------------------------------------------------------------------
    def _scope(self, setting: Setting, place: str) -> str:
        """Read a place as it is written into the scope the register keeps."""
        level, _, name = place.replace("：", ":").partition(":")
        readers: dict[str, Callable[[str], str]] = {
            "unit": lambda text: str(unit_called(self._workplace.units(), text).id),
            "class": self._class,
            "type": lambda text: self._workplace.pack.account_type(text).id,
            "group": lambda text: str(group_called(self._workplace.store.all(Group), text).id),
        }
        if level not in setting.scopes or (level != COMPANY and not name):
            ways = "、".join(f"{one}（{LEVELS[one]}）" for one in setting.scopes)
            raise UserError(
                f"“{setting.label}”不能按“{place}”设定，没有改动。可按：{ways}。", "bad_scope"
            )
        return level if level == COMPANY else f"{level}:{readers[level](name)}"

    def _class(self, name: str) -> str:
        classes = self._workplace.pack.group_classes
        for group_class in classes:
            if name in (group_class.id, group_class.name):
                return group_class.id
        known = "、".join(c.name for c in classes)
        raise UserError(f"没有叫“{name}”的群类型，没有改动。可用的有：{known}。", "no_class")

    def _place(self, scope: str) -> str:
        """Say a scope in words: unit:莆田一厂."""
        level, _, key = scope.partition(":")
        if level == "unit":
            return f"unit:{self._workplace.units().text(int(key))}"
        if level == "group":
            group = self._workplace.store.get(Group, int(key))
            return f"group:{group.name if group else key}"
        return scope
