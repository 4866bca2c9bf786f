"""Which route each form takes: by its account's type, its group's class, its department."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.approval_route import RouteCase, route_for
from wxadmin.domain.form import Form
from wxadmin.domain.group import Group
from wxadmin.domain.org_tree import OrgTree
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.domain.policy import GroupClass, Route

_UNIT_FIELDS = ("applicant_org_id", "unit_id", "dept_id", "org_unit_id")
_CLASS_FIELDS = ("class_key", "group_class")


class FormRoutes:
    """Reads a form for what a route may be chosen by; only as far as some route asks for it."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._pack = workplace.pack

    def route(self, definition: FormDefinition, case: RouteCase) -> Route | None:
        """Return the route of a kind of form in a case, None where the pack has none.

        The route a group class names for itself counts where no route names the class.
        """
        if not definition.route:
            return None
        found = route_for(self._pack.routes, definition.route, case)
        if found is not None and found.group_classes:
            return found
        named = next((c.route for c in map(self._class, case.group_classes) if c and c.route), "")
        own = next((route for route in self._pack.routes if route.id == named), None)
        return own if own is not None and own.document == definition.route else found

    def ordinary(self) -> RouteCase:
        """Return the case of a form about nothing in particular."""
        return RouteCase()

    def case(self, form: Form) -> RouteCase:
        """Return what a form's route is chosen by."""
        type_name = form.value("account_type")
        return RouteCase(
            self._pack.account_type(type_name).id if type_name else "",
            tuple(one.id for one in self._class_line(form)),
            self._units_of(form) if self._asks_for_units else frozenset(),
        )

    def authority(self, form: Form) -> str:
        """Return the department that sets up groups of a form's class."""
        return next((c.builder_dept for c in self._class_line(form) if c.builder_dept), "")

    # -- the group --------------------------------------------------------------------------------
    def _class_line(self, form: Form) -> tuple[GroupClass, ...]:
        named = next((form.value(name) for name in _CLASS_FIELDS if form.value(name)), "")
        if not named and form.group_id is not None:
            named = self._classes.get(form.group_id, "")
        found = self._class(named)
        return self._pack.class_line(found.id) if found is not None else ()

    def _class(self, name: str) -> GroupClass | None:
        return next((c for c in self._pack.group_classes if name and name in (c.id, c.name)), None)

    @cached_property
    def _classes(self) -> dict[int, str]:
        return dict(self._workplace.store.columns(Group, "id", "class_key"))

    # -- the department ---------------------------------------------------------------------------
    @cached_property
    def _asks_for_units(self) -> bool:
        return any(route.departments for route in self._pack.routes)

    @cached_property
    def _units(self) -> OrgTree:
        return self._workplace.units()

    def _units_of(self, form: Form) -> frozenset[str]:
        """Return the names of the units a form comes from, and of those above them."""
        said = [word for name in _UNIT_FIELDS for word in form.value(name).split("/") if word]
        above = (self._units.names(unit.id) for word in said for unit in self._units.called(word))
        return frozenset(said).union(*above)
