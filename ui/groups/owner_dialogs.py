"""Dialogs about who owns and administers a group: set, handed over, ended, looked back on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.groups.person_search import PersonSearch
from ui.groups.reading import Roll
from ui.shared.acting import act
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Field, RecordForm, Verdict, wrong
from wxadmin.domain.group import BY_ADMIN_NUMBER, BY_OUTSIDER, BY_PERSON
from wxadmin.domain.person import Employee
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.group_owners import STOPPED, GroupOwners
from wxadmin.services.group_owners import Choice as Keeper

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

OTHER = "other number"
_OWN, _ADMIN = "owner", "admin"


class OwnerDialogs:
    """Each method asks, then acts; nothing is written when she turns back."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

    def set_owner(self) -> None:
        """群主: a person, a 群管理号 or an outsider; the former one stays in the history."""
        self._keeper(_OWN)

    def add_admin(self) -> None:
        """One more 群管理员 beside the owner."""
        self._keeper(_ADMIN)

    def _keeper(self, what: str) -> None:
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        search = PersonSearch(roll.workplace, roll.picture)
        form = RecordForm(_keeper_fields(roll, line, search, what))
        search.attach(form.boxes["person"].input)
        _show_one(form)
        form.changed.connect(lambda key: _show_one(form) if key == "kind" else None)
        title = "群主转让" if line.owner.kind else "指定群主"
        title = "设群管理员" if what == _ADMIN else title
        now = f"现在的群主：{line.owner.text or '没有'}。"
        acts = (Choice("取消", None), Choice(title, form, kind="filled"))
        answer = self._desk.ask(f"{title}：{line.group.name}", now, form, acts)
        if answer is not None:
            self._give(what, roll, line, _chosen(roll, search, answer), answer)

    def _give(
        self, what: str, roll: Roll, line: GroupLine, keeper: Keeper, answer: Mapping[str, Any]
    ) -> None:
        owners, group = GroupOwners(self._desk.context.services), line.group
        on, basis = answer["on"], answer["basis"]
        if what == _ADMIN:
            act(self._desk.context, f"{keeper.text} 已是“{group.name}”的群管理员",
                lambda: owners.add_admin(group, keeper, roll.duties, on=on,
                                         basis=basis))  # fmt: skip
            return
        by_number = answer["kind"] == BY_ADMIN_NUMBER and keeper.employee is not None
        give = owners.set_owner if by_number else owners.bind_owner
        act(self._desk.context, f"“{group.name}”的群主已是 {keeper.text}",
            lambda: give(group, keeper, roll.duties, on=on, basis=basis))  # fmt: skip

    def end_role(self) -> None:
        """End an admin's duty, or an owner who is bound in person."""
        if (shown := self._desk.shown()) is None:
            return
        _, line = shown
        held = [(a, "群管理员") for a in line.admins]
        held += [(line.owner, "群主")] if line.owner.role_id is not None else []
        if not held:
            self._desk.context.messages.toast("这个群没有另设的群主、群管理员。")
            return
        acts = [Choice(f"免去{what}{who.text}", who.role_id, "danger") for who, what in held]
        role_id = self._desk.context.messages.ask(
            f"免去群职务：{line.group.name}", "职务从今天起结束，历史保留。",
            acts=[Choice("不免", None), *acts],
        )  # fmt: skip
        if isinstance(role_id, int):
            act(self._desk.context, "已免去群职务",
                lambda: GroupOwners(self._desk.context.services).end_role(role_id))  # fmt: skip

    def history(self) -> None:
        """Who has owned and administered the group, from when until when."""
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        roles = GroupOwners(self._desk.context.services).roles_of(line.group.id)
        things = []
        for role in roles:
            person = roll.picture.person(role.employee_id) if role.employee_id else None
            number = roll.duties.numbers.get(role.admin_number_id or 0)
            who = person.name if person else role.external_name
            who = who or (f"{number.seq}号群管理号" if number else "")
            until = f"至 {role.to_on}" if role.to_on else "至今"
            things.append(Thing(who, f"{role.role}　{role.basis}", f"{role.from_on} {until}"))
        reason = "" if things else "还没有单独登记过群主、群管理员。"
        self._desk.context.messages.ask(f"群职务历史：{line.group.name}", reason, things=things)


def _keeper_fields(roll: Roll, line: GroupLine, search: PersonSearch, what: str) -> Sequence[Field]:
    number = line.admin_number
    kinds: list[tuple[Any, str]] = [(BY_PERSON, "个人"), (BY_OUTSIDER, "外部人员")]
    if what == _OWN:
        if number is not None:
            kinds.insert(0, (BY_ADMIN_NUMBER, f"{number.seq}号群管理号，交给保管人"))
        kinds.append((OTHER, "另一个群管理号"))
    free: list[tuple[Any, str]] = [
        (n.id, f"{n.seq}号群管理号")
        for n in sorted(roll.duties.numbers.values(), key=lambda n: n.seq)
        if n.group_id is None and n.state != STOPPED
    ]
    return [
        Field("kind", "由谁", "choice", required=True, choices=kinds, value=kinds[0][0],
              check=_named),
        Field("person", "接任人" if what == _OWN else "姓名", check=search.check,
              placeholder="姓名、拼音、工号"),
        Field("number", "空闲的群管理号", "choice", choices=free),
        Field("outsider", "外部人员姓名"),
        Field("on", "日期", "date", required=True, value=roll.picture.today, half=True),
        Field("basis", "依据", required=True, half=True, placeholder="交接单、某领导指定"),
    ]  # fmt: skip


def _named(kind: Any, values: Mapping[str, Any]) -> Verdict | None:
    """Whoever is chosen must be named in the field that goes with the choice."""
    key, label = {BY_OUTSIDER: ("outsider", "外部人员的姓名"), OTHER: ("number", "群管理号")}.get(
        kind, ("person", "接任的人")
    )
    return None if values[key] else wrong(f"请填{label}。")


def _show_one(form: RecordForm) -> None:
    """Only the field the chosen kind needs."""
    kind = form.values()["kind"]
    for key, kinds in (
        ("person", (BY_PERSON, BY_ADMIN_NUMBER)),
        ("number", (OTHER,)),
        ("outsider", (BY_OUTSIDER,)),
    ):
        box = form.boxes[key]
        box.setVisible(kind in kinds)
        box.input.setEnabled(kind in kinds)


def _chosen(roll: Roll, search: PersonSearch, answer: Mapping[str, Any]) -> Keeper:
    if answer["kind"] == BY_OUTSIDER:
        return Keeper(outsider=answer["outsider"])
    if answer["kind"] == OTHER:
        return Keeper(number=roll.duties.numbers[answer["number"]])
    person_id = search.read(answer["person"])
    assert person_id is not None
    return Keeper(employee=roll.workplace.store.get(Employee, person_id))
