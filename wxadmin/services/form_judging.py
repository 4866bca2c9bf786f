"""Whether a draft may be submitted: what must stand in it, and whether it could be carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from wxadmin.domain.errors import UserError
from wxadmin.domain.form import CLOSED, DRAFTS, FINAL, OPENED, Form
from wxadmin.domain.person import Employee
from wxadmin.services.account_change_form import ACCOUNT_CHANGE
from wxadmin.services.form_completion import Completion
from wxadmin.services.form_facts import NEW_ACCOUNT
from wxadmin.services.form_fields import FormFields
from wxadmin.services.form_shelf import ACCOUNT_BATCH, ACCOUNT_REQUEST, Shelf
from wxadmin.services.group_forms import GROUP_DISSOLUTION, GROUP_RENAME, GROUP_REQUEST
from wxadmin.services.workplace import Workplace

TRIED = frozenset(
    {
        ACCOUNT_REQUEST,
        ACCOUNT_BATCH,
        ACCOUNT_CHANGE,
        GROUP_REQUEST,
        GROUP_RENAME,
        GROUP_DISSOLUTION,
    }
)
"""Forms that are not submitted where they could not be carried out."""


class FormJudge:
    """Judges drafts; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._shelf = shelf

    @cached_property
    def _trial(self) -> Completion:
        """What tries forms: one for an act, so that the accounts are read once for all."""
        return Completion(self._workplace, self._shelf)

    def problems(self, form: Form) -> Mapping[str, str]:
        """Return what keeps a draft from being submitted, by field ("" for the form as a whole)."""
        definition = self._shelf.definition_of(form)
        fields = FormFields(self._workplace, definition)
        values = dict(form.values)
        person = self._store.get(Employee, form.employee_id) if form.employee_id else None
        missing = definition.missing(values, fields.conditions(values, person))
        found = {field.name: f"请填“{field.label}”。" for field in missing}
        for name, text in values.items():
            if not definition.has(name):  # the policy does not ask for it any more
                continue
            problem = fields.problem(definition.field_named(name), text)
            if problem:
                found[name] = problem
        role = self._applicant_problem(form)
        return {**found, "applicant_role": role} if role else found

    def _applicant_problem(self, form: Form) -> str:
        """Say who may apply for such an account, where the one who does may not (X02)."""
        role, type_name = form.value("applicant_role"), form.value("account_type")
        if not role or not type_name:
            return ""
        kind = self._workplace.pack.account_type(type_name)
        if role in kind.applicant_roles:
            return ""
        return f"“{kind.name}”应由{'、'.join(kind.applicant_roles)}提出，不能由{role}提出。"

    def check(self, form: Form, day: date) -> None:
        """Refuse to submit what is incomplete, wrong, or could not be carried out (I01, I06)."""
        found = self.problems(form)
        if found:
            first, *others = found.values()
            raise UserError(f"{form.number}还不能提交：{first}", "incomplete", tuple(others))
        self._refuse_twin(form)
        if form.form_kind not in TRIED:
            return  # what a slip hands over is settled as it goes along
        trial = self._store.ids()  # what a trial draws is never kept
        self._trial.plan(form, trial, day)

    def objection(self, form: Form, day: date) -> str:
        """Say why a draft may not be handed in as it stands, "" where nothing is in the way."""
        if form.state not in DRAFTS:
            return ""
        try:
            self.check(form, day)
        except UserError as refusal:
            return (
                "；".join(part.rstrip("。") for part in (refusal.message, *refusal.details)) + "。"
            )
        return ""

    def _refuse_twin(self, form: Form) -> None:
        if form.employee_id is None or form.request_kind != NEW_ACCOUNT:
            return
        done = FINAL | DRAFTS | {OPENED, CLOSED}
        for other in self._store.find(Form, employee_id=form.employee_id):
            same = other.form_kind == form.form_kind and other.request_kind == form.request_kind
            if same and other.id != form.id and other.state not in done:
                raise UserError(
                    f"{form.value('holder_name')}已有一张申请表{other.number}在办（{other.state}），"
                    f"不用再提交。",
                    "twin_form",
                )
