"""A group that changed hands is checked anew: its owner-transfer checklist is drawn up (I14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wxadmin.domain.account import AdminNumber, Custody
from wxadmin.domain.change import AnyChange
from wxadmin.domain.group import BACKEND, BY_PERSON, OWNER, Group, GroupRole
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.membership_facts import GONE_STATES
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

OWNER_TRANSFER = "owner_transfer"


def plan_owner_checks(
    workplace: Workplace, changes: Iterable[AnyChange], ids: IdSource, on: date
) -> list[AnyChange]:
    """Return the checklists of the groups that these changes give to another person.

    A group's first owner succeeds nobody, and a pack without that checklist asks for nothing;
    a transfer already under way keeps its own day 0.
    """
    if not any(template.id == OWNER_TRANSFER for template in workplace.pack.checklists):
        return []
    starter = ChecklistStarter(workplace, ids)
    units = workplace.units()
    planned: list[AnyChange] = []
    for group in _changed_hands(workplace, list(changes)):
        if starter.open_one(OWNER_TRANSFER, group_id=group.id) is None:
            planned += starter.plan(
                OWNER_TRANSFER,
                event_on=on,
                trigger="群主改任",
                group_id=group.id,
                unit_path=units.path(group.org_unit_id),
            )
    return planned


def _changed_hands(workplace: Workplace, changes: list[AnyChange]) -> list[Group]:
    """The groups in use whose ownership, or whose number's custody, goes on to a person."""
    ended, begun = _keepings(changes, new=False), _keepings(changes, new=True)
    numbers = {number for kind, number in ended & begun if kind == Custody.kind}
    wanted = {group_id for kind, group_id in ended & begun if kind == GroupRole.kind}
    store = workplace.store
    for number in store.find(AdminNumber, id=numbers) if numbers else ():
        wanted |= {number.group_id} if number.group_id is not None else set()
    found = store.find(Group, id=wanted) if wanted else []
    return [g for g in found if g.side != BACKEND and g.state not in GONE_STATES]


def _keepings(changes: list[AnyChange], *, new: bool) -> set[tuple[str, int]]:
    """What the changes begin (or end): the ownership of a group, the custody of a number."""
    found = set()
    for change in changes:
        record = change.record
        if (change.before is None) is not new:
            continue
        if isinstance(record, Custody):
            found.add((Custody.kind, record.admin_number_id))
        elif isinstance(record, GroupRole) and _counts(record, new):
            found.add((GroupRole.kind, record.group_id))
    return found


def _counts(role: GroupRole, new: bool) -> bool:
    """Whether a role is an ownership that ends, or one that a person begins."""
    return role.role == OWNER and (not new or role.bound_to == BY_PERSON)
