"""Forms: drafted with what is known, moved along their route, printed, and carried out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import DRAFTS, MOVES, OPENED, RETURNED, Form, FormStep
from wxadmin.domain.group import Group
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position
from wxadmin.domain.person import Employee
from wxadmin.progress import Progress, silent
from wxadmin.services.form_board import FormBoard, FormLine, reminder
from wxadmin.services.form_draft import Drafting
from wxadmin.services.form_fields import FormFields
from wxadmin.services.form_mails import Mail, done_mail, opened_mail, request_mail, return_mail
from wxadmin.services.form_moves import FormMoves, Wish
from wxadmin.services.form_own_post import own_post_note, warning_before
from wxadmin.services.form_paper import FormPaper
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.form_views import FormSheetView, Moved, Printing
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition, FormField
    from wxadmin.paper.items import Measure, Page
    from wxadmin.services.form_preview import CompletionPreview

__all__ = ["FormSheetView", "Forms", "Moved", "Printing"]


class Forms:
    """What can be done with forms; every act is one operation with one undo."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self.shelf = Shelf(workplace)

    # -- reading ------------------------------------------------------------------------------
    def kinds(self) -> list[FormDefinition]:
        """Return the kinds of form there are."""
        return list(self.shelf.forms.values())

    def called(self, number: str) -> Form:
        """Return a form by its number. Raises `UserError` where there is none."""
        found = self._store.find(Form, number=number.strip())
        if not found:
            raise UserError(f"没有编号为“{number}”的表单。", "no_form")
        return found[0]

    def lines(self, forms: Sequence[Form] | None = None) -> list[FormLine]:
        """Return the forms as the desk shows them, the newest first."""
        return FormBoard(self._workplace, self.shelf).lines(forms)

    def line(self, form: Form) -> FormLine:
        """Return one form as the desk shows it."""
        return self.lines([form])[0]

    def view(self, number: str) -> FormSheetView:
        """Return one form with its values, what is wrong with them, and its decisions."""
        form = self.called(number)
        definition = self.shelf.definition_of(form)
        steps = sorted(self._store.find(FormStep, form_id=form.id), key=lambda s: s.seq)
        known = dict(form.values)
        values = {field.name: known.get(field.name, "") for field in definition.fields}
        problems = self.moves.problems(form) if form.state in DRAFTS else {}
        warning = own_post_note(self._workplace, form, self.moves)
        return FormSheetView(
            self.line(form), form, definition, values, problems, tuple(steps), warning
        )

    def field_problem(self, kind: str, field: str | FormField, typed: str) -> str:
        """Say what is wrong with what was typed in a field, "" where nothing is.

        The field of a form of a former version is given itself: the kind may not know it any more.
        """
        fields = FormFields(self._workplace, self.shelf.definition(kind))
        known = fields.named(field) if isinstance(field, str) else field
        return fields.problem(known, typed)

    def choices(self, kind: str, field: str | FormField) -> tuple[str, ...]:
        """Return what may be chosen in a field, () where anything may be typed."""
        fields = FormFields(self._workplace, self.shelf.definition(kind))
        return fields.choices(fields.named(field) if isinstance(field, str) else field)

    @property
    def moves(self) -> FormMoves:
        """Return the judge of moves for one act."""
        return FormMoves(self._workplace, self.shelf)

    def preview(self, number: str) -> CompletionPreview:
        """Say what completing a form would do today, or why it may not be."""
        from wxadmin.services.form_preview import Previewing

        return Previewing(self._workplace, self.shelf).of(self.called(number))

    def reminder(self, number: str) -> str:
        """Return the words to send to whoever keeps a form waiting."""
        return reminder(self.line(self.called(number)))

    def mail(self, number: str, reason: str = "") -> Mail:
        """Draft the mail that fits the form's state: 退回补正, 已开通, or the application's own."""
        form = self.called(number)
        definition = self.shelf.definition(form.form_kind)
        if form.state == RETURNED:
            return return_mail(form, reason or form.note)
        if form.opened_on is not None:
            account = self._store.get(Account, form.account_id) if form.account_id else None
            if account is not None and account.form_no == form.number and form.state == OPENED:
                return opened_mail(form, account, form.value("requested_groups"))
            return done_mail(form, account)
        mailbox = str(self._workplace.setting("admin_mailbox"))
        name = f"{form.number}_{form.value('holder_name')}_{definition.file_name}.pdf"
        return request_mail(form, self.shelf.title(definition), mailbox, name)

    # -- drafting --------------------------------------------------------------------------------
    def drafting(
        self, *, units: OrgTree | None = None, posts: Mapping[int, Position] | None = None
    ) -> Drafting:
        """Return what plans drafts for a plan of many (`plan_for` each joiner)."""
        return Drafting(self._workplace, units=units, posts=posts)

    def draft(
        self,
        kind: str,
        *,
        person: Employee | None = None,
        group: Group | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Form:
        """Draft a form, or continue the open draft of that kind for the same person or group."""
        ids = self._store.ids()
        change = self.drafting().plan(kind, ids, person=person, group=group, typed=typed)
        assert change.after is not None
        who = person.name if person else (group.name if group else change.after.number)
        with self._workplace.act(f"填{self._word(change.after)}：{who}") as operation:
            operation.write([change], ids)
        return change.after

    def draft_many(self, kind: str, people: Sequence[Employee]) -> list[Form]:
        """Draft one form for each of several people, as one act."""
        ids = self._store.ids()
        drafting = self.drafting()
        changes = [drafting.plan(kind, ids, person=person) for person in people]
        with self._workplace.act(f"批量填表：{len(changes)}人") as operation:
            operation.write(changes, ids)
        return [change.after for change in changes if change.after is not None]

    def set_fields(self, number: str, typed: Mapping[str, str], *, keep: bool = False) -> Form:
        """Change what stands in a draft's fields; the printed sheet is then out of date.

        With `keep` bad values are kept as typed and named by `view().problems`.
        """
        form = self.called(number)
        if form.state not in DRAFTS:
            raise UserError(
                f"{form.number}已是“{form.state}”，不能再改内容；要改请先退回补正。", "not_a_draft"
            )
        person = self._store.get(Employee, form.employee_id) if form.employee_id else None
        after = self.drafting().with_values(form, typed, person, keep=keep)
        if after != form:
            with self._workplace.act(f"修改{self._word(form)}：{form.number}") as operation:
                operation.write([Change(form, after)])
        return after

    # -- moving -----------------------------------------------------------------------------------
    def move(
        self,
        number: str,
        move: str,
        *,
        role: str = "",
        on: date | None = None,
        note: str = "",
        by: str = "",
        received_from: str = "",
        way: str = "",
        confirm_due: date | None = None,
    ) -> Moved:
        """Move a form along its route, or record where its paper is (`sign`, `archive`, `confirm`,
        `lose`).

        `role` is whose decision it is (by default the one whose turn it is), `by` who gave it and
        `way` how (签字 邮件 口头 电话 代签), `note` what was said: a refusal and a return need one.
        Completion does what the form asks for in the same act.
        """
        ids = self._store.ids()
        wish = Wish(move, role, on, note, by, received_from, way, confirm_due)
        changes, title = self.moves.plan(self.called(number), wish, ids)
        return self._written(wish, number, changes, title, ids)

    def receive_signed(
        self,
        number: str,
        *,
        on: date | None = None,
        received_from: str = "",
        note: str = "",
        by: str = "",
        way: str = "",
    ) -> Moved:
        """The signed sheet has come: submission, approvals by signature and 收件 as one act; where
        a decision had only been said, it is confirmed."""
        ids = self._store.ids()
        wish = Wish("mail", on=on, note=note, received_from=received_from, by=by, way=way)
        changes, title = self.moves.plan_signed(self.called(number), wish, ids)
        return self._written(wish, number, changes, title, ids)

    def agree(
        self,
        number: str,
        *,
        way: str,
        by: str = "",
        role: str = "",
        on: date | None = None,
        note: str = "",
        confirm_due: date | None = None,
    ) -> Moved:
        """Somebody agreed without the sheet: by mail, by word (to be signed later), by delegate."""
        ids = self._store.ids()
        wish = Wish("approve", role, on, note, by, way=way, confirm_due=confirm_due)
        changes, title = self.moves.plan_agreed(self.called(number), wish, ids)
        return self._written(wish, number, changes, title, ids)

    def _written(
        self, wish: Wish, number: str, changes: list[AnyChange], title: str, ids: IdSource
    ) -> Moved:
        warning = warning_before(self._workplace, self.called(number), self.moves, wish)
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        after = self.called(number)
        return Moved(after, self.moves.lawful(after), operation.id, warning)

    def move_many(
        self, numbers: Sequence[str], move: str, *, role: str = "", on: date | None = None
    ) -> int | None:
        """Make the same move with several forms as one act; all or none."""
        ids = self._store.ids()
        judge = self.moves  # one for all: an account opened by one is seen by the next
        changes: list[AnyChange] = []
        title = f"批量{MOVES.get(move, '办理')}：{len(numbers)}张"
        for number in numbers:
            planned, one = judge.plan(self.called(number), Wish(move, role, on), ids)
            changes += planned
            title = one if len(numbers) == 1 else title
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        return operation.id

    # -- paper ------------------------------------------------------------------------------------
    def pages(
        self, numbers: Sequence[str], measure: Measure, progress: Progress = silent
    ) -> list[Page]:
        """Return the pages of forms for a preview; nothing is marked as printed."""
        forms = [self.called(number) for number in numbers]
        return FormPaper(self._workplace, self.shelf).pages(forms, measure, progress)

    def blank_pages(self, kind: str, measure: Measure) -> list[Page]:
        """Return the pages of a blank form."""
        return FormPaper(self._workplace, self.shelf).blank(kind, measure)

    def mark_printed(self, numbers: Collection[str], on: date | None = None) -> int | None:
        """Note that forms were printed, as one act; those printed before keep their first day."""
        day = on or self._workplace.today
        forms = self._store.find(Form, number=set(numbers))
        FormPaper(self._workplace, self.shelf).keep_definitions(forms)
        changes: list[AnyChange] = [
            Change(form, replace(form, printed_on=day)) for form in forms if form.printed_on is None
        ]
        with self._workplace.act(f"打印表单：{len(forms)}张") as operation:
            operation.write(changes)
        return operation.id

    def print_to(
        self, numbers: Sequence[str], path: Path, printing: Printing, progress: Progress = silent
    ) -> int:
        """Print forms to one PDF and mark them as printed; returns how many pages."""
        pages = self.pages(numbers, printing.measure)
        count = printing.write_pdf(pages, path, progress, title="、".join(numbers[:3]))
        self.mark_printed(numbers)
        return count

    def print_blank(self, kind: str, path: Path, printing: Printing) -> int:
        """Print a blank form to a PDF; returns how many pages."""
        pages = self.blank_pages(kind, printing.measure)
        return printing.write_pdf(pages, path, title=self.shelf.title(self.shelf.definition(kind)))

    def _word(self, form: Form) -> str:
        return self.shelf.definition(form.form_kind).file_name or "表单"
