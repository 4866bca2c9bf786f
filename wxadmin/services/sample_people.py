"""The people of the sample office: units below those of the pack, posts, names, numbers, dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.organisation import HrSource, OrgUnit
from wxadmin.domain.person import AS_JOINER, Employee, ExtraPost, Secondment, UnitRole
from wxadmin.domain.policy_names import employment_type_of, region_of
from wxadmin.policy.toml_table import Table
from wxadmin.services.pinyin import syllables
from wxadmin.services.sample_draft import NAMES, Draft, load, month_back

USUAL = "正式"
HIRED_DAYS = (90, 4200)
HEAD = "负责人"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place somebody will sit in; `person` describes who it is, None for anybody."""

    unit: OrgUnit
    post: str
    employment: str
    person: Table | None = None


class SamplePeople:
    """Fills the units with people."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._names = _names(draft)
        self._sources = {s.name: s.id for s in draft.workplace.store.all(HrSource)}
        self._source_names = {number: name for name, number in self._sources.items()}
        self._issued: dict[str, int] = {}

    def draw_up(self) -> None:
        """Draw up the units, the people, and what they are beside their posts."""
        self._units()
        numbering = {t.text("source"): t for t in self._draft.plan.tables("numbering")}
        for seat in sorted(self._seats(), key=lambda seat: self._place(seat.unit)):
            self._seat(seat, numbering)
        self._draft.add(*self._draft.people)
        self._posts_beside()
        self._heads()

    def _units(self) -> None:
        draft = self._draft
        for table in draft.plan.tables("units"):
            for path in draft.paths(table.text("parent")):
                parent = draft.unit(path)
                first = len(draft.tree.units)
                units = [
                    OrgUnit(
                        draft.ids.next(OrgUnit),
                        name,
                        parent.id,
                        unit_kind=table.text("kind"),
                        sort_no=first + index,
                    )
                    for index, name in enumerate(table.texts("names"))
                ]
                draft.grow(units)

    def _seats(self) -> Iterator[Seat]:
        draft = self._draft
        for table in draft.plan.tables("staff"):
            employment = table.text("employment", USUAL)
            posts = table.table("posts")
            for path in draft.paths(table.text("unit")):
                unit = draft.unit(path)
                counts = {post: posts.whole(post) for post in tuple(posts.keys())}
                for post, count in counts.items():
                    yield from [Seat(unit, post, employment)] * count
        for table in draft.plan.tables("persons"):
            unit = draft.unit(table.text("unit"))
            yield Seat(unit, table.text("position"), table.text("employment", USUAL), table)

    def _place(self, unit: OrgUnit) -> tuple[int, ...]:
        tree = self._draft.tree
        return tuple(tree.units[i].sort_no for i in tree.path(unit.id))

    # -- one person ---------------------------------------------------------------------------
    def _seat(self, seat: Seat, numbering: dict[str, Table]) -> None:
        draft, index = self._draft, len(self._draft.people)
        source_id = self._source_of(seat.unit)
        name = seat.person.text("name") if seat.person else next(self._names)
        hired = self._hired(seat.person)
        left, how = self._left(seat.person)
        prefix = draft.plan.text("mobile_prefix")
        person = Employee(
            draft.ids.next(Employee),
            emp_no=self._number(numbering[self._source_names[source_id]]),
            name=name,
            pinyin=" ".join(syllables(name)),
            hr_source_id=source_id,
            org_unit_id=seat.unit.id,
            position_id=draft.post(seat.post).id,
            region=region_of(draft.tree.names(seat.unit.id), draft.pack),
            employment_type=seat.employment,
            status=seat.person.text("status", "在职") if seat.person else "在职",
            entry=AS_JOINER if seat.person and "hired" in seat.person else "历史导入",
            hire_date=hired,
            leave_date=left,
            leave_type=how,
            contract_end=self._contract_end(seat),
            mobile=f"{prefix}0000{1001 + index * 7:04d}",
            remark="示例人员（编造）",
        )
        draft.people.append(person)
        if seat.person is not None:
            draft.by_key[seat.person.text("key")] = person

    def _number(self, plan: Table) -> str:
        source = plan.text("source")
        given = self._issued.get(source, plan.whole("first"))
        self._issued[source] = given + 1
        return f"{plan.text('prefix', '')}{given:0{plan.whole('digits')}d}"

    def _source_of(self, unit: OrgUnit) -> int:
        tree = self._draft.tree
        for unit_id in reversed(tree.path(unit.id)):
            source_id = tree.units[unit_id].hr_source_id
            if source_id is not None:
                return source_id
        return self._sources[self._draft.plan.text("fallback_source")]

    def _hired(self, person: Table | None) -> date:
        days = person.whole_or_none("hired") if person else None
        return self._draft.day(days if days is not None else -self._draft.dice.between(*HIRED_DAYS))

    def _left(self, person: Table | None) -> tuple[date | None, str]:
        months = person.whole_or_none("left_month") if person else None
        if person is None or months is None:
            return None, ""
        day = month_back(self._draft.today, months, person.whole("left_day"))
        return day, person.text("leave_type")

    def _contract_end(self, seat: Seat) -> date | None:
        draft = self._draft
        days = seat.person.whole_or_none("contract") if seat.person else None
        if days is not None:
            return draft.day(days)
        kind = employment_type_of(seat.employment, draft.pack)
        if kind is None or not kind.contract_end:
            return None
        shortest, longest = draft.plan.wholes("contract_days")
        return draft.day(draft.dice.between(shortest, longest))

    # -- beside the post ----------------------------------------------------------------------
    def _posts_beside(self) -> None:
        draft = self._draft
        for table in draft.plan.tables("secondments"):
            draft.add(
                Secondment(
                    draft.ids.next(Secondment),
                    draft.by_key[table.text("person")].id,
                    draft.unit(table.text("unit")).id,
                    draft.day(table.whole("from")),
                    draft.day(table.whole("until")),
                    table.text("basis"),
                )
            )
        for table in draft.plan.tables("extra_posts"):
            draft.add(
                ExtraPost(
                    draft.ids.next(ExtraPost),
                    draft.by_key[table.text("person")].id,
                    draft.unit(table.text("unit")).id,
                    draft.post(table.text("position")).id,
                    draft.day(table.whole("from")),
                    basis=table.text("basis"),
                )
            )

    def _heads(self) -> None:
        """Name who heads a unit: the highest of its own people."""
        draft = self._draft
        order = {name: index for index, name in enumerate(draft.plan.texts("head_posts"))}
        own: dict[int, list[tuple[int, Employee]]] = defaultdict(list)
        for person in draft.people:
            post = draft.post_of(person)
            if post in order and person.org_unit_id is not None:
                own[person.org_unit_id].append((order[post], person))
        for unit_id, found in own.items():
            head = min(found, key=lambda pair: (pair[0], pair[1].id))[1]
            role_id = draft.ids.next(UnitRole)
            draft.add(UnitRole(role_id, unit_id, head.id, HEAD, head.hire_date))


def _names(draft: Draft) -> Iterator[str]:
    """Yield made-up names, none twice and none of those the description gives."""
    table = load(NAMES)
    surnames, given = table.texts("surnames"), table.texts("given")
    used = {person.text("name") for person in draft.plan.tables("persons")}
    while True:
        name = draft.dice.pick(surnames) + draft.dice.pick(given)
        if name not in used:
            used.add(name)
            yield name
