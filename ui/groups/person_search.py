"""Find a person while typing: name, reading, number; the choice is written into the field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.shared.record_form import Verdict, good, wrong
from wxadmin.domain.search import SearchIndex
from wxadmin.services.membership_picture import Person, Picture
from wxadmin.services.people import People
from wxadmin.services.workplace import Workplace

SHOWN = 12


class PersonSearch:
    """Everybody of one picture; `left_too` offers those who have left as well.

    Example:
        search = PersonSearch(workplace, picture)
        search.attach(form.boxes["person"].input)
        Field("person", "接任人", required=True, check=search.check)
        person_id = search.read(answer["person"])
    """

    def __init__(self, workplace: Workplace, picture: Picture, left_too: bool = False) -> None:
        self._workplace = workplace
        self._picture = picture
        self._left_too = left_too
        self._offered: dict[str, int] = {}

    @cached_property
    def _index(self) -> SearchIndex[int]:
        return People(self._workplace).index()

    def find(self, typed: str) -> list[Person]:
        """Who is meant by what is typed so far, those who are named just so first."""
        text = typed.strip()
        if not text:
            return []
        facts = self._picture.facts
        found = [
            self._picture.person(person_id)
            for person_id in self._index.find(text)
            if person_id in facts and (self._left_too or facts[person_id].in_service)
        ]
        exact = [person for person in found if text in (person.name, person.emp_no)]
        return exact or found

    def read(self, typed: str) -> int | None:
        """The one person a field names: chosen from the list, or typed without doubt."""
        if typed in self._offered:
            return self._offered[typed]
        number = typed.split(" ", 1)[0]
        found = self.find(typed) or [p for p in self.find(number) if caption_of(p) == typed]
        return found[0].id if len(found) == 1 else None

    def check(self, typed: Any, values: Mapping[str, Any]) -> Verdict | None:
        """What is said under the field."""
        person_id = self.read(str(typed))
        if person_id is not None:
            person = self._picture.person(person_id)
            return good(" ".join(filter(None, (person.org_unit, person.position))) or person.name)
        found = self.find(str(typed))
        if found:
            return wrong(
                f"有{len(found)}个人符合，请接着输入或从下面选一位，例如“{caption_of(found[0])}”。"
            )
        return wrong("没有这个人，请输入在册人员的姓名、拼音或工号。")

    def attach(self, field: QLineEdit) -> QCompleter:
        """Offer people below a field while she types."""
        model = QStringListModel(field)
        completer = QCompleter(model, field)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(SHOWN)
        completer.popup().setAccessibleName("符合的人")
        field.setCompleter(completer)
        field.textEdited.connect(lambda text: self._offer(model, text))
        return completer

    def _offer(self, model: QStringListModel, text: str) -> None:
        people = self.find(text)[:SHOWN]
        self._offered |= {caption_of(person): person.id for person in people}
        model.setStringList([caption_of(person) for person in people])


def caption_of(person: Person) -> str:
    """A person as a field names him: 00326 李志强 莆田一厂/包装车间."""
    return " ".join(filter(None, (person.emp_no, person.name, person.org_unit)))
