"""Read a pack's account types, permission levels and approval routes."""

from __future__ import annotations

from collections.abc import Mapping

from wxadmin.domain.policy import (
    KEEPERS,
    STEP_ACTS,
    STEP_MODES,
    AccountType,
    PermissionLevel,
    Route,
    RouteStep,
)
from wxadmin.domain.policy_settings import Setting
from wxadmin.policy.pack_settings import read_values
from wxadmin.policy.reading import Names
from wxadmin.policy.toml_table import Table


def read_permission_levels(tables: list[Table], names: Names) -> tuple[PermissionLevel, ...]:
    """The permission levels, each with its own name and number."""
    numbers = Names("权限等级序号")
    levels = []
    for table in tables:
        level = PermissionLevel(
            name=table.text("name"), no=table.whole("no"), grants=table.texts("grants", None)
        )
        names.add(table, "name", level.name)
        numbers.add(table, "no", level.no)
        table.finish()
        levels.append(level)
    return tuple(levels)


def read_account_types(
    tables: list[Table], names: Names, permissions: Names, settings: Mapping[str, Setting]
) -> tuple[AccountType, ...]:
    """The account types with what they fix for their accounts."""
    labels = Names("账号类型名称")
    types = []
    for table in tables:
        item = AccountType(
            id=table.text("id"),
            name=table.text("name"),
            aliases=table.texts("aliases"),
            counts_as_personal=table.truth("counts_as_personal"),
            keeper=table.choice("keeper", KEEPERS),
            ownership=table.choice("ownership", frozenset({"公司", "个人"})),
            owner_dept=table.text("owner_dept"),
            executor_role=table.text("executor_role"),
            applicant_roles=table.texts("applicant_roles", None),
            usage_scope=table.text("usage_scope"),
            name_rule=table.text("name_rule"),
            leaver_default=table.text("leaver_default"),
            password_owner=table.text("password_owner"),
            permission=table.text("permission"),
            settings=read_values(table.table("settings"), settings),
            source=table.text("source"),
        )
        names.add(table, "id", item.id)
        labels.add(table, "name", item.name)
        labels.add(table, "aliases", *item.aliases)
        permissions.check(table, "permission", item.permission)
        _check_disposition(table, item.leaver_default, settings)
        table.finish()
        types.append(item)
    return tuple(types)


def _check_disposition(table: Table, value: str, settings: Mapping[str, Setting]) -> None:
    allowed = settings["leaver_dispositions"].choices
    if value not in allowed:
        table.refuse("leaver_default", f"离职去向不能是“{value}”，只能是：{'、'.join(allowed)}")


def read_routes(
    tables: list[Table], names: Names, account_types: Names, units: Names
) -> tuple[Route, ...]:
    """The routes; no two for the same document in the same case."""
    documents = Names("审批路线的单据")
    routes = []
    for table in tables:
        route = Route(
            id=table.text("id"),
            title=table.text("title"),
            document=table.text("document"),
            steps=_read_route_steps(table.tables("steps"), account_types),
            source=table.text("source"),
            account_types=table.texts("account_types"),
            group_classes=table.texts("group_classes"),
            departments=table.texts("departments"),
        )
        names.add(table, "id", route.id)
        account_types.check(table, "account_types", *route.account_types)
        units.check(table, "departments", *route.departments)
        case = (*route.account_types, *route.group_classes, *route.departments)
        documents.add(table, "document", "／".join((route.document, *case)))
        table.finish()
        routes.append(route)
    return tuple(routes)


def _read_route_steps(tables: list[Table], account_types: Names) -> tuple[RouteStep, ...]:
    numbers = Names("步骤序号")
    steps = []
    for table in tables:
        mode = table.choice("mode", STEP_MODES, "any")
        roles = table.texts("roles") or (table.text("role"),)
        step = RouteStep(
            no=table.whole("no"),
            act=table.choice("act", STEP_ACTS),
            role=("、" if mode == "all" else "或").join(roles),
            mode=mode,
            due_days=table.whole_or_none("due_days"),
            account_types=table.texts("account_types"),
            source=table.text("source"),
            roles=roles,
        )
        numbers.add(table, "no", step.no)
        account_types.check(table, "account_types", *step.account_types)
        table.finish()
        steps.append(step)
    return tuple(sorted(steps, key=lambda step: step.no))
