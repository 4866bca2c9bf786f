"""Whom the names of a group's member list mean: numbers, names, nicknames, remarks, pinyin.

What fits several people is asked, unless the line itself tells them apart (unit, post, the last
digits of a number, the nickname template). What was recognised once is recognised again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import ExternalPerson, Group, GroupMember
from wxadmin.domain.member_list import MemberLine
from wxadmin.domain.nicknames import folded
from wxadmin.domain.person import Employee
from wxadmin.domain.unit_names import fold_name
from wxadmin.services.member_names import people_of_list
from wxadmin.services.membership_picture import Picture
from wxadmin.services.nicknames import Nicknames
from wxadmin.services.workplace import Workplace

_BRACKETS = re.compile(r"[（(【\[]([^）)】\]]*)[）)】\]]")
_AT = re.compile(r"[@＠]([^@＠]*)$")
_DIGITS = re.compile(r"\d{2,11}")
_ASCII_NAME = re.compile(r"[A-Za-z][A-Za-z .]*")
_SHORTEST = 2  # a name of one character is in every line
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Meant:
    """What one line was found to mean: a person, a known outsider, a question, or nobody known.

    `org` is what the line itself says of an outsider's company (王五@某物流).
    """

    how: str = ""
    person_id: int | None = None
    outsider: ExternalPerson | None = None
    question: str = ""
    candidates: tuple[int, ...] = ()
    org: str = ""

    @property
    def known(self) -> bool:
        """Say whether nothing is left to ask."""
        return self.person_id is not None or self.outsider is not None


class MemberBook:
    """Everybody a member list of one group may mean; built once for a whole list."""

    def __init__(self, workplace: Workplace, picture: Picture, group: Group) -> None:
        self._store = workplace.store
        self._picture = picture
        self._group = group
        self.near = frozenset(picture.expected.get(group.id, ())) | picture.member_ids(group.id)
        self._by_rule = Nicknames(workplace, picture)
        columns = ("id", "emp_no", "mobile", "pinyin", "former_names")
        self._rows = {row[0]: row for row in self._store.columns(Employee, *columns)}
        self._outsiders = {fold_name(o.name): o for o in self._store.all(ExternalPerson)}
        self._named: dict[str, tuple[int, ...]] = {}

    def find(self, lines: Iterable[MemberLine]) -> list[Meant]:
        """Say of every line whom it means."""
        several = list(lines)
        texts = {form for line in several for form in _forms(line.name)}
        named = people_of_list(texts, self._picture)
        self._named = {n.line: tuple(p.id for p in n.candidates) for n in named}
        return [self._one(line) for line in several]

    def _one(self, line: MemberLine) -> Meant:
        return (
            self._by_number(line)
            or self._remembered(line)
            or self._by_name(line)
            or self._by_reading(line)
            or self._unknown(line)
        )

    # -- numbers ------------------------------------------------------------------------------
    def _by_number(self, line: MemberLine) -> Meant | None:
        for how, key, index in (
            ("工号", fold_name(line.emp_no), self._numbers),
            ("手机", line.mobile, self._mobiles),
        ):
            found = index.get(key, []) if key else []
            agreeing = [i for i in found if not line.name or self._is_called(i, line.name)]
            if len(agreeing) == 1:
                return Meant(how, agreeing[0])
            if found and how == "工号":
                names = "、".join(self._picture.called(i)[1] for i in found)
                question = f"工号 {line.emp_no} 是{names}，与“{line.name}”是同一人吗？"
                return Meant(question=question, candidates=tuple(found))
        return None

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for person_id, emp_no, *_ in self._rows.values():
            found[fold_name(emp_no)].append(person_id)
        return found

    @cached_property
    def _mobiles(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for person_id, _, mobile, *_ in self._rows.values():
            found[mobile].append(person_id)
        return found

    def _is_called(self, person_id: int, text: str) -> bool:
        here = fold_name(text)
        names = (self._picture.called(person_id)[1], *self._rows[person_id][4])
        return any(fold_name(name) in here for name in names)

    # -- what was recognised before -----------------------------------------------------------
    def _remembered(self, line: MemberLine) -> Meant | None:
        own, elsewhere = self._nicknames
        for text in filter(None, (line.nickname, line.name)):
            found = own.get(folded(text))
            if found is None and len(self._people_called(text)) < 2:
                found = elsewhere.get(folded(text))
            if found is not None:
                return Meant("昵称", found)
        outsider = self._outsiders.get(fold_name(_AT.sub("", line.name)))
        marked = outsider is not None and outsider.id in self._outsiders_here
        if outsider is not None and (marked or not self._people_called(line.name)):
            return Meant("外部人员", outsider=outsider)
        return None

    @cached_property
    def _nicknames(self) -> tuple[dict[str, int], dict[str, int]]:
        """Nicknames as lists had them, here and elsewhere; one that fits two is left out."""
        wanted = ("nickname", "employee_id", "group_id")
        rows = [r for r in self._store.columns(GroupMember, *wanted) if r[0] and r[1]]
        found: dict[str, set[int]] = defaultdict(set)
        own: dict[str, set[int]] = defaultdict(set)
        for nickname, person_id, group_id in rows:
            (own if group_id == self._group.id else found)[folded(nickname)].add(person_id)
        return _sure(own), _sure(found)

    @cached_property
    def _outsiders_here(self) -> frozenset[int]:
        members = self._picture.members(self._group.id)
        return frozenset(m.external_person_id for m in members if m.external_person_id)

    # -- names --------------------------------------------------------------------------------
    def _people_called(self, text: str) -> tuple[int, ...]:
        for form in _forms(text):
            if self._named.get(form):
                return self._named[form]
        return ()

    def _by_name(self, line: MemberLine) -> Meant | None:
        found, how = self._people_called(line.name), "姓名"
        if not found:
            found, how = self._formerly_called(line.name), "曾用名"
        if not found:
            found, how = self._by_template(line), "昵称"
        if not found:
            return None
        left = self._told_apart(line, found) if len(found) > 1 else found
        if len(left) == 1:
            return Meant(how, left[0])
        return Meant(question=f"“{line.name}”有{len(left)}人，请选是哪一位。", candidates=left)

    def _formerly_called(self, text: str) -> tuple[int, ...]:
        for form in _forms(text):
            parts = {fold_name(part) for part in re.split(r"[-－—–_/／|\s]+", form)}
            for part in (fold_name(form), *sorted(parts)):
                if self._former.get(part):
                    return tuple(self._former[part])
        return ()

    @cached_property
    def _former(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for person_id, *_, names in self._rows.values():
            for name in names:
                found[fold_name(name)].append(person_id)
        return found

    def _by_template(self, line: MemberLine) -> tuple[int, ...]:
        """Who should be called exactly so in this group."""
        text = folded(line.name)
        return tuple(i for i, wanted in self._wanted.items() if folded(wanted) == text)

    @cached_property
    def _wanted(self) -> dict[int, str]:
        """What the people of this group should be called in it."""
        return self._by_rule.wanted(self._group, sorted(self.near))

    def _told_apart(self, line: MemberLine, found: Sequence[int]) -> tuple[int, ...]:
        """Those the line points to by template, digits or post; all where it points to none."""
        texts = {folded(text) for text in (line.name, line.nickname) if text}
        wanted = self._by_rule.wanted(self._group, [*self.near, *found])
        by_template = [i for i in found if i in wanted and folded(wanted[i]) in texts]
        digits = [d for text in (line.name, line.nickname) for d in _DIGITS.findall(text)]
        by_digits = [
            i for i in found if any(n.endswith(d) for d in digits for n in self._rows[i][1:3] if n)
        ]
        posts = {i: self._picture.person(i).position for i in found}
        by_post = [i for i in found if posts[i] and posts[i] in f"{line.name}{line.nickname}"]
        for pointed in (by_template, by_digits, by_post):
            if len(pointed) == 1:
                return tuple(pointed)
        return tuple(found)

    # -- readings and likenesses --------------------------------------------------------------
    def _by_reading(self, line: MemberLine) -> Meant | None:
        """Pinyin, or a name that stands somewhere in the line; sure only within the group."""
        text = _AT.sub("", line.name)
        if _ASCII_NAME.fullmatch(text):
            found = self._pinyin.get(re.sub(r"[^a-z]", "", text.lower()), [])
            return self._near_one("拼音", line, found)
        inside = [
            i for i in sorted(self.near)
            if len(name := self._picture.called(i)[1]) >= _SHORTEST and name in text
        ]  # fmt: skip
        return self._near_one("昵称", line, inside)

    def _near_one(self, how: str, line: MemberLine, found: Sequence[int]) -> Meant | None:
        near = [i for i in found if i in self.near]
        if len(near) == 1:
            return Meant(how, near[0])
        left = self._told_apart(line, near or found)
        if near and len(left) == 1:
            return Meant(how, left[0])
        if not found:
            return None
        return Meant(question=f"“{line.name}”可能是谁？请选定。", candidates=tuple(left))

    @cached_property
    def _pinyin(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for person_id, _, _, reading, _ in self._rows.values():
            if reading and self._picture.facts[person_id].in_service:
                found["".join(reading.split())].append(person_id)
        return found

    def _unknown(self, line: MemberLine) -> Meant:
        """Somebody the register does not know: an outsider, or a name written wrong?"""
        at = _AT.search(line.name)
        names = {self._picture.called(i)[1]: i for i in sorted(self.near)}
        alike = get_close_matches(_AT.sub("", line.name), list(names), 3, _ALIKE)
        return Meant(
            question=f"登记里没有“{line.name}”：是外部人员，还是名字写错了？",
            candidates=tuple(names[name] for name in alike),
            org=at[1].strip() if at and at[1].strip() != "微信" else "",
        )


def _sure(found: Mapping[str, Collection[int]]) -> dict[str, int]:
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def _forms(text: str) -> list[str]:
    """A line as it stands, without the company behind @, without and within brackets."""
    bare = _AT.sub("", text).strip()
    inside = [found.strip() for found in _BRACKETS.findall(bare)]
    plain = _BRACKETS.sub("", bare).strip()
    forms = (text, bare, plain, *inside, _DIGITS.sub("", plain).strip())
    return list(dict.fromkeys(form for form in forms if form))
