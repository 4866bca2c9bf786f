"""Start a checklist by hand, for a person or a group; move its day 0."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ui.shared.acting import ask_and_act, newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import Field, RecordForm
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.candidates import Candidate, Candidates
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk


class Start:
    """The body of the dialog: which kind, for whom, from which day."""

    def __init__(self, desk: ChecklistsDesk) -> None:
        self._desk = desk
        self._subjects = {key: subject for key, _, _, subject in desk.kinds}
        self._candidates = Candidates(desk.context.services)
        choices = [(key, title) for key, title, _, _ in desk.kinds]
        self.form = RecordForm([
            Field("kind", "哪一种", "choice", required=True, choices=choices, value=desk.template,
                  half=True),
            Field("on", "第 0 天", "date", half=True, hint="不填就按人事清单上的日期"),
        ])  # fmt: skip
        self.picker = RecordPicker("给谁办", self._find, "姓名、拼音、工号；群写群名")
        self.body = region(down(self.form, self.picker, gap=4))
        self.form.changed.connect(lambda _: self.picker.search(self.picker.input.value()))

    def _find(self, typed: str) -> list[Candidate]:
        if self._subjects[self.form.values()["kind"]] == "person":
            return self._candidates.people(typed, leavers=True)
        return self._candidates.groups(typed)

    def answer(self, _: Any) -> dict[str, Any] | None:
        """What she chose, once it is complete."""
        if not self.form.accepted():
            return None
        if self.picker.value() is None:
            self.picker.say("请先找到是给谁办的，选中那一行。")
            self.picker.setFocus()
            return None
        return {**self.form.values(), "who": self.picker.value()}

    def do(self, answer: dict[str, Any]) -> int:
        """Start it, or continue the open one."""
        store = self._desk.context.services.store
        to_person = self._subjects[answer["kind"]] == "person"
        on = answer["on"] if isinstance(answer["on"], date) else None
        return Checklists(self._desk.context.services).start(
            answer["kind"],
            person=store.get(Employee, answer["who"]) if to_person else None,
            group=None if to_person else store.get(Group, answer["who"]),
            event_on=on,
        )


def start(desk: ChecklistsDesk) -> None:
    """Ask and start; the new checklist is then the current one."""
    asked = Start(desk)
    dialog = ActingDialog(
        desk.context.messages.window(),
        "发起办理",
        asked.body,
        (Choice("取消"), Choice("发起", "start", kind="filled")),
        asked.do,
        asked.answer,
        "平常由花名册和离职清单自动发起；这里给等不及的人先办。已有在办的就接着办那一张。",
    )
    asked.picker.setFocus()
    before = newest(desk.context)
    if dialog.run() is None:
        return
    if newest(desk.context) != before:
        tell(desk.context, f"已发起，编号 {dialog.outcome}", dialog.outcome, before)
    desk.open(dialog.outcome)


def redate(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """The day has changed: every due date moves with it."""
    checklist = view.look.checklist
    store = desk.context.services.store

    def do(answer: dict[str, Any]) -> int:
        person = checklist.employee_id
        group = checklist.group_id
        return Checklists(desk.context.services).start(
            checklist.template,
            person=store.get(Employee, person) if person is not None else None,
            group=store.get(Group, group) if group is not None else None,
            event_on=answer["on"],
        )

    ask_and_act(
        desk.context, f"改第 0 天：{view.title} {view.name}",
        [Field("on", "第 0 天", "date", required=True, value=checklist.event_on)],
        "改日期", do, f"已改期：{view.name}，各步期限随之移动",
        f"现在是 {checklist.event_on}。人事清单上的日期请在人员里改。",
    )  # fmt: skip
