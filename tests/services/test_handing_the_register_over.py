"""A new computer or a colleague: one file out, and one copy that may be written."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.services.transfer import Transfer
from wxadmin.storage.parcel import look_through


def test_the_file_is_whole_and_this_copy_may_only_be_read(tmp_path: Path) -> None:
    target = tmp_path / "交接.wxjj"
    with closing(office(tmp_path)) as workplace:
        made = Transfer(workplace).hand_over(target, " 小陈 ")
        assert made.path == target
        assert look_through(target).files == ()
        assert made.sentence().startswith("已交出：交接.wxjj，")
        assert workplace.office().handed_over_to == "小陈"
        with pytest.raises(UserError, match="小陈") as refusal:
            person(workplace)
        assert refusal.value.code == "handed_over"


def test_a_copy_that_cannot_be_closed_gives_no_file_away(tmp_path: Path) -> None:
    office(tmp_path).close()
    target = tmp_path / "交接.wxjj"
    workplace = open_workplace(register_at(tmp_path), writing=False, clock=lambda: TODAY)
    with closing(workplace), pytest.raises(UserError) as refusal:
        Transfer(workplace).hand_over(target, "小陈")
    assert refusal.value.code == "read_only"
    assert not target.exists()


def test_a_hand_over_that_did_not_take_place_is_taken_back(tmp_path: Path) -> None:
    with closing(office(tmp_path)) as workplace:
        Transfer(workplace).hand_over(tmp_path / "交接.wxjj", "小陈")
        Transfer(workplace).take_back()
        person(workplace)
        with pytest.raises(UserError) as refusal:
            Transfer(workplace).take_back()
        assert refusal.value.code == "not_handed_over"
        assert workplace.journal.verify() == []


def test_a_hand_over_to_nobody_is_refused(tmp_path: Path) -> None:
    with closing(office(tmp_path)) as workplace:
        with pytest.raises(UserError) as refusal:
            Transfer(workplace).hand_over(tmp_path / "交接.wxjj", "  ")
        assert refusal.value.code == "missing_receiver"
        assert not (tmp_path / "交接.wxjj").exists()
