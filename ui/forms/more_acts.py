"""更多 in the head of 表单: lists, blanks as workbooks, delegates; for all forms, not for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from ui.forms import boards, decisions, registers
from ui.shared.buttons import Button, plain
from ui.shared.record_form import Field
from wxadmin.domain.errors import UserError

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

Act = tuple[str, Callable[[], Any]]


def acts_of(desk: FormsDesk) -> list[Act | None]:
    """Return the acts, None for a line between them."""
    return [
        ("在等谁……", lambda: boards.show_waiting(desk)),
        ("催未收回的表……", lambda: decisions.remind_out(desk)),
        None,
        ("来件登记……", lambda: boards.show_incoming(desk)),
        ("发出可填写的 Excel 表……", lambda: save_workbook(desk)),
        None,
        ("授权代签人……", lambda: decisions.authorise(desk)),
        ("终止代签授权……", lambda: decisions.end_authority(desk)),
        None,
        ("台账和登记簿……", lambda: registers.show_registers(desk)),
    ]


def more_button(desk: FormsDesk) -> Button:
    """The button with its menu."""
    button = plain("更多", "more")
    button.setAccessibleName("表单的其他办法")

    def open_menu() -> None:
        menu = QMenu(desk)
        for one in acts_of(desk):
            if one is None:
                menu.addSeparator()
            else:
                text, do = one
                menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

    button.clicked.connect(open_menu)
    return button


def save_workbook(desk: FormsDesk) -> None:
    """A blank to send out, which files itself when it is dropped back."""
    from wxadmin.services.form_workbooks import FormWorkbooks

    kinds = [(kind.id, desk.forms.shelf.title(kind)) for kind in desk.forms.kinds()]
    kinds.sort(key=lambda pair: not desk.forms.shelf.definition(pair[0]).layout.mark)
    asked = desk.context.messages.ask_form(
        "发出可填写的 Excel 表",
        [Field("kind", "哪一种表", "choice", required=True, choices=kinds, value=kinds[0][0])],
        "存为 Excel",
        "栏目带下拉；填好发回，拖进窗口就起草一张表。",
    )
    if asked is None:
        return
    kind = asked["kind"]
    path = desk.context.messages.ask_where(f"{desk.kinds[kind]}（可填写）.xlsx")
    if path is None:
        return
    try:
        written = FormWorkbooks(desk.context.services).write(kind, path)
    except UserError as refusal:
        desk.context.messages.error(refusal)
        return
    desk.context.messages.toast(f"已存到 {written.name}")
