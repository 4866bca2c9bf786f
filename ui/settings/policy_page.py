"""制度设定: every setting the policy leaves to the company, by section, changed place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.settings.page import SettingsPage, beside
from ui.settings.setting_fields import (
    COMPANY,
    Places,
    allowed_text,
    shown_value,
    text_of,
    value_field,
)
from ui.shared.acting import act, ask_and_act
from ui.shared.buttons import ghost, plain
from ui.shared.columns import Cell, Column
from ui.shared.detail_panel import DetailPanel, Details, Line, Section
from ui.shared.layouts import down, region
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.toolbar import Toolbar
from wxadmin.services.policy_choices import PolicyChoices, SettingLine

if TYPE_CHECKING:
    from ui.desk import Desk

CHANGED = "changed"
FILTERS = (("", "全部"), (CHANGED, "改过的"))
QUESTIONS = {CHANGED: lambda line: bool(line.overrides)}


def _key(line: SettingLine) -> str:
    return line.setting.key


def _origin(line: SettingLine) -> Cell:
    others = sum(place != COMPANY for place, _ in line.overrides)
    own = line.origin != "制度"
    return Cell(line.origin, note=f"另有 {others} 处" if others else "",
                tone="ink" if own else "ink3")  # fmt: skip


COLUMNS = (
    Column("label", "设定", 210, stretch=1, value=lambda line: line.setting.label),
    Column("value", "现值", 190, bold=True, expected=True, value=shown_value, stretch=1),
    Column("origin", "来自", 110, value=_origin),
    Column("source", "依据", 220, tone="ink3", priority=3, value=lambda line: line.setting.source),
    Column("act", "", 84, kind="act", sortable=False, value=lambda line: "修改"),
)


class PolicyPage(SettingsPage):
    """A setting is named by its key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[str, SettingLine] = {}
        self.toolbar = Toolbar("设定的名称、依据", FILTERS, unit="项")
        self.table = Table(COLUMNS, "制度设定", search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.panel = DetailPanel()
        self.panel.closed.connect(lambda: self.show_side(False))
        left = region(down(self.toolbar, self.table, gap=0))
        self.setLayout(down(beside(left, self.panel), gap=0))
        self.table.current_changed.connect(lambda key: self.show_setting(key))
        self.table.acted.connect(lambda key, _: self.change(key))
        self.table.opened.connect(lambda key: self.change(key))
        self.table.edit_asked.connect(lambda key, _: self.change(key))

    def refresh(self) -> None:
        lines = PolicyChoices(self.services).lines()
        self.lines = {line.setting.key: line for line in lines}
        sections = dict.fromkeys(line.setting.section for line in lines)
        source = RowsInMemory(
            lines, key=_key, group=lambda line: line.setting.section, filters=QUESTIONS,
            search=lambda x: f"{x.setting.label} {x.setting.key} {x.setting.source} "
                             f"{x.setting.hint} {x.setting.section}",
        )  # fmt: skip
        self.table.show_rows(source, [GroupHeading(name, name) for name in sections])
        self.toolbar.filters.set_counts(
            {"": len(lines), CHANGED: sum(bool(line.overrides) for line in lines)}
        )
        if self.table.current_id() is None and lines:
            self.table.select(lines[0].setting.key)
        else:
            self.show_setting(self.table.current_id())

    def status_text(self) -> str:
        changed = sum(bool(line.overrides) for line in self.lines.values())
        return f"{len(self.lines)} 项设定，改过 {changed} 项"

    def show_side(self, wanted: bool | None) -> None:
        """Show or hide what is said of one setting (F4)."""
        self.panel.setVisible(self.panel.isHidden() if wanted is None else wanted)

    def show_setting(self, key: object) -> None:
        """Everything about one setting, and what differs where."""
        line = self.lines.get(str(key))
        if line is None:
            self.panel.show_nothing()
            return
        setting = line.setting
        facts = [
            ("现值", shown_value(line)),
            ("来自", line.origin),
            ("制度默认", line.setting.shown(line.default)),
            ("可填", allowed_text(setting)),
            ("依据", setting.source),
            ("说明", setting.hint),
        ]
        acts = [plain("修改", "edit", on_click=lambda: self.change(setting.key))]
        if any(place == COMPANY for place, _ in line.overrides):
            acts.append(ghost("恢复制度默认", on_click=lambda: self.take_default(setting.key)))
        self.panel.show_details(
            Details(
                setting.label,
                kind=setting.section,
                facts=[fact for fact in facts if fact[1]],
                sections=[self._elsewhere(line)] if self._others(line) else [],
                acts=acts,
            )
        )

    @staticmethod
    def _others(line: SettingLine) -> list[tuple[str, str]]:
        return [(place, value) for place, value in line.overrides if place != COMPANY]

    def _elsewhere(self, line: SettingLine) -> Section:
        places, key = Places(self.services), line.setting.key
        lines = [
            Line(places.word(place), right=value or "（空）", note="按 Enter 修改或取消",
                 on_click=lambda place=place: self.change(key, place))
            for place, value in self._others(line)
        ]  # fmt: skip
        return Section("另有设定", f"{len(lines)} 处", lines)

    def change(self, key: object, place: str = COMPANY) -> None:
        """Ask where and what; the field says what is wrong with a value."""
        line = self.lines[str(key)]
        setting, choices = line.setting, PolicyChoices(self.services)
        set_here = dict(line.overrides)
        places = Places(self.services).choices(setting)
        known = {value for value, _ in places}
        place = place if place in known else places[0][0]
        value = line.value if place == COMPANY else self._own_value(line, place)
        fields = [
            Field("place", "对谁", "choice", True, place, places),
            value_field(setting, value, self.services.pack.ranks_by_name()),
        ]
        if place != COMPANY and place in set_here:
            fields.append(Field("drop", "取消这一处，跟全公司一样", "tick"))
        ask_and_act(
            self.context, f"修改“{setting.label}”", fields, "保存",
            lambda typed: choices.change(
                setting.key,
                {typed["place"]: "" if typed.get("drop") else text_of(typed["value"])},
            ),
            f"已修改设定：{setting.label}",
            f"{setting.source}。制度默认：{setting.shown(line.default) or '空'}。",
        )  # fmt: skip

    def _own_value(self, line: SettingLine, place: str) -> object:
        from wxadmin.domain.policy_settings import parse_value

        text = dict(line.overrides).get(place)
        if text is None:
            return line.value
        return parse_value(line.setting, text, self.services.pack.ranks_by_name())

    def take_default(self, key: str) -> None:
        """Take the company's own choice back; the pack counts again."""
        choices = PolicyChoices(self.services)
        label = self.lines[key].setting.label
        act(self.context, f"“{label}”已恢复制度默认", lambda: choices.change(key, {COMPANY: ""}))
