"""What checks, ends of groups, numbers and suspensions bring to the desk, in few lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wxadmin.domain.group import BACKEND, GroupCheck
from wxadmin.domain.group_checks import MENDING
from wxadmin.domain.group_standing import PAST_END, TO_DISSOLVE
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import listed
from wxadmin.domain.reminder import Reminder, reminder
from wxadmin.services.account_watch import AccountWatch
from wxadmin.services.check_calendar import CheckCalendar, CheckDue
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.evidence import EvidenceRoom
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_endings import Ending, GroupEndings
from wxadmin.services.group_members import scope_of
from wxadmin.services.number_proofs import NOT_SIGNED_IN, NumberProofs

ENDING_WORDS = {PAST_END: "已过计划解散日期，应解散", TO_DISSOLVE: "待解散"}


class CheckReminders:
    """Groups to be checked, rounds under way, things to rectify."""

    def __init__(self, room: EvidenceRoom) -> None:
        self._room, self._on = room, room.on
        self._picture, self._duties = room.picture, room.duties
        self._workplace = room.workplace

    def all(self) -> Iterator[Reminder]:
        """Yield everything about checks."""
        yield from self._due()
        yield from self._round()
        yield from self._mending()

    def _due(self) -> Iterator[Reminder]:
        """Groups due by an event, by their class's frequency, never looked at: one line each.

        Whose list is older than the policy allows has a line of its own; a new owner as well.
        """
        due = CheckCalendar(self._workplace, self._picture, self._duties).due()
        by_event = [one for one in due if one.occasions and not self._is_old(one)]
        by_time = [one for one in due if one.last_on and not one.occasions]
        by_time = [one for one in by_time if not self._is_old(one)]
        never = [one for one in due if one.last_on is None]
        if by_time:
            first = max(by_time, key=lambda one: one.days_late)
            yield self._line(
                by_time,
                f"{len(by_time)}个群到期该核查",
                f"最早：{first.group.name}，{first.reason}，"
                f"上次{short_date(first.last_on, self._on)}",
            )
        if by_event:
            first = min(by_event, key=lambda one: one.occasions[0].on)
            yield self._line(
                by_event,
                f"{len(by_event)}个群遇事该核查",
                f"最早：{first.group.name}，{first.reason}",
            )
        if never:
            names = listed(one.group.name for one in never)
            yield self._line(never, f"{len(never)}个群从未核查成员", names)

    def _line(self, due: list[CheckDue], sentence: str, detail: str) -> Reminder:
        days = [one.due_on for one in due if one.due_on is not None]
        return reminder(
            "check_due",
            "群成员核查",
            sentence,
            on=self._on,
            due_on=min(days, default=None),
            detail=detail,
            act="check_group",
            desk="groups",
            key=due[0].group.group_no if len(due) == 1 else "",
        )

    def _is_old(self, due: CheckDue) -> bool:
        """Say whether the group's list is too old, or only its owner new: said elsewhere."""
        limit = self._picture.number("group_list_age_days", scope_of(due.group, self._picture))
        old = due.age_days is not None and 0 < limit < due.age_days
        return old or {one.trigger for one in due.occasions} == {"群主接任"}

    def _round(self) -> Iterator[Reminder]:
        rounds = CheckRounds(self._workplace)
        view = rounds.open_one()
        if view is None:
            yield from self._round_due(rounds)
            return
        done = len(view.lines) - len(view.left)
        waiting = f"，{len(view.undecided)}个待定" if view.undecided else ""
        yield reminder(
            "check_round",
            view.round.title,
            f"已查{done}个，还有{len(view.left)}个{waiting}",
            on=self._on,
            detail=f"{short_date(view.round.started_on, self._on)}开始",
            act="go_on_round",
            desk="groups",
            key=f"round:{view.round.id}",
        )

    def _round_due(self, rounds: CheckRounds) -> Iterator[Reminder]:
        """The round of the period that nobody has begun, until the period ends."""
        due = rounds.due()
        if due is None:
            return
        last = f"上一次{due.last_on:%Y-%m-%d}开始" if due.last_on else "还没有做过"
        yield reminder(
            "check_round",
            "全部群核查",
            f"{due.title}还没有开始，要查{due.groups}个群",
            on=self._on,
            due_on=due.due_on,
            detail=last,
            act="begin_round",
            desk="groups",
            key="round:new",
        )

    def _mending(self) -> Iterator[Reminder]:
        """What checks found and nobody has put right; what the register can answer for is not."""
        checks = GroupChecks(self._workplace)
        found = self._workplace.store.find(GroupCheck, state=MENDING)
        for view in checks.views(found):
            left = len(view.open_lines) - len(checks.mended(view, self._picture))
            group = self._picture.groups.get(view.check.group_id)
            if group is None or (view.open_lines and not left):
                continue
            days = self._picture.number("rectification_days", scope_of(group, self._picture))
            checked = view.check.checked_on
            yield reminder(
                "rectification",
                group.name,
                f"核查后待整改{left}项" if left else "核查后待整改",
                on=self._on,
                due_on=checked + timedelta(days=days) if checked else None,
                detail=view.check.note
                or listed(f"{line.finding} {line.name}" for line in view.open_lines),
                act="mend_check",
                desk="groups",
                key=group.group_no,
            )


class WatchReminders:
    """Groups at their end, numbers that changed hands, suspensions that ran out."""

    def __init__(self, room: EvidenceRoom) -> None:
        self._room, self._on = room, room.on
        self._workplace = room.workplace

    def all(self) -> Iterator[Reminder]:
        """Yield everything to keep an eye on."""
        lines = GroupEndings(self._workplace).lines(self._room.picture)
        yield from (self._ending(one) for one in lines if one.group.side != BACKEND)
        yield from self._numbers()
        yield from self._suspended()
        yield from self._idle()

    def _ending(self, one: Ending) -> Reminder:
        return reminder(
            "group_ending",
            one.group.name,
            ENDING_WORDS.get(one.what, one.what),
            on=self._on,
            due_on=one.since,
            detail=f"登记成员{one.members}人" if one.members else "",
            act="end_group",
            desk="groups",
            key=one.group.group_no,
        )

    def _numbers(self) -> Iterator[Reminder]:
        for one in NumberProofs(self._workplace).findings(self._room.duties):
            yield reminder(
                "admin_number",
                f"{one.number.seq}号群管理号",
                f"{one.what}：{one.who}",
                on=self._on,
                due_on=one.since,
                act="confirm_login" if one.what == NOT_SIGNED_IN else "correct_number",
                desk="groups",
                key=f"number:{one.number.seq}",
            )

    def _suspended(self) -> Iterator[Reminder]:
        for one in AccountWatch(self._workplace).ended():
            yield reminder(
                "suspension",
                one.holder,
                f"账号{one.account.state}已到期",
                on=self._on,
                due_on=one.day,
                detail=one.account.close_reason,
                act="decide_account",
                desk="accounts",
                key=one.account.account_no,
            )

    def _idle(self) -> Iterator[Reminder]:
        idle = AccountWatch(self._workplace).idle()
        if idle:
            yield reminder(
                "idle_account",
                "闲置账号",
                f"{len(idle)}个账号很久没有登录",
                on=self._on,
                detail=f"最久{idle[0].days}天（{idle[0].holder}）",
                act="decide_account",
                desk="accounts",
                key=idle[0].account.account_no if len(idle) == 1 else "",
            )
