"""The acts above the grid: those of the kind in view, the small window, the papers; their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import DeskAct
from ui.checklists import mover_sheet, papers
from ui.shared.buttons import plain
from wxadmin.domain.evidence import OFFBOARDING, ONBOARDING, TRANSFER

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk


class HeadActs:
    """Puts the acts into the desk's header; some are of one kind of checklist only."""

    def __init__(self, desk: ChecklistsDesk) -> None:
        self._desk = desk
        self.month_list = plain("月度名册", on_click=lambda: papers.print_month(desk))
        self._own = {
            OFFBOARDING: [self.month_list],
            TRANSFER: [plain("调岗单", "move", lambda: mover_sheet.show(desk))],
            ONBOARDING: [plain("复制须知", "copy", lambda: papers.copy_slip(desk)),
                         plain("入群须知", "print", lambda: papers.print_slips(desk))],
        }  # fmt: skip
        desk.header.set_acts(
            *(button for buttons in self._own.values() for button in buttons),
            plain("小窗", "pin", desk.context.small_window),
            plain("发起办理", "plus", on_click=desk.new),
            plain("打印办理单", "print", on_click=lambda: papers.print_chosen(desk)),
        )

    def show_for(self, template: str) -> None:
        """Offer what is of this kind of checklist."""
        for kind, buttons in self._own.items():
            for button in buttons:
                button.setVisible(kind == template)

    def keys(self) -> list[DeskAct]:
        """The acts of the desk with their keys."""
        desk = self._desk
        return [
            DeskAct("new", "发起办理", desk.new),
            DeskAct("print", "打印选中的办理单", lambda: papers.print_chosen(desk)),
            DeskAct("mover", "调岗单", lambda: mover_sheet.show(desk), "Ctrl+Shift+D"),
            DeskAct("slips", "打印入群须知", lambda: papers.print_slips(desk), "Ctrl+G"),
            DeskAct("small", "办理小窗", desk.context.small_window, "Ctrl+O"),
            DeskAct("column", "给选中的人整列打勾", desk.tick_column, "Ctrl+D"),
        ]
