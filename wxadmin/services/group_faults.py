"""What is wrong in a group: the four lists of a check, the number to expect, its anomalies."""

from __future__ import annotations

from collections.abc import Iterator

from wxadmin.domain.group import BY_ADMIN_NUMBER, Group
from wxadmin.domain.group_checks import EXTRA, MISSING, Expectation, Fault
from wxadmin.domain.proof import listed
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.nicknames import Nicknames
from wxadmin.services.order_drafts import OUTSIDE, OrderDrafts
from wxadmin.services.workplace import Workplace

LONG_UNCHECKED = "久未核查"
NEVER_LISTED = "成员未登记"
CURED_BY_COUNTING = (LONG_UNCHECKED, NEVER_LISTED)
"""Anomalies that are none any more once somebody has counted."""


class GroupFaults:
    """Looks into groups as they are recorded; keep one for one screen or one act."""

    def __init__(self, workplace: Workplace, picture: Picture, duties: Duties) -> None:
        self._workplace = workplace
        self._picture = picture
        self._duties = duties
        self._nicknames = Nicknames(workplace, picture)
        self._drafts: OrderDrafts | None = None

    # -- the number -----------------------------------------------------------------------------
    def expectation(self, group: Group) -> Expectation:
        """Return how many the client should show: the roster, or the rule where there is none.

        A designated number that owns the group, and an owner in person who is on neither list,
        are in it as well.
        """
        picture = self._picture
        found = picture.difference(group.id, self._duties.running(group.id))
        people = found.expected if found.actual is None else found.actual
        holders = (self._duties.owner(group.id), *self._duties.admins(group.id))
        numbers = {h.admin_number for h in holders if h.kind == BY_ADMIN_NUMBER}
        known = self._duties.running(group.id) - people
        runners = {i for i in known if not picture.has_left(i)}
        return Expectation(
            len(people),
            len(found.outsiders),
            len(runners) if found.actual is None else 0,
            len(numbers),
            found.actual is not None,
        )

    # -- the four lists -------------------------------------------------------------------------
    def of(self, group: Group) -> tuple[Fault, ...]:
        """Return the four lists of a group as it is recorded: 应加未加, 不应在群, 未实名, 昵称不符.

        Where nobody has put the members down, nobody is missing.
        """
        return (*self._missing(group), *self._extra(group), *self._names(group))

    def _missing(self, group: Group) -> Iterator[Fault]:
        found = self._picture.difference(group.id, self._duties.running(group.id))
        wanted = self._nicknames.wanted(group, found.missing) if found.missing else {}
        for person in self._picture.people(found.missing):
            reason = "" if person.in_directory else "待入通讯录"
            nickname = wanted.get(person.id, "")
            yield Fault(MISSING, person.id, person.name, nickname, reason)

    def _extra(self, group: Group) -> Iterator[Fault]:
        found = self._picture.difference(group.id, self._duties.running(group.id))
        nicknames = {m.employee_id: m.nickname for m in self._picture.members(group.id)}
        for person in self._picture.people(found.extra):
            reason = self._reasons().removing(person.id, group).reason
            yield Fault(EXTRA, person.id, person.name, nicknames.get(person.id, ""), reason)
        for member in () if self._picture.takes_outsiders(group) else found.outsiders:
            yield Fault(EXTRA, None, member.external_name, member.nickname, OUTSIDE)

    def _reasons(self) -> OrderDrafts:
        if self._drafts is None:
            self._drafts = OrderDrafts(self._workplace, self._picture, self._duties)
        return self._drafts

    def _names(self, group: Group) -> Iterator[Fault]:
        members = {
            m.employee_id: m.nickname
            for m in self._picture.members(group.id)
            if m.employee_id is not None
        }
        should_go = self._picture.difference(group.id, self._duties.running(group.id)).extra
        staying = {i: name for i, name in members.items() if i not in should_go}
        for person_id, judgement in self._nicknames.judged(group, staying).items():
            name = self._picture.called(person_id)[1]
            yield Fault(judgement.finding, person_id, name, staying[person_id], judgement.reason)

    # -- the group itself -----------------------------------------------------------------------
    def anomalies(self, group: Group) -> tuple[str, ...]:
        """Say what is odd about a group before anybody looks into it."""
        picture = self._picture
        found = picture.difference(group.id, self._duties.running(group.id))
        gone = picture.people({i for i in picture.member_ids(group.id) if picture.has_left(i)})
        outside = () if picture.takes_outsiders(group) else found.outsiders
        return tuple(
            text
            for text in (
                self._duties.trouble(group),
                f"{len(gone)}人已离职仍在群：{listed(p.name for p in gone)}" if gone else "",
                f"外部人员{len(outside)}人：{listed(m.external_name for m in outside)}"
                if outside
                else "",
                self._state(group),
                self._unchecked(group),
            )
            if text
        )

    def _state(self, group: Group) -> str:
        if group.state != "使用中":
            return group.state
        ended = group.planned_end_on is not None and group.planned_end_on < self._picture.today
        return "已过计划解散日期" if ended else ""

    def _unchecked(self, group: Group) -> str:
        if group.members_on is None:
            return NEVER_LISTED
        last = max(filter(None, (group.checked_on, group.members_on)))
        days = (self._picture.today - last).days
        limit = self._picture.number("unchecked_days", self._picture.scope(group))
        return f"{LONG_UNCHECKED}：{days}天" if days > limit else ""
