"""Moving a form: whose turn it is, what must stand in it, what the move sets in motion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import (
    ACCEPT,
    APPROVE,
    APPROVED,
    ARCHIVE,
    CLOSED,
    COMPLETE,
    DRAFT,
    DRAFTS,
    FINAL,
    IN_APPROVAL,
    MAIL,
    MARKS,
    MOVES,
    NOTIFY,
    OPENED,
    REJECT,
    REJECTED,
    RETURN,
    RETURNED,
    SIGN,
    SUBMIT,
    SUBMITTED,
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
from wxadmin.services.form_shelf import ACCOUNT_REQUEST, Shelf, Way
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

HEAD, HOLDER = "负责人", "使用人"
TOLD = {HEAD: "notified_head_on", HOLDER: "notified_holder_on"}
"""Whom 告知 is for, and where its day is kept."""
_NEEDS_A_REASON = frozenset({REJECT, RETURN})


@dataclass(frozen=True, slots=True)
class Wish:
    """A move somebody wants to make: whose decision it is, on which day, in which words."""

    move: str
    role: str = ""
    on: date | None = None
    note: str = ""
    by: str = ""
    received_from: str = ""


class FormMoves:
    """Judges the moves of forms and plans what they change; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._shelf = shelf

    @cached_property
    def _completion(self) -> Completion:
        return Completion(self._workplace, self._shelf)

    def lawful(self, form: Form) -> tuple[str, ...]:
        """Name the moves that are lawful now."""
        return moves_from(form.state, self._way(form).acts)

    def next_role(self, form: Form) -> str:
        """Return whose approval is asked for next, "" where none is."""
        given = len(approvals_given(self._steps(form)))
        return self._way(form).role(APPROVE, given)

    def plan(self, form: Form, wish: Wish, ids: IdSource) -> tuple[list[AnyChange], str]:
        """Return the changes of a move and the act's title. Raises `UserError` to refuse it."""
        word = MOVES.get(wish.move) or MARKS.get(wish.move, "")
        steps = self._steps(form)
        if wish.move in MARKS:
            marked = _marked(form, wish.move, self._day(wish.on, steps))
            return [Change(form, marked)], self._title(word, form)
        after, step, more = self._moved(form, steps, wish, ids)
        return [*more, Change(form, after), Change(None, step)], self._title(word, form)

    def plan_signed(self, form: Form, wish: Wish, ids: IdSource) -> tuple[list[AnyChange], str]:
        """The signed sheet has come: every step up to its receipt, each on record, as one act.

        The signatures on it are the approvals; a step that is already recorded is not repeated.
        """
        steps = self._steps(form)
        day = self._day(wish.on, steps)
        after = replace(form, signed_on=day, printed_on=form.printed_on or day)
        made: list[AnyChange] = []
        order = {DRAFT: SUBMIT, RETURNED: SUBMIT, SUBMITTED: APPROVE, IN_APPROVAL: APPROVE}
        order |= {APPROVED: MAIL} if MAIL in self._way(form).acts else {}
        if form.state not in order:
            raise UserError(f"{form.number}已是“{form.state}”，不用再收件。", "unlawful_move")
        while after.state in order:
            next_wish = replace(wish, move=order[after.state], role="", on=day)
            after, step, _ = self._moved(after, steps, next_wish, ids)
            steps = [*steps, step]
            made.append(Change(None, step))
        return [Change(form, after), *made], self._title("收件", form)

    def _moved(
        self, form: Form, steps: list[FormStep], wish: Wish, ids: IdSource
    ) -> tuple[Form, FormStep, list[AnyChange]]:
        """Return the form after one move, the move on record, and what else it changes."""
        day = self._day(wish.on, steps)
        way = self._way(form)
        given = len(approvals_given(steps))
        left = self._left(form, wish, way, given)
        state = state_after(form.state, wish.move, steps_left=left, acts=way.acts)
        whose = self._whose(form, wish, way, given)
        if wish.move in _NEEDS_A_REASON and not wish.note.strip():
            raise UserError(f"{MOVES[wish.move]}要写明原因，没有改动。", "no_reason")
        after, effects = self._after(form, wish, ids, day)
        seq = max((step.seq for step in steps), default=0) + 1
        by = wish.by or self._workplace.by
        step = FormStep(ids.next(FormStep), form.id, seq, wish.move, whose, by, day, wish.note)
        return replace(after, state=state), step, effects.changes

    def _title(self, word: str, form: Form) -> str:
        definition = self._shelf.definition(form.form_kind)
        what = definition.file_name or "表单"
        return f"{word}{what}：{form.number} {form.value('holder_name')}".strip()

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

    def _left(self, form: Form, wish: Wish, way: Way, given: int) -> int:
        """Return how many approvals, or people to be told, are missing after the move."""
        if wish.move == SUBMIT:
            return len(way.approvals)
        if wish.move == APPROVE:
            return len(way.approvals) - given - 1
        if wish.move == NOTIFY and wish.role:
            told = {field: getattr(form, field) for field in TOLD.values()}
            told[TOLD[_told(wish.role)]] = True
            return sum(not value for value in told.values())
        return 0

    def _whose(self, form: Form, wish: Wish, way: Way, given: int) -> str:
        """Return whose decision it is; refuse a role whose turn it is not."""
        if wish.move not in {APPROVE, REJECT}:
            return wish.role
        wanted = way.role(APPROVE, given)
        if wish.role and wanted and wish.role != wanted:
            raise UserError(
                f"{form.number}现在等{wanted}签批，轮不到“{wish.role}”，没有改动。", "wrong_role"
            )
        return wanted or wish.role

    def _after(self, form: Form, wish: Wish, ids: IdSource, day: date) -> tuple[Form, Effects]:
        """Return the form with what the move records on it, and what else it changes."""
        if wish.move == SUBMIT:
            self._check(form, day)
            return form, Effects()
        if wish.move == COMPLETE:
            return self._completed(form, ids, day)
        return _recorded(form, wish, day), Effects()

    def _completed(self, form: Form, ids: IdSource, day: date) -> tuple[Form, Effects]:
        effects = self._completion.plan(form, ids, day)
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
        if form.form_kind != ACCOUNT_REQUEST:  # what a slip hands over is settled as it goes along
            return
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


def _recorded(form: Form, wish: Wish, day: date) -> Form:
    """Return a form with the dates a move leaves on it."""
    if wish.move == RETURN:  # the sheet has to be signed anew
        cleared = replace(form, printed_on=None, signed_on=None)
        return replace(cleared, note=wish.note, received_on=None, received_from="")
    if wish.move == REJECT:
        return replace(form, note=wish.note)
    if wish.move == MAIL:
        return replace(form, received_on=day, received_from=wish.received_from or wish.note)
    if wish.move == ACCEPT:
        return replace(form, received_on=form.received_on or day)
    if wish.move == NOTIFY:
        fields = [TOLD[_told(wish.role)]] if wish.role else list(TOLD.values())
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
