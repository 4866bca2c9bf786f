"""三方核对: what HR's roster, the register, WeCom's export and the groups disagree about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from wxadmin.domain import reconciliation_finding as r
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.marks import Sifted, sift
from wxadmin.domain.membership_why import why
from wxadmin.domain.organisation import HrSource, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.domain.reconciliation import reconcile, waiting_for_answers
from wxadmin.domain.reconciliation_finding import KINDS, Finding
from wxadmin.domain.reconciliation_words import Told, acts_of, label_of, reason_of
from wxadmin.domain.three_lists import Lists
from wxadmin.domain.wecom import LINKED, UNMATCHED, WecomMember
from wxadmin.domain.wecom_match import BY_HAND
from wxadmin.services.group_members import scope_of
from wxadmin.services.membership_picture import Picture
from wxadmin.services.reconciliation_lists import ListsReader
from wxadmin.services.reconciliation_view import Age, Item, Line, Reconciled, WrongHr
from wxadmin.services.under_way import UnderWay
from wxadmin.services.workplace import Workplace

_WEIGHT = {kind: place for place, kind in enumerate(KINDS)}


class Reconciliation:
    """One reading of the three lists for a desk or a verb; make a new one after an act."""

    def __init__(self, workplace: Workplace, picture: Picture | None = None) -> None:
        self._workplace = workplace
        self._reader = ListsReader(workplace, picture)
        self.picture = self._reader.picture

    # -- reading ----------------------------------------------------------------------------------
    @cached_property
    def lists(self) -> Lists:
        """Return the lists as they are compared."""
        return self._reader.lists()

    @cached_property
    def sifted(self) -> Sifted:
        """Return what differs, parted by the marks."""
        findings = reconcile(self.lists, self._reader.winners())
        return sift(findings, self._reader.marks, self._reader.newest())

    @property
    def has_export(self) -> bool:
        """Say whether WeCom's address book was ever taken in."""
        return self._reader.issue is not None

    @property
    def issue_id(self) -> int:
        """Return the last export's record, 0 for none."""
        return self._reader.issue.id if self._reader.issue else 0

    def waiting(self) -> int:
        """Return how many people and members have something open; no words are made for it."""
        return len({line_key(finding) for finding in self.sifted.open})

    def view(self) -> Reconciled:
        """Return everything as the desk, the verb and the report show it."""
        lines = self._lines(self._items(self.sifted.open))
        marks = {id(finding): mark for finding, mark in self.sifted.set_aside}
        aside = [
            replace(item, mark=marks[id(item.finding)])
            for item in self._items(finding for finding, _ in self.sifted.set_aside)
        ]
        return Reconciled(
            tuple(lines), tuple(aside), tuple(self._wrong_hr()), tuple(self.ages()),
            self._summary(lines),
        )  # fmt: skip

    def _summary(self, lines: Iterable[Line]) -> dict[str, int]:
        counted = Counter(finding.kind for finding in self.sifted.open)
        amiss = {line.person_id for line in lines} | waiting_for_answers(self.lists)
        fine = len(self.lists.here - amiss)
        return {kind: counted[kind] for kind in _SUMMARY} | {r.OK: fine + self.lists.special}

    def _lines(self, items: Iterable[Item]) -> list[Line]:
        by_person: dict[str, list[Item]] = {}
        for item in items:
            by_person.setdefault(line_key(item.finding), []).append(item)
        lines = []
        for key, found in by_person.items():
            found.sort(key=lambda item: (_WEIGHT[item.kind], item.group, item.field))
            first = found[0]
            lines.append(
                Line(key, first.finding.person_id, first.emp_no, first.name, first.org_unit,
                     first.kind, tuple(found))
            )  # fmt: skip
        return sorted(lines, key=lambda x: (_WEIGHT[x.kind], x.org_unit, x.emp_no, x.name, x.key))

    def _items(self, findings: Iterable[Finding]) -> list[Item]:
        told = Told(self._reader.today, self.has_export, self._group_name, self._why, self._called)
        return [self._item(finding, told) for finding in findings]

    def _item(self, finding: Finding, told: Told) -> Item:
        emp_no, name, unit = "", finding.name, ""
        if finding.person_id is not None:
            emp_no, name = self.picture.called(finding.person_id)
            unit = self.lists.people[finding.person_id][1]
        group = self._group_name(finding.group_id) if finding.group_id is not None else ""
        number = self._under_way.number(finding)
        return Item(
            finding.kind, emp_no, name, group, finding.field, finding.register, finding.wecom,
            finding.hr, reason_of(finding, told), label_of(finding.field), finding.winner, unit,
            acts_of(finding, under_way=bool(number)), finding,
            side=self._side(finding.group_id), under_way=number,
        )  # fmt: skip

    @cached_property
    def _under_way(self) -> UnderWay:
        return UnderWay(self._workplace)

    def _side(self, group_id: int | None) -> str:
        group = self.picture.all_groups[group_id] if group_id is not None else None
        return group.side if group is not None and group.name in self._shared_names else ""

    @cached_property
    def _shared_names(self) -> frozenset[str]:
        counted = Counter(group.name for group in self.picture.groups.values())
        return frozenset(name for name, many in counted.items() if many > 1)

    def _group_name(self, group_id: int) -> str:
        return self.picture.all_groups[group_id].name

    def _called(self, person_id: int) -> str:
        emp_no, name = self.picture.called(person_id)
        return f"{name}（{emp_no}）"

    def _why(self, finding: Finding) -> str:
        picture = self.picture
        if finding.person_id is None or finding.group_id is None:
            return ""
        person_id = finding.person_id
        if finding.cause == r.LEFT_IN_GROUP:
            left = self.lists.left.get(person_id)
            return f"（离职{(self._reader.today - left).days}天）" if left else ""
        sentence = why(
            picture.book,
            picture.facts[person_id],
            finding.group_id,
            is_member=finding.kind == r.TO_REMOVE,
            roster=picture.roster_of(person_id),
        ).sentence
        if finding.kind == r.TO_ADD and person_id not in self.lists.listed:
            return f"{sentence.rstrip('。')}；待入通讯录"
        return sentence.rstrip("。")

    def _wrong_hr(self) -> Iterable[WrongHr]:
        for person_id, told in self._reader.overrides.items():
            raw = self._reader.raw.get(person_id, {})
            for name, mark in told.items():
                if name in raw and raw[name] != mark.value:
                    emp_no, called = self.picture.called(person_id)
                    label = label_of(name) if name != "leave_date" else "离职日期"
                    yield WrongHr(
                        mark, person_id, emp_no, called, name, label, raw[name], mark.value
                    )

    # -- how fresh --------------------------------------------------------------------------------
    def ages(self) -> list[Age]:
        """Return how many days old every list is: HR's, the register, WeCom's, each group's."""
        store, today = self._workplace.store, self._reader.today
        latest: dict[int, date] = {}
        for source_id, issued in store.columns(RosterIssue, "hr_source_id", "issued_on"):
            latest[source_id] = max(issued, latest.get(source_id, issued))
        ages = [
            _age("人事", source.name, latest.get(source.id), today)
            for source in store.all(HrSource)
            if source.active
        ]
        last = self._workplace.journal.operations(1)
        ages.append(_age("台账", "台账", last[0].on if last else None, today))
        issue = self._reader.issue
        ages.append(_age("企业微信", "通讯录导出", issue.taken_on if issue else None, today))
        for group in sorted(self.picture.groups.values(), key=lambda g: (g.sort_no, g.id)):
            limit = self.picture.number("group_list_age_days", scope_of(group, self.picture))
            age = _age("群", group.name, group.members_on, today)
            old = age.days is None or age.days > limit
            ages.append(replace(age, old=old, group_id=group.id))
        return ages

    # -- who is who -------------------------------------------------------------------------------
    def decide(self, member_id: int, person_id: int | None) -> int | None:
        """Say who a member of the address book is; None: nobody on the roster. Not asked again."""
        store = self._workplace.store
        member = store.get(WecomMember, member_id)
        if member is None:
            raise UserError("通讯录里没有这一位，可能已撤销导入。没有改动。", "no_member")
        person = store.get(Employee, person_id) if person_id is not None else None
        after = replace(
            member,
            employee_id=person_id,
            match_state=LINKED if person else UNMATCHED,
            match_how=BY_HAND,
        )
        name = person.name if person else "不是花名册上的人"
        with self._workplace.act(f"确认通讯录成员：{member.userid}是{name}") as operation:
            operation.write([Change(member, after)])
        return operation.id


_SUMMARY = (r.TO_OPEN, r.TO_CLOSE, r.TO_CHANGE, r.TO_ADD, r.TO_REMOVE, r.TO_DECIDE)


def line_key(finding: Finding) -> str:
    """Return what names the line of a finding, in the window and in the verb: person-12."""
    if finding.person_id is not None:
        return f"person-{finding.person_id}"
    return f"{finding.key[0]}-{finding.member_id}"


def _age(side: str, name: str, on: date | None, today: date) -> Age:
    return Age(side, name, on, (today - on).days if on is not None else None, on is None)
