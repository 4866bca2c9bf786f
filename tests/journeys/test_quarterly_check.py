"""Journey 3: the quarter's check of forty groups, interrupted, gone on with, reported, kept.

Held to: a normal group 0 clicks and ≤ 4 keys; the odd ones by a choice and a note.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import month
import pytest
from office import open_sample, settle, toast_of
from openpyxl import load_workbook
from player import KEY, Player

from ui.groups.check_acts import FindingsDialog
from ui.groups.checks_page import ChecksPage
from ui.main_window import MainWindow
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.group import BACKEND, Group, GroupMember
from wxadmin.domain.group_checks import COUNTING, DONE, MENDING, WAITING
from wxadmin.domain.person import Employee
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.group_owners import Choice, GroupOwners
from wxadmin.services.groups import Groups, NewGroup
from wxadmin.services.workplace import Workplace

MANY = 40
TOMORROW = date(2026, 11, 21)


@pytest.fixture
def register(sample_register: Path, tmp_path: Path) -> Path:
    """A register with as many groups as the journey speaks of, each with its list."""
    copy = tmp_path / "登记库.db"
    shutil.copy2(sample_register, copy)
    with closing(open_sample(copy)) as workplace:
        groups = Groups(workplace)
        (source,) = workplace.store.find(Group, group_no="14")
        members = groups.picture().member_ids(source.id)
        backend = workplace.store.find(Group, side=BACKEND)[0]
        owner = workplace.store.get(Employee, min(members))
        for number in range(MANY - 20):
            made, _ = groups.register(NewGroup(f"项目{number + 1}组", backend=backend))
            GroupMembers(workplace).capture(made, members, groups.picture())
            duties = groups.duties(groups.picture())
            GroupOwners(workplace).bind_owner(made, Choice(owner), duties, basis="立项通知")
    return copy


def tomorrow(register: Path) -> Workplace:
    return open_workplace(str(register), writing=True, by="测试", clock=lambda: TOMORROW)


def page_of(window: MainWindow) -> ChecksPage:
    """The round in view."""
    page = window.current()._pages.currentWidget()
    assert isinstance(page, ChecksPage)
    return page


def begin(player: Player) -> ChecksPage:
    """Ctrl+4, Ctrl+K: begin the round, or go on with it."""
    player.go(month.GROUPS)
    player.ctrl(KEY.Key_K)
    return page_of(player.window)


def count_on(player: Player, page: ChecksPage, how_many: int, off: dict[str, int]) -> int:
    """Type the numbers the client shows for so many groups; the most keys one of them took."""
    most = 0
    for _ in range(how_many):
        line = page.line(page.at)
        assert line is not None
        assert line.check.state == WAITING
        before = player.hand.keys
        player.type(str(line.check.expected + off.get(line.check.group_name, 0)))
        player.enter()
        most = max(most, player.hand.keys - before)
    return most


def conclude(player: Player) -> None:
    """An odd group: its conclusion by choice, a note pasted."""

    def answer() -> None:
        for _ in range(2):  # 情况属实, then 需要整改
            player.press(KEY.Key_Down)
        player.press(KEY.Key_Tab)
        player.paste("群主说下周移出")
        player.enter()

    with player.answer(answer):
        player.enter()


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).active.iter_rows(values_only=True))


def save_report(player: Player, papers: Path, entry: str) -> Path:
    """Out of the report's menu: the newest file."""
    before = set(papers.iterdir())
    player.tab_to("报告")
    with player.menu(entry):
        player.enter()
    (made,) = set(papers.iterdir()) - before
    return made


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)  # a menu without a screen
def test_forty_groups_are_checked_over_two_days_and_the_report_stays_as_it_was(
    open_window, register: Path, papers: Path
) -> None:
    first = open_window(open_sample(register))
    with Player(first) as player:
        page = begin(player)
        assert len(page.view.lines) == MANY
        assert any("外部人员" in said for line in page.view.lines for said in line.anomalies)
        assert any("已离职仍在群" in said for line in page.view.lines for said in line.anomalies)
        assert count_on(player, page, 21, {"莆田一厂": 1}) <= 4
        assert player.hand.clicks == 0
    first.close()  # interrupted

    workplace = tomorrow(register)
    window = open_window(workplace)
    with Player(window) as player:
        page = begin(player)
        assert len(CheckRounds(workplace).all()) == 1
        assert page.at == page.view.lines[21].check.id
        assert count_on(player, page, MANY - 21, {}) <= 4
        assert not any(line.check.state == WAITING for line in page.view.lines)
        settle_odd(player, window)
        round_id = page_of(window).view.round.id
        close(player)
        saved = save_report(player, papers, "存为表格")
        tasks = save_report(player, papers, "整改清单")
        paper = save_report(player, papers, "存为PDF")
        assert player.hand.clicks == 0
    assert paper.read_bytes().startswith(b"%PDF")
    reported = cells(saved)
    assert len(reported) == MANY + 1
    assert any("群主说下周移出" in str(cell) for row in reported for cell in row)
    assert len(cells(tasks)) > 1

    first_saved = saved.rename(papers / "当时.xlsx")
    change_everything(workplace)
    window.refresh()
    settle(window)
    with Player(window) as player:
        again = save_report(player, papers, "存为表格")
    assert cells(again) == cells(first_saved)
    view = next(one for one in CheckRounds(workplace).all() if one.id == round_id)
    assert view.closed_on == TOMORROW
    window.close()


