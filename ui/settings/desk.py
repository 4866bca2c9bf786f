"""设置: one page for each kind of thing that may be set; laid out from what declares it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from ui import memory
from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.settings.page import SettingsPage
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar

PAGES = (
    ("policy", "制度设定", "policy_page:PolicyPage"),
    ("units", "单位", "units_page:UnitsPage"),
    ("sources", "人事来源", "sources_page:SourcesPage"),
    ("posts", "岗位职级", "posts_page:PostsPage"),
    ("types", "账号类型", "types_page:TypesPage"),
    ("forms", "表单样式", "form_page:FormPage"),
    ("registers", "台账样式", "register_page:RegisterPage"),
    ("backup", "备份与交接", "backup_page:BackupPage"),
    ("look", "界面", "look_page:LookPage"),
    ("about", "关于", "about_page:AboutPage"),
)
KEPT = "settings/page"


class SettingsDesk(Desk):
    """A page is named by its key: `navigate("settings", "backup")`, "policy:leaver_list_day"."""

    title = "设置"
    about = (
        "制度里可以由公司自己定的数、单位和别名、人事来源、岗位职级、备份和交接、颜色和字号。"
        "每改一处都记在日志里，可以撤销。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._pages: dict[str, SettingsPage] = {}
        self.words = Toolbar(None, [(key, title) for key, title, _ in PAGES])
        self.stack = QStackedWidget()
        self.put(self.words, self.stack)
        self.words.filters.choose(memory.value(KEPT, PAGES[0][0]))
        self.words.chosen.connect(self.show_page)

    @property
    def key(self) -> str:
        """The key of the page in view."""
        return self.words.filters.current()

    @property
    def page(self) -> SettingsPage:
        """The page in view, built when first needed."""
        if self.key not in self._pages:
            module, name = next(path for key, _, path in PAGES if key == self.key).split(":")
            page: SettingsPage = getattr(import_module(f"ui.settings.{module}"), name)(self)
            self._pages[self.key] = page
            self.stack.addWidget(page)
        return self._pages[self.key]

    @property
    def table(self) -> Table | None:
        """The table of the page in view, for the focus."""
        return self.page.table

    def show_page(self, key: str) -> None:
        """Show a page, read anew."""
        memory.keep(KEPT, key)
        self.stack.setCurrentWidget(self.page)
        self.page.refresh()
        self.status_changed.emit()

    def refresh(self) -> None:
        self.stack.setCurrentWidget(self.page)
        self.page.refresh()
        office = self.context.services.office()
        self.header.set_facts(office.company_name, self.context.services.pack.title)
        self.status_changed.emit()

    def open(self, key: Any) -> None:
        """Show a page, and one thing of it: "policy:leaver_list_day"."""
        page, _, thing = str(key).partition(":")
        if any(page == known for known, _, _ in PAGES):
            self.words.filters.choose(page)
            if thing:
                self.page.open(thing)

    def show_side(self, wanted: bool | None = None) -> None:
        """F4 is for the panel of the page in view."""
        self.page.show_side(wanted)

    def focus_search(self) -> None:
        if self.page.toolbar is not None:
            self.page.toolbar.focus_search()

    def search(self, text: str) -> None:
        """Search the page in view."""
        toolbar = self.page.toolbar
        if toolbar is not None and toolbar.search_box is not None:
            toolbar.search_box.setText(text)

    def status_text(self) -> str:
        return self.page.status_text()

    def actions(self) -> list[DeskAct]:
        return [DeskAct("back_up", "立即备份", self.back_up, "Ctrl+B")]

    def back_up(self) -> None:
        """Make a backup now, from whichever page."""
        from ui.settings.backup_page import BackupPage

        self.open("backup")
        page = self.page
        assert isinstance(page, BackupPage)
        page.make()
