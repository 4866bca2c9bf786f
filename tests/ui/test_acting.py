"""The one door through which desks write: toast with 撤销, refusal as a band, nothing half done."""

from __future__ import annotations

import pytest
from office import band_of, settle, toast_of

from ui.desks import DeskEntry
from ui.main_window import MainWindow
from ui.shared.acting import NOTHING_WRITTEN, act, act_beside
from wxadmin.domain.errors import UserError
from wxadmin.services.people import People, person_called


@pytest.fixture
def window(qtbot, workplace):
    made = MainWindow((DeskEntry("a", "甲", "today", 0, "made_up_desks:PlainDesk", "Ctrl+1"),))
    qtbot.addWidget(made)
    made.show()
    made.start(workplace)
    yield made
    made.jobs.close()


@pytest.fixture
def someone(workplace):
    return next(p for p in People(workplace).lines() if p.standing == "在职")


def rename_remark(workplace, someone, text="请假"):
    person = person_called(workplace, someone.emp_no)
    return People(workplace).change(person, {"remark": text})


def test_an_act_says_what_it_did_and_can_be_taken_back(window, workplace, someone):
    assert act(window.context, "已改备注", lambda: rename_remark(workplace, someone))
    assert toast_of(window) == "已改备注"
    window.messages._toast.take_back()
    assert person_called(workplace, someone.emp_no).remark != "请假"
    assert toast_of(window).startswith("已撤销")


def test_a_refusal_stands_as_a_band_and_nothing_is_said_of_success(window):
    def refused():
        raise UserError("不能停用。没有改动。")

    assert not act(window.context, "已停用", refused)
    assert (band_of(window), toast_of(window)) == ("不能停用。没有改动。", "")


def test_an_act_that_changed_nothing_says_so(window):
    assert act(window.context, "已改", lambda: None)
    assert toast_of(window) == NOTHING_WRITTEN


def test_the_desk_in_view_reads_anew_after_the_act(window, workplace, someone):
    before = window.current().refreshed
    act(window.context, "已改", lambda: rename_remark(workplace, someone))
    assert window.current().refreshed == before + 1


def test_a_long_act_tells_the_same_when_it_is_done(window, workplace, someone):
    told = []
    act_beside(
        window.context,
        lambda person: f"已改{person.name}",
        lambda progress, cancelled: rename_remark(workplace, someone),
        busy="正在写",
        then=told.append,
    )
    settle(window)
    assert toast_of(window) == f"已改{someone.name}"
    assert len(told) == 1


def test_an_undo_that_is_overtaken_is_refused_with_its_sentence(window, workplace, someone):
    act(window.context, "已改", lambda: rename_remark(workplace, someone))
    rename_remark(workplace, someone, "又改")
    window.messages._toast.take_back()
    assert band_of(window).startswith("不能单独撤销")
