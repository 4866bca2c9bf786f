"""在群人员（时段）: who could read a group between two days, with first and last proof, on A4."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ui import style
from ui.groups.reading import Roll
from ui.shared.columns import Cell, Column, Person
from ui.shared.date_input import DateInput
from ui.shared.dialog import Choice, Dialog
from ui.shared.layouts import across, down, region
from ui.shared.paper_out import PaperJob, print_paper, save_paper
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.services.group_presence import GroupPresence, PresentPerson, WhoWasIn

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

_PRINT, _PDF = "print", "pdf"
_COLUMNS = (
    Column("who", "姓名 / 工号", 150, kind="person", value=lambda p: Person(p.name, p.emp_no)),
    Column("unit", "部门（当时）", 150, stretch=1, tone="ink2",
           value=lambda p: Cell(p.org_unit.replace("/", " / "))),
    Column("first", "最早的依据", 156, value=lambda p: _proof(p.first_proof, p.first_how)),
    Column("last", "最晚的依据", 156, value=lambda p: _proof(p.last_proof, p.last_how)),
    Column("left", "退出", 92, kind="date", expected=True, value=lambda p: p.left_on),
)  # fmt: skip


def _proof(day: Any, how: str) -> Cell | None:
    return Cell(str(day), how) if day else None


class PresenceDialog(Dialog):
    """Two dates above, the people beneath, and an honest line about what nobody can know."""

    def __init__(self, desk: GroupsDesk, roll: Roll, group: Group) -> None:
        self._desk, self._group = desk, group
        self._service = GroupPresence(roll.workplace)
        today = roll.picture.today
        self.from_on, self.to_on = DateInput(), DateInput()
        self.from_on.setAccessibleName("从哪一天")
        self.to_on.setAccessibleName("到哪一天")
        self.from_on.set_value(today.replace(day=1) - timedelta(days=31))
        self.to_on.set_value(today)
        for box in (self.from_on, self.to_on):
            box.setFixedWidth(style.px(140))
            box.left.connect(self.look)
            box.returnPressed.connect(self.look)
        self._count = Text("", tone="ink2")
        self.honest = Text("", 12, tone="ink2", wrap=True)
        self.honest.setAccessibleName("这份名单能说明什么")
        self.table = Table(_COLUMNS, "时段内在群的人", ())
        window = desk.window()
        self.table.setFixedHeight(max(min(window.height() - 330, 420), 150))
        dates = across(Text("从", 12, tone="ink3"), self.from_on, Text("到", 12, tone="ink3"),
                       self.to_on, self._count, None, gap=8)  # fmt: skip
        body = region(down(dates, self.honest, self.table, gap=10))
        self.found: WhoWasIn | None = None
        acts = (Choice("关闭", None), Choice("打印", _PRINT, kind="filled"))
        left = (Choice("存为PDF", _PDF, icon="pdf"),)
        super().__init__(window, f"在群人员（时段）：{group.name}", body=body, acts=acts, left=left)
        self.setFixedWidth(style.px(min(window.width() - 120, 860)))
        self.look()

    def look(self) -> None:
        """Read who was in the group between the two days."""
        start, end = self.from_on.value(), self.to_on.value()
        try:
            self.found = self._service.between(self._group, start, end)
        except UserError as refusal:
            self._refuse(refusal.message)
            return
        except TypeError:
            self._refuse("请照 2026-11-18 这样填两个日期。")
            return
        people = list(self.found.people)
        verdicts = list(dict.fromkeys(person.verdict for person in people))
        self.table.show_rows(
            RowsInMemory(people, group=_verdict), [GroupHeading(one, one) for one in verdicts]
        )
        self.honest.setText(self.found.honest)
        owners = "、".join(self.found.owners)
        self._count.setText(f"{len(people)} 人" + (f"　群主 {owners}" if owners else ""))

    def _refuse(self, sentence: str) -> None:
        self.found = None
        self.honest.setText(sentence)
        self._count.setText("")
        self.table.show_rows(RowsInMemory(()), [])

    def _choose(self, value: Any) -> None:
        if value in (_PRINT, _PDF) and self.found is not None:
            found, service = self.found, self._service
            name = f"{found.group.name}在群人员_{found.from_on}_{found.to_on}"
            paper = PaperJob(lambda measure, progress: service.pages(found, measure), name,
                             f"{name}.pdf")  # fmt: skip
            super()._choose(None)
            (print_paper if value == _PRINT else save_paper)(self._desk.context, paper)
        elif value is None:
            super()._choose(None)


def _verdict(person: PresentPerson) -> str:
    return person.verdict
