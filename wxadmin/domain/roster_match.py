"""Who is who: a row of a list against the people in the register; a name alone never links.

Key order: 工号 (of the same HR source), 帐号, 手机, 身份证; each links only when the name agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import Candidate
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position
from wxadmin.domain.person import Employee

PROVISIONAL = "临-"
"""How a number begins that stands in until HR gives one."""


class Keys(NamedTuple):
    """What of a row may tell who it is."""

    name: str
    emp_no: str = ""
    wecom_userid: str = ""
    mobile: str = ""
    id_no: str = ""


KEY_FIELDS = ("name", "emp_no", "wecom_userid", "mobile", "id_no")
"""The columns of `Keys`, in its order."""


@dataclass(frozen=True, slots=True)
class Match:
    """The person a row means (linked), or why that must be asked, or neither: a new person."""

    person: Employee | None = None
    question: str = ""
    candidates: tuple[Employee, ...] = ()
    from_source: int | None = None

    @property
    def disputed(self) -> bool:
        """Say whether a person has to decide."""
        return bool(self.question)


NOBODY = Match()


class People:
    """The people of the register, found by every key; built once for a whole list."""

    def __init__(
        self,
        people: Iterable[Employee],
        userids: Mapping[str, int],
        source_id: int | None,
        covered_units: Set[int] = frozenset(),
        listed: Set[str] = frozenset(),
    ) -> None:
        """`listed` are the numbers the list itself bears."""
        self.by_id = {person.id: person for person in people}
        self.source_id = source_id
        self._userids = userids
        self._listed = listed
        self._own_number: dict[str, list[Employee]] = defaultdict(list)
        for person in self.by_id.values():
            # the number is this source's: it listed him, or covers the unit he is in
            source = person.hr_source_id
            if source == source_id or source is None or person.org_unit_id in covered_units:
                self._own_number[person.emp_no].append(person)

    # most rows are known by their number; the rest is looked up only where it is asked for

    @cached_property
    def _bare_number(self) -> dict[str, list[Employee]]:
        bare: dict[str, list[Employee]] = defaultdict(list)
        for number, people in self._own_number.items():
            if number.isdigit():
                bare[number.lstrip("0")] += people
        return bare

    @cached_property
    def _mobile(self) -> dict[str, list[Employee]]:
        return self._filed((person.mobile, person) for person in self.by_id.values())

    @cached_property
    def _id_no(self) -> dict[str, list[Employee]]:
        return self._filed((person.id_no, person) for person in self.by_id.values())

    @cached_property
    def _name(self) -> dict[str, list[Employee]]:
        people = self.by_id.values()
        return self._filed((n, p) for p in people for n in (p.name, *p.former_names))

    @staticmethod
    def _filed(pairs: Iterable[tuple[str, Employee]]) -> dict[str, list[Employee]]:
        found: dict[str, list[Employee]] = defaultdict(list)
        for key, person in pairs:
            if key:
                found[key].append(person)
        return found

    def surely(self, emp_no: str, name: str) -> Employee | None:
        """Return the one who bears number and name now: what most rows of a list come to."""
        found = self._own_number.get(emp_no)
        if found is None or len(found) != 1 or found[0].name != name:
            return None
        return found[0]

    def same_name(self, name: str) -> list[Employee]:
        """Return everybody who has or had that name."""
        return self._name.get(name, [])

    def with_mobile(self, mobile: str) -> list[Employee]:
        """Return everybody registered with that number."""
        return self._mobile.get(mobile, [])

    def match(self, keys: Keys) -> Match:
        """Say whom a row means."""
        if not self.by_id:
            return NOBODY
        if keys.emp_no and keys.emp_no in self._own_number:
            return self._by_number(keys, self._own_number[keys.emp_no])
        by_key = self._by_other_key(keys)
        if by_key is not None:
            return by_key
        if keys.emp_no:
            return self._lost_zero(keys) or NOBODY
        namesakes = tuple(self.same_name(keys.name))
        if namesakes:
            how_many = f"“{keys.name}”有{len(namesakes)}人" if len(namesakes) > 1 else "同名一人"
            return Match(None, f"{how_many}，没有工号可对，请选是哪一位。", namesakes)
        return NOBODY

    def _by_number(self, keys: Keys, numbered: list[Employee]) -> Match:
        agreeing = [person for person in numbered if agrees(person, keys.name)]
        here = [p for p in agreeing if p.hr_source_id == self.source_id] or agreeing
        if len(here) == 1:
            return Match(here[0])
        if agreeing:
            return Match(
                None,
                f"工号 {keys.emp_no}、姓名{keys.name}的有{len(agreeing)}人，请选是哪一位。",
                tuple(agreeing),
            )
        names = "、".join(person.name for person in numbered)
        return Match(
            None, f"工号 {keys.emp_no} 原是{names}，与{keys.name}是同一人吗？", tuple(numbered)
        )

    def _by_other_key(self, keys: Keys) -> Match | None:
        holder = self.by_id.get(self._userids.get(keys.wecom_userid.casefold(), 0))
        found = [holder] if holder else []
        found += self._mobile.get(keys.mobile, []) if keys.mobile else []
        found += self._id_no.get(keys.id_no, []) if keys.id_no else []
        agreeing = [person for person in found if agrees(person, keys.name)]
        for person in agreeing:
            if not keys.emp_no or person.emp_no.startswith(PROVISIONAL):
                return Match(person)
            if person.hr_source_id not in {self.source_id, None}:
                return Match(person, from_source=person.hr_source_id)
        if found and not agreeing:
            first = found[0]
            gone = first.leave_date
            left = f"（{gone.month}月{gone.day}日离职）" if gone else ""
            return Match(
                None,
                f"号码原使用人{first.name}{left}，与{keys.name}是同一人吗？",
                tuple(dict.fromkeys(found)),
            )
        return None

    def _lost_zero(self, keys: Keys) -> Match | None:
        if not keys.emp_no.isdigit():
            return None
        alike = self._bare_number.get(keys.emp_no.lstrip("0"), [])
        for person in alike:
            if agrees(person, keys.name):
                return self._asked_for_zero(keys, person, f"{person.emp_no} ")
        for person in alike:  # another name: renamed, or 12 beside 00012; never, if both are listed
            if person.leave_date is None and person.emp_no not in self._listed:
                return self._asked_for_zero(keys, person, f"{person.emp_no}（{person.name}）")
        return None

    @staticmethod
    def _asked_for_zero(keys: Keys, person: Employee, whose: str) -> Match:
        asked = f"工号 {keys.emp_no} 与登记的 {whose}只差前面的 0，是同一人吗？"
        return Match(None, asked, (person,))


def agrees(person: Employee, name: str) -> bool:
    """Say whether a name is, or was, this person's."""
    return name == person.name or name in person.former_names


def renamed(person: Employee, name: str) -> Employee:
    """Return the person under a new name; the old one is kept as 曾用名."""
    if name == person.name:
        return person
    former = tuple(n for n in (*person.former_names, person.name) if n != name)
    return replace(person, name=name, former_names=former)


def as_candidate(
    person: Employee, tree: OrgTree, positions: Mapping[int, Position], *, likely: bool = False
) -> Candidate:
    """Return a person as the preview shows a candidate."""
    post = positions.get(person.position_id or 0)
    return Candidate(
        person.id,
        person.emp_no,
        person.name,
        tree.text(person.org_unit_id),
        post.name if post else "",
        person.mobile,
        person.hire_date,
        likely,
    )
