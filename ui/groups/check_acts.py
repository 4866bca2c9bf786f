"""What is done about one check: its number, a conclusion with a note, the four lists, reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from ui import style
from ui.shared.acting import act, ask_and_act
from ui.shared.columns import Column, Person
from ui.shared.dialog import Choice, Dialog, Thing
from ui.shared.inputs import ChoiceInput
from ui.shared.layouts import across, down, region
from ui.shared.paper_out import PaperJob, print_paper, save_paper
from ui.shared.record_form import Field, Verdict, wrong
from ui.shared.rows import RowsInMemory
from ui.shared.saving import ask_where
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from wxadmin.domain.group_checks import CHOICES, FINDINGS, LIST_WANTED, NEED_NOTE
from wxadmin.services.check_report import CheckReports
from wxadmin.services.check_rounds import CheckRounds, RoundLine, RoundView
from wxadmin.services.group_checks import About, CheckView, GroupChecks
from wxadmin.services.group_faults import GroupFaults

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

_RESULTS = ("已移出", "已加入", "已改群昵称", "已查明，不用改")
_LINES = (
    Column("name", "姓名", 90, kind="person", sortable=False, value=lambda line: Person(line.name)),
    Column("nickname", "群昵称", 130, stretch=1, sortable=False),
    Column("reason", "说明", 190, stretch=2, tone="ink2", sortable=False),
    Column("result", "处理结果", 110, sortable=False, expected=True),
)


class CheckActs:
    """The dialogs of checks; each writes one act with 撤销."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

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

        if act(self._desk.context, lambda view: f"{group.name}：{_counted(view)}", do):
            self.look(made[0])

    def log(self) -> None:
        """核查记录 of the shown group."""
        shown = self._desk.shown()
        if shown is None:
            return
        group = shown[1].group
        views = GroupChecks(self._desk.context.services).log(group)
        things = [
            Thing(f"{view.check.checked_on or '—'}", _told(view), view.check.state)
            for view in views[:60]
        ]
        left = [Choice("看最近一次的问题", "look")] if views and views[0].lines else []
        answer = self._desk.context.messages.ask(
            f"核查记录：{group.name}", "" if views else "还没有核查过。", things, left=left,
            acts=[Choice("知道了", None, kind="filled")],
        )  # fmt: skip
        if answer == "look":
            self.look(views[0])

    # -- the four lists -------------------------------------------------------------------------

    def look(self, view: CheckView) -> None:
        """The four lists of a check; ticked lines get a result."""
        dialog = FindingsDialog(self._desk.window(), view)
        answer = dialog.run()
        if answer is None:
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

    def report_menu(self, button: QWidget, view: RoundView) -> None:
        """The report of a round: paper, PDF, workbook, and what is to be mended."""
        key = str(view.round.id)
        menu = QMenu(self._desk)
        for text, do in (
            ("打印…", lambda: self._paper(key, print_paper)),
            ("存为PDF", lambda: self._paper(key, save_paper)),
            ("存为表格", lambda: self.save_report(key, tasks=False)),
            ("整改清单存为表格", lambda: self.save_report(key, tasks=True)),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

    def _paper(self, key: str, out: Callable[..., None]) -> None:
        reports = CheckReports(self._desk.context.services)
        report = reports.of(key)
        out(self._desk.context, PaperJob(
            lambda measure, progress: reports.pages(report, measure), report.title,
            f"{report.title}.pdf"))  # fmt: skip

    def save_report(self, key: str, *, tasks: bool) -> None:
        """The report, or what is to be mended, as a workbook."""
        context = self._desk.context
        reports = CheckReports(context.services)
        report = reports.of(key)
        what = "整改清单" if tasks else "报告"
        path = ask_where(self._desk, f"核查{what}", f"{report.title}{what}.xlsx")
        if path is None:
            return
        write = reports.task_workbook if tasks else reports.workbook
        context.jobs.run(
            lambda progress, cancelled: write(report, path),
            lambda rows: context.messages.toast(f"已存 {rows} 行到 {path.name}"),
            caption=f"正在写 {path.name}", written="只写这一个文件，登记不动。",
        )  # fmt: skip


class FindingsDialog(Dialog):
    """应加未加, 不应在群, 未实名, 昵称不符: one table, ticked lines get a result."""

    def __init__(self, parent: QWidget, view: CheckView) -> None:
        self.table = Table(
            _LINES, "核查发现的问题", [GroupHeading(one, one) for one in FINDINGS], checkable=True,
            tickable=lambda line: not line.result,
        )  # fmt: skip
        lines = [line for line in view.lines if line.finding in FINDINGS]
        self.table.show_rows(RowsInMemory(
            lines, key=lambda line: line.id, group=lambda line: line.finding))  # fmt: skip
        self.table.setFixedHeight(max(min(parent.window().height() - 260, 420), 160))
        self._result = ChoiceInput([(one, one) for one in _RESULTS], "处理结果")
        self._result.setAccessibleName("处理结果")
        self._said = Text("勾上办好的，选处理结果，再登记。", 12, tone="ink3")
        row = across(self._said, None, self._result, gap=8)
        acts = [Choice("关闭", None)]
        if view.open_lines or view.check.state == "待整改":
            acts.append(Choice("登记处理结果", True, kind="filled"))
        title = f"{view.check.group_name}：{_counted(view)}"
        body = region(down(self.table, row, gap=8))
        super().__init__(parent, title, view.check.note, body=body, acts=acts)
        self.setFixedWidth(style.px(min(parent.window().width() - 120, 760)))
        self._has_lines = bool(view.open_lines)

    def chosen(self) -> list[int]:
        """The ids of the ticked lines."""
        return [key for key in self.table.ticked_ids() if isinstance(key, int)]

    def result_text(self) -> str:
        """What became of them."""
        return str(self._result.value() or "")

    def _choose(self, value: Any) -> None:
        if value is not None and not self.result_text():
            self._said.setText("请选处理结果。")
            self._result.setFocus()
        elif value is not None and self._has_lines and not self.chosen():
            self._said.setText("请先勾上办好的。")
            self.table.setFocus()
        else:
            super()._choose(value)


def _counted(view: CheckView) -> str:
    found = [f"{finding}{len(view.of(finding))}人" for finding in FINDINGS if view.of(finding)]
    return "、".join(found) or "没有问题"


def _told(view: CheckView) -> str:
    check = view.check
    number = f"{check.actual}/{check.expected}人" if check.actual is not None else ""
    signed = f"签字{check.signed_by}" if check.signed_by else ""
    parts = (number, _counted(view), check.by, signed, check.note)
    return "　".join(part for part in parts if part)
