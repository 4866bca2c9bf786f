"""The columns of 账号, and how an account's state is shown: 离职未停 before anything else."""

from __future__ import annotations

from ui.shared.columns import Cell, Column, Person, State
from ui.shared.person_lines import department
from ui.shared.text import spaced_phone
from wxadmin.domain import account as states
from wxadmin.services.account_register import HOLDER_GONE, AccountRow, PersonWithoutAccount
from wxadmin.services.account_roll import AccountLine

_MARKS = {
    states.PENDING: "plus",
    states.IN_USE: "tick",
    states.SUSPENDED: "stopped",
    states.RESTRICTED: "due",
    states.TO_RECLAIM: "waiting",
    states.TO_CLOSE: "waiting",
}
LEFT_OPEN = "离职未停"
NONE_YET = "无账号"


def state_of(row: AccountRow) -> State:
    """The state of an account; still usable though its holder has left is what must be seen."""
    if HOLDER_GONE in row.amiss and row.state in (states.IN_USE, states.RESTRICTED):
        return State("late", LEFT_OPEN)
    return State(_MARKS.get(row.state, "stopped"), row.state)


def _name(line: AccountLine) -> Person:
    if line.row is None:
        return Person(_person(line).name)
    return Person(line.row.holder or line.row.name)


def _unit(line: AccountLine) -> Cell:
    return department(line.row.unit if line.row is not None else _person(line).unit)


def _person(line: AccountLine) -> PersonWithoutAccount:
    assert line.person is not None
    return line.person


def _mobile(line: AccountLine) -> str:
    return spaced_phone(line.row.mobile if line.row is not None else _person(line).mobile)


def _state(line: AccountLine) -> State:
    return state_of(line.row) if line.row is not None else State("ask", NONE_YET)


COLUMNS = (
    Column("name", "姓名", 120, kind="person", value=_name),
    Column("userid", "账号", 116, tone="ink2", priority=5, expected=True,
           value=lambda line: line.row.wecom_userid if line.row else ""),
    Column("unit", "部门", 146, stretch=1, value=_unit),
    Column("position", "职务", 80, tone="ink2", priority=4),
    Column("type", "类型", 72, tone="ink2", priority=7,
           value=lambda line: line.row.type_name if line.row else ""),
    Column("mobile", "手机号码", 116, tone="ink2", priority=3, value=_mobile),
    Column("state", "状态", 104, kind="state", value=_state),
    Column("opened_on", "开通日期", 96, kind="date", tone="ink2", priority=6, expected=True,
           value=lambda line: line.row.opened_on if line.row else None),
)  # fmt: skip
