"""Which desks there are, in the order of the rail; each is imported when first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from wxadmin.domain.frozen import dataclass

if TYPE_CHECKING:
    from ui.desk import Context, Desk


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A desk in the rail; `group` parts the rail, the last group stands at its foot."""

    id: str
    title: str
    icon: str
    group: int
    path: str
    shortcut: str = ""

    def build(self, context: Context) -> Desk:
        """Import the desk and build it."""
        module, name = self.path.split(":")
        desk: Desk = getattr(import_module(module), name)(context)
        desk.setObjectName(self.id)
        return desk


FOOT = 9
DESKS = (
    DeskEntry("today", "今日", "today", 0, "ui.today.desk:TodayDesk", "Ctrl+1"),
    DeskEntry("people", "人员", "people", 1, "ui.people.desk:PeopleDesk", "Ctrl+2"),
    DeskEntry("accounts", "账号", "account", 1, "ui.accounts.desk:AccountsDesk", "Ctrl+3"),
    DeskEntry("groups", "群组", "group", 1, "ui.groups.desk:GroupsDesk", "Ctrl+4"),
    DeskEntry("forms", "表单", "form", 2, "ui.forms.desk:FormsDesk", "Ctrl+5"),
    DeskEntry("checklists", "办理", "handle", 2, "ui.checklists.desk:ChecklistsDesk", "Ctrl+6"),
    DeskEntry("imports", "导入", "import", 3, "ui.imports.desk:ImportsDesk", "Ctrl+7"),
    DeskEntry(
        "reconciliation", "三方核对", "reconcile", 3,
        "ui.reconciliation.desk:ReconciliationDesk", "Ctrl+8",
    ),
    DeskEntry("journal", "日志", "journal", 4, "ui.journal.desk:JournalDesk", "Ctrl+9"),
    DeskEntry("settings", "设置", "settings", FOOT, "ui.settings.desk:SettingsDesk", "Ctrl+,"),
)  # fmt: skip
