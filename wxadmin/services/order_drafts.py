"""What each group's owner must do today: whom to add, whom to take out, whom to look for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import (
    BACKEND,
    NOT_CARRIED_OUT,
    WECHAT_GROUP,
    Group,
    Order,
    OrderLine,
)
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.membership import EXTRA, POST_LABELS, SECONDMENT, expected_members
from wxadmin.domain.membership_why import short_date, why
from wxadmin.domain.organisation import HrSource
from wxadmin.services.group_duties import Duties, Owner
from wxadmin.services.membership_picture import Difference, Picture
from wxadmin.services.workplace import Workplace

ADD, REMOVE, LOOK = "加", "移", "核对"
LEFT, MOVED, RAN_OUT, OUTSIDE = "离职", "调出", "到期", "外部人员"
DISSOLVED = "群已解散"
CAME_BY_ITSELF = "应已自动加入"
"""Why somebody is looked for in a group that follows the address book."""
NOT_LISTED = "待入通讯录"
TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One person on an order. `ready` is False for who must first enter the address book."""

    action: str
    employee_id: int | None
    emp_no: str
    name: str
    reason: str
    ready: bool = True

    @property
    def key(self) -> tuple[str, int | None, str]:
        """Return what makes two lines the same: the deed and the person."""
        return (self.action, self.employee_id, "" if self.employee_id else self.name)


@dataclass(frozen=True, slots=True)
class Draft:
    """One group's order before it has a number; `expected` counts members when all is done."""

    group: Group
    owner: Owner
    lines: tuple[DraftLine, ...]
    basis: str
    due_on: date
    expected: int | None

    def of(self, action: str) -> tuple[DraftLine, ...]:
        """Return the lines of one action (加, 移, 核对)."""
        return tuple(line for line in self.lines if line.action == action)


