"""Forms on paper: what stands on each sheet, filled or blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from wxadmin.domain.approval_route import RouteCase
from wxadmin.domain.form import Form
from wxadmin.domain.organisation import Office
from wxadmin.progress import Progress, silent
from wxadmin.services.form_facts import FormFacts, table_rows
from wxadmin.services.form_shelf import Shelf, Way
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.paper.form import FormPress, FormSheet
    from wxadmin.paper.items import Measure, Page


class FormPaper:
    """Lays forms out on their sheets; `measure` is the printing room's."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._shelf = shelf
        self._companies: dict[date, str] = {}

    def pages(
        self, forms: Iterable[Form], measure: Measure, progress: Progress = silent
    ) -> list[Page]:
        """Return the pages of filled forms, one after the other."""
        wanted = list(forms)
        presses: dict[tuple[str, int], FormPress] = {}
        pages: list[Page] = []
        for done, form in enumerate(wanted, start=1):
            definition = self._shelf.definition_of(form)
            key = (definition.id, definition.version)
            press = presses.get(key)
            if press is None:
                press = presses[key] = _press(definition, measure)
            pages += press.pages(self.sheet(form, definition))
            progress(done, len(wanted))
        return pages

    def keep_definitions(self, forms: Iterable[Form]) -> None:
        """Keep the definitions forms are printed with, for the day they are printed again."""
        for definition in {f.form_kind: self._shelf.definition_of(f) for f in forms}.values():
            self._shelf.versions.keep(definition)

    def blank(self, kind: str, measure: Measure) -> list[Page]:
        """Return a blank form: only what the company itself prints stands on it."""
        definition = self._shelf.definition(kind)
        default = FormFacts(self._workplace).default_type()
        values: dict[str, object] = {
            "admin_mailbox": str(self._workplace.setting("admin_mailbox")),
        }
        sheet = self._sheet("", values, self._shelf.way(definition, RouteCase(default.id)))
        return list(_press(definition, measure).pages(sheet, blank=True))

    def sheet(self, form: Form, definition: FormDefinition) -> FormSheet:
        """Return what one form puts on paper; what was done since is on it too."""
        values: dict[str, object] = {**dict(form.values), **_since(form)}
        for field in definition.fields:
            if field.type == "table":
                values[field.name] = table_rows(form.value(field.name))
        sheet = self._sheet(form.number, values, self._shelf.way_of(form))
        printed_on = form.printed_on or self._workplace.today
        company = self._company_on(printed_on)
        return replace(sheet, company=company, printed_on=printed_on, sheet=form.sheet)

    def _company_on(self, day: date) -> str:
        """Return what the company was called when a form was printed: it reprints as it was."""
        if day not in self._companies:
            self._companies[day] = self._read_company(day)
        return self._companies[day]

    def _read_company(self, day: date) -> str:
        office = self._workplace.office()
        if day >= self._workplace.today:
            return office.company_name
        from wxadmin.storage.past import PastStore

        past = PastStore(self._workplace.register.store, day).restored(Office).get(office.id)
        return past.company_name if isinstance(past, Office) else office.company_name

    def _sheet(self, number: str, values: Mapping[str, object], way: Way) -> FormSheet:
        from wxadmin.domain.form_definition import RouteStep
        from wxadmin.paper.form import FormSheet

        return FormSheet(
            number,
            values,
            self._workplace.office().company_name,
            self._workplace.today,
            tuple(map(RouteStep, way.opinions())),
        )


def _press(definition: FormDefinition, measure: Measure) -> FormPress:
    from wxadmin.paper.form import FormPress

    return FormPress(definition, measure)


def _since(form: Form) -> dict[str, object]:
    """Return what was recorded after the form was filled in."""
    found: dict[str, object] = {
        "received_on": form.received_on,
        "mailed_on": form.received_on,
        "opened_on": form.opened_on,
        "notified_head_on": form.notified_head_on,
        "notified_holder_on": form.notified_holder_on,
    }
    return {name: value for name, value in found.items() if value is not None}
