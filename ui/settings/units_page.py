"""单位: the tree of units with their aliases, who is a 支持部门, and who sends their lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ui.settings.page import SettingsPage
from ui.shared.acting import ask_and_act
from ui.shared.columns import Cell, Column, State
from ui.shared.layouts import down
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar
from wxadmin.services.organisation import Organisation, UnitLine

if TYPE_CHECKING:
    from ui.desk import Desk

SUPPORT = "support"
FILTERS = (("", "全部"), (SUPPORT, "支持部门"), ("alias", "有别名"))
QUESTIONS = {
    SUPPORT: lambda line: line.unit.support,
    "alias": lambda line: bool(line.unit.aliases),
}
_BETWEEN = re.compile(r"[、，,;；\n]+")


def _name(line: UnitLine) -> Cell:
    return Cell("　" * line.depth + line.unit.name, bold=line.depth <= 1, note=line.unit.unit_kind)


COLUMNS = (
    Column("name", "单位", 260, stretch=2, value=_name, sort_key=lambda line: line.path),
    Column("aliases", "别名（名单上的其他写法）", 200, tone="ink2", stretch=1,
           value=lambda line: "、".join(line.unit.aliases)),
    Column("support", "支持部门", 76, kind="state",
           value=lambda line: State("tick", "是") if line.unit.support else None),
    Column("source", "人事来源", 140, tone="ink2", priority=2, value=lambda line: line.source),
    Column("people", "在职人数", 76, kind="number", value=lambda line: line.people),
    Column("act", "", 84, kind="act", sortable=False, value=lambda line: "修改"),
)  # fmt: skip


class UnitsPage(SettingsPage):
    """A unit is named by its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[int, UnitLine] = {}
        self.toolbar = Toolbar("单位名称、别名", FILTERS, unit="个")
        self.table = Table(COLUMNS, "单位", search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.setLayout(down(self.toolbar, self.table, gap=0))
        for signal in (self.table.opened, self.table.acted, self.table.edit_asked):
            signal.connect(lambda key, *_: self.change(key))

    def refresh(self) -> None:
        lines = Organisation(self.services).units()
        self.lines = {line.unit.id: line for line in lines}
        self.table.show_rows(
            RowsInMemory(lines, key=lambda line: line.unit.id, filters=QUESTIONS,
                         search=lambda x: f"{x.path} {' '.join(x.unit.aliases)} {x.source}")
        )  # fmt: skip
        counts = {key: sum(map(asks, lines)) for key, asks in QUESTIONS.items()}
        self.toolbar.filters.set_counts({"": len(lines), **counts})

    def status_text(self) -> str:
        support = sum(line.unit.support for line in self.lines.values())
        return f"{len(self.lines)} 个单位，支持部门 {support} 个"

    def change(self, key: object) -> None:
        """Name it anew, say what else lists call it, and whether it is a 支持部门."""
        line = self.lines[int(str(key))]
        unit, organisation = line.unit, Organisation(self.services)
        fields = [
            Field("name", "单位名称", required=True, value=unit.name,
                  hint="改名后，旧名称自动留作别名，旧名单照样认得。"),
            Field("aliases", "别名", value="、".join(unit.aliases),
                  hint="名单上的其他写法，几个之间用顿号隔开。"),
            Field("support", "支持部门（这里的人进支持部门群）", "tick", value=unit.support),
        ]  # fmt: skip
        ask_and_act(
            self.context, f"修改单位“{line.path}”", fields, "保存",
            lambda typed: organisation.change_unit(
                unit.id, name=typed["name"], support=typed["support"],
                aliases=[part for part in _BETWEEN.split(typed["aliases"]) if part.strip()]),
            f"已修改单位：{unit.name}",
        )  # fmt: skip
