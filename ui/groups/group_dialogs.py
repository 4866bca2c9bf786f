"""Dialogs of one group: register, edit, dissolve; owner and admins, set and handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.groups.person_search import PersonSearch
from ui.groups.reading import Roll
from ui.shared.acting import act
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Field, RecordForm, Verdict, wrong
from wxadmin.domain.group import (
    BACKEND,
    BY_ADMIN_NUMBER,
    BY_OUTSIDER,
    BY_PERSON,
    MOBILE,
    WECOM_KINDS,
    Group,
)
from wxadmin.domain.membership_rule import EVERYONE
from wxadmin.domain.person import Employee
from wxadmin.services.group_owners import STOPPED, GroupOwners
from wxadmin.services.group_owners import Choice as Keeper
from wxadmin.services.groups import DISSOLVED, STATES, GroupLine, Groups, NewGroup

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

ALL, OTHER = "everyone", "other number"
_OWN, _ADMIN = "owner", "admin"


class GroupDialogs:
    """Each method asks, then acts; nothing is written when she turns back."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

    # -- the entry ----------------------------------------------------------------------------

    def register(self) -> None:
        """登记新群: a mobile group follows a back-end group, or gets a rule of its own later."""
        roll = self._desk.panel.roll
        if roll is None:
            return
        services = self._desk.context.services
        backends: list[tuple[Any, str]] = [
            (line.group.id, f"{line.group.name}（{line.group.group_no}）")
            for line in roll.lines.values()
            if line.group.side == BACKEND and line.group.state != DISSOLVED
        ]
        backends.append((ALL, "不对应后台群组：先定为全体在职人员，再改规则"))
        form = RecordForm([
            Field("name", "群名称", required=True),
            Field("side", "端", "choice", required=True, value=MOBILE, half=True,
                  choices=[(MOBILE, "手机端"), (BACKEND, "后台")]),
            Field("group_no", "编号", value=Groups(services).free_number(MOBILE), half=True,
                  hint="空着就取下一个"),
            Field("backend", "成员规则按", "choice", choices=backends, check=_follows,
                  hint="手机端群组的成员跟着所选的后台群组"),
            *_described(roll, None),
        ])  # fmt: skip
        form.changed.connect(lambda key: form.set_values(
            {"group_no": Groups(services).free_number(form.values()["side"])}
        ) if key == "side" else None)  # fmt: skip
        answer = self._ask_form("登记新群", "", form, "登记新群")
        if answer is not None:
            self._register(roll, answer)

    def _register(self, roll: Roll, answer: Mapping[str, Any]) -> None:
        backend = answer["backend"]
        new = NewGroup(
            answer["name"],
            answer["side"],
            answer["group_no"],
            roll.picture.all_groups[backend] if isinstance(backend, int) else None,
            answer["class_key"] or "",
            answer["org_unit_id"],
            EVERYONE if backend == ALL else None,
            answer["purpose"],
            answer["created_on"] or None,
            answer["planned_end_on"] or None,
            answer["allow_external"],
        )
        act(self._desk.context, lambda made: f"已登记新群 {made[0].group_no} {made[0].name}",
            lambda: self._made(Groups(self._desk.context.services).register(new)))  # fmt: skip

    def _made(self, made: tuple[Group, int | None]) -> tuple[Group, int | None]:
        self._desk.wanted = made[0].id
        return made

    def edit(self) -> None:
        """Name, aliases, purpose and the rest of a group's entry."""
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        group = line.group
        fields = [
            Field("name", "群名称", required=True, value=group.name,
                  hint="改名后旧名称留作别名，仍能找到"),
            Field("aliases", "别名", value="、".join(group.aliases), half=True,
                  placeholder="用、分开"),
            Field("group_no", "编号", required=True, value=group.group_no, half=True),
            Field("state", "状态", "choice", required=True, value=group.state, half=True,
                  choices=[(state, state) for state in STATES
                           if state != DISSOLVED or group.state == DISSOLVED]),
            Field("remark", "备注", value=group.remark, half=True),
            *_described(roll, group),
        ]  # fmt: skip
        answer = self._ask_form(f"修改群组：{group.name}", "", RecordForm(fields), "保存修改")
        if answer is None:
            return
        answer["aliases"] = tuple(filter(None, answer["aliases"].replace(",", "、").split("、")))
        empty = {"created_on": None, "planned_end_on": None, "last_active_on": None}
        edited = replace(group, **{k: v or empty.get(k, v) for k, v in answer.items()})
        act(self._desk.context, f"已修改“{edited.name}”",
            lambda: Groups(self._desk.context.services).edit(group, edited))  # fmt: skip

    def dissolve(self) -> None:
        """解散: members are out, duties end, the number is free; 撤销 brings all of it back."""
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        fields = [
            Field("on", "解散日期", "date", required=True, value=roll.picture.today, half=True),
            Field("reason", "原因", required=True, half=True),
            Field("proof", "依据", required=True,
                  hint="解散截图的文件位置，或群主的话，如：林国栋 11-20 说已解散"),
        ]  # fmt: skip
        answer = self._desk.context.messages.ask_form(
            f"解散“{line.group.name}”", fields, "解散",
            "成员记为退出，群主和群管理号随之解除；在企业微信里解散后再登记。",
        )  # fmt: skip
        if answer is not None:
            act(self._desk.context, f"已解散“{line.group.name}”",
                lambda: Groups(self._desk.context.services).dissolve(
                    line.group, on=answer["on"], reason=answer["reason"],
                    proof=answer["proof"]))  # fmt: skip

    # -- owner and admins ---------------------------------------------------------------------

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
        answer = self._ask_form(f"{title}：{line.group.name}", now, form, title)
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
        acts = [Choice(f"免去{what}{who.text}", who.role_id, "plain") for who, what in held]
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

    def _ask_form(
        self, sentence: str, reason: str, form: RecordForm, word: str
    ) -> dict[str, Any] | None:
        acts = (Choice("取消", None), Choice(word, form, kind="filled"))
        answer: dict[str, Any] | None = self._desk.ask(sentence, reason, form, acts)
        return answer


