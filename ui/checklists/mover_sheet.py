"""调岗单: groups to join, to leave, to keep by exception, and what of the account; on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui import style
from ui.checklists import group_moves
from ui.shared.acting import ask_and_act
from ui.shared.columns import Cell, Column
from ui.shared.dialog import Choice, Dialog
from ui.shared.layouts import down, region
from ui.shared.paper_out import PaperJob, print_paper
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.whole_line import WholeLine
from wxadmin.domain.person import Employee
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.exceptions import Exceptions
from wxadmin.services.groups import Groups
from wxadmin.services.handover import Handover
from wxadmin.services.movers import (
    ACCOUNT,
    HAND_OVER,
    JOIN,
    KEEP,
    LEAVE,
    STAY,
    MoverLine,
    Movers,
    MoverSheet,
)

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

_PRINT, _RECORD = "print", "record"
_HEADINGS = (
    GroupHeading(HAND_OVER, "先转让群主", "转让以前不要退群"),
    GroupHeading(JOIN, "加入", "按新岗位应加"),
    GroupHeading(LEAVE, "退出", "不再符合规则；要留下的点“特批保留”"),
    GroupHeading(KEEP, "特批保留"),
    GroupHeading(ACCOUNT, "账号", "按制度"),
    GroupHeading(STAY, "不变", foldable=True, folded=True),
)
_COLUMNS = (
    Column("what", "群组", 150, bold=True, sortable=False),
    Column("owner", "找谁", 180, tone="ink2", sortable=False, priority=3),
    Column("nickname", "群昵称改为", 130, sortable=False, priority=2),
    Column("reason", "原因", 220, stretch=1, sortable=False,
           value=lambda line: Cell(line.reason, tone="ink2")),
    Column("act", "", 124, kind="act", sortable=False,
           value=lambda line: "特批保留" if line.action == LEAVE else ""),
)  # fmt: skip


def show(desk: ChecklistsDesk) -> None:
    """The sheet of the selected mover; it comes back after every exception granted in it."""
    view = next(iter(desk.chosen()), None)
    person = view.look.checklist.employee_id if view is not None else None
    if view is None or person is None:
        desk.context.messages.error("先选中一个调岗的人。")
        return
    while True:
        movers = _movers(desk)
        dialog = MoverDialog(desk, movers.sheet(person))
        answer = dialog.run()
        if not isinstance(answer, MoverLine):
            break
        _keep(desk, person, answer)
    if answer == _RECORD:
        group_moves.record_moves(desk, view)
    elif answer == _PRINT:
        print_sheet(desk, view, person)


def print_sheet(desk: ChecklistsDesk, view: ChecklistView, person: int) -> None:
    """The sheet on A4."""
    movers = _movers(desk)
    print_paper(desk.context, PaperJob(
        lambda measure, progress: movers.pages(person, measure), f"调岗单 {view.name}",
        f"调岗单_{view.name}.pdf"))  # fmt: skip


def _movers(desk: ChecklistsDesk) -> Movers:
    groups = Groups(desk.context.services)
    picture = groups.picture()
    return Movers(desk.context.services, picture, groups.duties(picture))


def _keep(desk: ChecklistsDesk, person_id: int, line: MoverLine) -> None:
    """特批: he may stay in a group against its rule, until a day, for a reason."""
    services = desk.context.services
    moves = Handover(services).group_moves(person_id)
    group = next((one for one in moves.leave if one.name == line.what), None)
    person = services.store.get(Employee, person_id)
    if group is None or person is None:
        return
    exceptions = Exceptions(services)
    fields = [
        Field("reason", "特批的理由", required=True, placeholder="例如：交接未完"),
        Field("granted_by", "谁批的", required=True, half=True),
        Field("until", "留到哪一天", "date", half=True, hint="到期自动列入退群；不填长期"),
    ]

    def do(answer: dict[str, Any]) -> Any:
        return exceptions.grant(
            person, group, allowed=True, reason=answer["reason"],
            granted_by=answer["granted_by"], until=answer["until"] or None,
        )  # fmt: skip

    ask_and_act(desk.context, f"特批 {person.name} 留在“{group.name}”", fields, "特批保留", do,
                f"已特批 {person.name} 留在“{group.name}”")  # fmt: skip


class MoverDialog(Dialog):
    """The sheet as a table; 特批保留 at the end of each group he would leave."""

    def __init__(self, desk: ChecklistsDesk, sheet: MoverSheet) -> None:
        window = desk.window()
        lines = list(sheet.lines)
        named = any(line.nickname for line in lines)
        shown = [column for column in _COLUMNS if named or column.key != "nickname"]
        self.table = Table(shown, "调岗单", _HEADINGS)
        self.table.show_rows(RowsInMemory(lines, group=lambda line: line.action))
        wanted = style.height(34) * (self.table.model.rowCount() + 2)
        self.table.setFixedHeight(max(min(window.height() - 240, 440, wanted), 150))
        self.table.acted.connect(lambda key, _: self._choose(lines[int(key)]))
        self.whole = WholeLine(self.table, _in_full, "这一行的全文")
        self.whole.setMinimumHeight(style.px(48))
        if lines:
            self.table.select(0)
        person = sheet.person
        reason = "　".join(filter(None, (person.emp_no, person.org_unit, person.position)))
        acts = (
            Choice("关闭", None),
            Choice("打印调岗单", _PRINT),
            Choice("登记进出群", _RECORD, kind="filled"),
        )
        super().__init__(window, f"调岗单：{person.name}", reason,
                         body=region(down(self.table, self.whole, gap=0)), acts=acts)  # fmt: skip
        self.setFixedWidth(style.px(min(window.width() - 120, 880)))


def _in_full(line: MoverLine) -> str:
    renamed = f"群昵称改为{line.nickname}" if line.nickname else ""
    return "　".join(filter(None, (line.what, line.owner, renamed, line.reason)))
