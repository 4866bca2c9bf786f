"""What is done about one line, or several: who wins, marks, forms, orders, the way to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ui.reconciliation.columns import act_words
from ui.reconciliation.lines import CLEAR_MARK, OPEN_PERSON, Row
from ui.shared.acting import act, ask_and_act
from ui.shared.record_form import Field
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.domain.reconciliation_finding import FIELD, LEFT, TO_OPEN
from wxadmin.domain.reconciliation_words import (
    ACTS,
    DECIDE,
    ISSUE_ORDER,
    LOOK_INTO_GROUP,
    OPEN_ACCOUNT,
    SEE_ACCOUNT,
    SEE_ORDER,
    SEE_REQUEST,
)
from wxadmin.domain.wecom import HANDS_OFF, HR_IS_WRONG, NOT_NOW
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.forms import Forms
from wxadmin.services.marks import Marks
from wxadmin.services.reconciliation_settling import Settling
from wxadmin.services.reconciliation_view import Item

if TYPE_CHECKING:
    from ui.reconciliation.desk import ReconciliationDesk


_LEADS_TO = {SEE_ORDER: "groups", SEE_REQUEST: "forms"}
"""Where what is under way is looked at; the number says which it is."""


class LineActs:
    """The acts of the desk; each is one act with 撤销."""

    def __init__(self, desk: ReconciliationDesk) -> None:
        self._desk = desk

    def do(self, row: Row, what: str) -> None:
        """Do one of a line's acts."""
        desk = self._desk
        if what == CLEAR_MARK:
            self.clear_mark(row)
        elif what == OPEN_PERSON and row.person_id is not None:
            desk.context.navigate("people", row.person_id)
        elif what == DECIDE:
            desk.ask(row)
        elif row.item is not None and what in _LEADS_TO:
            desk.context.navigate(_LEADS_TO[what], row.item.under_way)
        elif row.item is not None and what == SEE_ACCOUNT:
            desk.context.navigate("accounts", row.item.finding.account_id)
        elif row.item is not None and what == LOOK_INTO_GROUP:
            desk.context.navigate("groups", row.item.finding.group_id)
        elif row.item is not None and what == OPEN_ACCOUNT:
            self._draft(row.item)
        elif row.item is not None:
            self._settle(row.item, what)

    def _settle(self, item: Item, what: str) -> None:
        desk = self._desk
        if desk.seen is None:
            return
        settling = Settling(desk.context.services, desk.seen.reconciliation)
        said = _said(item, what)
        act(desk.context, said, lambda: settling.act(item.finding, what))

    def _draft(self, item: Item) -> None:
        """Draft 附件一 for somebody without an account and show it."""
        context = self._desk.context
        made: list[Form] = []

        def do() -> Form:
            person = context.services.store.get(Employee, item.finding.person_id)
            made.append(Forms(context.services).draft(ACCOUNT_REQUEST, person=person))
            return made[0]

        if act(context, lambda form: f"已起草 {form.number}", do):
            context.navigate("forms", made[0].number)

    # -- marks ----------------------------------------------------------------------------------

    def mark_chosen(self, mark: str) -> None:
        """不动 or 以后再说 for the ticked lines, else the one under the cursor."""
        rows = [row for row in self._desk.chosen_rows() if row.mark is None]
        items = self._desk.items_of(rows)
        if not items:
            return
        name = rows[0].name or items[0].name
        whom = name if len(rows) == 1 else f"{len(rows)} 行"
        services = self._desk.context.services
        act(self._desk.context, f"{whom}已标“{mark}”",
            lambda: Marks(services).set([item.finding for item in items], mark))  # fmt: skip
        self._desk.table.tick([row.id for row in rows], False)

    def hr_is_wrong(self, row: Row) -> None:
        """人事数据有误: ask what is right; it holds until HR mends its own."""
        item = row.item
        if item is None:
            return
        marks = Marks(self._desk.context.services)
        fields = _right_value(item)
        ask_and_act(
            self._desk.context, f"{item.name}：人事数据有误", fields, "记下",
            lambda values: marks.set([item.finding], HR_IS_WRONG, value=_text(values),
                                     reason=values["reason"]),
            f"已记下：人事的{_field_word(item)}有误，改对以前一直列着",
            "以您写的为准去核对，直到人事的名单改对；每次核对都会列出来提醒。",
        )  # fmt: skip

    def clear_mark(self, row: Row) -> None:
        """Take a mark away: what it kept quiet is reported anew."""
        mark = row.mark
        if mark is not None:
            act(self._desk.context, f"已取消{row.name}的“{mark.mark}”",
                lambda: Marks(self._desk.context.services).clear([mark]))  # fmt: skip

    # -- the menu -------------------------------------------------------------------------------

    def entries(self, row: Row) -> list[tuple[str, Callable[[], Any] | None]]:
        """Everything that can be done with a line; no act is a line between two parts."""
        found: list[tuple[str, Callable[[], Any] | None]] = []
        item = row.item
        if row.mark is not None:
            found.append(("取消标记", lambda: self.clear_mark(row)))
        elif item is not None:
            found += [(act_words(one), lambda one=one: self.do(row, one))
                      for one in item.acts]  # fmt: skip
            found.append(("", None))
            found += [(mark, lambda mark=mark: self._mark_one(row, mark))
                      for mark in (HANDS_OFF, NOT_NOW)]  # fmt: skip
            if _may_be_wrong(item):
                found.append(("人事数据有误…", lambda: self.hr_is_wrong(row)))
        if row.person_id is not None:
            found += [("", None), ("打开人员", lambda: self.do(row, OPEN_PERSON))]
        if item is not None and item.finding.account_id is not None:
            account = item.finding.account_id
            go = self._desk.context.navigate
            found.append(("打开账号", lambda: go("accounts", account)))
        if item is not None and item.finding.group_id is not None:
            group, go = item.finding.group_id, self._desk.context.navigate
            found.append(("打开群组", lambda: go("groups", group)))
        return found

    def _mark_one(self, row: Row, mark: str) -> None:
        self._desk.table.model.ticked.clear()
        self._desk.table.select(row.id)
        self.mark_chosen(mark)

    def open_menu(self, place: QPoint) -> None:
        """The menu of the line under the mouse."""
        view = self._desk.table.view
        key = self._desk.table.model.id_at(view.rowAt(place.y()))
        self._menu(self._desk.rows.get(key), view.viewport().mapToGlobal(place))

    def menu_here(self) -> None:
        """The menu of the line under the cursor, by key."""
        view = self._desk.table.view
        place = view.visualRect(view.currentIndex()).bottomLeft()
        self._menu(self._desk.current(), view.viewport().mapToGlobal(place))

    def _menu(self, row: Row | None, place: QPoint) -> None:
        if row is None:
            return
        menu = QMenu(self._desk)
        for text, do in self.entries(row):
            if do is None:
                menu.addSeparator()
            else:
                menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        if not menu.isEmpty():
            menu.exec(place)