# -- fields -------------------------------------------------------------------------------------


def _described(roll: Roll, group: Group | None) -> list[Field]:
    """The fields a new group and an edited one have in common."""
    classes = [(one.id, one.name) for one in roll.picture.pack.group_classes]
    tree = roll.picture.tree
    root = tree.root()
    tops = [root, *tree.children(root.id)] if root else tree.children(None)
    units: list[tuple[Any, str]] = [(u.id, tree.text(u.id) or u.name) for u in tops]
    own = group.org_unit_id if group else None
    if own is not None and own not in {unit_id for unit_id, _ in units}:
        units.append((own, tree.text(own)))
    return [
        Field("class_key", "群类别", "choice", choices=classes, half=True,
              value=group.class_key if group else None),
        Field("org_unit_id", "所属单位", "choice", choices=units, value=own, half=True),
        Field("purpose", "建群目的", value=group.purpose if group else ""),
        *([] if group is None else _in_wecom(group)),
        Field("created_on", "建立日期", "date", value=group.created_on if group else None,
              half=True),
        Field("planned_end_on", "计划解散", "date", half=True,
              value=group.planned_end_on if group else None),
        Field("allow_external", "允许外部人员在群", "tick",
              value=bool(group and group.allow_external)),
    ]  # fmt: skip


def _in_wecom(group: Group) -> list[Field]:
    """What a group is in WeCom: 部门群 and 全员群 follow the address book by themselves."""
    kinds = [("", "没有注明（按内部群）"), *((kind, kind) for kind in WECOM_KINDS)]
    return [
        Field("wecom_kind", "在企业微信里是", "choice", choices=kinds, value=group.wecom_kind,
              half=True, hint="部门群、全员群自己增减成员，不开通知单"),
        Field("last_active_on", "最近有人说话", "date", value=group.last_active_on, half=True,
              hint="太久没有就算僵尸群"),
    ]  # fmt: skip


def _follows(value: Any, values: Mapping[str, Any]) -> Verdict | None:
    if values["side"] == BACKEND and isinstance(value, int):
        return wrong("后台群组不跟着别的群组；登记后用“改规则”写它自己的规则。")
    return None


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
