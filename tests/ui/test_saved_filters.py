"""Filters she names, rows she makes lower: kept on this machine, each for its own list."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import answering, desk_of, fill, press
from PySide6.QtCore import Qt

from ui import memory


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "people")


def texts_of(desk):
    return [word.text() for word in desk.toolbar.saved._words]


def entry(desk, text):
    (found,) = [action for action in desk.toolbar.saved.menu().actions() if action.text() == text]
    return found


def save_as(desk, name):
    with answering(lambda dialog: (fill(dialog, name=name), press(dialog, "存下"))):
        entry(desk, "存下现在的筛选…").trigger()


def test_a_search_and_its_filter_are_kept_under_a_name_and_had_again(desk):
    desk.toolbar.filters.choose("left")
    desk.search("王")
    hits = desk.table.hits()
    save_as(desk, "姓王的离职")
    desk.toolbar.clear()
    assert desk.table.hits() > hits
    assert texts_of(desk) == ["姓王的离职"]
    desk.toolbar.saved._words[0].click()
    assert desk.table.hits() == hits
    assert desk.toolbar.filters.current() == "left"
    assert desk.toolbar.searched_text() == "王"


def test_each_desk_keeps_its_own(desk, office_window):
    desk.search("王")
    save_as(desk, "姓王")
    assert memory.value("filters/people") == [{"name": "姓王", "search": "王", "chosen": ""}]
    other = desk_of(office_window, "accounts")
    assert texts_of(other) == []


def test_a_saved_filter_is_let_go_with_del(desk, qtbot):
    desk.search("王")
    save_as(desk, "姓王")
    qtbot.keyClick(desk.toolbar.saved._words[0], Qt.Key.Key_Delete)
    assert memory.value("filters/people") == []
    assert texts_of(desk) == []


def test_words_without_room_are_in_the_menu(desk, office_window):
    for number in range(8):
        desk.search(str(number))
        save_as(desk, f"很长很长的名字第{number}个")
    office_window.resize(1024, 600)
    assert not all(word.isVisibleTo(desk) for word in desk.toolbar.saved._words)
    assert entry(desk, "很长很长的名字第7个")
    assert nameless(desk) == []
    assert rich(desk) == []


def test_what_was_kept_badly_is_as_if_nothing_was_kept(desk):
    memory.keep("filters/people", [{"other": 1}, 7])
    assert desk.toolbar.saved.kept() == []


def test_rows_of_26_are_chosen_for_one_table_and_remembered(desk, office_window):
    view, chosen = desk.table.view, desk.table.model.shown_ids()[5]
    desk.table.select(chosen)
    assert view.row_height() == 32
    (compact,) = [one for one in view.head.menu().actions() if one.text() == "紧凑行高"]
    compact.trigger()
    assert view.row_height() == 26
    assert view.rowHeight(0) == 26
    assert desk.table.current_id() == chosen
    assert desk.table.selected_ids() == [chosen]
    office_window.resize(1024, 600)
    assert view.row_height() == 26
    assert desk_of(office_window, "accounts").table.view.row_height() != 26
    office_window.drop_desks()
    again = desk_of(office_window, "people").table.view
    assert again.row_height() == 26
    again.set_compact(False)
    assert again.row_height() == 28
