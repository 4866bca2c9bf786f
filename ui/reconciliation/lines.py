"""The lines of 三方核对: one a person with the first that differs, further ones fold out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from ui.reconciliation.reading import Seen
from ui.shared.table_model import GroupHeading
from ui.shared.text import spaced_phone
from wxadmin.domain import reconciliation_finding as kinds
from wxadmin.domain.marks import handed_out_after
from wxadmin.domain.wecom import HANDS_OFF, HR_IS_WRONG, NOT_NOW, Mark
from wxadmin.services.reconciliation_view import Item, Reconciled, WrongHr

OPEN, SAME, ALL = "open", "same", "all"
HANDED = "handed"
CLEAR_MARK, OPEN_PERSON = "clear_mark", "open_person"

TITLES = {
    kinds.TO_CLOSE: ("要停", "离职了，账号还在；或者查不出是谁"),
    kinds.TO_OPEN: ("要开", "在职，应有账号，企业微信里没有"),
    kinds.TO_CHANGE: ("要改", "同一人，几处写得不一样"),
    kinds.TO_DECIDE: ("待确认", "不知道是不是同一人，请您定"),
    kinds.TO_REMOVE: ("退群", "在群里，按规则不应在"),
    kinds.TO_ADD: ("进群", "按规则应在群里，还没进"),
}
"""Every kind of finding in the order shown: its word and one sentence."""
ASIDE = {
    HANDS_OFF: ("不动", "您说过不动，三处不一样也不再提"),
    NOT_NOW: ("以后再说", "有新名单时再问"),
    HANDED: ("已交后台", "等下一份通讯录导出来核对"),
    HR_IS_WRONG: ("人事数据有误", "人事改对以前一直列在这里"),
    SAME: ("一致", "三处都对得上"),
}
"""What is set aside, and what is in order, by the filter that shows it."""
_PLACE = {kind: place for place, kind in enumerate(TITLES)}

COUNTERS = (
    (kinds.TO_CLOSE, "late", "要停"),
    (kinds.TO_OPEN, "plus", "要开"),
    (kinds.TO_CHANGE, "arrow", "要改"),
    (kinds.TO_DECIDE, "ask", "待确认"),
    (kinds.TO_REMOVE, "minus", "退群"),
    (kinds.TO_ADD, "plus", "进群"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `further` counts what folds out beneath; `beneath` is such a one."""

    id: Hashable
    group: str
    name: str
    note: str
    item: Item | None = None
    items: tuple[Item, ...] = ()
    further: int = 0
    unfolded: bool = False
    beneath: bool = False
    mark: Mark | None = None
    wrong: WrongHr | None = None
    person_id: int | None = None
    texts: tuple[str, str, str] = ("", "", "")
    found_by: str = ""


def open_rows(seen: Seen, kind: str, unfolded: Collection[Hashable]) -> list[Row]:
    """What is to be dealt with, of one kind or all."""
    rows: list[Row] = []
    for line in seen.view.lines:
        items = [item for item in line.items if not kind or item.kind == kind]
        if not items:
            continue
        first = items[0] if kind else min(items, key=lambda item: _PLACE[item.kind])
        others = [item for item in items if item is not first]
        found_by = _found_by(items, seen)
        is_open = line.key in unfolded
        rows.append(
            Row(line.key, first.kind, line.name, line.emp_no or seen.userid(first), first,
                (first, *others), len(others), is_open, person_id=line.person_id,
                found_by=found_by)
        )  # fmt: skip
        if is_open:
            rows += [
                Row((line.key, number), first.kind, "", "", item, (item,), beneath=True,
                    person_id=line.person_id, found_by=found_by)
                for number, item in enumerate(others)
            ]  # fmt: skip
    return rows


def aside_rows(seen: Seen, what: str) -> list[Row]:
    """What somebody set aside, each with its mark; 人事数据有误 with both values."""
    view = seen.view
    if what == HR_IS_WRONG:
        return [_wrong_row(one) for one in view.wrong_hr]
    return [
        Row(("aside", number), what, item.name, item.emp_no or seen.userid(item), item, (item,),
            mark=item.mark, person_id=item.finding.person_id,
            found_by=_found_by([item], seen))
        for number, item in enumerate(view.set_aside) if aside_of(item.mark) == what
    ]  # fmt: skip


def aside_of(mark: Mark | None) -> str:
    """Which filter a mark belongs to; what waits for the console is no 以后再说 of hers."""
    if mark is None:
        return ""
    if mark.mark == NOT_NOW and handed_out_after(mark.reason) is not None:
        return HANDED
    return mark.mark


def same_rows(seen: Seen) -> list[Row]:
    """Everybody about whom the three lists agree."""
    amiss = {line.person_id for line in seen.view.lines}
    lists, called = seen.reconciliation.lists, seen.reconciliation.picture.called
    rows = []
    for person_id in lists.here - amiss:
        emp_no, name = called(person_id)
        unit = lists.people[person_id][1]
        account = lists.accounts.get(person_id)
        member = (lists.members or {}).get(person_id)
        texts = (
            f"在职　{unit}",
            f"{account.state} {account.userid}".strip() if account else "无账号，按制度不必有",
            (member.status or "在通讯录") if member else "—",
        )
        rows.append(
            Row(("same", person_id), SAME, name, emp_no, person_id=person_id, texts=texts)
        )  # fmt: skip
    return sorted(rows, key=lambda row: row.note)


def counts(view: Reconciled) -> dict[str, int]:
    """How many people differ in each kind, and how much is set aside."""
    found = dict.fromkeys(TITLES, 0)
    for line in view.lines:
        for kind in line.kinds:
            found[kind] += 1
    for word in (HANDS_OFF, NOT_NOW, HANDED):
        found[word] = sum(aside_of(item.mark) == word for item in view.set_aside)
    found[HR_IS_WRONG] = len(view.wrong_hr)
    found[OPEN] = len(view.lines)
    found[SAME] = view.summary[kinds.OK]
    return found


def _wrong_row(one: WrongHr) -> Row:
    texts = (shown(one.field, one.hr), shown(one.field, one.right) or "未离职", "")
    return Row(("wrong", one.mark.id), HR_IS_WRONG, one.name, one.emp_no, mark=one.mark,
               wrong=one, person_id=one.person_id, texts=texts)  # fmt: skip


def headings(rows: Iterable[Row]) -> list[GroupHeading]:
    """The heading of every kind; folded-out lines are not counted."""
    counted = Counter(row.group for row in rows if not row.beneath)
    told = {**TITLES, **ASIDE}
    return [GroupHeading(key, *words, count=counted[key]) for key, words in told.items()]


def _found_by(items: Iterable[Item], seen: Seen) -> str:
    words: list[str] = []
    for item in items:
        words += [item.name, item.emp_no, item.hr, item.register, item.wecom, item.group,
                  item.label, item.org_unit]  # fmt: skip
        if item.finding.person_id is not None:
            words.append(seen.more_words(item.finding.person_id))
        else:
            words.append(seen.userid(item))
    return " ".join(filter(None, dict.fromkeys(words)))


def shown(field: str, text: str) -> str:
    """A value as it stands in a cell: phones in groups, paths with air."""
    if field == "mobile":
        return spaced_phone(text)
    return text.replace("/", " / ") if field == "org_unit" else text


def rows_of(seen: Seen, status: str, kind: str, unfolded: Collection[Hashable]) -> list[Row]:
    """The rows a filter shows; a counter narrows what is open to one kind of finding."""
    if status == SAME:
        return same_rows(seen)
    if status in ASIDE:
        return aside_rows(seen, status)
    return open_rows(seen, kind, unfolded)
