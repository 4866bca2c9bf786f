"""填新表: which kind, for which request, for whom; the draft is then filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import Field, RecordForm
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.services.candidates import Candidate, Candidates

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk


class NewForm:
    """The body of the dialog, and what it answers."""

    def __init__(self, desk: FormsDesk) -> None:
        self._desk = desk
        forms = desk.forms
        kinds_first_marked = sorted(forms.kinds(), key=lambda kind: not kind.layout.mark)
        self._kinds = {kind.id: kind for kind in kinds_first_marked}
        self._candidates = Candidates(desk.context.services)
        kinds = [(key, forms.shelf.title(kind)) for key, kind in self._kinds.items()]
        first = next(iter(self._kinds))
        self.form = RecordForm([
            Field("kind", "哪一种表", "choice", required=True, choices=kinds, value=first),
            Field("request_kind", "申请类别", "choice"),
        ])  # fmt: skip
        self.picker = RecordPicker("给谁填", self._find)
        self.body = region(down(self.form, self.picker, gap=4))
        self.form.changed.connect(lambda key: self._offer() if key == "kind" else None)
        self._offer()

    def _find(self, typed: str) -> list[Candidate]:
        """Who may be meant; leavers too, for their accounts are stopped and handed over."""
        return self._candidates.people(typed, leavers=True)

    def _offer(self) -> None:
        """The kinds of request this form knows."""
        kind = self._kinds[self.form.values()["kind"]]
        has = kind.has("request_kind")
        choices = self._desk.forms.choices(kind.id, "request_kind") if has else ()
        self.form.set_choices("request_kind", [(choice, choice) for choice in choices])
        self.form.set_values({"request_kind": choices[0] if choices else None})
        self.form.boxes["request_kind"].setVisible(has)

    def answer(self, _: Any) -> tuple[str, str, int] | None:
        """Kind, request and person, once all are chosen."""
        who = self.picker.value()
        if who is None:
            self.picker.say("请先找到这个人：打姓名、拼音或工号，再选一行。")
            self.picker.setFocus()
            return None
        values = self.form.values()
        return values["kind"], values["request_kind"] or "", who

    def draft(self, answer: tuple[str, str, int]) -> Form:
        """Draft the form with everything that is known."""
        kind, request, who = answer
        person = self._desk.context.services.store.get(Employee, who)
        typed = {"request_kind": request} if request else None
        return self._desk.forms.draft(kind, person=person, typed=typed)


def ask_new_form(desk: FormsDesk) -> str | None:
    """Ask for kind and person, draft, and answer with the number; None when she turned back."""
    asked = NewForm(desk)
    dialog = ActingDialog(
        desk.context.messages.window(),
        "填新表",
        asked.body,
        (Choice("取消"), Choice("起草", "draft", kind="filled")),
        asked.draft,
        asked.answer,
        "知道的都会先填好；已有没交的草稿就接着填那一张。",
    )
    asked.picker.decided.connect(lambda: dialog.buttons[-1].click())
    asked.picker.setFocus()
    before = newest(desk.context)
    if dialog.run() is None:
        return None
    form: Form = dialog.outcome
    if newest(desk.context) != before:
        tell(desk.context, f"已起草 {form.number}", form, before)
    return form.number
