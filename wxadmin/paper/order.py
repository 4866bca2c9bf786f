"""The order to a group's owner: whom to add, whom to take out; on paper and as chat text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wxadmin.domain.form_definition import RegisterDefinition
from wxadmin.domain.frozen import dataclass
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import Row, set_table
from wxadmin.paper.items import Face, FontRole, Measure, Page
from wxadmin.paper.template import Filler
from wxadmin.paper.values import chinese_date, chinese_day

SECTION = Face(10.5, FontRole.HEI)


@dataclass(frozen=True, slots=True)
class Joining:
    """Someone to be added."""

    name: str
    place: str  # 部门/岗位
    mobile: str  # in full: the owner must find the person by it
    nickname: str
    reason: str  # 新入职, 调入, 借调至…


@dataclass(frozen=True, slots=True)
class Removal:
    """Someone to be taken out; the reason says 离职, 调出 or 到期 and never more."""

    name: str
    dept: str
    nickname: str
    mobile_tail: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """One order for one group."""

    number: str
    group: str
    to: str  # the owner or the custodian of its 群管理号
    to_role: str  # 莆田一厂群保管人，3号群管理号
    due_on: date
    basis: str  # 11月离职清单（莆田一厂人事）、11月花名册
    joining: tuple[Joining, ...] = ()
    removal: tuple[Removal, ...] = ()
    gone: tuple[str, ...] = ()  # those the system should have put out by itself
    come: tuple[str, ...] = ()  # those it should have put in by itself
    expected: int | None = None  # members when all is done
    company: str = ""
    printed_on: date | None = None


def order_pages(
    definition: RegisterDefinition, orders: Sequence[GroupOrder], measure: Measure
) -> tuple[Page, ...]:
    """Lay out orders, every group on a page of its own."""
    return tuple(page for order in orders for page in _one(definition, order, measure))


def _one(definition: RegisterDefinition, order: GroupOrder, measure: Measure) -> tuple[Page, ...]:
    words, body = definition.words, Face(definition.body_pt)
    filler = Filler(_values(order))
    flow = Flow(measure, definition.margins, (definition.width, definition.height))
    flow.head(
        filler.text(definition.title),
        definition.title_pt,
        [filler.text(part) for part in definition.above],
        body,
    )
    flow.template(filler, words["address"], body)
    flow.template(filler, words["basis"], body)
    _section(flow, definition, "joining", filler, [_joining(one) for one in order.joining])
    _section(flow, definition, "removal", filler, [_removal(one) for one in order.removal])
    _section(flow, definition, "gone", filler, [{"name": name} for name in order.gone])
    if order.come:
        flow.template(filler, words["come"], body)
    flow.gap()
    flow.template(filler, words["strangers"], body)
    flow.template(filler, words["total"], body)
    flow.template(filler, words["warning"], body)
    flow.gap(6.0)
    flow.need(10.0)
    flow.template(filler, words["signature"], body)
    return flow.pages()


def _section(
    flow: Flow, definition: RegisterDefinition, name: str, filler: Filler, rows: list[Row]
) -> None:
    flow.heading(filler.text(definition.words[name]), SECTION)
    numbered = [{"no": str(number), **row} for number, row in enumerate(rows, start=1)]
    if numbered:
        set_table(flow, definition.tables[name], numbered, Face(definition.body_pt), 8.0)
    else:
        flow.line(definition.words["nobody"], Face(definition.body_pt))


def _values(order: GroupOrder) -> dict[str, object]:
    return {
        "number": order.number,
        "group": order.group,
        "to": order.to,
        "to_role": f"（{order.to_role}）" if order.to_role else "",
        "due_on": chinese_day(order.due_on),
        "basis": order.basis,
        "company": order.company,
        "printed_on": chinese_date(order.printed_on) if order.printed_on else "",
        "come": "、".join(order.come),
        "joining": str(len(order.joining)),
        "removal": str(len(order.removal)),
        "expected": "" if order.expected is None else str(order.expected),
    }


def _joining(one: Joining) -> Row:
    return {
        "name": one.name,
        "place": one.place,
        "mobile": one.mobile,
        "nickname": one.nickname,
        "reason": one.reason,
    }


def _removal(one: Removal) -> Row:
    return {
        "name": one.name,
        "dept": one.dept,
        "nickname": one.nickname,
        "tail": one.mobile_tail,
        "reason": one.reason,
    }


def order_text(order: GroupOrder) -> str:
    """Return the order as a chat message: what is really sent."""
    lines = [
        f"【群成员调整】{order.group}　{order.number}",
        f"{order.to}：请于{chinese_day(order.due_on)}前办完。依据：{order.basis}",
    ]
    if order.joining:
        lines += ["", f"要加的人（{len(order.joining)}人）"]
        lines += [_said(no, _joining_text(one)) for no, one in enumerate(order.joining, 1)]
    if order.removal:
        lines += ["", f"要移出的人（{len(order.removal)}人）"]
        lines += [_said(no, _removal_text(one)) for no, one in enumerate(order.removal, 1)]
    if order.gone:
        lines += ["", f"应已自动退出，请看是否还在：{'、'.join(order.gone)}"]
    if order.come:
        lines += ["", f"应已自动加入，请看是否在群：{'、'.join(order.come)}"]
    target = "" if order.expected is None else f"（应为{order.expected}人）"
    lines += ["", f"办完请回复群内实有人数{target}；名单外的人请写明是谁，不要自行增减。"]
    return "\n".join(lines)


def _said(number: int, parts: list[str]) -> str:
    return f"{number}. " + "　".join(part for part in parts if part)


def _joining_text(one: Joining) -> list[str]:
    nickname = f"昵称改为“{one.nickname}”" if one.nickname else ""
    return [one.name, one.place, one.mobile, nickname, one.reason]


def _removal_text(one: Removal) -> list[str]:
    nickname = f"群昵称“{one.nickname}”" if one.nickname else ""
    tail = f"尾号{one.mobile_tail}" if one.mobile_tail else ""
    return [one.name, one.dept, nickname, tail, one.reason]
