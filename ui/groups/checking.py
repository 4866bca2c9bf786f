"""The way through a round of checks: begin or go on, a list on the way, the report at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from ui.groups.check_acts import CheckActs
from ui.groups.checks_page import ChecksPage
from ui.groups.list_page import ListPage
from ui.groups.presence_dialog import PresenceDialog
from ui.shared.acting import act
from ui.shared.dialog import Choice
from wxadmin.services.check_rounds import CheckRounds, RoundLine, RoundView

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk


NEW_ROUND = "round:new"
"""What 今日 calls the round that is due and nobody began."""


class Checking:
    """Keeps which round is shown, also while a list is taken in its place."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk
        self.acts = CheckActs(desk)
        self.listed: RoundLine | None = None

    def open_menu(self, button: QWidget) -> None:
        """核查: the round under way or a new one, the last report, the shown group."""
        rounds = CheckRounds(self._desk.context.services)
        under_way, known = rounds.open_one(), rounds.all()
        menu = QMenu(self._desk)
        text = "开始全部群核查"
        if under_way is not None:
            text = f"继续{under_way.round.title}（还有 {len(under_way.left)} 个群）"
        menu.addAction(text).triggered.connect(self.begin)
        ended = next((one for one in known if one.closed_on is not None), None)
        if ended is not None:
            menu.addAction(f"看{ended.title}").triggered.connect(
                lambda: self.show(rounds.view(ended))
            )
        if self._desk.shown() is not None:
            menu.addSeparator()
            menu.addAction("核查本群…").triggered.connect(self.acts.check_one)
            menu.addAction("按名单核查本群").triggered.connect(self.acts.check_list)
            menu.addAction("本群核查记录").triggered.connect(self.acts.log)
            menu.addAction("在群人员（时段）…").triggered.connect(self.presence)
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

    def begin(self) -> None:
        """Begin a round of all groups, or go on with the one under way."""
        rounds = CheckRounds(self._desk.context.services)
        view = rounds.open_one() or self._start(rounds)
        if view is not None:
            self.show(view)

    def open(self, key: str) -> None:
        """Go on with the round under way; one that 今日 says is due begins after a question."""
        rounds = CheckRounds(self._desk.context.services)
        due = rounds.due()
        if key == NEW_ROUND and due is not None:
            answer = self._desk.context.messages.ask(
                f"开始{due.title}？",
                f"要查 {due.groups} 个群，{due.due_on} 前查完；随时可以停下，明天接着查。",
                acts=[Choice("以后再说", None), Choice("开始核查", True, kind="filled")],
            )
            if not answer:
                return
        self.begin()

    def _start(self, rounds: CheckRounds) -> RoundView | None:
        roll, made = self._desk.roll, []
        if roll is None:
            return None

        def do() -> RoundView:
            made.append(rounds.start(roll.picture, roll.duties))
            return made[0]

        said = act(self._desk.context, _begun, do)
        return made[0] if said else None

    def show(self, view: RoundView) -> None:
        """Let a round stand in the panel's place."""
        if self._desk.roll is not None:
            page = ChecksPage(self._desk, self._desk.roll, view)
            self._desk.show_page(page)
            page.choose(page.at)

    def take_list_for(self, line: RoundLine) -> None:
        """Take the members of one group of a round; the round comes back with its four lists."""
        desk = self._desk
        if desk.roll is None or line.check.group_id not in desk.roll.lines:
            return
        before = desk.roll.lines[line.check.group_id].group
        desk.table.select(before.id)
        page = ListPage(desk, desk.roll, desk.roll.lines[before.id])
        desk.show_page(page)
        page.left.disconnect(desk.close_page)
        page.left.connect(lambda: self._back_to(line.check.round_id))
        page.text.setFocus()

    def _back_to(self, round_id: int | None) -> None:
        """The list settled its check by itself; the round stands in its place again."""
        rounds = CheckRounds(self._desk.context.services)
        self.show(rounds.view(next(one for one in rounds.all() if one.id == round_id)))

    def presence(self) -> None:
        """在群人员（时段）."""
        shown = self._desk.shown()
        if shown is not None:
            PresenceDialog(self._desk, shown[0], shown[1].group).run()


def _begun(view: RoundView) -> str:
    return f"已开始{view.round.title}，{len(view.lines)} 个群"
