"""Check who is in a group (群成员核查): first a count, the list only where the count is off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group, GroupCheck, GroupCheckLine
from wxadmin.domain.group_checks import (
    BY_HAND,
    COUNTING,
    DONE,
    EXTRA,
    FINDINGS,
    MENDING,
    MISSING,
    OPEN_STATES,
    WAITING,
    Fault,
    check_number,
    state_after,
)
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_faults import GroupFaults
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

PROVEN = "已办，登记库可证"


@dataclass(frozen=True, slots=True)
class About:
    """What is put down with a check: why it was done, who looked, who signed, a remark."""

    trigger: str = BY_HAND
    note: str = ""
    signed_by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look into a group found."""

    expected: int
    actual: int
    faults: tuple[Fault, ...]
    owner: str


class GroupChecks:
    """Counts, lists, and the log of checks; every act is one operation."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    # -- reading ------------------------------------------------------------------------------
    def log(self, group: Group | None = None, *, only_open: bool = False) -> list[CheckView]:
        """Return the checks, the latest first; those of a round nobody came to are left out."""
        wanted = {} if group is None else {"group_id": group.id}
        checks = self._store.find(GroupCheck, **wanted)
        checks = [c for c in checks if c.state != WAITING]
        if only_open:
            checks = [c for c in checks if c.state in OPEN_STATES]
        views = self.views(checks)
        return sorted(
            views, key=lambda v: (v.check.checked_on or date.min, v.check.id), reverse=True
        )

    def views(self, checks: Sequence[GroupCheck]) -> list[CheckView]:
        """Return checks with their lines."""
        lines: dict[int, list[GroupCheckLine]] = defaultdict(list)
        ids = {check.id for check in checks}
        for line in self._store.find(GroupCheckLine, check_id=ids) if ids else ():
            lines[line.check_id].append(line)
        return [CheckView(check, tuple(lines[check.id])) for check in checks]

    def view(self, check_id: int) -> CheckView:
        """Return one check."""
        check = self._store.get(GroupCheck, check_id)
        if check is None:
            raise UserError(f"没有第 {check_id} 号核查记录。", "no_check")
        return self.views([check])[0]

    def open_one(self, group: Group) -> CheckView | None:
        """Return the check of a group that waits for a count or a list."""
        states = {WAITING, COUNTING}
        found = self._store.find(GroupCheck, group_id=group.id, state=states)
        return self.views(found[-1:])[0] if found else None

    # -- acts ---------------------------------------------------------------------------------
    def count(
        self,
        group: Group,
        actual: int,
        picture: Picture,
        duties: Duties,
        about: About | None = None,
        *,
        view: CheckView | None = None,
        odd: bool = False,
    ) -> CheckView:
        """Put down how many the client shows. Where that fits, the group is checked; else its
        list is wanted. `odd` keeps it open though the number fits (see the rounds)."""
        about, ids = about or About(), self._store.ids()
        seen = self._seen(group, check_number(actual), picture, duties)
        fits = seen.actual == seen.expected
        if not fits:
            seen = replace(seen, faults=())
        changes, made = self._plan(group, view or self.open_one(group), seen, about, ids)
        if not fits or odd:
            made = replace(made, state=COUNTING)
            changes[0] = Change(changes[0].before, made)
        else:
            changes.append(_looked_at(group, made.checked_on))
        with self._workplace.act(f"核查群成员：{group.name} {actual}人") as operation:
            operation.write(changes, ids)
        return self.view(made.id)

    def with_list(
        self,
        group: Group,
        picture: Picture,
        duties: Duties,
        about: About | None = None,
        *,
        view: CheckView | None = None,
    ) -> CheckView:
        """Put down a check on the list of members as it was last taken, with its four lists."""
        ids = self._store.ids()
        changes, made = self.plan_with_list(group, picture, duties, ids, about, view=view)
        with self._workplace.act(f"核查群成员名单：{group.name}") as operation:
            operation.write(changes, ids)
        return self.view(made.id)

    def plan_with_list(
        self,
        group: Group,
        picture: Picture,
        duties: Duties,
        ids: IdSource,
        about: About | None = None,
        *,
        view: CheckView | None = None,
    ) -> tuple[list[AnyChange], GroupCheck]:
        """Return the changes of a check on the list, and the check."""
        if group.members_on is None:
            raise UserError(
                f"“{group.name}”还没有登记过成员名单。请先粘贴或导入名单，再核查。", "no_list"
            )
        known = view or self.open_one(group)
        counted = known.check.actual if known else None
        seen = self._seen(group, counted, picture, duties)
        changes, made = self._plan(group, known, seen, about or About(), ids)
        return [*changes, _looked_at(group, made.checked_on)], made

    def resolve(
        self, view: CheckView, result: str, line_ids: Collection[int] | None = None
    ) -> CheckView:
        """Say what became of lines (None: of all that are open); the last one ends the check."""
        if not result.strip():
            raise UserError("请写明处理结果，如“已移出”“已改昵称”。没有改动。", "no_result")
        chosen = [x for x in view.open_lines if line_ids is None or x.id in line_ids]
        if not chosen and (line_ids is not None or view.check.state not in {MENDING, COUNTING}):
            raise UserError("这次核查没有这些待整改的内容，没有改动。", "nothing_open")
        changes: list[AnyChange] = [Change(x, replace(x, result=result)) for x in chosen]
        if len(chosen) == len(view.open_lines):
            note = joined(view.check.note, "" if chosen else result)
            changes.append(Change(view.check, replace(view.check, state=DONE, note=note)))
        with self._workplace.act(f"核查整改：{view.check.group_name} {result}") as operation:
            operation.write(changes)
        return self.view(view.check.id)

    def resolve_proven(self, picture: Picture) -> int:
        """End every line the register itself can answer for: who was to go is out, who was to
        come is in. Returns how many."""
        changes: list[AnyChange] = []
        count = 0
        for view in self.views(self._store.find(GroupCheck, state=MENDING)):
            mended = self.mended(view, picture)
            changes += [Change(x, replace(x, result=PROVEN)) for x in mended]
            count += len(mended)
            if mended and len(mended) == len(view.open_lines):
                changes.append(Change(view.check, replace(view.check, state=DONE)))
        with self._workplace.act(f"核查整改：登记库可证的{count}项") as operation:
            operation.write(changes)
        return count

    @staticmethod
    def mended(view: CheckView, picture: Picture) -> tuple[GroupCheckLine, ...]:
        """Return the open lines that are done by what the register holds now."""
        group_id = view.check.group_id
        present = picture.member_ids(group_id)
        names = {m.external_name for m in picture.members(group_id) if m.employee_id is None}
        expected = picture.expected.get(group_id, set())

        def is_mended(line: GroupCheckLine) -> bool:
            person = line.employee_id
            if line.finding == MISSING:
                return person in present or person not in expected
            if line.finding == EXTRA:
                return (line.name not in names) if person is None else (person not in present)
            return person is not None and person not in present

        return tuple(line for line in view.open_lines if is_mended(line))

    def sign(self, view: CheckView, signed_by: str) -> CheckView:
        """Put down who signed for a check."""
        if not signed_by.strip():
            raise UserError("请写明签字人，没有改动。", "no_signer")
        with self._workplace.act(f"核查签字：{view.check.group_name}") as operation:
            operation.write([Change(view.check, replace(view.check, signed_by=signed_by))])
        return self.view(view.check.id)

    # -- planning -----------------------------------------------------------------------------
    def _seen(self, group: Group, actual: int | None, picture: Picture, duties: Duties) -> _Seen:
        faults = GroupFaults(self._workplace, picture, duties)
        expected = faults.expectation(group).total
        counted = expected if actual is None else actual
        return _Seen(expected, counted, faults.of(group), duties.owner(group.id).text)

    def _plan(
        self, group: Group, known: CheckView | None, seen: _Seen, about: About, ids: IdSource
    ) -> tuple[list[AnyChange], GroupCheck]:
        """Return the changes of a check that is begun or continued; former findings go."""
        day = about.on or self._workplace.today
        before = known.check if known else None
        base = before or GroupCheck(
            ids.next(GroupCheck), group.id, None, day, trigger=about.trigger
        )
        lines = tuple(_line(ids.next(GroupCheckLine), base.id, one) for one in seen.faults)
        made = replace(
            base,
            checked_on=day,
            by=self._workplace.by,
            expected=seen.expected,
            actual=seen.actual,
            state=state_after(lines),
            signed_by=about.signed_by or base.signed_by,
            note=joined(base.note, about.note),
            group_name=group.name,
            owner=seen.owner,
            members_on=group.members_on,
        )
        changes: list[AnyChange] = [Change(before, made)]
        former = known.lines if known else ()
        changes += [Change(line, None) for line in former if line.finding in FINDINGS]
        return [*changes, *(Change(None, line) for line in lines)], made


def _looked_at(group: Group, on: date | None) -> AnyChange:
    day = max(filter(None, (on, group.checked_on)), default=None)
    return Change(group, replace(group, checked_on=day))


def _line(line_id: int, check_id: int, fault: Fault) -> GroupCheckLine:
    return GroupCheckLine(
        line_id,
        check_id,
        fault.employee_id,
        fault.name,
        fault.nickname,
        fault.finding,
        reason=fault.reason,
    )


def joined(note: str, more: str) -> str:
    """Put a remark behind what was noted already."""
    return "；".join(part for part in (note, more.strip()) if part)
