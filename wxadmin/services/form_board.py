"""The forms as the desk shows them: whose turn it is, since when, what is overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.form import (
    ACCEPT,
    ACCEPTED,
    APPROVE,
    APPROVED,
    DRAFTS,
    IN_APPROVAL,
    MAIL,
    MAILED,
    NOTIFY,
    OPEN_ACT,
    OPENED,
    SUBMITTED,
    Form,
    FormStep,
    moves_from,
)
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.form_decisions import approvals_given, owed
from wxadmin.services.form_shelf import Shelf, Way
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.policy import RouteStep

APPLICANT, OUT = "申请人", "待签回"
_NEXT_ACT = {APPROVED: MAIL, MAILED: ACCEPT, ACCEPTED: OPEN_ACT, OPENED: NOTIFY}
_ACT_WORDS = {
    APPROVE: "签批",
    MAIL: "发邮件",
    ACCEPT: "受理",
    OPEN_ACT: "开通",
    NOTIFY: "告知",
    "": "办结",
}


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form as a line of the desk. `waits_for` is whose turn it is, `waiting_days` since how
    long, `due_on` until when the route wants it; `paper_text` is 待签回（已6天）. `confirm_due` is
    until when what was only said is to be signed, `not_back` that the sheet is out too long."""

    number: str
    kind: str
    title: str
    request_kind: str
    state: str
    paper_state: str
    paper_text: str
    emp_no: str
    name: str
    pinyin: str
    unit: str
    applied_on: date | None
    printed_on: date | None
    signed_on: date | None
    received_on: date | None
    received_from: str
    opened_on: date | None
    waits_for: str
    waits_to: str
    waiting_days: int
    due_on: date | None
    overdue: bool
    moves: tuple[str, ...]
    employee_id: int | None
    group_id: int | None
    account_id: int | None
    note: str
    sheet: int = 1
    confirm_due: date | None = None
    not_back: bool = False
    lost_on: date | None = None
    copied_from: str = ""


