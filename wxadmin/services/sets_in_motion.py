"""What a list of HR's sets in motion, in the same plan: checklists, drafted forms, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import AnyChange
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.consequences import CHECKLIST, FORM, Consequence, consequences_of
from wxadmin.domain.import_plan import Line, Plan
from wxadmin.domain.membership import PersonFacts
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_names import region_of
from wxadmin.domain.roster_planner import TRANSFERRED
from wxadmin.domain.roster_row import REHIRED
from wxadmin.domain.roster_units import UnitFinder
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.form_draft import Drafting
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.rehire import former_selves
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

TRIGGERS = {
    plans.ONBOARDING: "花名册新增",
    plans.TRANSFER: "花名册变动",
    plans.OFFBOARDING: "人事来表离职",
}


def stays(line: Line) -> bool:
    """Say whether somebody who was on his way out stays: withdrawn, gone over, or hired again."""
    return line.kind == plans.RETURNED or line.why in {TRANSFERRED, REHIRED}


class SetsInMotion:
    """Works out, and plans, what the lines of one plan set in motion."""

    def __init__(
        self, workplace: Workplace, units: UnitFinder | None, positions: Mapping[int, Position]
    ) -> None:
        self._workplace = workplace
        self._units = units
        self._positions = positions

    def of_lines(self, lines: Sequence[Line]) -> dict[str, Consequence]:
        """Return what every line would set in motion, by the line's key; writes nothing."""
        moving = [line for line in lines if line.sets_off]
        if not moving:
            return {}
        picture = Picture(self._workplace)
        people = {line.employee_id for line in moving if line.employee_id}
        members: dict[int, set[int]] = defaultdict(set)
        for group_id in picture.groups:
            for person_id in picture.member_ids(group_id) & people:
                members[person_id].add(group_id)
        duties = Duties(self._workplace, picture)
        owned: dict[int, tuple[int, ...]] = {}
        for group_id in picture.groups:
            owner = duties.owner(group_id).employee_id
            if owner in people:
                owned[owner] = (*owned.get(owner, ()), group_id)
        return consequences_of(
            moving,
            picture.book,
            lambda person: self._facts(person, picture),
            {person_id: frozenset(groups) for person_id, groups in members.items()},
            owned,
        )

    def _facts(self, person: Employee, picture: Picture) -> PersonFacts:
        """Return what the rules may ask of a person as the plan leaves him."""
        assert self._units is not None
        path = self._units.path(person.org_unit_id)
        post = self._positions.get(person.position_id or 0)
        names = tuple(picture.unit_names.name(unit) for unit in path)
        known = picture.facts.get(person.id)
        return PersonFacts(
            person.id,
            path,
            post.name if post else "",
            post.rank if post else "",
            region_of(names, picture.pack, person.region),
            person.tags,
            person.employment_type,
            person.leave_date is None,
            known.other_posts if known else (),
        )

    def changes(
        self,
        plan: Plan,
        wanted: Mapping[str, set[str]],
        consequences: Mapping[str, Consequence],
        ids: IdSource,
    ) -> list[AnyChange]:
        """Return the changes of the consequences that were not struck out."""
        starter = ChecklistStarter(self._workplace, ids)
        former = self._former_leavers(plan)
        tree, posts = self._as_planned(plan)
        drafting = Drafting(self._workplace, units=tree, posts=posts)
        changes: list[AnyChange] = []
        for line in plan.lines:
            if line.change is None or line.change.after is None:
                continue
            person = line.change.after
            if stays(line):
                changes += starter.plan_void(
                    plans.OFFBOARDING, person.id, on=self._workplace.today, why=line.why
                )
            if line.key in former:  # he is back under a new record: the old one's steps are idle
                changes += starter.plan_void(
                    plans.OFFBOARDING, former[line.key], on=self._workplace.today,
                    why=f"{REHIRED}，新工号 {person.emp_no}",
                )  # fmt: skip
            parts = wanted.get(line.key, set())
            if CHECKLIST in parts:
                checklist = consequences[line.key].checklist
                changes += starter.plan(
                    checklist,
                    event_on=line.event_on or self._workplace.today,
                    trigger=TRIGGERS[checklist],
                    employee_id=person.id,
                    unit_path=tree.path(person.org_unit_id),
                )
            if FORM in parts:
                changes += drafting.plan_for(person, ids, kind=ACCOUNT_REQUEST)
        return changes

    def _former_leavers(self, plan: Plan) -> dict[str, int]:
        """Return who newcomers were before, by line key, where 离职办理 of then still runs."""
        running = self._workplace.store.columns(
            Checklist, "employee_id", template=plans.OFFBOARDING, state=RUNNING
        )
        leaving = {row[0] for row in running}
        newcomers = [
            (line.key, line.change.after)
            for line in plan.of_kind(plans.NEW)
            if line.change is not None and line.change.after is not None
        ]
        if not leaving or not newcomers:
            return {}
        selves = former_selves(self._workplace)
        found = {key: selves.of(one.name, one.mobile, one.id_no) for key, one in newcomers}
        return {key: was.id for key, was in found.items() if was is not None and was.id in leaving}

    def _as_planned(self, plan: Plan) -> tuple[OrgTree, dict[int, Position]]:
        """Return the units and posts as they will be once the plan is applied."""
        units = dict(self._workplace.units().units)
        posts = dict(self._workplace.positions())
        for change in plan.organisation:
            if isinstance(change.after, OrgUnit):
                units[change.after.id] = change.after
            elif isinstance(change.after, Position):
                posts[change.after.id] = change.after
        return OrgTree(units.values()), posts
