"""群管理号: the designated numbers, whose name the SIM is in, who keeps them from when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.groups.person_search import PersonSearch
from ui.groups.reading import Roll, is_alive
from ui.shared.acting import act, ask_and_act
from ui.shared.buttons import plain
from ui.shared.columns import Cell, Column, State
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Field, RecordForm
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.text import spaced_phone
from wxadmin.domain.account import AdminNumber
from wxadmin.domain.group import MOBILE
from wxadmin.domain.person import Employee
from wxadmin.services.group_duties import Owner
from wxadmin.services.group_owners import IN_USE, NUMBER_STATES, STOPPED, GroupOwners
from wxadmin.services.number_proofs import NumberProofs

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

Row = tuple[AdminNumber, str, Owner, bool]
"""A number, the group it owns, who keeps it, and whether he has left."""


def _state(row: Row) -> State:
    number, group, keeper, gone = row
    if number.state == STOPPED:
        return State("stopped", STOPPED)
    if gone:
        return State("stuck", "保管人已离职")
    if group and not keeper.name:
        return State("late", "无保管人")
    return State("tick" if number.state == IN_USE else "empty", number.state)


def _keeper(row: Row) -> Cell | None:
    _, _, keeper, gone = row
    since = f"自 {keeper.since:%Y-%m-%d}" if keeper.since else ""
    return Cell(keeper.name, since, mark="stuck" if gone else None) if keeper.name else None


_COLUMNS = (
    Column("seq", "号", 48, kind="number", value=lambda row: row[0].seq),
    Column("mobile", "手机号码", 112, value=lambda row: spaced_phone(row[0].mobile), expected=True),
    Column("sim", "SIM卡登记人", 88, tone="ink2", priority=4, expected=True,
           value=lambda row: row[0].sim_registered_to),
    Column("device", "手机", 80, tone="ink2", priority=5, value=lambda row: row[0].device),
    Column("group", "管的群", 130, stretch=1, value=lambda row: row[1]),
    Column("keeper", "保管人", 152, expected=True,
           value=_keeper, sort_key=lambda row: row[2].name),
    Column("state", "状态", 84, kind="state", priority=2, value=_state),
    Column("act", "", 80, kind="act", value=lambda row: "交接"),
)  # fmt: skip


class NumbersPage(SidePage):
    """Enter hands over, F2 (or 修改) corrects; the history of a number is one click away."""

    def __init__(self, desk: GroupsDesk, roll: Roll) -> None:
        limit = roll.workplace.number("admin_number_pool_size")
        super().__init__(
            "群管理号", f"以公司指定的手机号建群、当群主，最多{limit}个；手机、SIM卡和群一起交接。"
        )
        self._desk, self._roll = desk, roll
        self.table = Table(_COLUMNS, "群管理号")
        self.table.acted.connect(lambda key, _: self.hand_over(key))
        self.table.edit_asked.connect(lambda key, _: self.edit(key))
        self.table.opened.connect(self.hand_over)
        self.body.addWidget(self.table)
        self.set_foot(
            plain("修改", "edit", lambda: self._of_current(self.edit)),
            plain("交接历史", "journal", lambda: self._of_current(self.history)),
            plain("登录日期", "proof", lambda: self._of_current(self.confirm_login)),
            None,
            plain("登记新号", "plus", self.add),
        )
        self.show_roll(roll)

    def show_roll(self, roll: Roll) -> None:
        """Show the numbers as they stand."""
        self._roll = roll
        rows: list[Row] = []
        for number in sorted(roll.duties.numbers.values(), key=lambda one: one.seq):
            group = roll.picture.all_groups.get(number.group_id or 0)
            keeper = roll.duties.custodian(number)
            gone = keeper.employee_id is not None and roll.picture.has_left(keeper.employee_id)
            rows.append((number, group.name if group else "", keeper, gone))
        self.table.show_rows(RowsInMemory(rows, key=lambda row: row[0].id))

    def select_seq(self, seq: int) -> None:
        """Make one number the current line."""
        for number in self._roll.duties.numbers.values():
            if number.seq == seq:
                self.table.select(number.id)

    def _of_current(self, do: Any) -> None:
        key = self.table.current_id()
        if key is not None:
            do(key)

    # -- acts ---------------------------------------------------------------------------------

    def hand_over(self, key: Any) -> None:
        """Give phone, SIM and group to another custodian, with the basis."""
        number, duties = self._roll.duties.numbers[key], self._roll.duties
        keeper = duties.custodian(number)
        search = PersonSearch(self._roll.workplace, self._roll.picture)
        form = RecordForm([
            Field("person", "接任保管人", required=True, check=search.check,
                  placeholder="姓名、拼音、工号"),
            Field("on", "交接日期", "date", required=True, value=self._roll.picture.today,
                  half=True),
            Field("basis", "依据", required=True, half=True, placeholder="交接单、某领导指定"),
        ])  # fmt: skip
        search.attach(form.boxes["person"].input)
        now = f"现在的保管人：{keeper.name or '没有'}。"
        answer = self._desk.ask(
            f"交接{number.seq}号群管理号", f"{now}手机、SIM卡和它管的群一起交。", form,
            (Choice("取消", None), Choice("交接", form, kind="filled")),
        )  # fmt: skip
        if not isinstance(answer, Mapping):
            return
        person_id = search.read(answer["person"])
        assert person_id is not None
        person = self._roll.workplace.store.get(Employee, person_id)
        assert person is not None
        act(self._desk.context, f"{number.seq}号群管理号已交给 {person.name}",
            lambda: GroupOwners(self._desk.context.services).hand_over_custody(
                number, person, duties, on=answer["on"], basis=answer["basis"]))  # fmt: skip

    def edit(self, key: Any) -> None:
        """Correct the number, the SIM, the phone, the group it owns, its state."""
        number = self._roll.duties.numbers[key]
        groups: list[tuple[Any, str]] = [(0, "不管群")]
        groups += [
            (line.group.id, line.group.name)
            for line in self._roll.lines.values()
            if is_alive(line) and line.group.side == MOBILE
        ]
        fields = [
            Field("mobile", "手机号码", "phone", value=number.mobile, half=True),
            Field("wechat_id", "微信号", value=number.wechat_id, half=True),
            Field("sim_registered_to", "SIM卡登记人", value=number.sim_registered_to, half=True),
            Field("device", "手机", value=number.device, half=True),
            Field("group_id", "管的群", "choice", value=number.group_id or 0, choices=groups),
            Field("state", "状态", "choice", value=number.state, half=True,
                  choices=[(state, state) for state in NUMBER_STATES]),
            Field("enabled_on", "启用日期", "date", value=number.enabled_on, half=True),
            Field("remark", "备注", value=number.remark),
        ]  # fmt: skip
        answer = self._desk.context.messages.ask_form(
            f"修改{number.seq}号群管理号", fields, "保存修改"
        )
        if answer is not None:
            edited = replace(number, **{**answer, "group_id": answer["group_id"] or None})
            act(self._desk.context, f"已修改{number.seq}号群管理号",
                lambda: GroupOwners(self._desk.context.services).edit_number(
                    number, edited))  # fmt: skip

    def confirm_login(self, key: Any) -> None:
        """The present keeper has signed in with the number: the proof of a hand-over."""
        number, duties = self._roll.duties.numbers[key], self._roll.duties
        keeper = duties.custodian(number).name
        fields = [Field("on", "哪一天登录的", "date", required=True,
                        value=self._roll.picture.today)]  # fmt: skip
        proofs = NumberProofs(self._desk.context.services)
        ask_and_act(
            self._desk.context, f"{number.seq}号群管理号：保管人已登录", fields, "记下",
            lambda values: proofs.confirm_login(number, duties, values["on"]),
            f"已记 {keeper} 用{number.seq}号登录过",
            f"{keeper or '保管人'}用这个号登录过，才算真正接到手。",
        )  # fmt: skip

    def add(self) -> None:
        """One more number for the pool, as long as there is room."""
        fields = [Field("mobile", "手机号码", "phone", required=True),
                  Field("sim", "SIM卡登记人", placeholder="公司")]  # fmt: skip
        answer = self._desk.context.messages.ask_form("登记新的群管理号", fields, "登记新号")
        if answer is not None:
            act(self._desk.context, lambda made: f"已登记{made.seq}号群管理号",
                lambda: GroupOwners(self._desk.context.services).add_number(
                    answer["mobile"], answer["sim"]))  # fmt: skip

    def history(self, key: Any) -> None:
        """Everybody who ever kept a number."""
        number = self._roll.duties.numbers[key]
        things = []
        for custody in GroupOwners(self._desk.context.services).custodies_of(number.id):
            until = custody.to_on.isoformat() if custody.to_on else "至今"
            person = self._roll.picture.person(custody.employee_id)
            things.append(Thing(person.name, custody.basis, f"{custody.from_on} 至 {until}"))
        self._desk.context.messages.ask(
            f"{number.seq}号群管理号的保管人",
            "" if things else "还没有登记过保管人。",
            things=things,
        )
