"""A newcomer in one act: HR's line read, the number given, checklist and 附件一 drafted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin import paths
from wxadmin.domain.change import AnyChange, Change, Record, combined
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import OFFBOARDING, ONBOARDING
from wxadmin.domain.membership import PersonFacts
from wxadmin.domain.membership_why import why
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.pasted_line import Known, split_pasted
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_names import region_of
from wxadmin.domain.roster_row import REHIRED
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.form_draft import Drafting
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.membership_picture import Picture
from wxadmin.services.people import People
from wxadmin.services.person_fields import PersonFields
from wxadmin.services.rehire import Rehires, Returning, told_apart
from wxadmin.services.userids import USERID_FIELD, UserIds
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

if TYPE_CHECKING:
    from wxadmin.domain.headings import Vocabulary

TRIGGER = "人事通知入职"


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of the same name who is in the register already."""

    id: int
    emp_no: str
    name: str
    unit: str
    standing: str
    mobile: str


@dataclass(frozen=True, slots=True)
class JoinerLook:
    """What is known of a newcomer before anything is written."""

    userid: str
    namesakes: tuple[Namesake, ...]
    groups: tuple[tuple[str, str], ...]
    problems: Mapping[str, str]
    new_units: tuple[str, ...]
    new_posts: tuple[str, ...]
    returning: Returning | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """What one act made of a newcomer; `form_number` and `checklist_id` where they were wanted."""

    person: Employee
    form_number: str
    checklist_id: int | None
    operation: int | None


