"""The errands of a month, each done by keys alone, from the desk in view to its end."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from hr_files import leavers_file, people_of, roster_file, roster_row
from office import settle
from player import CTRL, KEY, SHIFT, Player
from PySide6.QtGui import QGuiApplication

from wxadmin.services.workplace import Workplace

NEWCOMER = "陈新来"
LINE = f"{NEWCOMER}\t09001\t莆田一厂/生产部\t操作工\t16300007777\t正式\t2026-11-16"
OTHER = "苏新来"
PEOPLE, GROUPS, FORMS, CHECKLISTS = 2, 4, 5, 6


def hire(player: Player) -> None:
    """Register a newcomer from HR's line: number, checklist and 附件一."""
    player.go(PEOPLE)
    with player.answer(lambda: (player.paste(LINE), player.enter())):
        player.ctrl(KEY.Key_N)


def print_and_open(player: Player) -> None:
    """The newcomer's 附件一: printed, signed and received, the account opened, the head told."""
    player.ctrl(KEY.Key_P)
    sign_and_open(player)


def sign_and_open(player: Player) -> None:
    """The form in view: kept as PDF, signed and received, the account opened, the head told."""
    player.ctrl(KEY.Key_E)
    with player.answer(player.enter):
        player.enter()
    player.enter()
    player.enter()


def roster(workplace: Workplace, folder: Path) -> Path:
    """This month's roster of a plant: a joiner, a new number under an old name, the rest as was."""
    people = people_of(workplace, "莆田一厂")
    renamed = people[6]
    rows = [
        roster_row(workplace, one, **({"姓名": "李改名"} if one is renamed else {}))
        for one in people
    ]
    joiner = ["09002", OTHER, "莆田一厂/生产部", "操作工", "16300007778", "2026-11-17"]
    return roster_file(folder / "2026年11月花名册.xlsx", [*rows, joiner])


def take_in(player: Player, path: Path, decisions: int) -> None:
    """Drop a list, take what is proposed for each question, confirm."""
    player.window.take_files([path])
    settle(player.window)
    for _ in range(decisions):
        player.enter()
    player.enter()


def leavers(workplace: Workplace, folder: Path) -> Path:
    """HR's list of eight who leave: one has namesakes, one nobody knows."""
    return leavers_file(workplace, folder / "2026年11月离职清单.xlsx")


def hand_over_groups(player: Player) -> None:
    """Give away what all who are selected own, to those proposed, in one act."""
    with player.answer(player.enter, player.enter):
        player.ctrl(KEY.Key_D)


def groups_with_order(player: Player, people: set[int]) -> list[Hashable]:
    """The groups whose open order names one of these people, in the order of the table."""
    desk, found = player.window.current(), []
    for key in sorted(desk.table.model.shown_ids(), key=desk.table.model.line_of):
        view = desk.roll.orders.get(key)
        if view is not None and people & {line.employee_id for line in view.open_lines}:
            found.append(key)
    return found


def send_and_tick(player: Player, group: Hashable) -> str:
    """The order of a group as chat text for its owner, and what he did ticked back."""
    player.down_to(lambda line: line.group.id == group)
    player.press(KEY.Key_C, CTRL | SHIFT)
    text = QGuiApplication.clipboard().text()
    player.ctrl(KEY.Key_Return)
    return text


def give_order(player: Player, number: str) -> None:
    """Open the order of a group for its owner, and record what he reports back."""
    player.go(GROUPS)
    player.down_to(lambda line: line.group.group_no == number)
    player.enter()
    player.tab_to("开通知单给")
    player.enter()
    player.tab_to("办完登记")
    player.enter()


def settle_column(player: Player) -> None:
    """Settle the next step for everybody who is selected."""
    with player.answer(player.enter):
        player.ctrl(KEY.Key_D)


def print_batch(player: Player) -> None:
    """Every form that waits, in one file."""
    player.go(FORMS)
    player.ctrl(KEY.Key_A)
    player.press(KEY.Key_Space)
    player.ctrl(KEY.Key_E)
