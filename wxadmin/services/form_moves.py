"""Moving a form: whose turn it is, what must stand in it, what the move sets in motion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import (
    ACCEPT,
    APPROVE,
    ARCHIVE,
    CLOSED,
    COMPLETE,
    DRAFTS,
    FINAL,
    MAIL,
    MARKS,
    MOVES,
    NOTIFY,
    OPENED,
    REJECT,
    REJECTED,
    RETURN,
    SIGN,
    SUBMIT,
    WITHDRAWN,
    Form,
    FormStep,
    check_mark,
    moves_from,
    state_after,
)
from wxadmin.domain.form_definition import FormDefinition
from wxadmin.domain.person import Employee
from wxadmin.services.form_board import approvals_given
from wxadmin.services.form_completion import Completion, Effects
from wxadmin.services.form_facts import NEW_ACCOUNT
from wxadmin.services.form_fields import FormFields
from wxadmin.services.form_shelf import Shelf, Way
from wxadmin.services.workplace import Workplace
from wxadmin.storage.operation import IdSource

HEAD, HOLDER = "负责人", "使用人"
TOLD = {HEAD: "notified_head_on", HOLDER: "notified_holder_on"}
"""Whom 告知 is for, and where its day is kept."""
_NEEDS_A_REASON = frozenset({REJECT, RETURN})


class FormMoves:
    """Judges the moves of forms and plans what they change; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._shelf = shelf

    def lawful(self, form: Form) -> tuple[str, ...]:
        """Name the moves that are lawful now."""
        return moves_from(form.state, self._way(form).acts)

    def next_role(self, form: Form) -> str:
        """Return whose approval is asked for next, "" where none is."""
        given = len(approvals_given(self._steps(form)))
        return self._way(form).role(APPROVE, given)

    def plan(
        self,
        form: Form,
        move: str,
        ids: IdSource,
        *,
        role: str = "",
        on: date | None = None,
        note: str = "",
        by: str = "",
        received_from: str = "",
    ) -> tuple[list[AnyChange], str]:
        """Return the changes of a move and the act's title. Raises `UserError` to refuse it."""
        steps = self._steps(form)
        day = self._day(on, steps)
        definition = self._shelf.definition(form.form_kind)
        word = MOVES.get(move) or MARKS.get(move, "")
        title = f"{word}{definition.file_name or '表单'}：{form.number} {form.value('holder_name')}"
        if move in MARKS:
            return [Change(form, _marked(form, move, day))], title
        way = self._way(form)
        given = len(approvals_given(steps))
        left = self._left(form, move, way, given, role)
        state = state_after(form.state, move, steps_left=left, acts=way.acts)
        whose = self._whose(form, move, way, given, role)
        if move in _NEEDS_A_REASON and not note.strip():
            raise UserError(f"{MOVES[move]}要写明原因，没有改动。", "no_reason")
        after, effects = self._after(form, move, ids, day, note, received_from, role)
        step = FormStep(
            ids.next(FormStep),
            form.id,
            max((s.seq for s in steps), default=0) + 1,
            move,
            whose,
            by or self._workplace.by,
            day,
            note,
        )
        changes = [*effects.changes, Change(form, replace(after, state=state)), Change(None, step)]
        return changes, title.strip()

    # -- the parts of a move ----------------------------------------------------------------------
    def _day(self, on: date | None, steps: list[FormStep]) -> date:
        day = on or self._workplace.today
        if day > self._workplace.today:
            raise UserError(f"日期{day}还没有到，没有改动。", "bad_date")
        if steps and day < steps[-1].on:
            last = steps[-1]
            word = MOVES[last.move]
            raise UserError(f"日期{day}早于上一步“{word}”的{last.on}，没有改动。", "bad_date")
        return day

    def _left(self, form: Form, move: str, way: Way, given: int, role: str) -> int:
        """Return how many approvals, or people to be told, are missing after the move."""
        if move == SUBMIT:
            return len(way.approvals)
        if move == APPROVE:
            return len(way.approvals) - given - 1
        if move == NOTIFY and role:
            told = {field: getattr(form, field) for field in TOLD.values()}
            told[TOLD[_told(role)]] = True
            return sum(not value for value in told.values())
        return 0

    def _whose(self, form: Form, move: str, way: Way, given: int, role: str) -> str:
        """Return whose decision it is; refuse a role whose turn it is not."""
        if move not in {APPROVE, REJECT}:
            return role
        wanted = way.role(APPROVE, given)
        if role and wanted and role != wanted:
            raise UserError(
                f"{form.number}现在等{wanted}签批，轮不到“{role}”，没有改动。", "wrong_role"
            )
        return wanted or role

    def _after(
        self,
        form: Form,
        move: str,
        ids: IdSource,
        day: date,
        note: str,
        received_from: str,
        role: str,
    ) -> tuple[Form, Effects]:
        """Return the form with what the move records on it, and what else it changes."""
        if move == SUBMIT:
            self._check(form, day)
            return form, Effects()
        if move == COMPLETE:
            return self._completed(form, ids, day)
        return _recorded(form, move, day, note, received_from, role), Effects()

    def _completed(self, form: Form, ids: IdSource, day: date) -> tuple[Form, Effects]:
        effects = Completion(self._workplace, self._shelf).plan(form, ids, day)
        account = effects.account
        after = replace(form, opened_on=day)
        if account is not None:
            after = replace(after, account_id=account.id)
            if account.wecom_userid and form.request_kind == NEW_ACCOUNT:
                values = {**dict(form.values), "account_id": account.wecom_userid}
                after = replace(after, values=tuple(values.items()))
        return after, effects

    # -- what must stand in a form ----------------------------------------------------------------
    def problems(self, form: Form) -> Mapping[str, str]:
        """Return what keeps a draft from being submitted, by field ("" for the form as a whole)."""
        definition = self._shelf.definition(form.form_kind)
        fields = FormFields(self._workplace, definition)
        values = dict(form.values)
        person = self._store.get(Employee, form.employee_id) if form.employee_id else None
        missing = definition.missing(values, fields.conditions(values, person))
        found = {field.name: f"请填“{field.label}”。" for field in missing}
        for name, text in values.items():
            problem = fields.problem(definition.field_named(name), text)
            if problem:
                found[name] = problem
        return found

    def _check(self, form: Form, day: date) -> None:
        """Refuse to submit what is incomplete, wrong, or could not be carried out (I01, I06)."""
        found = self.problems(form)
        if found:
            first, *others = found.values()
            raise UserError(f"{form.number}还不能提交：{first}", "incomplete", tuple(others))
        self._refuse_twin(form)
        trial = self._store.ids()  # what a trial draws is never kept
        Completion(self._workplace, self._shelf).plan(form, trial, day)

    def _refuse_twin(self, form: Form) -> None:
        if form.employee_id is None or form.request_kind != NEW_ACCOUNT:
            return
        done = FINAL | DRAFTS | {OPENED, CLOSED, REJECTED, WITHDRAWN}
        for other in self._store.find(Form, employee_id=form.employee_id):
            same = other.form_kind == form.form_kind and other.request_kind == form.request_kind
            if same and other.id != form.id and other.state not in done:
                raise UserError(
                    f"{form.value('holder_name')}已有一张申请表{other.number}在办（{other.state}），"
                    f"不用再提交。",
                    "twin_form",
                )

    def _steps(self, form: Form) -> list[FormStep]:
        return sorted(self._store.find(FormStep, form_id=form.id), key=lambda step: step.seq)

    def _way(self, form: Form) -> Way:
        definition: FormDefinition = self._shelf.definition(form.form_kind)
        return self._shelf.way(definition, form.value("account_type"))


