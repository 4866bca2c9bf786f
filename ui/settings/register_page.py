"""台账样式: which columns a register prints, how wide, how called, changed beside a live sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.settings.design_page import DesignPage
from ui.settings.register_parts import ColumnsPart, RegisterHeadPart
from wxadmin.services.register_designs import RegisterDesigns

if TYPE_CHECKING:
    from ui.desk import Desk


class RegisterPage(DesignPage):
    """A register is named by its id: `navigate("settings", "registers:group_register")`."""

    def __init__(self, desk: Desk) -> None:
        self.columns, self.head = ColumnsPart(), RegisterHeadPart()
        parts = (("columns", "各列", self.columns), ("head", "抬头和纸面", self.head))
        super().__init__(desk, parts, "哪一种台账")

    def make_designs(self) -> RegisterDesigns:
        return RegisterDesigns(self.services)
