"""The kinds of form there are, each with its definition and the route the policy gives it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import ALL_ACTS, OPEN_ACT, Form
from wxadmin.services.form_versions import FormVersions
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.domain.policy import Route, RouteStep

ACCOUNT_REQUEST = "account_request"
ACCOUNT_HANDOVER = "account_handover"


@dataclass(frozen=True, slots=True)
class Way:
    """The way a form takes: the decisions it needs, in order, and what is done besides."""

    approvals: tuple[RouteStep, ...]
    acts: frozenset[str]
    steps: tuple[RouteStep, ...]

    def due_days(self, act: str, approval: int = 0) -> int | None:
        """Return how many days a step may take, None where the policy says nothing."""
        found = self.approvals[approval:] if act == "approve" else self._of(act)
        return found[0].due_days if found else None

    def role(self, act: str, approval: int = 0) -> str:
        """Return whose turn it is."""
        found = self.approvals[approval:] if act == "approve" else self._of(act)
        return found[0].role if found else ""

    def _of(self, act: str) -> tuple[RouteStep, ...]:
        return tuple(step for step in self.steps if step.act == act)


class Shelf:
    """The forms this office uses: the user's own definitions first (制度/forms)."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    @cached_property
    def forms(self) -> dict[str, FormDefinition]:
        """Return every kind of form by its id."""
        from wxadmin.policy.forms import load_forms

        users = self._workplace.user_policies
        shelf = load_forms(paths.RESOURCES / "forms", users / "forms" if users else None)
        return dict(shelf.forms)

    def definition(self, kind: str) -> FormDefinition:
        """Return a kind of form by its id or title. Raises `UserError` listing those there are."""
        for definition in self.forms.values():
            if kind in (definition.id, self.title(definition), definition.layout.mark):
                return definition
        known = "、".join(f"{d.id}（{self.title(d)}）" for d in self.forms.values())
        raise UserError(f"没有“{kind}”这种表单，可用的有：{known}。", "unknown_form")

    def definition_of(self, form: Form) -> FormDefinition:
        """Return the definition a form was made with; today's where that one was not kept."""
        current = self.definition(form.form_kind)
        if current.version == form.definition_version:
            return current
        return self.versions.find(form.form_kind, form.definition_version) or current

    @cached_property
    def versions(self) -> FormVersions:
        """Return the former versions of the definitions."""
        return FormVersions(self._workplace)

    def title(self, definition: FormDefinition) -> str:
        """Return a form's title with the company's name."""
        return definition.title.replace("{company}", self._company)

    @cached_property
    def _company(self) -> str:
        return self._workplace.office().company_name

    def way(self, definition: FormDefinition, account_type: str = "") -> Way:
        """Return the way a form takes for an account type (id, name or alias)."""
        route = self._route(definition)
        if route is None:
            return Way((), frozenset(), ())
        pack = self._workplace.pack
        type_id = pack.account_type(account_type).id if account_type else ""
        steps = route.for_account_type(type_id)
        acts = frozenset(step.act for step in steps) & ALL_ACTS
        return Way(route.approvals(type_id), acts, steps)

    def _route(self, definition: FormDefinition) -> Route | None:
        if not definition.route:
            return None
        for route in self._workplace.pack.routes:
            if definition.route in (route.document, route.id):
                return route
        return None

    def opens_account(self, definition: FormDefinition) -> bool:
        """Say whether a form's way ends with an account that is opened."""
        return OPEN_ACT in self.way(definition).acts
