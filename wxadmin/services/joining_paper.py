"""Slips for newcomers (入群须知): the groups one belongs in, and what one is called in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from wxadmin.domain.group import BACKEND, Group
from wxadmin.domain.nicknames import rendered
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import scope_of
from wxadmin.services.membership_picture import Picture
from wxadmin.services.nicknames import Nicknames
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page
    from wxadmin.paper.joining_slip import GroupToJoin, JoiningSlip

DEFINITION = "joining_slip"
MUST = "必须"


class JoiningPaper:
    """Draws up slips from one picture of the register."""

    def __init__(self, workplace: Workplace, picture: Picture, duties: Duties) -> None:
        self._workplace = workplace
        self._picture = picture
        self._duties = duties
        self._nicknames = Nicknames(workplace, picture)

    def newcomers(self, month: date) -> list[int]:
        """Return who was hired in the month a day lies in and is still here."""
        wanted = (month.year, month.month)
        people = self._picture.people(set(self._picture.facts))
        return [
            person.id
            for person in people
            if person.hire_date is not None
            and (person.hire_date.year, person.hire_date.month) == wanted
            and not self._picture.has_left(person.id)
        ]

    def pages(self, people: Iterable[int], measure: Measure) -> tuple[Page, ...]:
        """Return the slips, every person on a page of his own."""
        from wxadmin.paper.joining_slip import joining_slip_pages
        from wxadmin.services.checklist_paper import register_definition

        slips = [self.slip(person_id) for person_id in people]
        return joining_slip_pages(register_definition(self._workplace, DEFINITION), slips, measure)

    def text(self, person_id: int) -> str:
        """Return a slip as a chat message."""
        from wxadmin.paper.joining_slip import joining_text

        return joining_text(self.slip(person_id))

    def slip(self, person_id: int) -> JoiningSlip:
        """Return one person's slip."""
        from wxadmin.paper.joining_slip import JoiningSlip

        person = self._picture.person(person_id)
        groups = self.groups_of(person_id)
        template = next(filter(None, map(self._nicknames.template, groups)), "")
        scope = Scope(units=tuple(reversed(self._picture.facts[person_id].unit_path)))
        quiet = self._picture.value("quiet_windows", scope)
        return JoiningSlip(
            person.name,
            person.emp_no,
            person.org_unit,
            person.position,
            tuple(self._group(group, person_id) for group in groups),
            re.sub(r"[{}]", "", template),
            rendered(template, self._nicknames.words(person_id)) if template else "",
            str(self._picture.value("sensitive_channel", scope) or ""),
            "、".join(quiet) if isinstance(quiet, tuple) else "",
            self._workplace.office().company_name,
        )

    def groups_of(self, person_id: int) -> Sequence[Group]:
        """Return the groups people really talk in that somebody belongs in, in their order."""
        found = (
            self._picture.groups[group_id]
            for group_id, members in self._picture.expected.items()
            if person_id in members
        )
        return sorted((g for g in found if g.side != BACKEND), key=lambda g: (g.sort_no, g.id))

    def _group(self, group: Group, person_id: int) -> GroupToJoin:
        from wxadmin.paper.joining_slip import GroupToJoin

        people = {person_id, *self._picture.member_ids(group.id)}
        nickname = self._nicknames.wanted(group, people).get(person_id, "")
        owner = self._duties.owner(group.id)
        must = self._must(group, person_id)
        return GroupToJoin(group.name, owner.text, nickname, must, group.announcement)

    def _must(self, group: Group, person_id: int) -> str:
        """Say 必须 where joining is asked of his rank (T3-02); of others nothing is said."""
        scope = scope_of(group, self._picture)
        ranks = {rank.name: rank.no for rank in self._picture.pack.ranks}
        lowest = ranks.get(str(self._picture.value("mandatory_rank", scope)))
        own = ranks.get(self._picture.facts[person_id].rank)
        return MUST if own is not None and lowest is not None and own >= lowest else ""
