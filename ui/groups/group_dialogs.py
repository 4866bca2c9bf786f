"""Dialogs of one group's entry: register, edit, dissolve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.groups.reading import Roll
from ui.shared.acting import act
from ui.shared.dialog import Choice
from ui.shared.record_form import Field, RecordForm, Verdict, wrong
from wxadmin.domain.group import (
    BACKEND,
    MOBILE,
    WECOM_KINDS,
    Group,
)
from wxadmin.domain.membership_rule import EVERYONE
from wxadmin.services.groups import DISSOLVED, STATES, Groups, NewGroup

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

ALL = "everyone"


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
            answer["wecom_kind"] or "",
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
        *_in_wecom(group),
        Field("created_on", "建立日期", "date", value=group.created_on if group else None,
              half=True),
        Field("planned_end_on", "计划解散", "date", half=True,
              value=group.planned_end_on if group else None),
        Field("allow_external", "允许外部人员在群", "tick",
              value=bool(group and group.allow_external)),
    ]  # fmt: skip


def _in_wecom(group: Group | None) -> list[Field]:
    """What a group is in WeCom: 部门群 and 全员群 follow the address book by themselves."""
    kinds = [("", "没有注明（按内部群）"), *((kind, kind) for kind in WECOM_KINDS)]
    kind = Field("wecom_kind", "在企业微信里是", "choice", choices=kinds, half=True,
                 value=group.wecom_kind if group else "",
                 hint="部门群、全员群自己增减成员，不开通知单")  # fmt: skip
    if group is None:
        return [kind]
    return [
        kind,
        Field("last_active_on", "最近有人说话", "date", value=group.last_active_on, half=True,
              hint="太久没有就算僵尸群"),
    ]  # fmt: skip


def _follows(value: Any, values: Mapping[str, Any]) -> Verdict | None:
    if values["side"] == BACKEND and isinstance(value, int):
        return wrong("后台群组不跟着别的群组；登记后用“改规则”写它自己的规则。")
    return None
