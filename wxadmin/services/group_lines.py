"""Groups as the register shows them: a line of counts and troubles, a sheet with its people."""

from __future__ import annotations

from wxadmin.domain.account import AdminNumber
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND, NOT_CARRIED_OUT, Group, GroupMember
from wxadmin.services.group_duties import Duties, Owner
from wxadmin.services.membership_picture import Difference, Person, Picture


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group as the register shows it. Counts of what is are None while nobody has looked.

    `waiting` counts those missing who are not in the address book yet; `trouble` names what is
    wrong with the group, the ownership first.
    """

    group: Group
    class_name: str
    org_unit: str
    backend: str
    owner: Owner
    admins: tuple[Owner, ...]
    admin_number: AdminNumber | None
    custodian: Owner
    difference: Difference
    expected: int
    actual: int | None
    missing: int | None
    waiting: int | None
    extra: int
    age_days: int | None
    is_stale: bool
    trouble: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """One group with everything that hangs on it."""

    line: GroupLine
    rule: str
    expected: tuple[Person, ...]
    actual: tuple[Person, ...] | None
    known: tuple[Person, ...]
    missing: tuple[Person, ...]
    extra: tuple[Person, ...]
    outsiders: tuple[str, ...]


def group_line(group: Group, picture: Picture, duties: Duties) -> GroupLine:
    """Return one group as the register shows it."""
    difference = picture.difference(group.id, duties.running(group.id))
    number = duties.number_of(group.id)
    owner = duties.owner(group.id)
    age = None if group.members_on is None else (picture.today - group.members_on).days
    limit = picture.number("group_list_age_days", picture.scope(group))
    unit = picture.all_groups.get(group.backend_group_id or 0)
    known = difference.actual is not None
    group_class = picture.pack.group_class(group.class_key)
    return GroupLine(
        group=group,
        class_name=group_class.name if group_class else group.class_key,
        org_unit=picture.tree.text(group.org_unit_id),
        backend=unit.name if unit else "",
        owner=owner,
        admins=duties.admins(group.id),
        admin_number=number,
        custodian=duties.custodian(number) if number else Owner(),
        difference=difference,
        expected=len(difference.expected),
        actual=None if difference.actual is None else len(difference.actual),
        missing=len(difference.missing) if known else None,
        waiting=len(difference.missing - picture.in_directory) if known else None,
        extra=len(difference.extra) + len(_unwanted(group, difference, picture)),
        age_days=age,
        is_stale=age is not None and limit > 0 and age > limit,
        trouble=_trouble(group, difference, duties, picture),
    )


def group_sheet(group: Group, picture: Picture, duties: Duties, rule: str) -> GroupSheet:
    """Return one group with its people; `rule` is its rule in words (`Membership`)."""
    line = group_line(group, picture, duties)
    found = line.difference
    known = tuple(picture.people(picture.member_ids(group.id)))
    return GroupSheet(
        line,
        rule,
        tuple(picture.people(found.expected)),
        None if found.actual is None else known,
        known,
        tuple(picture.people(found.missing)),
        tuple(picture.people(found.extra)),
        tuple(member.external_name for member in found.outsiders),
    )


def _unwanted(group: Group, difference: Difference, picture: Picture) -> tuple[GroupMember, ...]:
    return () if picture.takes_outsiders(group) else difference.outsiders


def _trouble(
    group: Group, difference: Difference, duties: Duties, picture: Picture
) -> tuple[str, ...]:
    """Name what is wrong with a group in use, the ownership first."""
    if group.id not in picture.groups:
        return ()
    found = [duties.trouble(group)]
    if group.state == NOT_CARRIED_OUT:
        found.append(NOT_CARRIED_OUT)
    if group.planned_end_on is not None and group.planned_end_on < picture.today:
        found.append("已过计划解散日期")
    if difference.extra or _unwanted(group, difference, picture):
        found.append("有人不应在群")
    if difference.missing:
        found.append("有人应加未加")
    if difference.actual is None and group.side != BACKEND:
        found.append("成员未登记")
    return tuple(text for text in found if text)
