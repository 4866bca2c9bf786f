"""What the desk shows, read in one go: groups, differences, drafts and open orders; rows of people.

The reading may run on the worker; making the rows of one group is quick and reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ui.shared.text import spaced_phone
from wxadmin.domain.group import BACKEND, MOBILE, ExternalPerson, Group, GroupMember
from wxadmin.domain.membership_why import short_date, why
from wxadmin.domain.person import Employee
from wxadmin.domain.search import search_line
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.groups import DISSOLVED, Groups
from wxadmin.services.membership import Membership
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.order_drafts import (
    ADD,
    LEFT,
    LOOK,
    NOT_LISTED,
    OUTSIDE,
    REMOVE,
    Draft,
    DraftLine,
    OrderDrafts,
)
from wxadmin.services.order_sheet import OrderView
from wxadmin.services.orders import Orders
from wxadmin.services.outsiders import Outsiders
from wxadmin.services.workplace import Workplace

MISSING, EXTRA, OUTSIDERS, LOOKING, SAME, EXPECTED = (
    "missing", "extra", "outsiders", "looking", "same", "expected",
)  # fmt: skip
NOT_ADDED = "应加未加"
_SECTION = {ADD: MISSING, REMOVE: EXTRA, LOOK: LOOKING}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person in the panel: where he stands, why, and the line he would have on an order."""

    key: str
    section: str
    name: str
    dept: str = ""
    reason: str = ""
    note: str = ""
    phone: str = ""
    mark: str | None = None
    employee_id: int | None = None
    line: DraftLine | None = None


@dataclass
class Roll:
    """Everything of one reading of the register."""

    workplace: Workplace
    picture: Picture
    duties: Duties
    lines: dict[int, GroupLine]
    drafting: OrderDrafts
    waiting: dict[int, Draft]
    orders: dict[int, OrderView]
    _texts: dict[int, str] = field(default_factory=dict)

    @cached_property
    def _people(self) -> dict[int, str]:
        """How everybody is searched for: name, reading, number."""
        rows = self.workplace.store.columns(Employee, "id", "name", "emp_no", "pinyin")
        return {i: search_line(name, emp_no, pinyin=reading) for i, name, emp_no, reading in rows}

    @cached_property
    def outsiders(self) -> dict[int, ExternalPerson]:
        """People of other companies who were noted once: of which, brought in by whom."""
        return Outsiders(self.workplace).by_id()

    def searched_by(self, line: GroupLine) -> str:
        """A group is found by number, names, its owner and its members."""
        group = line.group
        found = self._texts.get(group.id)
        if found is None:
            from wxadmin.services.pinyin import syllables

            reading = " ".join(syllables(group.name))
            own = search_line(group.group_no, group.name, *group.aliases, pinyin=reading)
            who = set(self.picture.member_ids(group.id))
            who |= {line.owner.employee_id} if line.owner.employee_id is not None else set()
            strangers = (m.external_name for m in line.difference.outsiders)
            members = (self._people.get(person_id, "") for person_id in sorted(who))
            found = self._texts[group.id] = "\n".join((own, line.owner.text, *members, *strangers))
        return found

    def draft(self, group: Group) -> Draft:
        """A group's order as it would be drawn up today, with no lines where all is well."""
        return self.waiting.get(group.id) or self.drafting.of(group)

    def rule(self, group: Group) -> str:
        """A group's rule in words."""
        return Membership(self.workplace).rule_text(group.id, self.picture)


def read_roll(workplace: Workplace) -> Roll:
    """Read the register as the desk shows it."""
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    lines = Groups(workplace).lines(picture, duties)
    drafting = OrderDrafts(workplace, picture, duties)
    return Roll(
        workplace,
        picture,
        duties,
        {line.group.id: line for line in lines},
        drafting,
        {draft.group.id: draft for draft in drafting.all()},
        {view.group.id: view for view in Orders(workplace).all(only_open=True)},
    )


def place_of(line: GroupLine) -> str:
    """The heading a group stands under."""
    if line.group.state in GONE_STATES:
        return DISSOLVED
    return BACKEND if line.group.side == BACKEND else MOBILE


def is_alive(line: GroupLine) -> bool:
    """Whether the group is still in use."""
    return line.group.state not in GONE_STATES


def differs(line: GroupLine) -> bool:
    """Whether somebody is missing or in it who should not be."""
    return is_alive(line) and bool(line.missing or line.extra)


def is_unknown(line: GroupLine) -> bool:
    """Whether nobody has looked into the group."""
    return is_alive(line) and line.actual is None


def has_no_owner(line: GroupLine) -> bool:
    """Whether the group lacks a keeper who is in service."""
    return is_alive(line) and ownership_trouble(line) != ""


def ownership_trouble(line: GroupLine) -> str:
    """What is wrong with the ownership, "" where nothing is."""
    return next((text for text in line.trouble if "群主" in text or "保管人" in text), "")


# -- rows of people -----------------------------------------------------------------------------


