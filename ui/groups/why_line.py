"""为什么…: type a name and read in one sentence why he is, or is not, in this group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import style
from ui.groups.person_search import PersonSearch, caption_of
from ui.groups.reading import Roll, is_alive
from ui.shared.bands import Band
from ui.shared.buttons import icon_button, words
from ui.shared.inputs import LineInput
from ui.shared.layouts import across, down, region
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.membership import Membership

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk


class WhyLine(LineInput):
    """The field; `answer` is the widget that shows the sentence, hidden until asked."""

    def __init__(self, desk: GroupsDesk) -> None:
        super().__init__("为什么…　姓名、工号")
        self.setAccessibleName("为什么：某人为什么在或不在本群")
        self.setFixedWidth(style.px(190))
        self._desk = desk
        self._roll: Roll | None = None
        self._line: GroupLine | None = None
        self._search: PersonSearch | None = None
        self._shown: int | None = None
        self.sentence = Text("", wrap=True, selectable=True)
        self.sentence.setAccessibleName("为什么的回答")
        self.answer = self._answer_box()
        self.answer.hide()
        self.returnPressed.connect(self._asked)

    def _answer_box(self) -> QWidget:
        self._open = words("打开人员", on_click=self._open_person)
        close = icon_button("close", "收起为什么", self.clear)
        line = across(self.sentence, self._open, close, gap=10, margins=(14, 6, 6, 6))
        line.setStretch(0, 1)
        box = Band("soft", "accent")
        box.setLayout(line)
        return region(down(box, margins=(20, 0, 16, 8)))

    def use(self, roll: Roll, line: GroupLine) -> None:
        """Ask about this group from now on; a shown answer is brought up to date."""
        self._line = line
        self.setVisible(is_alive(line))
        if self._roll is not roll:
            self._roll = roll
            self._search = PersonSearch(roll.workplace, roll.picture, left_too=True)
            self._search.attach(self).activated.connect(lambda _: self._asked())
        if self._shown is not None:
            self.explain(self._shown)

    def explain(self, employee_id: int) -> None:
        """Say why one person is, or is not, in the group."""
        if self._roll is None or self._line is None:
            return
        membership = Membership(self._roll.workplace)
        try:
            found = membership.why(employee_id, self._line.group.id, self._roll.picture)
        except UserError as refusal:
            self._say(refusal.message, None)
            return
        person = found.person
        present = (
            "" if found.actual is None else "（现在群里）" if found.actual else "（现不在群里）"
        )
        if self.text() == caption_of(person):
            self.setText(person.name)
        self._say(f"{person.name}{present}　{found.why.sentence}{found.why.change}", employee_id)

    def clear(self) -> None:
        """Show no answer."""
        super().clear()
        self._shown = None
        self.answer.hide()

    def _say(self, sentence: str, employee_id: int | None) -> None:
        self._shown = employee_id
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self._open.setVisible(employee_id is not None)
        self.answer.show()

    def _asked(self) -> None:
        typed = self.text().strip()
        if not typed or self._search is None:
            return
        person_id = self._search.read(typed)
        if person_id is not None:
            self.explain(person_id)
            return
        verdict = self._search.check(typed, {})
        self._say(verdict.sentence if verdict else "", None)

    def _open_person(self) -> None:
        if self._shown is not None:
            self._desk.context.navigate("people", self._shown)