class FormBoard:
    """One reading of the forms; states that follow from dates are worked out for today."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._shelf = shelf
        self._today = workplace.today

    def lines(self, forms: Iterable[Form] | None = None) -> list[FormLine]:
        """Return the forms, the newest first; only some where they are given."""
        wanted = self._store.all(Form) if forms is None else list(forms)
        people = self._people(wanted)
        steps = self._steps(wanted)
        return [
            self._line(form, steps[form.id], people.get(form.employee_id or 0))
            for form in sorted(wanted, key=lambda f: f.id, reverse=True)
        ]

    def _people(self, forms: Sequence[Form]) -> dict[int, tuple[str, str, str]]:
        ids = {form.employee_id for form in forms if form.employee_id is not None}
        if not ids:
            return {}
        rows = self._store.columns(Employee, "id", "emp_no", "name", "pinyin", id=ids)
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def _steps(self, forms: Sequence[Form]) -> dict[int, list[FormStep]]:
        found: dict[int, list[FormStep]] = defaultdict(list)
        ids = {form.id for form in forms}
        for step in self._store.find(FormStep, form_id=ids) if ids else ():
            found[step.form_id].append(step)
        return found

    @cached_property
    def _about_groups(self) -> frozenset[str]:
        known = self._shelf.forms
        return frozenset(kind for kind, one in known.items() if one.has("group_name"))

    @cached_property
    def _groups(self) -> dict[int, str]:
        rows = self._store.columns(Group, "id", "name")
        return {int(group_id): str(name) for group_id, name in rows}

    @cached_property
    def _signature_days(self) -> int:
        return self._workplace.number("signature_wait_days")

    def _line(
        self, form: Form, steps: list[FormStep], person: tuple[str, str, str] | None
    ) -> FormLine:
        definition = self._shelf.definition(form.form_kind)
        way = self._shelf.way_of(form)
        due = min((step.confirm_due for step in owed(steps) if step.confirm_due), default=None)
        where = OUT if due and form.signed_on is None else form.paper_state()
        emp_no, name, pinyin = person or (form.value("emp_no"), form.value("holder_name"), "")
        if form.group_id is not None or form.form_kind in self._about_groups:
            name = self._groups.get(form.group_id or 0) or form.value("group_name") or name
        waits_for, waits_to, since, due_on = self._waiting(form, steps, way)
        days = (self._today - since).days if since and form.is_open else 0
        return FormLine(
            number=form.number,
            kind=form.form_kind,
            title=self._shelf.title(definition),
            request_kind=form.request_kind,
            state=form.state,
            paper_state=where,
            paper_text=self._paper_text(form, where, due),
            emp_no=emp_no,
            name=name,
            pinyin=pinyin,
            unit=form.value("unit_id"),
            applied_on=form.applied_on,
            printed_on=form.printed_on,
            signed_on=form.signed_on,
            received_on=form.received_on,
            received_from=form.received_from,
            opened_on=form.opened_on,
            waits_for=waits_for,
            waits_to=waits_to,
            waiting_days=max(0, days),
            due_on=due_on,
            overdue=due_on is not None and due_on < self._today,
            moves=moves_from(form.state, way.acts),
            sheet=form.sheet,
            confirm_due=due,
            not_back=self._is_missing(form, where),
            lost_on=form.lost_on,
            copied_from=form.copied_from,
            employee_id=form.employee_id,
            group_id=form.group_id,
            account_id=form.account_id,
            note=form.note,
        )

    def _paper_text(self, form: Form, state: str, due: date | None) -> str:
        if due is not None:
            return f"待补签（{due:%m-%d}前）"
        if form.lost_on is not None:
            return f"{state}（遗失，有说明）"
        if state != OUT or form.printed_on is None:
            return state
        return f"{state}（已{max(0, (self._today - form.printed_on).days)}天）"

    def _is_missing(self, form: Form, state: str) -> bool:
        """Say whether a printed sheet has not come back for longer than the policy waits."""
        if state != OUT or form.printed_on is None or form.lost_on is not None:
            return False
        return form.printed_on + timedelta(days=self._signature_days) < self._today

    def _waiting(
        self, form: Form, steps: list[FormStep], way: Way
    ) -> tuple[str, str, date | None, date | None]:
        """Return whose turn it is, to do what, since when, and until when."""
        since = steps[-1].on if steps else form.applied_on
        if form.state in DRAFTS:
            if form.printed_on is None or form.signed_on is not None:
                return APPLICANT, "提交", form.signed_on or since, None
            due = form.printed_on + timedelta(days=self._signature_days)
            return APPLICANT, "签回", form.printed_on, due
        if form.state in {SUBMITTED, IN_APPROVAL}:
            asked = way.standing([step.role for step in approvals_given(steps)])
            return _turn(asked.step, APPROVE, since, asked.roles)
        if form.is_open:
            act = next_act(form.state, way)
            return _turn(way.step(act), act, since)
        return "", "", since, None


def _turn(
    step: RouteStep | None, act: str, since: date | None, roles: Sequence[str] = ()
) -> tuple[str, str, date | None, date | None]:
    days = step.due_days if step is not None else None
    due_on = since + timedelta(days=days) if since is not None and days is not None else None
    role = step.role if step is not None else ""
    if step is not None and step.mode == "all" and roles:
        role = "、".join(roles)
    return role or "经办人", _ACT_WORDS[act], since, due_on


def pending(lines: Iterable[FormLine]) -> list[tuple[str, list[FormLine]]]:
    """Return who is waited for and with which forms (待办看板): who keeps one waiting longest
    comes first."""
    found: dict[str, list[FormLine]] = defaultdict(list)
    for line in lines:
        if line.waits_for:
            found[line.waits_for].append(line)
    for waiting in found.values():
        waiting.sort(key=lambda line: -line.waiting_days)
    return sorted(found.items(), key=lambda pair: -pair[1][0].waiting_days)


def next_act(state: str, way: Way) -> str:
    """Return the act of the route that comes next; "" where only the completion is left."""
    order = [MAIL, ACCEPT, OPEN_ACT, NOTIFY]
    first = order.index(_NEXT_ACT[state])
    return next((act for act in order[first:] if act in way.acts), "")


def reminder(line: FormLine) -> str:
    """Return the words to send to whoever keeps a form waiting (督办)."""
    who = f"{line.name}（{line.emp_no}）" if line.emp_no else line.name
    due = f"，应于{line.due_on.month}月{line.due_on.day}日前办好" if line.due_on else ""
    return (
        f"请{line.waits_for}尽快{line.waits_to}：{line.title} {line.number}，{who}，"
        f"已等{line.waiting_days}天{due}。"
    )
