"""Members recorded from the desk: in and out, a stranger named, a console group put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.groups.outsider_dialog import ask_outsider
from ui.groups.person_search import PersonSearch
from ui.groups.reading import MemberRow, Roll
from ui.shared.acting import act
from ui.shared.dialog import Choice
from ui.shared.record_form import Field, RecordForm, Verdict, good, wrong
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.services.group_members import GroupMembers, Moved
from wxadmin.services.groups import Groups
from wxadmin.services.member_names import people_of_list
from wxadmin.services.order_drafts import ADD, LOOK, REMOVE
from wxadmin.services.outsiders import Outsiders

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

IN, OUT = "入群", "退群"


def said_of(moved: Moved) -> str:
    """What a recording did, in a few words."""
    return f"入群 {len(moved.joined)} 人，退群 {len(moved.left)} 人"


class MemberActs:
    """Everything that records who is really in the shown group."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

    def _members(self) -> GroupMembers:
        return GroupMembers(self._desk.context.services)

    def declare_new(self) -> None:
        """The group was just made and is empty."""
        if (shown := self._desk.shown()) is not None:
            _, line = shown
            act(self._desk.context, f"已登记“{line.group.name}”为新建群，现在是空的",
                lambda: self._members().declare_new(line.group))  # fmt: skip

    def record_done(self) -> None:
        """What she changed in the console: the ticked people are in, or out."""
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        lines = [row.line for row in self._desk.panel.ticked_rows() if row.line is not None]
        joining = [x.employee_id for x in lines if x.action == ADD and x.employee_id is not None]
        leaving = [x.employee_id for x in lines if x.action in (REMOVE, LOOK) and x.employee_id]
        outsiders = [x.name for x in lines if x.action == REMOVE and x.employee_id is None]
        act(self._desk.context, lambda moved: f"{line.group.name}：{said_of(moved)}",
            lambda: self._members().settle(line.group, joining, leaving, roll.picture,
                                           outsiders=outsiders))  # fmt: skip

    # -- in and out by hand -------------------------------------------------------------------

    def move(self, direction: str = IN) -> None:
        """Record single people as in or out; selected people stand there already."""
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        rows = [row for row in self._desk.panel.selected_rows() if row.employee_id is not None]
        chosen = [roll.picture.person(row.employee_id).emp_no for row in rows if row.employee_id]
        fields = [
            Field("people", "谁", "lines", required=True, value="\n".join(chosen), lines=4,
                  placeholder="一行一人：工号、姓名或群昵称", check=self._recognised),
            Field("on", "日期", "date", required=True, value=roll.picture.today, half=True),
            Field("reason", "原因", value="", half=True),
        ]  # fmt: skip
        answer = self._desk.context.messages.ask_form(
            f"登记{direction}：{line.group.name}", fields, f"登记{direction}",
            "群里已经加好、移出后在这里记一笔。",
        )  # fmt: skip
        if answer is None:
            return
        named = people_of_list(answer["people"].splitlines(), roll.picture)
        ids = [one.person.id for one in named if one.person is not None]
        do = self._members().join if direction == IN else self._members().leave
        act(self._desk.context, lambda moved: f"{line.group.name}：{said_of(moved)}",
            lambda: do(line.group, ids, roll.picture, on=answer["on"],
                       reason=answer["reason"]))  # fmt: skip

    def _recognised(self, text: Any, values: Mapping[str, Any]) -> Verdict | None:
        roll = self._desk.panel.roll
        assert roll is not None
        named = people_of_list(str(text).splitlines(), roll.picture)
        for one in named:
            if not one.candidates:
                return wrong(f"没有“{one.line}”这个人，请写工号。")
            if one.person is None:
                who = "、".join(f"{p.emp_no} {p.org_unit}" for p in one.candidates[:3])
                return wrong(f"“{one.line}”有{len(one.candidates)}人，请写工号：{who}。")
        return good("、".join(one.person.name for one in named[:8] if one.person))

    # -- strangers ----------------------------------------------------------------------------

    def identify(self, row: MemberRow) -> None:
        """Say who a stranger is: one of the people, or an outsider who may stay."""
        if (shown := self._desk.shown()) is None:
            return
        roll, line = shown
        name = row.name.removeprefix("“").removesuffix("”")
        search = PersonSearch(roll.workplace, roll.picture, left_too=True)
        form = RecordForm([Field("person", "他是花名册里的", required=True, check=search.check,
                                 placeholder="姓名、拼音、工号")])  # fmt: skip
        search.attach(form.boxes["person"].input)
        left = [Choice("是外部人员", "outsider")]
        if not roll.picture.takes_outsiders(line.group):
            left.append(Choice("本群允许外部人员", "allow"))
        acts = (Choice("以后再说", None), Choice("就是他", form, kind="filled"))
        answer = self._desk.ask(
            f"“{name}”是谁？", "认出来后按规则再判断该不该在群。", form, acts, left
        )
        if answer == "allow":
            self._allow_outsiders()
        elif answer == "outsider":
            self._mark_outsider(roll, line.group, name)
        elif answer is not None:
            person_id = search.read(str(answer["person"]))
            assert person_id is not None
            act(self._desk.context, f"已认出“{name}”：{roll.picture.person(person_id).name}",
                lambda: self._members().identify(line.group, name, person_id,
                                                 roll.picture))  # fmt: skip

    def _mark_outsider(self, roll: Roll, group: Group, name: str) -> None:
        """A stranger is of another company: of which, and brought in by whom."""
        told = ask_outsider(self._desk.context, name, roll.picture, group)
        if told is None:
            return
        told = replace(told, name=name)  # as the group's list has it
        outsiders = Outsiders(self._desk.context.services)
        act(self._desk.context, f"“{name}”已标为外部人员（{told.org}）",
            lambda: outsiders.mark(group, told, roll.picture))  # fmt: skip

    def _allow_outsiders(self) -> None:
        """Let the group have outsiders, if the policy lets it."""
        shown = self._desk.shown()
        assert shown is not None
        group = shown[1].group

        def do() -> int | None:
            if group.allow_external:
                raise UserError(f"“{group.name}”本来就允许外部人员。", "no_change")
            return Groups(self._desk.context.services).edit(
                group, replace(group, allow_external=True)
            )

        act(self._desk.context, f"“{group.name}”现在允许外部人员", do)
