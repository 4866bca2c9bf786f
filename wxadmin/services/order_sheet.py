"""An order as it goes out: one page, or a chat message."""

from __future__ import annotations

from collections.abc import Iterable

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BY_ADMIN_NUMBER, Group, Order, OrderLine
from wxadmin.paper.order import GroupOrder, Joining, Removal
from wxadmin.services.group_duties import Duties, Owner
from wxadmin.services.membership_picture import Picture
from wxadmin.services.nicknames import Nicknames
from wxadmin.services.order_drafts import ADD, CAME_BY_ITSELF, LOOK, REMOVE
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its lines and its group."""

    order: Order
    group: Group
    lines: tuple[OrderLine, ...]
    is_overdue: bool

    def of(self, action: str) -> tuple[OrderLine, ...]:
        """Return the lines of one action (加, 移, 核对)."""
        return tuple(line for line in self.lines if line.action == action)

    @property
    def open_lines(self) -> tuple[OrderLine, ...]:
        """Return what is still to be done."""
        return tuple(line for line in self.lines if line.done_on is None)


def order_sheet(
    workplace: Workplace, view: OrderView, picture: Picture, duties: Duties
) -> GroupOrder:
    """Return an order as the paper and the chat text take it."""
    order, group = view.order, view.group
    owner = duties.owner(group.id)
    difference = picture.difference(group.id, duties.running(group.id))
    came = [line for line in view.of(LOOK) if line.reason == CAME_BY_ITSELF]
    expected = None
    if difference.actual is not None:
        joining = sum(1 for line in _open(view.of(ADD)) if not why_waiting(line, picture))
        joining += len(_open(came))
        going = (line for line in view.open_lines if line.action != ADD and line not in came)
        leaving = sum(1 for line in going if line.employee_id is not None)
        expected = len(difference.actual) + joining - leaving
    nicknames = {m.employee_id: m.nickname for m in picture.members(group.id)}
    adding = {line.employee_id for line in view.of(ADD) if line.employee_id is not None}
    people = adding | picture.member_ids(group.id)
    wanted = Nicknames(workplace, picture).wanted(group, people)
    return GroupOrder(
        number=order.number,
        group=group.name,
        to=order.addressed_to,
        to_role=_role_text(group, owner),
        due_on=order.due_on or order.issued_on,
        basis=order.basis,
        joining=tuple(_joining(line, wanted, picture) for line in view.of(ADD)),
        removal=tuple(_removal(line, nicknames, picture) for line in view.of(REMOVE)),
        gone=tuple(line.name for line in view.of(LOOK) if line not in came),
        come=tuple(line.name for line in came),
        expected=expected,
        company=workplace.office().company_name,
        printed_on=picture.today,
    )


def _open(lines: Iterable[OrderLine]) -> list[OrderLine]:
    return [line for line in lines if line.done_on is None]


def why_waiting(line: OrderLine, picture: Picture) -> str:
    """Say why somebody cannot join yet, "" where nothing is in the way."""
    if line.action != ADD or line.employee_id is None:
        return ""
    if picture.has_left(line.employee_id):
        return f"{line.name}已离职"
    return "" if line.employee_id in picture.in_directory else f"{line.name}待入通讯录"


def _role_text(group: Group, owner: Owner) -> str:
    if owner.kind == BY_ADMIN_NUMBER:
        return f"{group.name}群保管人，{owner.admin_number}号群管理号"
    return f"{group.name}群主" if owner.kind else ""


def _joining(line: OrderLine, wanted: dict[int, str], picture: Picture) -> Joining:
    if line.employee_id is None:
        return Joining(line.name, "", "", "", line.reason)
    person = picture.person(line.employee_id)
    place = "/".join(filter(None, (person.org_unit, person.position)))
    nickname = wanted.get(line.employee_id, "")
    return Joining(person.name, place, person.mobile, nickname, line.reason)


def _removal(line: OrderLine, nicknames: dict[int | None, str], picture: Picture) -> Removal:
    if line.employee_id is None:
        return Removal(line.name, "", "", "", line.reason)
    person = picture.person(line.employee_id)
    nickname = nicknames.get(line.employee_id, "")
    return Removal(person.name, person.org_unit, nickname, person.mobile[-4:], line.reason)
