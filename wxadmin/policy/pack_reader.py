"""Put a pack together from its files: part after part, each name checked against what it names."""

from __future__ import annotations

from pathlib import Path

from wxadmin.domain.policy import BackendGroup, MobileGroup, Pack, Rank, Unit
from wxadmin.domain.policy_settings import Setting
from wxadmin.policy.pack_accounts import read_account_types, read_permission_levels, read_routes
from wxadmin.policy.pack_checklists import read_checklists, read_recurring
from wxadmin.policy.pack_groups import (
    RuleWords,
    read_admin_numbers,
    read_group_classes,
    read_groups,
    read_mappings,
    read_mobile_groups,
)
from wxadmin.policy.pack_organisation import (
    read_employment_types,
    read_hr_sources,
    read_leave_kinds,
    read_positions,
    read_ranks,
    read_service_states,
    read_units,
)
from wxadmin.policy.pack_settings import read_pack_settings
from wxadmin.policy.reading import Names
from wxadmin.policy.toml_table import Table


class Bundle:
    """The files of a pack as one: every top-level key stands in one of them only."""

    def __init__(self, files: list[Path]) -> None:
        self._first = Table.of_file(files[0])
        self._owners: dict[str, Table] = {}
        for path in files:
            table = self._first if path == files[0] else Table.of_file(path)
            for key in table.keys():  # noqa: SIM118 - a Table is no dictionary
                if key in self._owners:
                    other = self._owners[key].path.name
                    table.refuse(key, f"“{key}”在文件“{other}”里已经写过")
                self._owners[key] = table

    def __getitem__(self, key: str) -> Table:
        """The file's table that holds a key; the first file's for one that is missing."""
        return self._owners.get(key, self._first)

    def tables(self, key: str) -> list[Table]:
        """A list of tables that a pack must have."""
        return self[key].tables(key, required=True)

    def finish(self) -> None:
        """Refuse top-level keys nobody asked for."""
        for table in dict.fromkeys(self._owners.values()):
            table.finish()


class PackReader:
    """Reads one pack. The names of each part are kept, for later parts refer to them."""

    def __init__(self, bundle: Bundle, declared: dict[str, Setting]) -> None:
        self._bundle = bundle
        self._units, self._regions = Names("单位"), Names("销售区域")
        self._ranks, self._titles = Names("职务级别"), Names("职务")
        self._employment = Names("用工类型")
        self._types, self._permissions = Names("账号类型"), Names("权限等级")
        self._routes, self._classes = Names("审批路线"), Names("群类别")
        self._numbers, self._mobile = Names("群组编号"), Names("手机端群组编号")
        self._settings = read_pack_settings(bundle["settings"].table("settings"), declared)
        self._backends: dict[str, BackendGroup] = {}
        self._words = RuleWords(
            {
                "unit": self._units,
                "position": self._titles,
                "rank": self._ranks,
                "rank_from": self._ranks,
                "region": self._regions,
                "employment_type": self._employment,
            }
        )

    def read(self, pack_id: str) -> Pack:
        """The pack. The order of the parts matters: what names something is read after it."""
        get, tables = self._bundle.__getitem__, self._bundle.tables
        pack = Pack(
            id=pack_id,
            title=get("title").text("title"),
            source=get("source").text("source"),
            version=get("version").text("version"),
            company=get("company").text("company"),
            support_set=self._support_set(),
            units=self._unit_list(),
            ranks=self._rank_list(),
            positions=read_positions(tables("positions"), self._ranks, self._titles),
            employment_types=read_employment_types(tables("employment_types"), self._employment),
            service_states=read_service_states(tables("service_states")),
            leave_kinds=read_leave_kinds(tables("leave_kinds")),
            permission_levels=read_permission_levels(
                tables("permission_levels"), self._permissions
            ),
            account_types=read_account_types(
                tables("account_types"), self._types, self._permissions, self._settings
            ),
            routes=read_routes(tables("routes"), self._routes, self._types, self._units),
            group_classes=read_group_classes(
                tables("group_classes"), self._classes, self._routes, self._settings
            ),
            groups=self._group_list(),
            mobile_groups=self._mobile_list(),
            mappings=read_mappings(tables("mappings"), self._mobile, self._backends, self._words),
            admin_numbers=read_admin_numbers(tables("admin_numbers"), self._mobile),
            hr_sources=read_hr_sources(tables("hr_sources"), self._units),
            checklists=read_checklists(tables("checklists"), self._settings),
            recurring=read_recurring(
                tables("recurring"), self._settings["check_frequency"].choices
            ),
            settings=tuple(self._settings.values()),
        )
        self._check_pool(pack)
        for table, route in zip(tables("routes"), pack.routes, strict=True):
            self._classes.check(table, "group_classes", *route.group_classes)
        self._bundle.finish()
        return pack

    def _support_set(self) -> str:
        table = self._bundle["support_set"]
        name = table.text("support_set")
        self._units.add(table, "support_set", name)
        return name

    def _unit_list(self) -> tuple[Unit, ...]:
        units = read_units(self._bundle.tables("units"), self._units)
        names = [unit.name for unit in units if unit.region]
        self._regions.add(self._bundle["units"], "units", *names)
        return units

    def _rank_list(self) -> tuple[Rank, ...]:
        ranks = read_ranks(self._bundle.tables("ranks"), self._ranks)
        self._titles.add(self._bundle["ranks"], "ranks", *(rank.name for rank in ranks))
        return ranks

    def _group_list(self) -> tuple[BackendGroup, ...]:
        tables = self._bundle.tables("groups")
        groups = read_groups(tables, self._numbers, self._classes, self._words)
        self._backends = {group.no: group for group in groups}
        return groups

    def _mobile_list(self) -> tuple[MobileGroup, ...]:
        tables = self._bundle.tables("mobile_groups")
        return read_mobile_groups(tables, self._numbers, self._mobile, self._backends)

    def _check_pool(self, pack: Pack) -> None:
        size = pack.setting("admin_number_pool_size").default
        if isinstance(size, int) and len(pack.admin_numbers) > size:
            found = len(pack.admin_numbers)
            self._bundle["admin_numbers"].refuse(
                "admin_numbers", f"群管理号有{found}个，超过设定的{size}个"
            )
