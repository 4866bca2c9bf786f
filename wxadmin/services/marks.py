"""Marks on findings (不动 以后再说 人事数据有误): set and cleared as one act, kept between runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.reconciliation_finding import LEFT, TO_OPEN, Finding, Key
from wxadmin.domain.reconciliation_values import FIELDS
from wxadmin.domain.wecom import HR_IS_WRONG, MARKS, Mark
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

LEAVE = "leave_date"


@dataclass(frozen=True, slots=True)
class Wish:
    """A mark to be set: on what, which, and for 人事数据有误 the value that holds instead."""

    key: Key
    mark: str
    value: str = ""
    until: date | None = None
    reason: str = ""


class Marks:
    """Sets and clears marks; every act is one operation with one undo."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def all(self) -> list[Mark]:
        """Return every mark ever set and not cleared, in force or not."""
        return self._store.all(Mark)

    def set(
        self,
        findings: Iterable[Finding],
        mark: str,
        *,
        value: str | None = None,
        until: date | None = None,
        reason: str = "",
    ) -> int | None:
        """Mark findings. `value` is for 人事数据有误 what is right instead; without one it is what
        register or WeCom have (for a leaver: that he has not left). Raises `UserError`."""
        if mark not in MARKS:
            raise UserError(f"没有“{mark}”这种标记，可用的有：{'、'.join(MARKS)}。", "unknown_mark")
        wishes = [self._wish(one, mark, value, until, reason) for one in findings]
        ids = self._store.ids()
        with self._workplace.act(f"标记{mark}：{len(wishes)}处") as operation:
            operation.write(self.plan(wishes, ids), ids)
        return operation.id

    def plan(self, wishes: Iterable[Wish], ids: IdSource) -> list[AnyChange]:
        """Return the changes that set marks; one on the same thing is replaced."""
        present = {(m.subject, m.subject_id, m.field): m for m in self.all()}
        latest = {wish.key: wish for wish in wishes}
        today = self._workplace.today
        changes: list[AnyChange] = []
        for (subject, subject_id, field), wish in latest.items():
            before = present.get(wish.key)
            after = Mark(
                before.id if before else ids.next(Mark), subject, subject_id, field, wish.mark,
                wish.value, today, wish.until, wish.reason,
            )  # fmt: skip
            changes.append(Change(before, after))
        return changes

    def clear(self, marks: Iterable[Mark]) -> int | None:
        """Take marks away again: what they kept quiet is reported anew."""
        changes: list[AnyChange] = [Change(mark, None) for mark in marks]
        with self._workplace.act(f"取消标记：{len(changes)}处") as operation:
            operation.write(changes)
        return operation.id

    def _wish(
        self, one: Finding, mark: str, value: str | None, until: date | None, reason: str
    ) -> Wish:
        if mark != HR_IS_WRONG:
            return Wish(one.key, mark, "", until, reason)
        if one.person_id is None or one.group_id is not None:
            raise UserError("“人事数据有误”只能标在人员的资料上。", "not_a_person")
        field, right = one.field, value if value is not None else one.register or one.wecom
        if one.cause == LEFT:
            field, right = LEAVE, value or ""
        elif one.kind == TO_OPEN:
            field, right = LEAVE, value or self._workplace.today.isoformat()
        if field not in (*FIELDS, LEAVE):
            raise UserError("这一项不是人事数据，不能标“人事数据有误”。", "not_hr")
        if field in FIELDS and not right:
            raise UserError("请写明正确的是什么。没有改动。", "no_value")
        if field == LEAVE and right:
            _check_day(right)
        return Wish(("person", one.person_id, field), mark, right, until, reason)


def _check_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise UserError(f"“{text}”不是日期，应写成 2026-11-20。没有改动。", "bad_value") from None
