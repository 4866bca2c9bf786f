"""人事来源: who sends lists, whom to ask, by which day, and for which units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.settings.page import SettingsPage
from ui.shared.acting import act
from ui.shared.acting_dialog import ActingDialog, accepted_values
from ui.shared.buttons import plain
from ui.shared.columns import Column, Person, State
from ui.shared.dialog import Choice
from ui.shared.layouts import down
from ui.shared.record_form import Field, RecordForm, Verdict, wrong
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar
from wxadmin.services.organisation import Organisation, SourceLine

if TYPE_CHECKING:
    from ui.desk import Desk

COLUMNS = (
    Column("name", "人事来源", 170, kind="person",
           value=lambda line: Person(line.source.name, line.source.contact)),
    Column("covers", "覆盖单位", 260, stretch=1, value=lambda line: "、".join(line.covers)),
    Column("due", "离职清单交付日", 110, value=lambda line: f"次月 {line.due_day} 日"),
    Column("people", "在职人数", 76, kind="number", value=lambda line: line.people),
    Column("state", "状态", 84, kind="state",
           value=lambda line: State("tick", "在用") if line.source.active
           else State("stopped", "已停用")),
    Column("act", "", 84, kind="act", sortable=False, value=lambda line: "修改"),
)  # fmt: skip
LAST_DAY = 28


def _day(value: object, values: object) -> Verdict | None:
    if isinstance(value, int) and not 1 <= value <= LAST_DAY:
        return wrong("请填1到28之间的整数，例如 5。")
    return None


class SourcesPage(SettingsPage):
    """A source is named by its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[int, SourceLine] = {}
        new = plain("新增人事来源", "plus", on_click=lambda: self.edit(None))
        self.toolbar = Toolbar("名称、联系人、单位", right=[new], unit="个")
        self.table = Table(COLUMNS, "人事来源", search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.setLayout(down(self.toolbar, self.table, gap=0))
        for signal in (self.table.opened, self.table.acted, self.table.edit_asked):
            signal.connect(lambda key, *_: self.edit(int(key)))
        self.table.end_asked.connect(lambda keys: self.retire(keys[0]) if keys else None)

    def refresh(self) -> None:
        lines = Organisation(self.services).sources()
        self.lines = {line.source.id: line for line in lines}
        self.table.show_rows(RowsInMemory(lines, key=lambda line: line.source.id))

    def status_text(self) -> str:
        used = sum(line.source.active for line in self.lines.values())
        return f"{len(self.lines)} 个人事来源，在用 {used} 个"

    def edit(self, key: int | None) -> None:
        """A new source, or one changed: contact, day, units; 停用 stands at the left."""
        line = self.lines.get(key) if key is not None else None
        source = line.source if line is not None else None
        form = RecordForm(self._fields(source))
        organisation = Organisation(self.services)
        left = []
        if source is not None:
            left.append(Choice("停用" if source.active else "重新启用", "turn", kind="words"))
        dialog = ActingDialog(
            self.context.messages.window(),
            f"修改“{source.name}”" if source else "新增人事来源", form,
            (Choice("取消", None), Choice("保存", form, kind="filled")),
            lambda typed: typed if typed == "turn" else organisation.save_source(key, **typed),
            lambda choice: choice if choice == "turn" else accepted_values(form),
            left=left,
        )  # fmt: skip
        from ui.shared.acting import newest, tell

        before = newest(self.context)
        answer = dialog.run()
        if answer == "turn" and source is not None:
            self.retire(source.id)
        elif answer is not None:
            tell(self.context, f"已保存人事来源：{form.values()['name']}", None, before)

    def _fields(self, source: object) -> list[Field]:
        units = [
            (line.unit.id, line.path)
            for line in Organisation(self.services).units() if line.depth == 1
        ]  # fmt: skip
        covers = getattr(source, "covers", ())
        known = {unit for unit, _ in units}
        tree = self.services.units()
        units += [(unit, tree.text(unit)) for unit in covers if unit not in known]
        return [
            Field("name", "名称", required=True, value=getattr(source, "name", ""), half=True),
            Field("contact", "联系人", value=getattr(source, "contact", ""), half=True,
                  hint="催名单时找谁。"),
            Field("due_day", "离职清单交付日（次月第几日）", "number", check=_day,
                  value=getattr(source, "due_day", None), hint="留空就按制度设定。"),
            Field("covers", "名单覆盖哪些单位", "ticks", choices=units, value=covers),
        ]  # fmt: skip

    def retire(self, key: int) -> None:
        """Take a source out of use, or into use again."""
        source = self.lines[key].source
        word = "停用" if source.active else "启用"
        organisation = Organisation(self.services)
        act(self.context, f"已{word}人事来源：{source.name}",
            lambda: organisation.retire_source(key, not source.active))  # fmt: skip