def _told(role: str) -> str:
    """Return whom 告知 was for: the head or the account's holder."""
    for known in TOLD:
        if known in role or (known == HOLDER and role in ("本人", "员工")):
            return known
    raise UserError(f"告知的对象只有{'、'.join(TOLD)}，没有“{role}”。", "wrong_role")


def _recorded(
    form: Form,
    move: str,
    day: date,
    note: str,
    received_from: str,
    role: str,
) -> Form:
    """Return a form with the dates a move leaves on it."""
    if move == RETURN:  # the sheet has to be signed anew
        return replace(
            form,
            note=note,
            printed_on=None,
            signed_on=None,
            received_on=None,
            received_from="",
        )
    if move == REJECT:
        return replace(form, note=note)
    if move == MAIL:
        return replace(form, received_on=day, received_from=received_from or note)
    if move == ACCEPT:
        return replace(form, received_on=form.received_on or day)
    if move == NOTIFY:
        fields = [TOLD[_told(role)]] if role else list(TOLD.values())
        fresh = {field: day for field in fields if getattr(form, field) is None}
        return replace(form, **fresh)  # type: ignore[arg-type]
    return form


def _marked(form: Form, mark: str, day: date) -> Form:
    """Return a form whose paper came back or was filed."""
    check_mark(form.state, mark)
    if mark == SIGN:
        return replace(form, signed_on=day, printed_on=form.printed_on or day)
    assert mark == ARCHIVE
    return replace(form, archived_on=day)
