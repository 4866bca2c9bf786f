"""First run: fill an empty register from a policy pack; take the sample office out again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wxadmin.domain.account import AdminNumber
from wxadmin.domain.change import AnyChange, Change, Record
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND, MOBILE, Group, GroupMapping
from wxadmin.domain.membership_rule import rule_to_text
from wxadmin.domain.organisation import HrSource, Office, OrgUnit, Position
from wxadmin.domain.policy import Pack
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


@dataclass(frozen=True, slots=True)
class SetUp:
    """What first run made: how many groups, and which operation it was."""

    policy: str
    groups: int
    operation: int


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A policy pack as first run offers it: `units` may be ticked as 支持部门, `support` are those
    the pack proposes. `problem` says why a pack cannot be taken."""

    id: str
    title: str
    source: str
    company: str
    units: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    problem: str = ""


def available_packs(user_dir: Path | None = None) -> list[PackChoice]:
    """Return the policy packs there are, the user's own copies first."""
    from wxadmin.policy.packs import list_packs, load_pack

    found = []
    for info in list_packs(user_dir):
        try:
            pack = load_pack(info.id, user_dir)
        except UserError as refusal:
            found.append(PackChoice(info.id, info.title, info.source, "", problem=refusal.message))
            continue
        # neither the whole company nor a sales region can be a 支持部门
        units = tuple(unit.name for unit in pack.units if unit.parent and not unit.region)
        support = tuple(unit.name for unit in pack.units if unit.support)
        found.append(PackChoice(pack.id, pack.title, pack.source, pack.company, units, support))
    return found


class Setup:
    """Fills an empty register; everything the pack names becomes a record of its own."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def from_pack(
        self,
        pack_id: str,
        *,
        company_name: str = "",
        support_units: Sequence[str] | None = None,
        sample: bool = False,
    ) -> SetUp:
        """Take the pack's units, posts, HR sources, groups and designated numbers in as one act.

        `support_units` names the units the company counts as 支持部门 (None: the pack's).
        Raises `UserError` where the register is already in use.
        """
        from wxadmin.policy.packs import load_pack

        store = self._workplace.store
        if store.all(Office):
            raise UserError("这个登记库已经初始化过了，没有改动。", "already_set_up")
        pack = load_pack(pack_id, self._workplace.user_policies)
        ids = store.ids()
        office = Office(
            ids.next(Office), company_name or pack.company, pack.id, pack.version, sample
        )
        changes: list[AnyChange] = [Change(None, office)]
        changes += _organisation(pack, support_units, ids)
        groups = _groups(pack, ids, [change.record for change in changes])
        changes += groups
        with self._workplace.act(f"建库：{pack.title}") as operation:
            operation.write(changes, ids)
        assert operation.id is not None
        made = sum(isinstance(change.record, Group) for change in groups)
        return SetUp(pack.id, made, operation.id)


def _organisation(
    pack: Pack, support_units: Sequence[str] | None, ids: IdSource
) -> list[AnyChange]:
    by_name: dict[str, int] = {unit.name: ids.next(OrgUnit) for unit in pack.units}
    sources: list[Record] = []
    source_of: dict[str, int] = {}
    for plan in pack.hr_sources:
        source_id = ids.next(HrSource)
        covers = tuple(by_name[name] for name in plan.covers if name in by_name)
        sources.append(HrSource(source_id, plan.name, due_day=plan.due_day, covers=covers))
        source_of.update(dict.fromkeys(plan.covers, source_id))
    units = [
        OrgUnit(
            by_name[unit.name],
            unit.name,
            by_name.get(unit.parent),
            aliases=unit.aliases,
            unit_kind=unit.kind,
            hr_source_id=source_of.get(unit.name),
            sort_no=index,
            support=unit.support if support_units is None else unit.name in support_units,
        )
        for index, unit in enumerate(pack.units)
    ]
    posts = [
        Position(ids.next(Position), post.name, post.rank, index)
        for index, post in enumerate(pack.positions)
    ]
    return [Change(None, record) for record in (*sources, *units, *posts)]


def _groups(pack: Pack, ids: IdSource, made: list[Record]) -> list[AnyChange]:
    units = {u.name: u.id for u in made if isinstance(u, OrgUnit)}
    numbers = (*(g.no for g in pack.groups), *(g.no for g in pack.mobile_groups))
    group_ids = {no: ids.next(Group) for no in numbers}
    records: list[Record] = [
        *_backend_groups(pack, units, group_ids),
        *_mobile_groups(pack, units, group_ids),
    ]
    for index, mapping in enumerate(pack.mappings):
        goes = (group_ids[mapping.backend], group_ids[mapping.mobile])
        records.append(
            GroupMapping(ids.next(GroupMapping), *goes, rule_to_text(mapping.rule), index)
        )
    for number in pack.admin_numbers:
        group_id = group_ids.get(number.mobile_group)
        records.append(AdminNumber(ids.next(AdminNumber), number.no, group_id=group_id))
    return [Change(None, record) for record in records]


def _backend_groups(pack: Pack, units: dict[str, int], group_ids: dict[str, int]) -> list[Group]:
    return [
        Group(
            group_ids[plan.no],
            plan.no,
            plan.name,
            BACKEND,
            class_key=plan.class_id,
            aliases=plan.aliases,
            org_unit_id=units.get(plan.unit),
            admission_scope=plan.admission,
            purpose=plan.purpose,
            code=plan.code,
            rule=rule_to_text(plan.rule),
            source=plan.source,
            sort_no=index,
        )
        for index, plan in enumerate(pack.groups)
    ]


def _mobile_groups(pack: Pack, units: dict[str, int], group_ids: dict[str, int]) -> list[Group]:
    plans = {plan.no: plan for plan in pack.groups}
    return [
        Group(
            group_ids[mobile.no],
            mobile.no,
            mobile.name,
            MOBILE,
            backend_group_id=group_ids[mobile.backend],
            class_key=mobile.class_id,
            aliases=mobile.aliases,
            org_unit_id=units.get(plans[mobile.backend].unit),
            purpose=plans[mobile.backend].purpose,
            code=plans[mobile.backend].code,
            source=mobile.source,
            sort_no=len(pack.groups) + index,
        )
        for index, mobile in enumerate(pack.mobile_groups)
    ]
