"""Read a pack's group classes, groups with their rules, mappings and designated numbers."""

from __future__ import annotations

from collections.abc import Mapping

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership_rule import EVERYONE, FIELD_LABELS, Condition, Rule
from wxadmin.domain.policy import (
    AdminNumberPlan,
    BackendGroup,
    GroupClass,
    GroupMapping,
    MobileGroup,
)
from wxadmin.domain.policy_settings import Setting
from wxadmin.policy.pack_settings import read_values
from wxadmin.policy.reading import Names
from wxadmin.policy.toml_table import Table


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What the values of each field of a rule may be; a field that is not here is free."""

    known: Mapping[str, Names]

    def check(self, table: Table, key: str, condition: Condition) -> None:
        """Refuse a value that leads nowhere."""
        if condition.field in self.known:
            self.known[condition.field].check(table, key, *condition.values)


def read_group_classes(
    tables: list[Table], names: Names, routes: Names, settings: Mapping[str, Setting]
) -> tuple[GroupClass, ...]:
    """The classes; a parent stands before what is below it."""
    classes = []
    for table in tables:
        item = GroupClass(
            id=table.text("id"),
            name=table.text("name"),
            parent=table.text("parent", ""),
            tier=table.text("tier"),
            builder_dept=table.text("builder_dept"),
            owner_rule=table.text("owner_rule"),
            planned_end=table.truth("planned_end"),
            route=table.text("route", ""),
            settings=read_values(table.table("settings"), settings),
            source=table.text("source"),
            code_range=table.text("code_range", ""),
        )
        names.check(table, "parent", item.parent)
        names.add(table, "id", item.id)
        routes.check(table, "route", item.route)
        table.finish()
        classes.append(item)
    return tuple(classes)


def read_groups(
    tables: list[Table], numbers: Names, classes: Names, words: RuleWords
) -> tuple[BackendGroup, ...]:
    """The back-end groups; names are unique among them."""
    labels, codes = Names("后台群组名称"), Names("前缀编码")
    groups = []
    for table in tables:
        item = BackendGroup(
            no=table.text("no"),
            name=table.text("name"),
            aliases=table.texts("aliases"),
            class_id=table.text("class"),
            unit=table.text("unit", ""),
            rule=_read_rule(table, words),
            admission=table.text("admission"),
            source=table.text("source"),
            code=table.text("code", ""),
            owner_post=table.text("owner_post", ""),
            admin_posts=table.texts("admin_posts"),
            purpose=table.text("purpose", ""),
        )
        numbers.add(table, "no", item.no)
        if item.code:
            codes.add(table, "code", item.code)
        labels.add(table, "name", item.name)
        labels.add(table, "aliases", *item.aliases)
        classes.check(table, "class", item.class_id)
        words.known["unit"].check(table, "unit", item.unit)
        table.finish()
        groups.append(item)
    return tuple(groups)


def read_mobile_groups(
    tables: list[Table], numbers: Names, mobile: Names, groups: Mapping[str, BackendGroup]
) -> tuple[MobileGroup, ...]:
    """The mobile groups: each follows one back-end group, and takes its name if it has none."""
    taken = Names("已有手机端群组的后台群组")
    labels = Names("手机端群组名称")
    items = []
    for table in tables:
        no, backend_no = table.text("no"), table.text("backend")
        backend = groups.get(backend_no)
        if backend is None:
            table.refuse("backend", f"没有编号为“{backend_no}”的后台群组")
        item = MobileGroup(
            no=no,
            name=table.text("name", backend.name),
            aliases=table.texts("aliases", backend.aliases),
            backend=backend_no,
            class_id=backend.class_id,
            source=table.text("source"),
        )
        numbers.add(table, "no", no)
        mobile.add(table, "no", no)
        taken.add(table, "backend", backend_no)
        labels.add(table, "name" if "name" in table else "backend", item.name)
        table.finish()
        items.append(item)
    return tuple(items)


def read_mappings(
    tables: list[Table], mobile: Names, groups: Mapping[str, BackendGroup], words: RuleWords
) -> tuple[GroupMapping, ...]:
    """The mappings; without a rule everybody who is left goes."""
    items = []
    for table in tables:
        item = GroupMapping(
            backend=table.text("backend"),
            mobile=table.text("mobile"),
            rule=_read_rule(table, words) if "rule" in table else EVERYONE,
            source=table.text("source"),
        )
        if item.backend not in groups:
            table.refuse("backend", f"没有编号为“{item.backend}”的后台群组")
        mobile.check(table, "mobile", item.mobile)
        table.finish()
        items.append(item)
    return tuple(items)


def read_admin_numbers(tables: list[Table], mobile: Names) -> tuple[AdminNumberPlan, ...]:
    """The designated numbers: each for one mobile group, no group with two."""
    numbers = Names("群管理号序号")
    taken = Names("已有群管理号的手机端群组")
    items = []
    for table in tables:
        item = AdminNumberPlan(no=table.whole("no"), mobile_group=table.text("mobile_group"))
        numbers.add(table, "no", item.no)
        mobile.check(table, "mobile_group", item.mobile_group)
        taken.add(table, "mobile_group", item.mobile_group)
        table.finish()
        items.append(item)
    return tuple(items)


def _read_rule(table: Table, words: RuleWords) -> Rule:
    """A rule: any of the listed branches; within a branch every field must hold."""
    branches = table.tables("rule", required=True)
    if not branches:
        table.refuse("rule", "“rule”至少要有一组条件")
    return Rule(tuple(_read_branch(table, branch, words) for branch in branches))


def _read_branch(table: Table, branch: Table, words: RuleWords) -> tuple[Condition, ...]:
    below = branch.truth("include_below", default=True)
    conditions = _read_fields(table, branch, words, below=below, exclude=False)
    excluded = branch.table("exclude")
    conditions += _read_fields(table, excluded, words, below=below, exclude=True)
    branch.finish()
    excluded.finish()
    if not conditions:
        table.refuse("rule", "“rule”里有一组没有写条件")
    return conditions


def _read_fields(
    table: Table, fields: Table, words: RuleWords, *, below: bool, exclude: bool
) -> tuple[Condition, ...]:
    conditions = []
    for name in fields.keys():  # noqa: SIM118 - a Table is no dictionary
        if name in FIELD_LABELS:
            values = fields.texts(name, None)
            condition = Condition(name, values, below or name != "unit", exclude)
            words.check(table, "rule", condition)
            conditions.append(condition)
    return tuple(conditions)