class OrderDrafts:
    """Draws up the orders of all groups from one picture of the register."""

    def __init__(self, workplace: Workplace, picture: Picture, duties: Duties) -> None:
        self._workplace = workplace
        self._picture = picture
        self._duties = duties
        store = workplace.store
        moving = store.columns(Checklist, "employee_id", template=TRANSFER, state=RUNNING)
        self._moving = {row[0] for row in moving}
        self._lists = self._lists_of_leavers()
        self._looked_for = self._done_before()
        self._would_be = self._leavers_expected()
        self._last_day = self._ending_today()

    def all(self) -> list[Draft]:
        """Return the order of every group that needs one, in the register's order.

        A back-end group nobody owns is kept in the console by the administrator herself.
        """
        groups = sorted(self._picture.groups.values(), key=lambda g: (g.sort_no, g.id))
        owned = (g for g in groups if g.side != BACKEND or self._duties.owner(g.id).kind)
        drafts = (self.of(group) for group in owned)
        return [draft for draft in drafts if draft.lines]

    def of(self, group: Group) -> Draft:
        """Return one group's order; a group nobody has looked into has nobody to add."""
        picture = self._picture
        found = picture.difference(group.id, self._duties.running(group.id))
        ending = self._last_day.get(group.id, set())
        ending_here = ending & picture.member_ids(group.id)
        if group.follows:
            ending_here = set()
            lines = self._following(found, group)
        else:
            lines = [self._adding(person_id, group) for person_id in found.missing - ending]
            lines += [self.removing(person_id, group) for person_id in found.extra]
            lines += [self._line(REMOVE, person_id, RAN_OUT) for person_id in ending_here]
        if not self._picture.takes_outsiders(group):
            lines += [
                DraftLine(REMOVE, None, "", member.external_name, OUTSIDE)
                for member in found.outsiders
            ]
        if found.actual is None and group.side != BACKEND:
            lines += self._looking(group, found.extra)
        lines.sort(key=lambda line: ((ADD, REMOVE, LOOK).index(line.action), line.emp_no))
        days = picture.number("order_due_days", picture.scope(group))
        ready = sum(1 for x in lines if x.reason == CAME_BY_ITSELF or (x.action == ADD and x.ready))
        after = None
        if found.actual is not None:
            after = len(found.actual) - len(found.extra) - len(ending_here) + ready
        return Draft(
            group,
            self._duties.owner(group.id),
            tuple(lines),
            self._basis(lines),
            picture.today + timedelta(days=days),
            after,
        )

    # -- lines and their reasons ----------------------------------------------------------------
    def _line(self, action: str, person_id: int, reason: str, ready: bool = True) -> DraftLine:
        person = self._picture.person(person_id)
        return DraftLine(action, person_id, person.emp_no, person.name, reason, ready)

    def _following(self, found: Difference, group: Group) -> list[DraftLine]:
        """Nobody is added or taken out by hand: WeCom does it when the address book is right.

        The owner only looks whether it did; who is not in the address book yet comes by himself.
        """
        here = found.missing & self._picture.in_directory
        came = [self._line(LOOK, person_id, CAME_BY_ITSELF) for person_id in here]
        gone = (self.removing(person_id, group) for person_id in found.extra)
        return [*came, *(replace(line, action=LOOK) for line in gone)]

    def _adding(self, person_id: int, group: Group) -> DraftLine:
        reason = self._reason_to_add(person_id, group)
        if person_id in self._picture.in_directory:
            return self._line(ADD, person_id, reason)
        return self._line(ADD, person_id, f"{reason}（{NOT_LISTED}）", ready=False)

    def _reason_to_add(self, person_id: int, group: Group) -> str:
        picture, today = self._picture, self._picture.today
        facts = picture.facts[person_id]
        answer = why(picture.book, facts, group.id)
        if answer.exception is not None:
            return answer.exception
        for post in facts.other_posts:
            label = POST_LABELS[post.kind]
            if post.kind in (SECONDMENT, EXTRA) and f"：{label}，" in answer.sentence:
                until = f"至{short_date(post.until, today)}" if post.until else ""
                return f"{label}{until}"
        if person_id in self._moving:
            return "调入"
        hired = picture.person(person_id).hire_date
        window = self._picture.number("joiner_window_days", picture.scope(group))
        is_new = hired is not None and (today - hired).days <= window
        return "新入职" if is_new else "应加未加"

    def removing(self, person_id: int, group: Group) -> DraftLine:
        """Say 离职, 调出 or 到期 and never more: an order is read by many.

        From a group that was to be dissolved everybody goes.
        """
        picture = self._picture
        if group.state == NOT_CARRIED_OUT:
            return self._line(REMOVE, person_id, DISSOLVED)
        if picture.has_left(person_id):
            # WeCom takes a closed account out of its own groups, never out of those of WeChat
            gone = person_id in picture.accounts_closed and group.wecom_kind != WECHAT_GROUP
            return self._line(LOOK if gone else REMOVE, person_id, LEFT)
        sentence = why(picture.book, picture.facts[person_id], group.id).sentence
        return self._line(REMOVE, person_id, RAN_OUT if RAN_OUT in sentence else MOVED)

    def _looking(self, group: Group, known: frozenset[int]) -> list[DraftLine]:
        """Leavers who should have been in a group nobody has looked into: are they out?"""
        wanted = self._would_be.get(group.id, set()) - known
        return [
            self._line(LOOK, person_id, LEFT)
            for person_id in wanted
            if (group.id, person_id) not in self._looked_for
        ]

    def _leavers_expected(self) -> dict[int, set[int]]:
        """Which groups the people now leaving would belong to, had they stayed."""
        leaving = (i for i in self._duties.leaving if self._picture.has_left(i))
        facts = [replace(self._picture.facts[i], in_service=True) for i in leaving]
        return expected_members(self._picture.book, facts) if facts else {}

    def _ending_today(self) -> dict[int, set[int]]:
        """Who is in a group by a 借调, 兼任 or 特批 whose last day is today, by group: the owner
        is told on that day, not after it."""
        picture, today = self._picture, self._picture.today
        ending = {case.person_id for case in picture.book.cases if case.until == today}
        ending |= {
            person_id
            for person_id, facts in picture.facts.items()
            if any(post.until == today for post in facts.other_posts)
        }
        people = [picture.facts[person_id] for person_id in ending]
        if not people:
            return {}
        book = picture.book_with({}, today + timedelta(days=1))
        return {
            group_id: (picture.expected[group_id] & ending) - tomorrow
            for group_id, tomorrow in expected_members(book, people).items()
        }

    def _done_before(self) -> set[tuple[int, int | None]]:
        """For whom owners already answered that he is out: (group, person)."""
        store = self._workplace.store
        groups = dict(store.columns(Order, "id", "group_id"))
        rows = store.columns(OrderLine, "order_id", "employee_id", "done_on", action=LOOK)
        return {(groups[order_id], person_id) for order_id, person_id, done in rows if done}

    # -- what it all rests on -------------------------------------------------------------------
    def _lists_of_leavers(self) -> dict[int, str]:
        """Name the leaver list somebody stands on: 11月离职清单（莆田一厂人事）."""
        store = self._workplace.store
        sources = dict(store.columns(HrSource, "id", "name"))
        lists = {
            list_id: f"{int(month[5:7])}月离职清单（{sources.get(source_id, '')}）"
            for list_id, month, source_id in store.columns(
                LeaverList, "id", "month", "hr_source_id"
            )
        }
        rows = store.columns(LeaverRow, "employee_id", "leaver_list_id", "withdrawn")
        return {person_id: lists[list_id] for person_id, list_id, gone in rows if not gone}

    def _basis(self, lines: Iterable[DraftLine]) -> str:
        found: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            if line.employee_id is None:
                continue
            listed = self._lists.get(line.employee_id) if line.reason == LEFT else None
            text = listed or self._picture.roster_of(line.employee_id)
            found["list" if listed else "roster"].append(text)
        names = dict.fromkeys((*found["list"], *found["roster"]))
        return "、".join(filter(None, names)) or "登记库现有名册"