def rows_of(roll: Roll, line: GroupLine) -> list[MemberRow]:
    """Everybody the panel shows of one group, section by section."""
    if not is_alive(line):
        return []
    group, found = line.group, line.difference
    rows = [_ordered(roll, group, x) for x in roll.draft(group).lines if x.employee_id is not None]
    removing = {x.name: x for x in roll.draft(group).lines if x.employee_id is None}
    rows += [_outsider(roll, m, removing.get(m.external_name)) for m in found.outsiders]
    if found.actual is None:
        people = roll.picture.people(found.expected)
        return rows + [_plain(roll, group, person.id, EXPECTED) for person in people]
    same = found.actual - found.extra - {row.employee_id for row in rows}
    return rows + [_plain(roll, group, p.id, SAME) for p in roll.picture.people(same)]


def _ordered(roll: Roll, group: Group, line: DraftLine) -> MemberRow:
    """A person an order would name."""
    assert line.employee_id is not None
    person = roll.picture.person(line.employee_id)
    reason, note = _reason(roll, group, line)
    adding = line.action == ADD
    tail = f"…{person.mobile[-4:]}" if person.mobile else ""
    left = roll.picture.has_left(person.id)
    return MemberRow(
        f"{line.action}{person.id}",
        _SECTION[line.action],
        person.name,
        f"原 {near_name(roll, group, person.id)}" if left else near_name(roll, group, person.id),
        reason,
        note,
        spaced_phone(person.mobile) if adding else tail,
        "proof" if line.action == LOOK else None,
        person.id,
        line,
    )


def _reason(roll: Roll, group: Group, line: DraftLine) -> tuple[str, str]:
    """Why somebody is to be added or taken out, and what that is known from."""
    picture, person_id = roll.picture, line.employee_id
    assert person_id is not None
    short = line.reason.removesuffix(f"（{NOT_LISTED}）")
    words = ["" if line.ready else NOT_LISTED, "" if short == NOT_ADDED else short]
    if line.reason == LEFT:
        left = picture.person(person_id).leave_date
        gone = "账号已停用" if line.action == LOOK and person_id in picture.accounts_closed else ""
        return f"{LEFT}，{short_date(left, picture.today)}", gone
    fact, source = fact_of(roll, group, person_id)
    return "，".join(filter(None, (*words, fact))), source


def near_name(roll: Roll, group: Group, person_id: int) -> str:
    """A department as it is called within the group's own unit: 办公室, else 漳州工厂/办公室."""
    tree, whole = roll.picture.tree, roll.picture.person(person_id).org_unit
    backend = roll.picture.all_groups.get(group.backend_group_id or 0)
    own = group.org_unit_id or (backend.org_unit_id if backend else None)
    within = {tree.text(own)} if own is not None else {group.name}
    unit, _, below = whole.partition("/")
    return below if below and unit in within else whole


def fact_of(roll: Roll, group: Group, person_id: int) -> tuple[str, str]:
    """What the rule looks at in a person, and the roster it stands in."""
    picture = roll.picture
    roster = picture.roster_of(person_id)
    sentence = why(
        picture.book,
        picture.facts[person_id],
        group.id,
        is_member=person_id in picture.member_ids(group.id),
        roster=roster,
    ).sentence
    fact = sentence.partition("：")[2].removesuffix("。")
    return fact.removesuffix(f"（{roster}）"), roster if fact.endswith(f"（{roster}）") else ""


def _outsider(roll: Roll, member: GroupMember, line: DraftLine | None) -> MemberRow:
    """Somebody of another company, as he was noted; or a name nobody knows yet."""
    name = member.external_name
    known = roll.outsiders.get(member.external_person_id or 0)
    if known is None:
        reason = "与花名册无人相符" if line is not None else "本群允许外部人员"
        dept, note = "不明" if line else "", "入群昵称"
    else:
        reason = "外部人员" if line is not None else "外部人员，本群允许"
        dept, note = known.org, f"{known.brought_by}拉入" if known.brought_by else ""
    return MemberRow(f"外{name}", OUTSIDERS, f"“{name}”", dept, reason, note, line=line)


def _plain(roll: Roll, group: Group, person_id: int, section: str) -> MemberRow:
    person = roll.picture.person(person_id)
    running = person_id in roll.duties.running(group.id)
    expected = person_id in roll.picture.expected.get(group.id, ())
    fact, source = fact_of(roll, group, person_id) if expected else ("", "")
    if running and not expected:
        fact = "群主、群管理员，不论规则都在群"
    return MemberRow(
        f"同{person_id}",
        section,
        person.name,
        near_name(roll, group, person_id),
        fact,
        source,
        spaced_phone(person.mobile),
        None,
        person_id,
    )


def age_text(line: GroupLine, today: date) -> str:
    """How old the list of members is: 名单为12天前（11-08核查）."""
    taken = line.group.members_on
    if taken is None or line.age_days is None:
        return "还没有取过成员名单"
    day = f"{taken:%m-%d}" if taken.year == today.year else f"{taken}"
    ago = "今天" if line.age_days == 0 else f"{line.age_days}天前"
    return f"名单为{ago}（{day}核查）"


__all__ = [
    "ADD", "EXPECTED", "EXTRA", "LOOK", "LOOKING", "MISSING", "OUTSIDE", "OUTSIDERS", "REMOVE",
    "SAME", "MemberRow", "Roll", "age_text", "differs", "fact_of", "has_no_owner", "is_alive",
    "is_unknown", "ownership_trouble", "place_of", "read_roll", "rows_of",
]  # fmt: skip
