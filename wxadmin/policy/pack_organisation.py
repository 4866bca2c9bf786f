"""Read a pack's units, ranks, titles, kinds of employment, and HR departments."""

from __future__ import annotations

from wxadmin.domain.policy import (
    EmploymentType,
    HrSourcePlan,
    LeaveKind,
    PositionRank,
    Rank,
    ServiceState,
    Unit,
)
from wxadmin.policy.reading import Names
from wxadmin.policy.toml_table import Table


def read_units(tables: list[Table], names: Names) -> tuple[Unit, ...]:
    """The units; a parent stands before what is below it, so no ring can be written."""
    units = []
    for table in tables:
        parent = table.text("parent", "")
        names.check(table, "parent", parent)
        unit = Unit(
            name=table.text("name"),
            kind=table.text("kind"),
            parent=parent,
            aliases=table.texts("aliases"),
            region=table.truth("region", default=False),
            support=table.truth("support", default=False),
            in_scope=table.truth("in_scope", default=False),
            source=table.text("source"),
        )
        names.add(table, "name", unit.name)
        names.add(table, "aliases", *unit.aliases)
        table.finish()
        units.append(unit)
    return tuple(units)


def read_ranks(tables: list[Table], names: Names) -> tuple[Rank, ...]:
    """The ranks, each with its own name and number."""
    numbers = Names("职务级别序号")
    ranks = []
    for table in tables:
        rank = Rank(
            name=table.text("name"),
            no=table.whole("no"),
            is_leader=table.truth("is_leader"),
            is_management=table.truth("is_management"),
        )
        names.add(table, "name", rank.name)
        numbers.add(table, "no", rank.no)
        table.finish()
        ranks.append(rank)
    return tuple(ranks)


def read_positions(tables: list[Table], ranks: Names, titles: Names) -> tuple[PositionRank, ...]:
    """Titles by rank: one table names a rank and all its titles."""
    positions = []
    for table in tables:
        rank = table.text("rank")
        ranks.check(table, "rank", rank)
        for title in table.texts("titles", None):
            titles.add(table, "titles", title)
            positions.append(PositionRank(title, rank))
        table.finish()
    return tuple(positions)


def read_employment_types(tables: list[Table], names: Names) -> tuple[EmploymentType, ...]:
    """The kinds of employment."""
    types = []
    for table in tables:
        item = EmploymentType(
            name=table.text("name"),
            aliases=table.texts("aliases"),
            contract_end=table.truth("contract_end"),
            own_staff=table.truth("own_staff"),
            covered=table.truth("covered"),
            source=table.text("source"),
        )
        names.add(table, "name", item.name)
        names.add(table, "aliases", *item.aliases)
        table.finish()
        types.append(item)
    return tuple(types)


def read_service_states(tables: list[Table]) -> tuple[ServiceState, ...]:
    """The states HR may write, and whether the person stays."""
    names = Names("在职状态")
    states = []
    for table in tables:
        item = ServiceState(
            name=table.text("name"),
            aliases=table.texts("aliases"),
            in_service=table.truth("in_service"),
            on_post=table.truth("on_post"),
        )
        names.add(table, "name", item.name)
        names.add(table, "aliases", *item.aliases)
        table.finish()
        states.append(item)
    return tuple(states)


def read_leave_kinds(tables: list[Table]) -> tuple[LeaveKind, ...]:
    """The ways of leaving."""
    names = Names("离职类型")
    kinds = []
    for table in tables:
        item = LeaveKind(
            name=table.text("name"),
            aliases=table.texts("aliases"),
            gone=table.truth("gone"),
        )
        names.add(table, "name", item.name)
        names.add(table, "aliases", *item.aliases)
        table.finish()
        kinds.append(item)
    return tuple(kinds)


def read_hr_sources(tables: list[Table], units: Names) -> tuple[HrSourcePlan, ...]:
    """The HR departments; no two cover the same unit."""
    names = Names("人事来源")
    covered = Names("人事来源覆盖的单位")
    sources = []
    for table in tables:
        item = HrSourcePlan(
            name=table.text("name"),
            covers=table.texts("covers", None),
            due_day=table.whole_or_none("due_day"),
            source=table.text("source"),
        )
        names.add(table, "name", item.name)
        units.check(table, "covers", *item.covers)
        covered.add(table, "covers", *item.covers)
        if item.due_day is not None and not 1 <= item.due_day <= 31:
            table.refuse("due_day", "“due_day”应为1到31之间的整数")
        table.finish()
        sources.append(item)
    return tuple(sources)
