"""A check of all groups together (全部群核查): begun, interrupted, gone on with, closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND, CheckRound, Group, GroupCheck, GroupCheckLine
from wxadmin.domain.group_checks import (
    ANOMALY,
    BY_ROUND,
    COUNTING,
    MENDING,
    SKIPPED,
    WAITING,
    check_choice,
    period_end,
    period_start,
    round_title,
)
from wxadmin.domain.proof import listed
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_checks import About, GroupChecks, joined
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_faults import CURED_BY_COUNTING, GroupFaults
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

PLANNED = "拟建"


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One group of a round. `anomalies` were computed when it began."""

    view: CheckView
    anomalies: tuple[str, ...]

    @property
    def check(self) -> GroupCheck:
        """Return the check of the group."""
        return self.view.check

    @property
    def is_odd(self) -> bool:
        """Say whether the group needs a choice and a note, not only a number."""
        return any(not text.startswith(CURED_BY_COUNTING) for text in self.anomalies)


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with its groups in the register's order."""

    round: CheckRound
    lines: tuple[RoundLine, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Count the groups by the state of their check."""
        return dict(Counter(line.check.state for line in self.lines))

    @property
    def left(self) -> tuple[RoundLine, ...]:
        """Return the groups nobody has come to yet: where a round goes on tomorrow."""
        return tuple(line for line in self.lines if line.check.state == WAITING)

    @property
    def undecided(self) -> tuple[RoundLine, ...]:
        """Return the groups that were counted but still want a list or a choice."""
        return tuple(line for line in self.lines if line.check.state == COUNTING)

    def line_of(self, group: Group) -> RoundLine:
        """Return the line of a group. Raises `UserError` where it is not in the round."""
        for line in self.lines:
            if line.check.group_id == group.id:
                return line
        raise UserError(f"“{group.name}”不在“{self.round.title}”里。", "not_in_round")


@dataclass(frozen=True, slots=True)
class RoundDue:
    """A round of all groups that is to be begun: its title, until when, how many, the last one."""

    title: str
    due_on: date
    groups: int
    last_on: date | None


class CheckRounds:
    """Begins and ends rounds; what is done group by group are ordinary checks."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._checks = GroupChecks(workplace)

    # -- reading ------------------------------------------------------------------------------
    def all(self) -> list[CheckRound]:
        """Return the rounds, the latest first."""
        return self._store.all(CheckRound)[::-1]

    def open_one(self) -> RoundView | None:
        """Return the round that is under way, None where there is none."""
        found = self._store.find(CheckRound, closed_on=None)
        return self.view(found[-1]) if found else None

    def due(self) -> RoundDue | None:
        """Return the round of this period that nobody began, None where one was or is begun.

        A round under way from an earlier period is to be ended first and counts as this one's.
        """
        rounds, today = self._store.all(CheckRound), self._workplace.today
        frequency = str(self._workplace.setting("check_round_frequency"))
        begun = period_start(frequency, today)
        if any(one.closed_on is None or one.started_on >= begun for one in rounds):
            return None
        groups = [group for group in self._store.all(Group) if _is_checked(group)]
        if not groups:
            return None
        last = max((one.started_on for one in rounds), default=None)
        end = period_end(frequency, today)
        return RoundDue(round_title(frequency, today), end, len(groups), last)

    def called(self, key: str = "") -> RoundView:
        """Return the round of that title or id; with nothing said the open one, else the last."""
        rounds = self.all()
        if not rounds:
            raise UserError("还没有开始过全部群核查。", "no_round")
        if not key:
            return self.open_one() or self.view(rounds[0])
        for one in rounds:
            if key in (one.title, str(one.id)):
                return self.view(one)
        raise UserError(f"没有叫“{key}”的核查批次。", "no_round")

    def view(self, one: CheckRound) -> RoundView:
        """Return a round with its groups."""
        order = {i: (sort, i) for i, sort in self._store.columns(Group, "id", "sort_no")}
        views = self._checks.views(self._store.find(GroupCheck, round_id=one.id))
        views.sort(key=lambda view: order[view.check.group_id])
        lines = (RoundLine(v, tuple(line.reason for line in v.of(ANOMALY))) for v in views)
        return RoundView(one, tuple(lines))

    # -- acts ---------------------------------------------------------------------------------
    def start(self, picture: Picture, duties: Duties, *, title: str = "") -> RoundView:
        """Begin a round of all groups in use, or go on with the one under way (one at a time)."""
        known = self.open_one()
        if known is not None:
            return known
        today = self._workplace.today
        frequency = str(self._workplace.setting("check_round_frequency"))
        ids = self._store.ids()
        made = CheckRound(
            ids.next(CheckRound), title or round_title(frequency, today), today, None, frequency
        )
        groups = [
            group
            for group in sorted(picture.groups.values(), key=lambda g: (g.sort_no, g.id))
            if _is_checked(group)
        ]
        if not groups:
            raise UserError("还没有在用的手机端群组，没有可核查的。", "no_groups")
        faults = GroupFaults(self._workplace, picture, duties)
        changes: list[AnyChange] = [Change(None, made)]
        for group in groups:
            changes += _plan_group(made, group, faults, duties, ids)
        with self._workplace.act(f"开始{made.title}：{len(groups)}个群") as operation:
            operation.write(changes, ids)
        return self.view(made)

    def count(
        self, line: RoundLine, actual: int, picture: Picture, duties: Duties, *, note: str = ""
    ) -> RoundLine:
        """Put down the number of one group; a normal group whose number fits is done with."""
        self._check_open(line)
        group = picture.all_groups[line.check.group_id]
        about = About(BY_ROUND, note)
        view = self._checks.count(
            group, actual, picture, duties, about, view=line.view, odd=line.is_odd
        )
        return RoundLine(view, line.anomalies)

    def with_list(
        self, line: RoundLine, picture: Picture, duties: Duties, *, note: str = ""
    ) -> RoundLine:
        """Put down the four lists of one group, its members having been taken."""
        self._check_open(line)
        group = picture.all_groups[line.check.group_id]
        about = About(BY_ROUND, note)
        view = self._checks.with_list(group, picture, duties, about, view=line.view)
        return RoundLine(view, line.anomalies)

    def settle(self, line: RoundLine, choice: str, note: str = "") -> RoundLine:
        """Decide an odd group by a choice and a note (see `group_checks.CHOICES`)."""
        self._check_open(line)
        words, state = check_choice(choice, note)
        said = f"{words}：{note.strip()}" if note.strip() else words
        after = replace(
            line.check,
            state=state,
            checked_on=self._workplace.today,
            by=self._workplace.by,
            note=joined(line.check.note, said),
        )
        with self._workplace.act(f"核查结论：{line.check.group_name} {words}") as operation:
            operation.write([Change(line.check, after)])
        return RoundLine(self._checks.view(line.check.id), line.anomalies)

    def close(self, view: RoundView, *, rest: bool = False, signed_by: str = "") -> RoundView:
        """Close a round. Groups without a number hold it up; `rest` leaves them unchecked.

        What was counted and not decided goes on as something to rectify.
        """
        if view.round.closed_on is not None:
            raise UserError(f"“{view.round.title}”已于 {view.round.closed_on} 结束。", "closed")
        if view.left and not rest:
            names = listed((line.check.group_name for line in view.left), 5)
            raise UserError(
                f"还有{len(view.left)}个群没有核查：{names}。"
                "请先填人数，或确认这些群本次不查。没有改动。",
                "round_open",
            )
        changes: list[AnyChange] = [
            Change(view.round, replace(view.round, closed_on=self._workplace.today))
        ]
        for line in view.lines:
            state = {WAITING: SKIPPED, COUNTING: MENDING}.get(line.check.state, line.check.state)
            signed = line.check.signed_by or ("" if state == SKIPPED else signed_by)
            after = replace(line.check, state=state, signed_by=signed)
            if after != line.check:
                changes.append(Change(line.check, after))
        with self._workplace.act(f"结束{view.round.title}") as operation:
            operation.write(changes)
        closed = self._store.get(CheckRound, view.round.id)
        assert closed is not None
        return self.view(closed)

    def _check_open(self, line: RoundLine) -> None:
        one = self._store.get(CheckRound, line.check.round_id or 0)
        if one is None or one.closed_on is not None:
            raise UserError("这次全部群核查已经结束，没有改动。", "closed")


def _is_checked(group: Group) -> bool:
    """Say whether a round looks into a group: one in use that people keep by hand."""
    return group.side != BACKEND and group.state != PLANNED and group.state not in GONE_STATES


def _plan_group(
    one: CheckRound, group: Group, faults: GroupFaults, duties: Duties, ids: IdSource
) -> Iterable[AnyChange]:
    """Return the changes that put a group into a round, with what is odd about it beforehand."""
    check = GroupCheck(
        ids.next(GroupCheck),
        group.id,
        one.id,
        None,
        trigger=BY_ROUND,
        expected=faults.expectation(group).total,
        state=WAITING,
        group_name=group.name,
        owner=duties.owner(group.id).text,
        members_on=group.members_on,
    )
    anomalies = (
        GroupCheckLine(
            ids.next(GroupCheckLine), check.id, None, group.name, finding=ANOMALY, reason=text
        )
        for text in faults.anomalies(group)
    )
    return [Change(None, check), *(Change(None, line) for line in anomalies)]
