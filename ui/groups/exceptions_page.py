"""特批、借调、兼任: everything that goes before a rule, on whose word, until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ui.groups.person_search import PersonSearch
from ui.groups.reading import Roll, is_alive
from ui.shared.acting import act
from ui.shared.buttons import plain
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.dialog import Choice
from ui.shared.empty_state import EmptyState
from ui.shared.record_form import Field, RecordForm, Verdict, wrong
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from wxadmin.domain.person import Employee
from wxadmin.services.exceptions import Exceptions, Granted

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

SOON = 7
"""Days before its end in which an exception is marked as ending."""
NOW, PAST = "now", "past"
_HEADINGS = (
    GroupHeading(NOW, "有效和将来的", never_empty=True),
    GroupHeading(PAST, "已到期、已结束", foldable=True, folded=True),
)


class ExceptionsPage(SidePage):
    """Three ways to grant; 结束 ends one before its time; nothing is ever deleted."""

    def __init__(self, desk: GroupsDesk, roll: Roll) -> None:
        super().__init__(
            "特批、借调、兼任", "特批先于规则；借调期间两个单位的群都在；到期当天开通知单给群主。"
        )
        self._desk, self._roll = desk, roll
        empty = EmptyState(
            "paper",
            "还没有特批、借调、兼任",
            "有人要破例进群、不进群，或借到别的单位，在这里登记。",
        )
        self.table = Table(self._columns(), "特批、借调、兼任", _HEADINGS, empty=empty)
        self.table.acted.connect(lambda key, _: self.end(key))
        self.table.opened.connect(
            lambda key: desk.context.navigate("people", self._of(key).employee_id)
        )
        self.body.addWidget(self.table)
        self.set_foot(
            plain("特批", "plus", self.grant),
            plain("借调", "plus", self.second),
            plain("兼任", "plus", self.add_post),
            None,
        )
        self._found: dict[tuple[str, int], Granted] = {}
        self.show_roll(roll)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("name", "姓名", 118, kind="person", value=lambda e: Person(e.name, e.emp_no)),
            Column("what", "什么", 150, stretch=2,
                   value=lambda e: Cell(e.what, note=f"“{e.group}”" if e.group else "")),
            Column("basis", "凭谁、依据", 110, stretch=1, tone="ink2", priority=3,
                   value=lambda e: Cell(e.basis, note=e.reason)),
            Column("period", "起止", 142, kind="state", value=self._period,
                   sort_key=lambda e: e.until or date.max),
            Column("act", "", 80, kind="act", value=lambda e: "结束" if self._lasts(e) else ""),
        )  # fmt: skip

    def _lasts(self, one: Granted) -> bool:
        return one.until is None or one.until >= self._roll.picture.today

    def _period(self, one: Granted) -> State:
        """From when until when; what ends within days is amber."""
        today = self._roll.picture.today
        until = _day(one.until, today) if one.until else "未定"
        text = f"{_day(one.from_on, today)} 至 {until}"
        if not self._lasts(one):
            return State("stopped", text)
        if one.from_on > today:
            return State("empty", text)
        ends = one.until is not None and (one.until - today).days <= SOON
        return State("due" if ends else "tick", text)

    def show_roll(self, roll: Roll) -> None:
        """Show everything granted, as it stands."""
        self._roll = roll
        found = Exceptions(self._desk.context.services).all()
        self._found = {(one.kind, one.id): one for one in found}
        self.table.show_rows(RowsInMemory(
            found, key=lambda e: (e.kind, e.id), group=lambda e: NOW if self._lasts(e) else PAST,
        ), _HEADINGS if found else ())  # fmt: skip

    def _of(self, key: Any) -> Granted:
        return self._found[key]

    # -- granting -----------------------------------------------------------------------------

    def grant(self) -> None:
        """特批: in or out of one group, on whose word, until when."""
        groups: list[tuple[Any, str]] = [
            (line.group.id, f"{line.group.name}（{line.group.side} {line.group.group_no}）")
            for line in self._roll.lines.values()
            if is_alive(line)
        ]
        shown = self._desk.shown()
        fields = [
            Field("allowed", "怎样", "choice", required=True, value=True, half=True,
                  choices=[(True, "特批入群"), (False, "特批不入群")]),
            Field("group", "群组", "choice", required=True, choices=groups, half=True,
                  value=shown[1].group.id if shown else None),
            Field("by", "谁批准的", required=True, half=True),
            Field("reason", "原因", half=True),
            *self._dates(),
        ]  # fmt: skip
        found = self._ask("登记特批", fields, "登记特批")
        if found is None:
            return
        person, answer = found
        group = self._roll.picture.all_groups[answer["group"]]
        word = "入群" if answer["allowed"] else "不入群"
        act(self._desk.context, f"已特批 {person.name} {word}：{group.name}",
            lambda: self._exceptions().grant(
                person, group, allowed=answer["allowed"], granted_by=answer["by"],
                until=answer["until"], from_on=answer["from_on"],
                reason=answer["reason"]))  # fmt: skip

    def second(self) -> None:
        """借调: the groups of both units until the last day."""
        fields = [
            Field("unit", "借到哪个单位", "choice", required=True, choices=self._units()),
            *self._dates(must_end=True), Field("basis", "依据"),
        ]  # fmt: skip
        found = self._ask("登记借调", fields, "登记借调")
        if found is None:
            return
        person, answer = found
        unit = self._roll.picture.tree.units[answer["unit"]]
        act(self._desk.context, f"已登记 {person.name} 借调到{unit.name}",
            lambda: self._exceptions().second(person, unit, answer["until"],
                                              from_on=answer["from_on"],
                                              basis=answer["basis"]))  # fmt: skip

    def add_post(self) -> None:
        """兼任: a second post, in a unit, with a title, or both."""
        units: list[tuple[Any, str]] = [(0, "本单位"), *self._units()]
        fields = [
            Field("unit", "兼任单位", "choice", value=0, choices=units, half=True),
            Field("position", "兼任职务", half=True, hint="单位、职务至少写一项"),
            *self._dates(), Field("basis", "依据"),
        ]  # fmt: skip
        found = self._ask("登记兼任", fields, "登记兼任")
        if found is None:
            return
        person, answer = found
        unit = self._roll.picture.tree.units.get(answer["unit"] or 0)
        act(self._desk.context, f"已登记 {person.name} 兼任",
            lambda: self._exceptions().add_post(person, unit=unit, position=answer["position"],
                                                from_on=answer["from_on"], until=answer["until"],
                                                basis=answer["basis"]))  # fmt: skip

    def end(self, key: Any) -> None:
        """End one before its time; yesterday is its last day."""
        one = self._of(key)
        act(self._desk.context, f"已结束 {one.name} 的{one.kind}",
            lambda: self._exceptions().end(one.kind, one.id))  # fmt: skip

    # -- asking -------------------------------------------------------------------------------

    def _exceptions(self) -> Exceptions:
        return Exceptions(self._desk.context.services)

    def _units(self) -> list[tuple[Any, str]]:
        tree = self._roll.picture.tree
        near = [u for u in tree.units.values() if len(tree.path(u.id)) <= 3]
        return [(u.id, tree.text(u.id)) for u in sorted(near, key=lambda u: tree.text(u.id))]

    def _dates(self, must_end: bool = False) -> list[Field]:
        def check(value: Any, values: Mapping[str, Any]) -> Verdict | None:
            start = values["from_on"]
            early = isinstance(start, date) and value < start
            return wrong("最后一天早于第一天，请核对。") if early else None

        hint = "" if must_end else "空着就是未定期限"
        return [
            Field("from_on", "第一天", "date", required=True, half=True,
                  value=self._roll.picture.today),
            Field("until", "最后一天", "date", required=must_end, half=True, hint=hint,
                  check=check),
        ]  # fmt: skip

    def _ask(
        self, sentence: str, fields: list[Field], word: str
    ) -> tuple[Employee, dict[str, Any]] | None:
        search = PersonSearch(self._roll.workplace, self._roll.picture)
        chosen = self._desk.panel.selected_rows()
        now = next((row.employee_id for row in chosen if row.employee_id is not None), None)
        number = self._roll.picture.called(now)[0] if now is not None else ""
        who = Field("person", "谁", required=True, check=search.check, value=number,
                    placeholder="姓名、拼音、工号")  # fmt: skip
        form = RecordForm([who, *fields])
        search.attach(form.boxes["person"].input)
        acts = (Choice("取消", None), Choice(word, form, kind="filled"))
        answer = self._desk.ask(sentence, "", form, acts)
        if not isinstance(answer, dict):
            return None
        answer["until"] = answer["until"] or None
        person_id = search.read(answer["person"])
        assert person_id is not None
        person = self._roll.workplace.store.get(Employee, person_id)
        return None if person is None else (person, answer)


def _day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
