"""A newcomer from HR's pasted line to number, checklist and 附件一 in one act."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest
from builders import office, person

from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.services.departures import Departures
from wxadmin.services.history import History
from wxadmin.services.joiner import Joiners

LINE = "00871\t陈佳禾\t女\t莆田一厂/包装车间\t操作工\t合同工\t163 0001 0002\t2026-11-23"


@pytest.fixture
def workplace(tmp_path):
    with closing(office(tmp_path)) as made:
        yield made


def test_a_line_with_tabs_is_split_by_what_its_pieces_look_like(workplace):
    assert Joiners(workplace).split(LINE) == {
        "emp_no": "00871",
        "name": "陈佳禾",
        "org_unit": "莆田一厂/包装车间",
        "position": "操作工",
        "employment_type": "正式",
        "mobile": "16300010002",
        "hire_date": "2026-11-23",
    }


def test_commas_blanks_and_labels_part_a_line_as_well(workplace):
    joiners = Joiners(workplace)
    by_commas = joiners.split("陈佳禾，莆田一厂，包装车间，班长，手机：16300010002")
    assert by_commas["org_unit"] == "莆田一厂/包装车间"
    assert (by_commas["position"], by_commas["mobile"]) == ("班长", "16300010002")
    by_blanks = joiners.split("陈佳禾 00871 莆田一厂 操作工 163 0001 0002 2026/11/23")
    assert (by_blanks["name"], by_blanks["mobile"]) == ("陈佳禾", "16300010002")


def test_headings_pasted_along_say_which_piece_is_which(workplace):
    text = "姓名\t单位\t部门\t岗位\t联系电话\n陈佳禾\t莆田一厂\t包装车间\t质检\t16300010002"
    found = Joiners(workplace).split(text)
    assert found["org_unit"] == "莆田一厂/包装车间"
    assert found["position"] == "质检"


def test_before_anything_is_written_userid_namesakes_and_groups_are_told(workplace):
    person(workplace, "00012", "陈佳禾")
    joiners = Joiners(workplace)
    look = joiners.look(joiners.split(LINE))
    assert look.userid.startswith("chenjiahe")
    assert [n.emp_no for n in look.namesakes] == ["00012"]
    assert any("莆田一厂" in name for name, _ in look.groups)
    assert all(sentence for _, sentence in look.groups)
    assert look.new_units == ("莆田一厂/包装车间",)


def test_a_bad_field_is_named_and_keeps_nobody_from_looking(workplace):
    look = Joiners(workplace).look({"name": "陈佳禾", "mobile": "1380595"})
    assert set(look.problems) == {"mobile"}


def test_number_checklist_and_form_come_in_one_act_with_one_undo(workplace):
    joiners = Joiners(workplace)
    joined = joiners.register(joiners.split(LINE))
    assert joined.form_number.startswith("QWSQ-202611-")
    checklist = workplace.store.get(Checklist, joined.checklist_id)
    assert (checklist.employee_id, checklist.event_on) == (joined.person.id, date(2026, 11, 23))
    form = workplace.store.find(Form, number=joined.form_number)[0]
    assert form.value("holder_name") == "陈佳禾"
    assert any("包装车间" in text for _, text in form.values)
    History(workplace).undo(joined.operation)
    assert workplace.store.count(Employee) == workplace.store.count(Form) == 0


def test_without_a_department_nobody_is_registered(workplace):
    with pytest.raises(UserError, match="请填写部门"):
        Joiners(workplace).register({"name": "陈佳禾"})
    assert workplace.store.count(Employee) == 0


def test_a_leave_date_by_hand_starts_the_offboarding_in_the_same_act(workplace):
    someone = person(workplace)
    Departures(workplace).leave(someone, date(2026, 11, 30), "辞职")
    left = workplace.store.get(Employee, someone.id)
    assert left.leave_date == date(2026, 11, 30)
    running = workplace.store.find(Checklist, employee_id=someone.id)
    assert [c.event_on for c in running] == [date(2026, 11, 30)]
    Departures(workplace).stay(left, "人事来电")
    assert workplace.store.get(Employee, someone.id).leave_date is None
    assert not any(c.is_open for c in workplace.store.find(Checklist, employee_id=someone.id))


def test_nobody_leaves_before_he_was_hired(workplace):
    someone = person(workplace, hire_date=date(2026, 3, 1))
    with pytest.raises(UserError, match="早于入职日期"):
        Departures(workplace).leave(someone, date(2025, 11, 30))
