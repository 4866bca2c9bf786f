"""办理群主转让: the groups somebody owns, who could take over and why; the numbers he keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.columns import Cell, Column, Person
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import Field, RecordForm
from ui.shared.record_picker import RecordPicker
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from wxadmin.domain.group import OWNER, Group
from wxadmin.domain.person import Employee
from wxadmin.services.candidates import Candidate, Candidates
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.form_facts import person_text, table_rows, table_text
from wxadmin.services.handover import Handover, Transfer

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

WIDTH = 680


class TransferList:
    """The groups with their proposed successors; another one may be picked for each."""

    def __init__(self, desk: ChecklistsDesk, transfers: Sequence[Transfer], basis: str) -> None:
        self._transfers = {transfer.group.id: transfer for transfer in transfers}
        self.picked: dict[int, Candidate] = {}
        self.table = Table(self._columns(), "要转让的群", row_px=32)
        self.table.setFixedHeight(style.px(34) + style.height(32) * min(max(len(transfers), 2), 7))
        self.form = RecordForm([Field("basis", "凭据", required=True, value=basis)])
        self.picker = RecordPicker(
            "给上面选中的群另定接任人",
            Candidates(desk.context.services).people,
            "姓名、拼音、工号；找到后按回车",
            rows=3,
            required=False,
        )
        self.picker.decided.connect(self._take)
        self.picker.input.returnPressed.connect(self._take)
        self.body: QWidget = region(down(self.table, 4, self.picker, self.form, gap=4))
        self._show()
        if transfers:
            self.table.select(transfers[0].group.id)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("group", "要转让的群", 190, stretch=1, sortable=False,
                   value=lambda row: row.group.name),
            Column("members", "实有", 48, kind="number", sortable=False, expected=True),
            Column("to", "接任人", 130, kind="person", sortable=False, value=self._successor),
            Column("reason", "依据", 150, tone="ink2", sortable=False, value=self._reason),
        )  # fmt: skip

    def _successor(self, row: Transfer) -> Any:
        picked = self.picked.get(row.group.id)
        if picked is not None:
            return Person(picked.name, "另定")
        if row.successor is None:
            return Cell("未定", ground="amber")
        return Person(row.successor.name, row.successor.emp_no)

    def _reason(self, row: Transfer) -> str:
        picked = self.picked.get(row.group.id)
        reason = picked.note.partition("　")[2] if picked is not None else row.reason
        return f"{reason}；连同{row.number.seq}号群管理号" if row.number is not None else reason

    def _show(self) -> None:
        self.table.show_rows(RowsInMemory(self._transfers.values(), key=lambda row: row.group.id))

    def _take(self) -> None:
        """The hit chosen takes over the current group."""
        group, hit = self.table.current_id(), self.picker.chosen()
        if isinstance(group, int) and isinstance(hit, Candidate):
            self.picked[group] = hit
            self.picker.search("")
            self._show()

    def picks(self) -> list[tuple[Any, int]]:
        """Each group with who takes it; those without anybody are left out."""
        found = []
        for transfer in self._transfers.values():
            picked = self.picked.get(transfer.group.id)
            who = picked.id if picked else transfer.successor.id if transfer.successor else None
            if who is not None:
                found.append((transfer.group, who))
        return found

    def answer(self, choice: str) -> dict[str, Any] | None:
        """The groups and their new owners, once there is any and the basis is given."""
        if choice == "print":
            return {"choice": choice, "picks": self.picks()}
        if not self.form.accepted():
            return None
        if not self.picks():
            self.picker.say("还没有接任人：选中一个群，在这里找到接任人，按回车。")
            self.picker.setFocus()
            return None
        return {"choice": choice, "picks": self.picks(), **self.form.values()}


def transfer_groups(desk: ChecklistsDesk, *views: ChecklistView) -> None:
    """Give the groups one or several people own to their next owners, as one act."""
    services, handover = desk.context.services, Handover(desk.context.services)
    people = [view.look.checklist.employee_id for view in views]
    transfers = [one for person in people if person for one in handover.transfers(person)]
    names = "、".join(view.name for view in views)
    if not transfers:
        desk.context.messages.toast(f"{names}已不是任何群的群主。")
        return
    alone = len(views) == 1
    basis = f"{views[0].title} {views[0].event if alone else services.today}"
    asked = TransferList(desk, transfers, basis)
    ready = sum(transfer.successor is not None for transfer in transfers)

    def do(answer: dict[str, Any]) -> int | None:
        if answer["choice"] == "print":
            return None
        return handover.transfer(answer["picks"], basis=answer["basis"])

    dialog = ActingDialog(
        desk.context.messages.window(),
        f"{names if alone else f'{len(views)} 人'}：先转让 {len(transfers)} 个群",
        asked.body,
        (Choice("回到办理单"), Choice("采用并登记转让", "transfer", kind="filled")),
        do,
        asked.answer,
        f"{'' if alone else f'{names}。'}{ready} 个已有建议接任人。"
        "先在企业微信里转让，再在这里登记；没有定人的群这次不动。",
        left=(Choice("打印交接单", "print", icon="print"),) if alone else (),
    )
    dialog.setFixedWidth(_width(desk))
    before = newest(desk.context)
    if dialog.run() is None:
        return
    if dialog.answer == "print":
        print_handover(desk, people[0] or 0, asked.picks())
        return
    left = len(transfers) - len(asked.picks())
    more = f"，还有 {left} 个未定" if left else ""
    tell(desk.context, f"已登记转让 {len(transfers) - left} 个群{more}", dialog.outcome, before)


def print_handover(
    desk: ChecklistsDesk, person_id: int, picks: Sequence[tuple[Group, int]]
) -> None:
    """Draft the hand-over slip with who takes which group, and go to its paper."""
    from wxadmin.domain.errors import UserError
    from wxadmin.services.form_shelf import ACCOUNT_HANDOVER
    from wxadmin.services.forms import Forms

    store = desk.context.services.store
    person = store.get(Employee, person_id)
    before = newest(desk.context)
    forms = Forms(desk.context.services)
    try:
        # a trial draft tells the rows; what it draws from the counters is never kept
        trial = forms.drafting().plan(ACCOUNT_HANDOVER, store.ids(), person=person).after
        rows = table_rows(trial.value("owned_groups")) if trial is not None else []
        takers = {group.name: store.get(Employee, who) for group, who in picks}
        for row in rows:
            taker = takers.get(row.get("group", ""))
            if taker is not None and row.get("role") == OWNER:
                row["successor"] = person_text(taker)
        typed = {"owned_groups": table_text(rows)} if rows else None
        form = forms.draft(ACCOUNT_HANDOVER, person=person, typed=typed)
    except UserError as refusal:
        desk.context.messages.error(refusal)
        return
    if newest(desk.context) != before:
        tell(desk.context, f"已起草交接单 {form.number}", form, before)
    desk.context.navigate("forms", form.number)


def give_numbers(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """Give the 群管理号 somebody keeps (phone and SIM) to another custodian, one by one."""
    person = view.look.checklist.employee_id
    assert person is not None
    services = desk.context.services
    for number in Handover(services).numbers(person):
        picker = RecordPicker("接收人", Candidates(services).people)
        form = RecordForm([
            Field("basis", "凭据", required=True, value=f"{view.title} {view.event}")
        ])  # fmt: skip

        def answer(_: Any, picker: Any = picker, form: Any = form) -> dict[str, Any] | None:
            if picker.value() is None:
                picker.say("请先找到接收人。")
                picker.setFocus()
                return None
            return {"to": picker.value(), **form.values()} if form.accepted() else None

        def do(values: dict[str, Any], number: Any = number) -> int | None:
            to = services.store.get(Employee, values["to"])
            assert to is not None
            return Handover(services).give_number(number, to, basis=values["basis"])

        dialog = ActingDialog(
            desk.context.messages.window(),
            f"{number.seq}号群管理号交给谁",
            region(down(picker, form, gap=4)),
            (Choice("以后再交"), Choice("登记交接", "give", kind="filled")),
            do,
            answer,
            f"手机和SIM卡一起交。现由{view.name}保管。",
        )
        picker.setFocus()
        before = newest(desk.context)
        if dialog.run() is None:
            return
        tell(desk.context, f"已登记{number.seq}号群管理号交接", dialog.outcome, before)


def _width(desk: ChecklistsDesk) -> int:
    room = desk.context.messages.window().width() - style.px(80)
    return min(style.px(WIDTH), max(room, 480))
