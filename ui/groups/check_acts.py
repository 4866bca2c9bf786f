"""What is done about one check: its number, a conclusion with a note, the four lists, reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.groups.check_dialogs import SIGN, FindingsDialog, LogDialog, counted
from ui.groups.check_papers import CheckPapers
from ui.shared.acting import act, ask_and_act
from ui.shared.dialog import Choice
from ui.shared.record_form import Field, Verdict, wrong
from wxadmin.domain.group_checks import CHOICES, LIST_WANTED, NEED_NOTE
from wxadmin.services.check_rounds import CheckRounds, RoundLine, RoundView
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_checks import About, GroupChecks
from wxadmin.services.group_faults import GroupFaults

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk


class CheckActs:
    """The dialogs of checks; each writes one act with 撤销."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk
        self.papers = CheckPapers(desk)

    # -- one group ------------------------------------------------------------------------------

    def check_one(self) -> None:
        """核查本群: first a number; only where it is off the list is wanted."""
        shown = self._desk.shown()
        if shown is None:
            return
        roll, group = shown[0], shown[1].group
        faults = GroupFaults(roll.workplace, roll.picture, roll.duties)
        fields = [
            Field("actual", "群里显示的人数", "number", required=True, half=True,
                  hint=f"应在 {faults.expectation(group).text}"),
            Field("signed", "签字人", half=True, hint="没有就空着"),
            Field("note", "备注"),
        ]  # fmt: skip
        checks = GroupChecks(self._desk.context.services)

        def do(values: dict[str, Any]) -> CheckView:
            about = About(note=values["note"] or "", signed_by=values["signed"] or "")
            return checks.count(group, values["actual"], roll.picture, roll.duties, about)

        def said(view: CheckView) -> str:
            if view.needs_list:
                word = "多" if view.off_by > 0 else "少"
                return f"{group.name}{word}{abs(view.off_by)}人，请取名单看是谁"
            return f"{group.name} {view.check.actual}人，数目一致，已记核查"

        asked = f"核查“{group.name}”"
        if ask_and_act(self._desk.context, asked, fields, "记下", do, said,
                       "先数人数；数目对得上就查完了，对不上再贴名单。"):  # fmt: skip
            last = checks.log(group)
            if last and last[0].needs_list:
                self._desk.take_list()

    def check_list(self) -> None:
        """Check the list of members as it was last taken: the four lists."""
        shown = self._desk.shown()
        if shown is None:
            return
        roll, group = shown[0], shown[1].group
        checks = GroupChecks(self._desk.context.services)
        made: list[CheckView] = []

        def do() -> CheckView:
            made.append(checks.with_list(group, roll.picture, roll.duties))
            return made[0]

        if act(self._desk.context, lambda view: f"{group.name}：{counted(view)}", do):
            self.look(made[0])

    def log(self) -> None:
        """核查记录 of the shown group."""
        shown = self._desk.shown()
        if shown is None:
            return
        group = shown[1].group
        checks = GroupChecks(self._desk.context.services)
        dialog = LogDialog(self._desk.window(), group.name, checks.log(group))
        answer, chosen = dialog.run(), dialog.chosen()
        if answer is None or chosen is None:
            return
        view = checks.view(chosen)
        if answer == "look":
            self.look(view)
        elif answer == SIGN:
            self.papers.sign(view)
        else:
            self.papers.out(view, answer)

    # -- the four lists -------------------------------------------------------------------------

    def look(self, view: CheckView) -> None:
        """The four lists of a check; ticked lines get a result."""
        dialog = FindingsDialog(self._desk.window(), view)
        answer = dialog.run()
        if answer is None:
            return
        if answer is not True:
            self.papers.out(view, answer)
            return
        ids, result = dialog.chosen(), dialog.result_text()
        checks = GroupChecks(self._desk.context.services)
        act(self._desk.context, f"{view.check.group_name}：{len(ids) or ''}处{result}",
            lambda: checks.resolve(checks.view(view.check.id), result, ids or None))  # fmt: skip

    def decide(self, line: RoundLine, take_list: Callable[[RoundLine], None]) -> None:
        """An odd group: a conclusion by choice, with a note."""
        keys = [key for key in CHOICES if key != LIST_WANTED]
        fields = [
            Field("choice", "结论", "choice", required=True,
                  choices=[(key, CHOICES[key][0]) for key in keys]),
            Field("note", "备注", required=NEED_NOTE.issuperset(keys),
                  hint="写明情况，报告里会印出来"),
        ]  # fmt: skip
        reason = "；".join(line.anomalies)
        if line.view.needs_list:
            word = "多" if line.view.off_by > 0 else "少"
            off = f"应在 {line.check.expected} 人，群里显示 {line.check.actual} 人，"
            reason = f"{off}{word} {abs(line.view.off_by)} 人。" + (f"\n{reason}" if reason else "")
            answer = self._desk.context.messages.ask(
                f"{line.check.group_name}：数目不符", reason,
                acts=[Choice("以后再说", None), Choice("贴名单", "list", kind="filled")],
                left=[Choice("写结论", "choice", icon="note")],
            )  # fmt: skip
            if answer == "list":
                take_list(line)
            if answer != "choice":
                return
        rounds = CheckRounds(self._desk.context.services)
        ask_and_act(
            self._desk.context, f"{line.check.group_name}：定结论", fields, "定下",
            lambda values: rounds.settle(line, values["choice"], values["note"] or ""),
            f"{line.check.group_name}：已定", reason,
        )  # fmt: skip

    # -- the round ------------------------------------------------------------------------------

    def close_round(self, view: RoundView) -> None:
        """End a round; groups nobody came to must be let go by name."""
        rounds = CheckRounds(self._desk.context.services)
        left = len(view.left)

        def check(value: Any, _: Any) -> Verdict | None:
            return None if value or not left else wrong(f"还有 {left} 个群没查，查完或勾上这一项。")

        fields = [Field("signed", "审核签字人", hint="没有就空着，印出来再签")]
        if left:
            fields.append(Field("rest", f"没查的 {left} 个群本次不查", "tick", check=check,
                                required=True))  # fmt: skip
        todo = len(view.undecided)
        reason = (
            f"没定的 {todo} 个群转为待整改。" if todo else "结束后报告不再变，以后也能照样印出。"
        )
        ask_and_act(
            self._desk.context, f"结束{view.round.title}？", fields, "结束核查",
            lambda values: rounds.close(rounds.view(view.round), rest=bool(values.get("rest")),
                                        signed_by=values["signed"] or ""),
            f"已结束{view.round.title}", reason,
        )  # fmt: skip
