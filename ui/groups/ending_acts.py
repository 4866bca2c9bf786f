"""How groups end, or do not: merged into another, still in use, seen again after dissolving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.shared.acting import act, ask_and_act
from ui.shared.record_form import Field
from wxadmin.domain.errors import UserError
from wxadmin.services.group_endings import GroupEndings
from wxadmin.services.member_names import people_of_list

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk


class EndingActs:
    """Each asks what it needs and is one act with 撤销."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

    def merge(self) -> None:
        """并入别的群: the members are out of this one; the other's rule says who belongs there."""
        shown = self._desk.shown()
        if shown is None:
            return
        roll, group = shown[0], shown[1].group
        others = [
            (one.id, f"{one.name}（{one.group_no}）")
            for one in roll.picture.groups.values()
            if one.id != group.id and one.side == group.side
        ]
        fields = [
            Field("into", "并入哪个群", "choice", required=True, choices=others),
            Field("on", "哪一天", "date", required=True, value=roll.picture.today, half=True),
            Field("basis", "依据", required=True, half=True, placeholder="截图，或谁哪天说的"),
        ]
        endings = GroupEndings(self._desk.context.services)

        def do(values: dict[str, Any]) -> int | None:
            into = roll.picture.all_groups[values["into"]]
            return endings.merge(group, into, basis=values["basis"], on=values["on"])

        reason = "本群成员记为退出；该进新群的人由新群的规则列出。"
        ask_and_act(self._desk.context, f"把“{group.name}”并入别的群", fields, "并群", do,
                    f"“{group.name}”已并群", reason)  # fmt: skip

    def confirm_active(self) -> None:
        """确认在用: somebody wrote in it today, so it is not dormant."""
        shown = self._desk.shown()
        if shown is None:
            return
        group, endings = shown[1].group, GroupEndings(self._desk.context.services)
        act(self._desk.context, f"已记“{group.name}”今天有人说话",
            lambda: endings.confirm_active(group))  # fmt: skip

    def seen_again(self) -> None:
        """又看到群里有人: the group was not dissolved after all (解散未落实)."""
        shown = self._desk.shown()
        if shown is None:
            return
        roll, group = shown[0], shown[1].group
        fields = [Field("names", "看到了谁，一行一人", "lines", required=True, lines=5,
                        placeholder="林国栋\n00326")]  # fmt: skip

        def do(values: dict[str, Any]) -> int | None:
            named = people_of_list(values["names"].splitlines(), roll.picture)
            unknown = [one.line for one in named if one.person is None]
            if unknown:
                raise UserError(
                    f"认不出“{'、'.join(unknown)}”，请改写工号或全名。没有改动。", "nobody"
                )
            people = [one.person.id for one in named if one.person is not None]
            endings = GroupEndings(self._desk.context.services)
            return endings.seen_again(group, people, roll.picture)

        ask_and_act(self._desk.context, f"“{group.name}”里又看到人", fields, "记为解散未落实", do,
                    f"“{group.name}”记为解散未落实，请群主真正解散")  # fmt: skip