def settle_odd(player: Player, window: MainWindow) -> None:
    """莆田一厂 was one too many: a list; the others: a conclusion and a note."""
    odd = [line for line in page_of(window).view.lines if line.check.state == COUNTING]
    assert {line.check.group_name for line in odd} == {"事业部销售福建北部", "莆田一厂", "莆田二厂"}
    for line in odd:
        page = page_of(window)
        player.down_to(lambda row, key=line.check.id: row.check.id == key)
        if line.check.group_name == "莆田一厂":
            with_list(player, page, line.check.group_id)
        else:
            before = player.hand.keys
            conclude(player)
            assert player.hand.keys - before <= 6
    states = {line.check.state for line in page_of(window).view.lines}
    assert states <= {DONE, MENDING}


def with_list(player: Player, page: ChecksPage, group_id: int) -> None:
    """Numbers do not agree: the members pasted from the client, the four lists looked at."""
    picture = Groups(player.window.context.services).picture()
    people = picture.people(sorted(picture.member_ids(group_id)))
    names = "\n".join(person.emp_no for person in people)
    with player.answer(player.enter):  # 贴名单
        player.enter()
    player.paste(names)
    player.window.current()._pages.currentWidget().recognise()  # as the pause after pasting does
    player.tab_to("登记名单")
    seen: list[str] = []

    def look() -> None:
        dialog = player.focus().window()
        assert isinstance(dialog, FindingsDialog)
        seen.append(dialog.windowTitle())
        player.press(KEY.Key_Escape)

    with player.answer(look):
        player.enter()
    assert "应加未加" in seen[0]
    player.tab_to("本次核查的群")


def close(player: Player) -> None:
    """结束核查."""
    player.tab_to("结束核查")
    with player.answer(player.enter):
        player.enter()
    assert "已结束2026年第4季度群核查" in toast_of(player.window)


def change_everything(workplace: Workplace) -> None:
    """Groups are renamed and emptied after the round was closed."""
    groups = workplace.store.all(Group)
    with workplace.act("改名") as operation:
        changes = [Change(one, replace(one, name=f"{one.name}改")) for one in groups[-5:]]
        operation.write(changes, workplace.store.ids())
    group = next(one for one in groups if one.group_no == "15")
    GroupMembers(workplace).capture(group, set(), Groups(workplace).picture())
    assert not workplace.store.find(GroupMember, group_id=group.id, left_on=None)
