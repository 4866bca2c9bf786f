"""账号类型与权限: as the policy pack says, with the way to the user's own copy of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.settings.page import SettingsPage
from ui.shared.buttons import plain
from ui.shared.columns import Cell, Column
from ui.shared.layouts import across, down, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.services.policy_folder import PolicyFolder

if TYPE_CHECKING:
    from ui.desk import Desk

KEEPERS = {"holder": "使用人", "responsible": "责任人", "custodian": "保管人"}
TYPE_COLUMNS = (
    Column("name", "账号类型", 160, value=lambda t: Cell(t.name, "、".join(t.aliases[:1]), True)),
    Column("personal", "一人一号", 76, value=lambda t: "计入" if t.counts_as_personal else "不计"),
    Column("keeper", "谁负责", 76, value=lambda t: KEEPERS[t.keeper]),
    Column("ownership", "归属", 64, tone="ink2", priority=3),
    Column("usage", "使用范围", 260, tone="ink2", stretch=1, value=lambda t: t.usage_scope),
    Column("leaver", "离职时", 110, value=lambda t: t.leaver_default),
    Column("permission", "权限等级", 90, value=lambda t: t.permission),
    Column("source", "依据", 180, tone="ink3", priority=4, value=lambda t: t.source),
)
LEVEL_COLUMNS = (
    Column("name", "权限等级", 160, bold=True, value=lambda level: level.name),
    Column("grants", "可以做什么", 400, stretch=1, tone="ink2",
           value=lambda level: "、".join(level.grants)),
)  # fmt: skip


class TypesPage(SettingsPage):
    """Only shown here; changed in the pack's files, which she may open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = Table(TYPE_COLUMNS, "账号类型")
        self.levels = Table(LEVEL_COLUMNS, "权限等级")
        self.where = Text("", tone="ink2", wrap=True)
        line = across(
            self.where,
            plain("打开制度文件夹", "folder", on_click=self.open_folder),
            plain("检查制度文件", "tick", on_click=self.check),
            gap=8, margins=(20, 8, 16, 8),
        )  # fmt: skip
        line.setStretch(0, 1)
        column = down(region(line), self.table, self.levels, gap=0)
        column.setStretch(1, 3)
        column.setStretch(2, 2)
        self.setLayout(column)

    def refresh(self) -> None:
        pack = self.services.pack
        copy = PolicyFolder(self.services).copy
        said = f"账号类型、权限等级、群组和办理步骤写在制度包“{pack.title}”里，这里只能看。"
        more = f"现用你自己的一份：{copy}。" if copy else "打开制度文件夹就会抄一份给你改。"
        self.where.setText(f"{said}{more}改好后检查一遍，重新打开程序生效。")
        self.table.show_rows(RowsInMemory(pack.account_types, key="id"))
        self.levels.show_rows(RowsInMemory(pack.permission_levels, key="name"))

    def status_text(self) -> str:
        pack = self.services.pack
        return f"{len(pack.account_types)} 种账号类型，{len(pack.permission_levels)} 级权限"

    def open_folder(self) -> None:
        """Make the user's own copy where there is none, and show it."""
        try:
            folder = PolicyFolder(self.services).own_copy()
        except UserError as refusal:
            self.context.messages.error(refusal)
            return
        self.refresh()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        self.context.messages.toast(f"制度文件在 {folder}")

    def check(self) -> None:
        """Read the pack's files as they lie there now."""
        try:
            title = PolicyFolder(self.services).check()
        except UserError as refusal:
            self.context.messages.error(refusal)
        else:
            self.context.messages.clear_error()
            self.context.messages.toast(f"制度文件没有问题：{title}")
