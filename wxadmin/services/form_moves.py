"""Moving a form: whose turn it is, what the move records, what it sets in motion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from wxadmin.domain.approval_route import Standing
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import (
    ACCEPT,
    APPROVE,
    APPROVED,
    ARCHIVE,
    COMPLETE,
    CONFIRM,
    DRAFT,
    IN_APPROVAL,
    LOSE,
    MAIL,
    MARKS,
    MOVES,
    NOTIFY,
    REJECT,
    RETURN,
    RETURNED,
    SIGN,
    SUBMIT,
    SUBMITTED,
    Form,
    FormStep,
    check_mark,
    moves_from,
    state_after,
)
from wxadmin.services.form_completion import Completion, Effects
from wxadmin.services.form_decisions import (
    DECISIONS,
    Decisions,
    Wish,
    approvals_given,
    confirmations,
    owed,
)
from wxadmin.services.form_facts import NEW_ACCOUNT
from wxadmin.services.form_judging import FormJudge
from wxadmin.services.form_shelf import Shelf, Way
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

__all__ = ["FormMoves", "Wish"]

HEAD, HOLDER = "负责人", "使用人"
TOLD = {HEAD: "notified_head_on", HOLDER: "notified_holder_on"}
"""Whom 告知 is for, and where its day is kept."""
_NEEDS_A_REASON = frozenset({REJECT, RETURN})
_TO_RECEIPT = {DRAFT: SUBMIT, RETURNED: SUBMIT, SUBMITTED: APPROVE, IN_APPROVAL: APPROVE}


class FormMoves:
    """Judges the moves of forms and plans what they change; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._shelf = shelf
        self._decisions = Decisions(workplace)
        self._judge = FormJudge(workplace, shelf)

    @cached_property
    def _completion(self) -> Completion:
        return Completion(self._workplace, self._shelf)

    def lawful(self, form: Form) -> tuple[str, ...]:
        """Name the moves that are lawful now."""
        return moves_from(form.state, self._shelf.way_of(form).acts)

    def next_roles(self, form: Form) -> tuple[str, ...]:
        """Return who may decide next, () where no decision is asked for."""
        return self._standing(form, self.steps(form)).roles

    def first_roles(self, form: Form) -> tuple[str, ...]:
        """Return who decides first once the form is handed in."""
        return self._shelf.way_of(form).standing(()).roles

    def next_role(self, form: Form) -> str:
        """Return whose approval is asked for next, "" where none is."""
        return next(iter(self.next_roles(form)), "")

    def problems(self, form: Form) -> Mapping[str, str]:
        """Return what keeps a draft from being submitted, by field ("" for the form as a whole)."""
        return self._judge.problems(form)

    def steps(self, form: Form) -> list[FormStep]:
        """Return what happened to a form, in its order."""
        return sorted(self._store.find(FormStep, form_id=form.id), key=lambda step: step.seq)

    def plan(self, form: Form, wish: Wish, ids: IdSource) -> tuple[list[AnyChange], str]:
        """Return the changes of a move and the act's title. Raises `UserError` to refuse it."""
        word = MOVES.get(wish.move) or MARKS.get(wish.move, "")
        steps = self.steps(form)
        if wish.move in MARKS:
            return self._marked(form, steps, wish), self._title(word, form)
        after, step, more = self._moved(form, steps, wish, ids)
        return [*more, Change(form, after), Change(None, step)], self._title(word, form)

    def plan_signed(self, form: Form, wish: Wish, ids: IdSource) -> tuple[list[AnyChange], str]:
        """The signed sheet has come: every step up to its receipt, each on record, as one act.

        The signatures on it are the approvals; a step that is already recorded is not repeated,
        one that was only said is confirmed.
        """
        steps = self.steps(form)
        order = dict(_TO_RECEIPT)
        if MAIL in self._shelf.way_of(form).acts:
            order[APPROVED] = MAIL
        if form.state not in order:
            return self._signed_late(form, steps, wish)
        day = self._day(wish.on, steps)
        made: list[AnyChange] = [*confirmations(steps, day, wish.scan_id)]
        after = replace(form, signed_on=day, printed_on=form.printed_on or day)
        while after.state in order:
            next_wish = replace(wish, move=order[after.state], role="", on=day)
            if next_wish.move != APPROVE:  # who signed goes with the approvals alone
                next_wish = replace(next_wish, by="", way="", scan_id=None)
            after, step, _ = self._moved(after, steps, next_wish, ids)
            if step.move == APPROVE:
                wish = replace(wish, by="")  # a name is that of the first signature
            steps = [*steps, step]
            made.append(Change(None, step))
        return [Change(form, after), *made], self._title("收件", form)

    def plan_refused(self, form: Form, wish: Wish, ids: IdSource) -> tuple[list[AnyChange], str]:
        """The sheet has come back with a no: what was never handed in is handed in and refused."""
        steps = self.steps(form)
        day = self._day(wish.on, steps)
        after = replace(form, printed_on=form.printed_on or day)
        made: list[AnyChange] = []
        for move in (SUBMIT, REJECT) if form.is_draft else (REJECT,):
            own = replace(wish, on=day) if move == REJECT else Wish(SUBMIT, on=day)
            after, step, _ = self._moved(after, steps, replace(own, move=move), ids)
            steps = [*steps, step]
            made.append(Change(None, step))
        return [Change(form, after), *made], self._title("驳回", form)

    def plan_agreed(self, form: Form, wish: Wish, ids: IdSource) -> tuple[list[AnyChange], str]:
        """Somebody agreed by word or mail, or a delegate signed: what was not handed in yet is
        handed in by the same act."""
        steps = self.steps(form)
        after, made = form, list[AnyChange]()
        if form.state in (DRAFT, RETURNED):
            submit = Wish(SUBMIT, on=wish.on)
            after, step, _ = self._moved(form, steps, submit, ids)
            steps = [*steps, step]
            made.append(Change(None, step))
        after, step, _ = self._moved(after, steps, replace(wish, move=APPROVE), ids)
        title = self._title(f"{step.way}同意", form)
        return [Change(form, after), *made, Change(None, step)], title

    def _signed_late(
        self, form: Form, steps: Sequence[FormStep], wish: Wish
    ) -> tuple[list[AnyChange], str]:
        """The sheet comes after what it is for was done: it confirms what was only said."""
        unsigned = form.state == APPROVED and form.signed_on is None
        if not owed(steps) and not unsigned:
            raise UserError(f"{form.number}已是“{form.state}”，不用再收件。", "unlawful_move")
        marked = self._marked(form, steps, replace(wish, move=SIGN))
        return marked, self._title("补签", form)

    def _moved(
        self, form: Form, steps: list[FormStep], wish: Wish, ids: IdSource
    ) -> tuple[Form, FormStep, list[AnyChange]]:
        """Return the form after one move, the move on record, and what else it changes."""
        day = self._day(wish.on, steps)
        way = self._shelf.way_of(form)
        given = [step.role for step in approvals_given(steps)]
        whose = self._decisions.whose(form, wish, way.standing(given))
        left = self._left(form, wish, way, [*given, whose])
        state = state_after(form.state, wish.move, steps_left=left, acts=way.acts)
        if wish.move in _NEEDS_A_REASON and not wish.note.strip():
            raise UserError(f"{MOVES[wish.move]}要写明原因，没有改动。", "no_reason")
        after, effects = self._after(form, wish, ids, day)
        if wish.move == SUBMIT and state == APPROVED:  # nobody is asked: who answers for it
            whose = self._shelf.authority(form) or whose
        seq = max((step.seq for step in steps), default=0) + 1
        by = wish.by or self._workplace.by
        step = FormStep(ids.next(FormStep), form.id, seq, wish.move, whose, by, day, wish.note)
        if wish.move in DECISIONS:
            step = self._decisions.decided(form, step, wish)
        return replace(after, state=state), step, effects.changes

    def _title(self, word: str, form: Form) -> str:
        definition = self._shelf.definition(form.form_kind)
        what = definition.file_name or "表单"
        return f"{word}{what}：{form.number} {form.about}".strip()

    def _standing(self, form: Form, steps: Sequence[FormStep]) -> Standing:
        given = [step.role for step in approvals_given(steps)]
        return self._shelf.way_of(form).standing(given)

    # -- the parts of a move ----------------------------------------------------------------------
    def _day(self, on: date | None, steps: Sequence[FormStep]) -> date:
        day = on or self._workplace.today
        if day > self._workplace.today:
            raise UserError(f"日期{day}还没有到，没有改动。", "bad_date")
        if steps and day < steps[-1].on:
            last = steps[-1]
            word = MOVES[last.move]
            raise UserError(f"日期{day}早于上一步“{word}”的{last.on}，没有改动。", "bad_date")
        return day

    def _left(self, form: Form, wish: Wish, way: Way, given: list[str]) -> int:
        """Return how many approvals, or people to be told, are missing after the move."""
        if wish.move == SUBMIT:
            return way.standing(()).left
        if wish.move == APPROVE:
            return way.standing(given).left
        if wish.move == NOTIFY and wish.role:
            told = {field: getattr(form, field) for field in TOLD.values()}
            told[TOLD[_told(wish.role)]] = True
            return sum(not value for value in told.values())
        return 0

    def _after(self, form: Form, wish: Wish, ids: IdSource, day: date) -> tuple[Form, Effects]:
        """Return the form with what the move records on it, and what else it changes."""
        if wish.move == SUBMIT:
            self._judge.check(form, day)
            return form, Effects()
        if wish.move == COMPLETE:
            return self._completed(form, ids, day)
        return _recorded(form, wish, day), Effects()

    def _completed(self, form: Form, ids: IdSource, day: date) -> tuple[Form, Effects]:
        effects = self._completion.plan(form, ids, day)
        values = {**dict(form.values), **effects.values}
        account = effects.account
        if account is not None and account.wecom_userid and form.request_kind == NEW_ACCOUNT:
            values["account_id"] = account.wecom_userid
        account_id = account.id if account is not None else form.account_id
        group_id = effects.group.id if effects.group is not None else form.group_id
        after = replace(form, opened_on=day, account_id=account_id, group_id=group_id)
        return replace(after, values=tuple(values.items())), effects

    # -- the paper --------------------------------------------------------------------------------
    def _marked(self, form: Form, steps: Sequence[FormStep], wish: Wish) -> list[AnyChange]:
        """The paper came back, was filed, was signed afterwards, or is lost."""
        check_mark(form.state, wish.move)
        day = wish.on or self._workplace.today
        if day > self._workplace.today:
            raise UserError(f"日期{day}还没有到，没有改动。", "bad_date")
        missing = owed(steps)
        if wish.move == ARCHIVE:
            if missing:
                whom = "、".join(f"{step.role}{step.by}" for step in missing)
                raise UserError(f"{form.number}还要{whom}补签，不能归档。", "not_confirmed")
            return [Change(form, replace(form, archived_on=day))]
        if wish.move == LOSE:
            return [Change(form, _lost(form, wish.note, day))]
        if wish.move == CONFIRM and not missing:
            raise UserError(f"{form.number}没有要补签的同意。", "nothing_to_do")
        signed = replace(form, signed_on=day, printed_on=form.printed_on or day)
        return [Change(form, signed), *confirmations(steps, day, wish.scan_id)]


def _told(role: str) -> str:
    """Return whom 告知 was for: the head or the account's holder."""
    for known in TOLD:
        if known in role or (known == HOLDER and role in ("本人", "员工")):
            return known
    raise UserError(f"告知的对象只有{'、'.join(TOLD)}，没有“{role}”。", "wrong_role")


def _recorded(form: Form, wish: Wish, day: date) -> Form:
    """Return a form with the dates a move leaves on it."""
    if wish.move == RETURN:  # the sheet has to be signed anew: the next one is 第N版
        cleared = replace(form, printed_on=None, signed_on=None, sheet=form.sheet + 1)
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


def _lost(form: Form, note: str, day: date) -> Form:
    """Return a form whose signed sheet cannot be found, with what is said about it."""
    if not note.strip():
        raise UserError("遗失要写明经过；审批人有邮件为证的，写明邮件日期。没有改动。", "no_reason")
    return replace(form, lost_on=day, lost_note=note.strip())
