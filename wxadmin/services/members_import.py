"""Taking in the members of a group as they are: who is recognised, who is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.group import NOT_CARRIED_OUT, ExternalPerson, Group
from wxadmin.domain.import_plan import Brake, Candidate, Line, Plan
from wxadmin.domain.member_brakes import FEW, STRANGE, ManyOutBrake, OtherGroupBrake
from wxadmin.domain.member_list import MemberLine
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_match import as_candidate
from wxadmin.domain.sheet import address
from wxadmin.services.group_duties import Duties
from wxadmin.services.groups import group_called
from wxadmin.services.import_preview import Preview, Reading, Said
from wxadmin.services.list_check import ListCheck, said_of
from wxadmin.services.member_book import Meant, MemberBook
from wxadmin.services.member_capture import SortedMembers
from wxadmin.services.member_lists import checked_day, is_older
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.workplace import Workplace

MEMBERS = "members"
BY_HAND = "人工"


class MembersImport:
    """Plans the taking in of one group's list."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._ids = workplace.store.ids()
        self._picture = Picture(workplace)
        self._plan = Plan(MEMBERS)
        self._sorted = SortedMembers(self._picture)
        self._name_at = 0

    def plan(self, reading: Reading, said: Said) -> Preview:
        """Draw up what a list would do; writes nothing.

        Raises `UserError` where it is not said whose list it is, or its day has not come.
        """
        self._on = checked_day(self._workplace, said.on)
        rows = [(number, MemberLine(*values)) for number, values in reading.parsed.rows]  # type: ignore[arg-type]
        group = self._group(rows, said, reading)
        rows = _of_group(rows, group)
        taken = reading.table.taken
        self._name_at = next((column for column, key in taken if key == "name"), 0)
        book = MemberBook(self._workplace, self._picture, group)
        found = book.find(line for _, line in rows)
        self._plan.problems = list(reading.parsed.problems)
        self._plan.warnings = list(reading.parsed.warnings)
        for (number, line), meant in zip(rows, found, strict=True):
            self._take(number, line, self._answered(number, line, meant, said), book)
        self._warn_of_outsiders(group)
        self._plan.organisation = [Change(None, one) for one in self._sorted.made]
        records = self._records(group)
        self._plan.brake = self._brake(group, book) or self._many_out(group)
        source = HrSource(0, group.name)
        tally = self._tally(group, records)
        return Preview(
            reading, said, source, self._plan, {}, self._ids, self._on, records=records, tally=tally
        )

    def _records(self, group: Group) -> dict[str, tuple[AnyChange, ...]]:
        """Return what the lines write; what the list as a whole writes goes into the plan."""
        self._is_older = is_older(group, self._on)
        if self._is_older:
            self._plan.records = self._sorted.filled_in(self._workplace, group, self._on, self._ids)
            return {}
        records, self._plan.records = self._sorted.captured(group, self._on, self._ids)
        self._plan.lines = self._sorted.said(self._plan.lines, records)
        return records

    # -- which group --------------------------------------------------------------------------
    def _group(self, rows: Sequence[tuple[int, MemberLine]], said: Said, reading: Reading) -> Group:
        named = sorted({line.group_name for _, line in rows if line.group_name})
        key = said.group or (named[0] if len(named) == 1 else "")
        if not key:
            what = f"里有{len(named)}个群" if named else "没有写明是哪个群"
            raise UserError(
                f"《{reading.table.file_name}》{what}，没有导入；请选定一个群（--group）。",
                "no_group",
            )
        return group_called(self._store.all(Group), key)

    # -- one line -----------------------------------------------------------------------------
    def _answered(self, number: int, line: MemberLine, meant: Meant, said: Said) -> Meant:
        """Put in what a person decided: a 工号, skip, or new for an outsider (new:单位/拉入人)."""
        answer = said.answers.rows.get(number, "")
        if answer and (answer != plans.LATER or not meant.known):
            self._plan.answered.add(number)
        if not answer or answer == plans.LATER:
            return replace(meant, how=plans.LATER) if answer and not meant.known else meant
        word, _, about = answer.partition(":")
        if word == plans.NEW_PERSON:
            return Meant("外部人员", outsider=self._new_outsider(line, meant, about))
        return Meant(BY_HAND, self._person_called(number, answer))

    def _new_outsider(self, line: MemberLine, meant: Meant, about: str) -> ExternalPerson:
        org, _, brought_by = about.partition("/")
        name = line.name.partition("@")[0].strip() or line.name
        outsider = ExternalPerson(
            self._ids.next(ExternalPerson),
            name,
            org.strip() or meant.org,
            brought_by=brought_by.strip(),
            phone=line.mobile,
            noted_on=self._on,
        )
        self._sorted.made.append(outsider)
        return outsider

    def _person_called(self, number: int, answer: str) -> int:
        if answer.startswith("#") and answer[1:].isdigit():
            found = [i for (i,) in self._store.columns(Employee, "id", id=int(answer[1:]))]
        else:
            found = [i for (i,) in self._store.columns(Employee, "id", emp_no=answer)]
        if len(found) != 1:
            what = "没有这个工号" if not found else "这个工号不止一人"
            raise UserError(f"第 {number} 行选的“{answer}”：{what}，没有改动。", "no_person")
        return int(found[0])

    def _take(self, number: int, line: MemberLine, meant: Meant, book: MemberBook) -> None:
        key = str(number)
        if meant.person_id is not None:
            if meant.how == BY_HAND:  # so that the same nickname is not asked about again
                line = line._replace(nickname=line.nickname or line.name)
            self._take_person(number, line, meant, meant.person_id)
        elif meant.outsider is not None:
            self._sorted.outsiders.setdefault(meant.outsider.name, (key, line, meant.outsider))
            self._plan.lines.append(Line(number, plans.UNCHANGED, line.name, why=meant.how))
        elif line.name in self._sorted.strangers and not meant.candidates:
            first = self._sorted.strangers[line.name]
            self._warn(number, line, f"与第 {first} 行相同，只算一次")
        else:
            self._sorted.strangers.setdefault(line.name, key)
            later = meant.how == plans.LATER
            self._plan.lines.append(
                Line(
                    number,
                    plans.SKIPPED if later else plans.DISPUTED,
                    line.name,
                    line.emp_no,
                    question="" if later else meant.question,
                    candidates=self._candidates(meant, book),
                )
            )

    def _take_person(self, number: int, line: MemberLine, meant: Meant, person_id: int) -> None:
        before = self._sorted.people.get(person_id)
        emp_no, name = self._picture.called(person_id)
        if before is not None:
            self._warn(number, line, f"与第 {before[0]} 行是同一人（{emp_no} {name}），只算一次")
            return
        self._sorted.people[person_id] = (str(number), line)
        self._plan.lines.append(Line(number, plans.UNCHANGED, name, emp_no, why=meant.how))

    def _candidates(self, meant: Meant, book: MemberBook) -> tuple[Candidate, ...]:
        people = self._store.find(Employee, id=set(meant.candidates)) if meant.candidates else []
        tree, posts = self._picture.tree, self._picture.positions
        found = [as_candidate(p, tree, posts, likely=p.id in book.near) for p in people]
        return tuple(sorted(found, key=lambda c: not c.likely))

    # -- outsiders ----------------------------------------------------------------------------
    def _warn_of_outsiders(self, group: Group) -> None:
        """Point out outsiders where the policy wants none."""
        if self._picture.takes_outsiders(group):
            return
        for key, line, outsider in self._sorted.outsiders.values():
            whose = f"（{outsider.org}）" if outsider.org else ""
            reason = f"“{group.name}”不允许外部人员：{outsider.name}{whose}"
            self._warn(int(key), line, reason)

    def _warn(self, number: int, line: MemberLine, reason: str) -> None:
        problem = Problem(number, address(number, self._name_at), "姓名", line.name, reason)
        self._plan.warnings.append(problem)

    # -- whose list it is ---------------------------------------------------------------------
    def _brake(self, group: Group, book: MemberBook) -> Brake | None:
        people = set(self._sorted.people)
        if len(people) < FEW or not book.near:
            return None
        duties = Duties(self._workplace, self._picture)
        here = len(people & (book.near | duties.running(group.id)))
        if here * STRANGE >= len(people):
            return None
        percent = here * 100 // len(people)
        likely = self._likely_group(people, group)
        return OtherGroupBrake(here, percent, len(people), 100 // STRANGE, group.name, likely)

    def _many_out(self, group: Group) -> Brake | None:
        """Stop where a list would take out more people than the policy lets pass unasked."""
        before, out = len(self._picture.members(group.id)), self._plan.count(plans.LEFT)
        limit, percent = (self._workplace.number(f"brake_{x}") for x in ("count", "percent"))
        if out <= FEW or (out <= limit and out * 100 <= before * percent):
            return None
        return ManyOutBrake(out, out * 100 // before, limit, percent, group.name)

    def _likely_group(self, people: set[int], group: Group) -> str:
        fits = {
            other_id: len(people & members)
            for other_id, members in self._picture.expected.items()
            if other_id != group.id and self._picture.groups[other_id].side == group.side
        }
        best = max(fits, key=lambda one: fits[one], default=None)
        if best is None or fits[best] * 2 < len(people):
            return ""
        return self._picture.groups[best].name

    def _tally(
        self, group: Group, records: Mapping[str, tuple[AnyChange, ...]]
    ) -> dict[str, object]:
        people = self._sorted.people
        expected = self._picture.expected.get(group.id, set())
        return {
            "group": group.name,
            "group_id": group.id,
            "group_no": group.group_no,
            "expected": len(expected),
            "actual": len(people) + len(self._sorted.outsiders) + len(self._sorted.strangers),
            "members": len(people),
            "outsiders": len(self._sorted.outsiders),
            "unknown": len(self._sorted.strangers),
            "on": self._on,
            "notes": list(self._notes(group, records)),
        }

    def _notes(
        self, group: Group, records: Mapping[str, tuple[AnyChange, ...]]
    ) -> Iterator[tuple[str, str]]:
        """Yield what the list does besides its lines: what it is about, and a sentence."""
        if self._is_older:
            newest = f"{group.members_on} 的" if group.members_on else ""
            since = f"已有{newest}名单" if group.members_on else f"群已于 {group.dissolved_on} 解散"
            yield "旧名单", f"{self._on} 的名单，{since}：只补那时谁在群，现在的成员不变。"
            return
        if group.state in GONE_STATES:
            ended = f"{group.dissolved_on} " if group.dissolved_on else ""
            yield (
                "群组状态",
                f"登记为{ended}{group.state}，名单里还有人：改为{NOT_CARRIED_OUT}。",
            )
        check = ListCheck(self._workplace, self._picture)
        waiting = check.waiting(group, self._on)
        if waiting is not None:
            changes = [change for one in records.values() for change in one]
            found = check.settled(waiting, [*self._plan.records, *changes], self._store.ids())
            yield "群核查", f"等名单的那次核查随之办结：{said_of(found)}。"


def _of_group(rows: Sequence[tuple[int, MemberLine]], group: Group) -> list[tuple[int, MemberLine]]:
    """Return the rows of one group, where a file holds several."""
    names = {group.name, group.group_no, *group.aliases}
    named = [(number, line) for number, line in rows if line.group_name in names]
    return named or [(number, line) for number, line in rows if not line.group_name] or list(rows)
