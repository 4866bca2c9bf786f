"""Decisions on forms: whose they are, in which way they were given, which signature is owed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from wxadmin.domain.approval_route import ALL, Standing
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import (
    APPROVE,
    BY_DELEGATE,
    BY_SIGNATURE,
    REJECT,
    RETURN,
    SPOKEN,
    SUBMIT,
    WAYS,
    Form,
    FormStep,
    SigningDelegate,
)
from wxadmin.domain.frozen import dataclass
from wxadmin.services.workplace import Workplace

DECISIONS = frozenset({APPROVE, REJECT})
_EMP_NO = re.compile(r"[（(](?P<emp_no>[^（()）]+)[）)]$")


@dataclass(frozen=True, slots=True)
class Wish:
    """A move somebody wants to make: whose decision it is, on which day, in which words, and by
    which way it was given; `by` is who decided, `for_whom` whom a delegate signed for."""

    move: str
    role: str = ""
    on: date | None = None
    note: str = ""
    by: str = ""
    received_from: str = ""
    way: str = ""
    confirm_due: date | None = None
    for_whom: str = ""
    scan_id: int | None = None


class Decisions:
    """Judges decisions for one act."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def whose(self, form: Form, wish: Wish, standing: Standing) -> str:
        """Return whose decision it is; refuse a role whose turn it is not (C04)."""
        if wish.move not in DECISIONS:
            return wish.role
        step = standing.step
        if step is None:
            return wish.role
        if not wish.role:
            return standing.roles[0] if step.mode == ALL else step.role
        if wish.role not in (*standing.roles, step.role):
            wanted = ("、" if step.mode == ALL else "或").join(standing.roles)
            raise UserError(
                f"{form.number}现在等{wanted}签批，轮不到“{wish.role}”，没有改动。", "wrong_role"
            )
        return wish.role

    def decided(self, form: Form, step: FormStep, wish: Wish) -> FormStep:
        """Return the decision as it is recorded, with its way. Raises `UserError` where it may not
        be given so."""
        way = wish.way or self._way_of(step, wish)
        if way not in WAYS:
            raise UserError(f"没有“{way}”这种方式，可用的有：{'、'.join(WAYS)}。", "bad_value")
        self._refuse_own(form, wish)
        step = replace(step, way=way, scan_id=wish.scan_id)
        if way in SPOKEN:
            return self._spoken(step, wish)
        return self._by_delegate(step, wish) if way == BY_DELEGATE else step

    def _spoken(self, step: FormStep, wish: Wish) -> FormStep:
        """口头、电话: somebody said so on a day; the signature is owed until a day."""
        if not wish.by:
            raise UserError(f"{step.way}同意要写明是谁同意的，没有改动。", "no_approver")
        days = self._workplace.number("oral_confirm_days")
        due = wish.confirm_due or step.on + timedelta(days=days)
        if due < step.on:
            raise UserError(f"补签期限{due}早于同意的日期{step.on}，没有改动。", "bad_date")
        return replace(step, confirm_due=due)

    def _by_delegate(self, step: FormStep, wish: Wish) -> FormStep:
        """代签: who signed must be on record as allowed to, for this role and on this day."""
        if not wish.by:
            raise UserError("代签要写明是谁签的，没有改动。", "no_approver")
        if self._may_sign(step, wish):
            return replace(step, for_whom=wish.for_whom or step.role)
        raise UserError(
            f"{wish.by}在{step.on}没有代{step.role}签字的授权，没有改动。"
            "请先在“授权代签人”登记起止日期和依据。",
            "no_delegation",
        )

    def _way_of(self, step: FormStep, wish: Wish) -> str:
        """Return how a decision was given where nobody says: a delegate's name is his signature."""
        signed = wish.move == APPROVE and wish.by and self._may_sign(step, wish)
        return BY_DELEGATE if signed else BY_SIGNATURE

    def _may_sign(self, step: FormStep, wish: Wish) -> bool:
        return any(
            same_person(one.person_name, wish.by) and one.may_sign(step.role, step.on)
            for one in self._workplace.store.all(SigningDelegate)
        )

    @staticmethod
    def _refuse_own(form: Form, wish: Wish) -> None:
        """Nobody approves what he applied for, unless a reason is given."""
        applicant = form.value("applicant_id") or form.value("holder_name")
        if wish.move != APPROVE or wish.note.strip() or not (applicant and wish.by):
            return
        if same_person(applicant, wish.by):
            raise UserError(
                f"申请人和审批人都是{wish.by}，请在意见里写明理由，没有改动。", "own_approval"
            )


def decision_words(step: FormStep, move: str) -> str:
    """Write one entry of a form's record: who did what, in which way, and what was said."""
    who = " ".join(dict.fromkeys(part for part in (step.role, step.by) if part))
    how = step.way if step.move in DECISIONS and step.way != BY_SIGNATURE else ""
    if step.for_whom:
        how = f"代{step.for_whom}签"
    if step.is_owed and step.confirm_due is not None:
        how += f"，应于{step.confirm_due:%m-%d}前补签"
    elif step.confirmed_on is not None:
        how += f"，{step.confirmed_on:%m-%d}已补签"
    said = f"：{step.note}" if step.note else ""
    scan = "，有扫描件" if step.scan_id is not None else ""
    return f"{step.on}　{move}　{who}{f'（{how}）' if how else ''}{said}{scan}"


def same_person(one: str, other: str) -> bool:
    """Say whether two ways of writing a name mean the same person; 工号 decide where both have
    them."""
    numbers = [_EMP_NO.search(text.strip()) for text in (one, other)]
    if numbers[0] and numbers[1]:
        return numbers[0]["emp_no"] == numbers[1]["emp_no"]
    return _EMP_NO.sub("", one.strip()) == _EMP_NO.sub("", other.strip())


def approvals_given(steps: Iterable[FormStep]) -> list[FormStep]:
    """Return the approvals that still count: those since the form was submitted last."""
    given: list[FormStep] = []
    for step in sorted(steps, key=lambda s: s.seq):
        if step.move in {SUBMIT, RETURN}:
            given = []
        elif step.move == APPROVE:
            given.append(step)
    return given


def owed(steps: Iterable[FormStep]) -> list[FormStep]:
    """Return the decisions that were only said and whose signature is owed (待补签)."""
    return [step for step in approvals_given(steps) if step.is_owed]


def confirmations(
    steps: Sequence[FormStep], on: date, scan_id: int | None = None
) -> list[Change[FormStep]]:
    """The signature came: what was said is confirmed, on whatever day after it was said."""
    found = owed(steps)
    for step in found:
        if on < step.on:
            raise UserError(f"补签日期{on}早于{step.way}同意的{step.on}，没有改动。", "bad_date")
    return [
        Change(step, replace(step, confirmed_on=on, scan_id=scan_id or step.scan_id))
        for step in found
    ]