def _said(item: Item, what: str) -> str:
    name = item.name or item.wecom
    if what == ISSUE_ORDER:
        return f"已给“{item.group}”开通知单"
    if item.finding.cause == FIELD:
        return f"{name}的{item.label}：已{ACTS[what]}"
    return f"{name}：已{ACTS[what]}"


def _may_be_wrong(item: Item) -> bool:
    one = item.finding
    if one.person_id is None or one.group_id is not None:
        return False
    return (one.cause == FIELD and bool(one.hr)) or one.cause == LEFT or one.kind == TO_OPEN


def _field_word(item: Item) -> str:
    one = item.finding
    return item.label if one.cause == FIELD else "离职日期"


def _right_value(item: Item) -> list[Field]:
    one = item.finding
    reason = Field("reason", "为什么这样说", placeholder="例如：本人当面核对")
    if one.cause == LEFT:
        hint = "不填：他没有离职；填：真正的离职日期。"
        return [Field("value", "正确的离职日期", "date", hint=hint), reason]
    if one.kind == TO_OPEN:
        hint = "人事还没报的离职。"
        return [Field("value", "真正的离职日期", "date", required=True, hint=hint), reason]
    value = one.register or one.wecom
    kind = "phone" if one.field == "mobile" else "text"
    return [Field("value", f"正确的{item.label}", kind, required=True, value=value), reason]


def _text(values: dict[str, Any]) -> str:
    value = values["value"]
    return value.isoformat() if isinstance(value, date) else str(value or "")
