"""The kinds of form there are, each with its definition and the route the policy gives it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.form import ALL_ACTS, Form
from wxadmin.domain.form_asked import only_asked
from wxadmin.domain.frozen import dataclass
from wxadmin.services.form_asked import policy_asks
from wxadmin.services.form_library import form_library, revision
from wxadmin.services.form_routes import FormRoutes
from wxadmin.services.form_versions import FormVersions
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.approval_route import RouteCase, Standing
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.domain.policy import RouteStep

ACCOUNT_REQUEST = "account_request"
ACCOUNT_HANDOVER = "account_handover"
ACCOUNT_BATCH = "account_request_batch"


@dataclass(frozen=True, slots=True)
class Way:
    """The way a form takes: the decisions it needs, in order, and what is done besides."""

    approvals: tuple[RouteStep, ...]
    acts: frozenset[str]
    steps: tuple[RouteStep, ...]

    def standing(self, given: Sequence[str]) -> Standing:
        """Return whose decision is asked for after those of these roles."""
        from wxadmin.domain.approval_route import standing

        return standing(self.approvals, given)

    def step(self, act: str) -> RouteStep | None:
        """Return the first step at which something is done, None where the route has none."""
        return next((step for step in self.steps if step.act == act), None)

    def opinions(self) -> tuple[str, ...]:
        """Return whose opinion the paper has room for."""
        from wxadmin.domain.approval_route import opinions

        return opinions(self.approvals)


class Shelf:
    """The forms this office uses: the user's own definitions first (制度/forms)."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self.versions = FormVersions(workplace)
        self._forms: dict[str, FormDefinition] = {}
        self._read_at = -1
        self._ways: dict[tuple[str, RouteCase], Way] = {}

    @property
    def forms(self) -> dict[str, FormDefinition]:
        """Return every kind of form by its id."""
        if self._read_at != revision():
            self._read_at = revision()
            asked = policy_asks(self._workplace)
            forms = form_library(self._workplace).forms
            self._forms = {kind: only_asked(form, asked) for kind, form in forms.items()}
            self.versions = FormVersions(self._workplace)
        return self._forms

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
        former = self.versions.find(form.form_kind, form.definition_version)
        return only_asked(former, policy_asks(self._workplace)) if former else current

    def title(self, definition: FormDefinition) -> str:
        """Return a form's title with the company's name."""
        return definition.title.replace("{company}", self._company)

    @cached_property
    def _company(self) -> str:
        return self._workplace.office().company_name

    def way_of(self, form: Form) -> Way:
        """Return the way a form takes, by its account's type, its group's class and where it is
        from."""
        return self.way(self.definition(form.form_kind), self._routes.case(form))

    def way(self, definition: FormDefinition, case: RouteCase | None = None) -> Way:
        """Return the way a kind of form takes in a case; the ordinary one without any."""
        case = case or self._routes.ordinary()
        key = (definition.route, case)
        if key not in self._ways:
            self._ways[key] = self._way(definition, case)
        return self._ways[key]

    def _way(self, definition: FormDefinition, case: RouteCase) -> Way:
        route = self._routes.route(definition, case)
        if route is None:
            return Way((), frozenset(), ())
        steps = route.for_account_type(case.account_type)
        acts = frozenset(step.act for step in steps) & ALL_ACTS
        return Way(route.approvals(case.account_type), acts, steps)

    @cached_property
    def _routes(self) -> FormRoutes:
        return FormRoutes(self._workplace)

    def authority(self, form: Form) -> str:
        """Return who may decide where a route has no approval: the department that sets up
        groups of its class (X04); "" where nobody is named."""
        return self._routes.authority(form)
