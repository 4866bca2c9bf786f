"""What completing a form sets in motion: one kind of form, one planner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.services.account_book import AccountBook
from wxadmin.services.account_change_form import ACCOUNT_CHANGE, plan_account_change
from wxadmin.services.account_request import AccountRequests, RequestCase
from wxadmin.services.form_effects import Effects
from wxadmin.services.form_fields import FormFields
from wxadmin.services.form_shelf import (
    ACCOUNT_BATCH,
    ACCOUNT_HANDOVER,
    ACCOUNT_REQUEST,
    Shelf,
)
from wxadmin.services.group_forms import GROUP_PLANNERS
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

__all__ = ["Completing", "Completion", "Effects"]


@dataclass(frozen=True, slots=True)
class Completing:
    """One form being completed, with what its planner needs."""

    workplace: Workplace
    form: Form
    fields: FormFields
    book: AccountBook
    requests: AccountRequests
    ids: IdSource
    on: date

    def value(self, name: str) -> str:
        """Return what stands in a field, "" for nothing."""
        return self.form.value(name)


Planner = Callable[[Completing], Effects]


class Completion:
    """Works out what a finished form sets in motion; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._shelf = shelf
        self._book = AccountBook(workplace)
        self._requests = AccountRequests(workplace, shelf, self._book)

    def plan(self, form: Form, ids: IdSource, on: date) -> Effects:
        """Return what completing a form does. Raises `UserError` where it may not be."""
        planner = PLANNERS.get(form.form_kind)
        if planner is None:
            return Effects()
        fields = FormFields(self._workplace, self._shelf.definition_of(form))
        effects = planner(
            Completing(self._workplace, form, fields, self._book, self._requests, ids, on)
        )
        self._requests.learn(effects.changes)
        return effects


def _person(case: Completing) -> Employee:
    person = case.workplace.store.get(Employee, case.form.employee_id or 0)
    if person is None:
        raise UserError(f"{case.form.number}没有写明是谁，请先填工号。", "no_person")
    return person


def _request(case: Completing) -> Effects:
    values = dict(case.form.values)
    return case.requests.plan(
        RequestCase(case.form, values, _person(case), case.fields, case.ids, case.on)
    )


def _handover(case: Completing) -> Effects:
    from wxadmin.services.form_handover import hand_over_all

    _person(case)
    return Effects(
        hand_over_all(case.workplace, case.book, case.form, case.fields, case.ids, case.on)
    )


def _batch(case: Completing) -> Effects:
    from wxadmin.services.form_batch import plan_batch

    return plan_batch(case)


PLANNERS: Mapping[str, Planner] = {
    ACCOUNT_REQUEST: _request,
    ACCOUNT_HANDOVER: _handover,
    ACCOUNT_BATCH: _batch,
    ACCOUNT_CHANGE: plan_account_change,
    **GROUP_PLANNERS,
}
"""What completes each kind of form; a kind that is not here changes nothing but itself."""
