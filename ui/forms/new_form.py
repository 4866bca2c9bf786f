"""填新表: which kind, for which request, for whom or which group; the draft is then filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import Field, RecordForm, wrong
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.form_definition import FormDefinition
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.candidates import Candidate, Candidates
from wxadmin.services.form_batch import BatchForms
from wxadmin.services.form_shelf import ACCOUNT_BATCH
from wxadmin.services.people import person_called

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

PERSON, GROUP, MANY, NOBODY = "person", "group", "many", "nobody"
ASKED = {
    PERSON: "请先找到这个人：打姓名、拼音或工号，再选一行。",
    GROUP: "请先找到这个群，再选一行。",
}
_BETWEEN = re.compile(r"[\s、，,；;]+")


def about(kind: FormDefinition) -> str:
    """Say what a kind of form is about: somebody, a group, many people, or nothing known."""
    if kind.id == ACCOUNT_BATCH:
        return MANY
    sources = {field.source for field in kind.fields}
    if "group.name" in sources and "employee.id" not in sources:  # a new group has an applicant
        return GROUP
    return PERSON if "employee.name" in sources or kind.has("emp_no") else NOBODY


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drafted: for the person or group of an id, or for many people."""

    kind: str
    request: str
    who: int | None = None
    people: tuple[str, ...] = ()


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
            Field("people", "名单", "lines", required=True, lines=6,
                  hint="每行一人，写工号；可从表格粘贴一列"),
        ])  # fmt: skip
        self.picker = RecordPicker("给谁填", self._find)
        self.group_picker = RecordPicker("哪个群", self._candidates.groups, "群名称、编号")
        self.body = region(down(self.form, self.picker, self.group_picker, gap=4))
        self.form.changed.connect(lambda key: self._offer() if key == "kind" else None)
        self._offer()

    def _find(self, typed: str) -> list[Candidate]:
        """Who may be meant; leavers too, for their accounts are stopped and handed over."""
        return self._candidates.people(typed, leavers=True)

    @property
    def _kind(self) -> FormDefinition:
        return self._kinds[self.form.values()["kind"]]

    def _offer(self) -> None:
        """The kinds of request this form knows, and what it is about."""
        kind = self._kind
        has = kind.has("request_kind")
        choices = self._desk.forms.choices(kind.id, "request_kind") if has else ()
        self.form.set_choices("request_kind", [(choice, choice) for choice in choices])
        self.form.set_values({"request_kind": choices[0] if choices else None})
        self.form.boxes["request_kind"].setVisible(len(choices) > 1)
        what = about(kind)
        self.form.boxes["people"].setVisible(what == MANY)
        self.picker.setVisible(what == PERSON)
        self.group_picker.setVisible(what == GROUP)

    def answer(self, _: Any) -> Wanted | None:
        """Kind, request and whom it is for, once all are chosen."""
        values, what = self.form.values(), about(self._kind)
        request = values["request_kind"] or ""
        if what == MANY:
            people = tuple(filter(None, _BETWEEN.split(values["people"] or "")))
            if not people:
                self.form.say("people", wrong("请写名单，每行一个工号或姓名。"))
                return None
            return Wanted(values["kind"], request, people=people)
        if what == NOBODY:
            return Wanted(values["kind"], request)
        picker = self.picker if what == PERSON else self.group_picker
        who = picker.value()
        if who is None:
            picker.say(ASKED[what])
            picker.setFocus()
            return None
        return Wanted(values["kind"], request, who)

    def draft(self, wanted: Wanted) -> Form:
        """Draft the form with everything that is known."""
        services = self._desk.context.services
        if wanted.people:
            return BatchForms(services).draft(self._called(wanted.people))
        person = group = None
        if about(self._kinds[wanted.kind]) == GROUP:
            group = services.store.get(Group, wanted.who)
        elif wanted.who is not None:
            person = services.store.get(Employee, wanted.who)
        typed = {"request_kind": wanted.request} if wanted.request else None
        return self._desk.forms.draft(wanted.kind, person=person, group=group, typed=typed)

    def _called(self, names: tuple[str, ...]) -> list[Employee]:
        """The people of a list; names that fit nobody are told all at once."""
        found, unknown = [], []
        for name in names:
            try:
                found.append(person_called(self._desk.context.services, name))
            except UserError as refusal:
                unknown.append(f"{name}：{refusal.message}")
        if unknown:
            raise UserError(
                f"名单里有{len(unknown)}个认不出，没有起草。", "no_person", tuple(unknown)
            )
        return list({one.id: one for one in found}.values())


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
    for picker in (asked.picker, asked.group_picker):
        picker.decided.connect(lambda: dialog.buttons[-1].click())
    asked.form.changed.connect(lambda key: dialog.adjustSize() if key == "kind" else None)
    asked.picker.setFocus()
    before = newest(desk.context)
    if dialog.run() is None:
        return None
    form: Form = dialog.outcome
    if newest(desk.context) != before:
        tell(desk.context, f"已起草 {form.number}", form, before)
    return form.number
