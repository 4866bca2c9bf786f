"""岗位职级: every title that came with a roster, and the rank it counts as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.settings.page import SettingsPage
from ui.shared.acting import ask_and_act
from ui.shared.columns import Cell, Column
from ui.shared.layouts import down
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar
from wxadmin.services.organisation import Organisation, PostLine

if TYPE_CHECKING:
    from ui.desk import Desk

OPEN = "open"
FILTERS = (("", "全部"), (OPEN, "还没定职级"))
QUESTIONS = {OPEN: lambda line: not line.post.rank}


def _rank(line: PostLine) -> Cell:
    return Cell(line.post.rank) if line.post.rank else Cell("还没定", tone="amber", mark="ask")


COLUMNS = (
    Column("name", "岗位（职务）", 240, stretch=1, bold=True, value=lambda line: line.post.name),
    Column("rank", "职务级别", 160, value=_rank),
    Column("people", "在职人数", 90, kind="number", value=lambda line: line.people),
    Column("act", "", 90, kind="act", sortable=False, value=lambda line: "定职级"),
)


class PostsPage(SettingsPage):
    """A post is named by its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[int, PostLine] = {}
        self.toolbar = Toolbar("岗位名称、级别", FILTERS, unit="个")
        self.table = Table(COLUMNS, "岗位职级", search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.setLayout(down(self.toolbar, self.table, gap=0))
        for signal in (self.table.opened, self.table.acted, self.table.edit_asked):
            signal.connect(lambda key, *_: self.change(key))

    def refresh(self) -> None:
        lines = Organisation(self.services).posts()
        self.lines = {line.post.id: line for line in lines}
        self.table.show_rows(RowsInMemory(lines, key=lambda line: line.post.id, filters=QUESTIONS))
        counts = {key: sum(map(asks, lines)) for key, asks in QUESTIONS.items()}
        self.toolbar.filters.set_counts({"": len(lines), **counts})

    def status_text(self) -> str:
        unsaid = sum(not line.post.rank for line in self.lines.values())
        return f"{len(self.lines)} 个岗位" + (f"，还没定职级 {unsaid} 个" if unsaid else "")

    def change(self, key: object) -> None:
        """Say which rank a post counts as; groups by rank follow at once."""
        post = self.lines[int(str(key))].post
        ranks = [(name, name) for name in self.services.pack.ranks_by_name()]
        organisation = Organisation(self.services)
        ask_and_act(
            self.context, f"“{post.name}”算哪一级？",
            [Field("rank", "职务级别", "choice", True, post.rank or None, ranks)], "保存",
            lambda typed: organisation.set_rank(post.id, typed["rank"]),
            f"已定职级：{post.name}", "按职级定成员的群组会跟着变，可到群组页看应加应移。",
        )  # fmt: skip