class Joiners:
    """Takes newcomers in; keep one for as long as one dialog."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- before anything is written -------------------------------------------------------------
    def split(self, text: str) -> dict[str, str]:
        """Split a line HR sent (with tabs, commas or blanks) into fields."""
        return split_pasted(text, self._vocabulary, self._known)

    def problem(self, field: str, text: str) -> str:
        """Say what is wrong with one typed field, "" where nothing is."""
        return PersonFields(self._workplace).problem(field, text)

    def look(self, fields: Mapping[str, str], *, as_new: bool = False) -> JoinerLook:
        """Say what would come of these fields: userid, namesakes, groups by rule, new words.

        `as_new`: who left once under that name and number is another person.
        """
        read = PersonFields(self._workplace)
        problems = {name: read.problem(name, text) for name, text in fields.items() if text}
        problems = {name: sentence for name, sentence in problems.items() if sentence}
        good = {name: text for name, text in fields.items() if text and name not in problems}
        name = good.get("name", "")
        if not name:
            return JoinerLook("", (), (), problems, (), ())
        person, _ = self._person(good, read)
        returning = self._returning(good)
        return JoinerLook(
            UserIds(self._workplace).propose(person, as_new=as_new and returning is not None),
            self._namesakes(person.name),
            self._groups(person, read),
            problems,
            tuple(read.units.text(unit) for unit in read.units.made),
            tuple(post.name for post in read.posts.made.values()),
            returning,
        )

    def _returning(self, fields: Mapping[str, str]) -> Returning | None:
        """Return who the newcomer was before, if he left once."""
        told = {name: fields[name] for name in ("name", "mobile", "id_no") if fields.get(name)}
        read = PersonFields(self._workplace).values(told)
        return self._rehires.recognised(
            read.get("name", ""), read.get("mobile", ""), read.get("id_no", "")
        )

    @cached_property
    def _rehires(self) -> Rehires:
        return Rehires(self._workplace)

    def _person(
        self, fields: Mapping[str, str], read: PersonFields
    ) -> tuple[Employee, PersonFields]:
        from dataclasses import replace

        values = read.values(fields)
        return replace(Employee(0, values.pop("emp_no", ""), values.pop("name")), **values), read

    def _namesakes(self, name: str) -> tuple[Namesake, ...]:
        ids = [row[0] for row in self._workplace.store.columns(Employee, "id", name=name)]
        lines = People(self._workplace).lines(ids) if ids else []
        return tuple(
            Namesake(li.id, li.emp_no, li.name, li.org_unit, li.standing, li.mobile) for li in lines
        )

    def _groups(self, person: Employee, read: PersonFields) -> tuple[tuple[str, str], ...]:
        """Return the groups the rules expect a newcomer in, each with its sentence."""
        picture = self._picture
        path = read.units.path(person.org_unit_id)
        posts = {**picture.positions, **read.posts.made}
        post = posts.get(person.position_id or 0)
        names = tuple(picture.unit_names.name(unit) for unit in path if unit in picture.tree.units)
        facts = PersonFacts(
            person.id,
            path,
            post.name if post else "",
            post.rank if post else "",
            region_of(names, picture.pack, person.region),
            (),
            person.employment_type,
        )
        told = (
            (group.name, why(picture.book, facts, group.id))
            for group in sorted(picture.groups.values(), key=lambda g: (g.side, g.sort_no))
        )
        return tuple((name, answer.sentence) for name, answer in told if answer.expected)

    @cached_property
    def _picture(self) -> Picture:
        return Picture(self._workplace)

    # -- the act ----------------------------------------------------------------------------------
    def register(
        self,
        fields: Mapping[str, str],
        *,
        checklist: bool = True,
        form: bool = True,
        typed: Mapping[str, str] | None = None,
        as_new: bool = False,
    ) -> Joined:
        """Register a newcomer, start 入职办理 and draft 附件一, all in one act.

        Who left before and comes back is taken back in under his own record, with his own userid;
        `as_new` says that he is another person after all. `typed` are fields of 附件一 that differ
        from what is proposed. Raises `UserError` naming the field that is wrong; then nothing is
        written.
        """
        workplace = self._workplace
        ids = workplace.store.ids()
        known = self._former_record(fields)
        before = None if as_new else known
        if before is None:
            person, read = People(workplace).planned(fields, ids)
        else:
            person, read = People(workplace).planned_return(before, fields, ids)
        if not (person.org_unit_id and fields.get("org_unit")):
            raise UserError("请填写部门，例如“莆田一厂/包装车间”。没有改动。", "missing_unit")
        changes: list[AnyChange] = [*read.made(), Change(before, person)]
        starter = ChecklistStarter(workplace, ids)
        if before is not None:
            changes += starter.plan_void(OFFBOARDING, before.id, on=workplace.today, why=REHIRED)
        elif known is not None:
            changes.append(told_apart(ids, person.id, known.id, workplace.today))
            typed = {USERID_FIELD: UserIds(workplace).propose(person, as_new=True), **(typed or {})}
        if checklist:
            changes += starter.plan(
                ONBOARDING,
                event_on=person.hire_date or workplace.today,
                trigger=TRIGGER,
                employee_id=person.id,
                unit_path=read.units.path(person.org_unit_id),
            )
        if form:
            changes += self._drafted(person, read, ids, typed)
        title = f"登记入职：{person.name}" if before is None else f"重新入职：{person.name}"
        with workplace.act(title) as operation:
            operation.write(combined(changes), ids)
        return _joined(person, [change.record for change in changes], operation.id)

    def _drafted(
        self,
        person: Employee,
        read: PersonFields,
        ids: IdSource,
        typed: Mapping[str, str] | None,
    ) -> list[AnyChange]:
        """Return the changes that draft 附件一, for units and posts that are only planned too."""
        workplace = self._workplace
        tree = OrgTree([*workplace.units().units.values(), *read.units.made.values()])
        posts = {**workplace.positions(), **read.posts.made}
        drafting = Drafting(workplace, units=tree, posts=posts)
        return list(drafting.plan_for(person, ids, kind=ACCOUNT_REQUEST, typed=typed))

    def _former_record(self, fields: Mapping[str, str]) -> Employee | None:
        found = self._returning(fields)
        return found.person if found is not None else None

    # -- the words it knows -----------------------------------------------------------------------
    @cached_property
    def _vocabulary(self) -> Vocabulary:
        from wxadmin.policy.headings import read_vocabulary

        own = self._workplace.user_policies
        mine = own / "headings.toml" if own else None
        chosen = mine if mine and mine.exists() else paths.RESOURCES / "headings.toml"
        return read_vocabulary(chosen)

    @cached_property
    def _known(self) -> Known:
        pack = self._workplace.pack
        units = self._workplace.units().units.values()
        names = {name for u in units for name in (u.name, u.short_name, *u.aliases) if name}
        posts = {post.name for post in self._workplace.positions().values()}
        company = self._workplace.office().company_name
        return Known(
            names,
            posts | {rank.name for rank in pack.ranks},
            {region.name for region in pack.regions},
            self._employment,
            {company} - names,
        )

    @cached_property
    def _employment(self) -> dict[str, str]:
        """Return every word for a kind of contract with the pack's own name for it."""
        words = {
            word: kind.name
            for kind in self._workplace.pack.employment_types
            for word in (kind.name, *kind.aliases)
        }
        for word, name in self._vocabulary.words.get("employment_type", {}).items():
            words.setdefault(word, words.get(name, name))
        return words

    def employment_types(self) -> list[str]:
        """Name the kinds of contract there are, for a choice."""
        return [kind.name for kind in self._workplace.pack.employment_types]


def _joined(person: Employee, records: Sequence[Record], operation: int | None) -> Joined:
    number = next((r.number for r in records if isinstance(r, Form)), "")
    started = (r.id for r in records if isinstance(r, Checklist) and r.template == ONBOARDING)
    return Joined(person, number, next(started, None), operation)
