"""账号去向: what becomes of each account of a leaver; 转交 and 重新分配 name who takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import Field, RecordForm
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.person import Employee
from wxadmin.domain.phones import spaced_phone
from wxadmin.services.candidates import Candidates
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.handover import TO_SOMEBODY, Fate, Handover

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk


class FateQuestion:
    """One account: what becomes of it, on which word, and who takes it."""

    def __init__(self, desk: ChecklistsDesk, view: ChecklistView, fate: Fate) -> None:
        self._desk, self._fate = desk, fate
        basis = f"{view.title} {view.event}"
        choices = [(option, option) for option in fate.options]
        self.form = RecordForm([
            Field("fate", "去向", "choice", required=True, choices=choices, value=fate.usual,
                  half=True, hint="制度通常的做法已选好" ),
            Field("basis", "凭据", required=True, value=basis, half=True,
                  hint="转交、重新分配要有单子编号"),
        ])  # fmt: skip
        self.picker = RecordPicker("接收人", Candidates(desk.context.services).people, rows=4)
        self.body = region(down(self.form, self.picker, gap=4))
        self.form.changed.connect(lambda _: self._show_picker())
        self._show_picker()

    def _show_picker(self) -> None:
        self.picker.setVisible(self.form.values()["fate"] in TO_SOMEBODY)

    def answer(self, _: Any) -> dict[str, Any] | None:
        """What she chose, once it is complete."""
        if not self.form.accepted():
            return None
        values = self.form.values()
        if values["fate"] in TO_SOMEBODY and self.picker.value() is None:
            self.picker.say("请先找到接收人。")
            self.picker.setFocus()
            return None
        return {**values, "to": self.picker.value()}

    def do(self, answer: dict[str, Any]) -> Any:
        """Decide."""
        services = self._desk.context.services
        to = services.store.get(Employee, answer["to"]) if answer["to"] is not None else None
        to = to if answer["fate"] in TO_SOMEBODY else None
        return Handover(services).dispose(
            self._fate.account, answer["fate"], to=to, basis=answer["basis"]
        )


def decide(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """Ask account by account; each decision is one act with its own undo."""
    person = view.look.checklist.employee_id
    assert person is not None
    found = Handover(desk.context.services).fates(person)
    if not found:
        desk.context.messages.toast(f"{view.name}名下没有还在用的账号。")
        return
    for number, fate in enumerate(found, start=1):
        account = fate.account
        which = f"（{number}/{len(found)}）" if len(found) > 1 else ""
        question = FateQuestion(desk, view, fate)
        dialog = ActingDialog(
            desk.context.messages.window(),
            f"定账号去向{which}：{account.wecom_userid or account.account_no}",
            question.body,
            (Choice("以后再定"), Choice("就这样定", "decide", kind="filled")),
            question.do,
            question.answer,
            f"{view.name}　{spaced_phone(account.mobile) or '没有登记号码'}　现为“{account.state}”",
        )
        before = newest(desk.context)
        if dialog.run() is None:
            return
        tell(desk.context, f"已定{view.name}的账号去向", dialog.outcome, before)
