"""A register of the second version, with forms and a group's owner, is read by this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, register_at
from tests.storage.older_registers import register_of
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.form import Form, FormStep, SigningDelegate
from wxadmin.domain.group import Group, GroupRename, GroupRole
from wxadmin.domain.incoming import Incoming, Scan
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace

GROUP_MADE, FILLED, APPROVED, MISFILED = 2, 3, 4, 5


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Workplace]:
    """A register of schema 0002 with its journal, opened by today's program."""
    path = register_of("0002", Path(register_at(tmp_path)))
    workplace = open_workplace(str(path), writing=True, by="测试", clock=lambda: TODAY)
    yield workplace
    workplace.close()


def test_forms_and_owners_of_the_second_version_are_all_there(upgraded: Workplace) -> None:
    (form,) = upgraded.store.all(Form)
    assert (form.number, form.state, form.sheet) == ("QWSQ-202611-001", "已批准", 1)
    assert form.value("purposes") == "客户服务"
    (step,) = upgraded.store.all(FormStep)
    assert (step.move, step.way, step.scan_id) == ("submit", "签字", None)
    (group,) = upgraded.store.all(Group)
    assert (group.wecom_kind, group.code, group.merged_into_id) == ("内部群", "", None)
    (role,) = upgraded.store.all(GroupRole)
    assert (role.basis, role.filing_no) == ("任命", "")


def test_the_journal_of_the_second_version_is_whole_and_readable(upgraded: Workplace) -> None:
    assert upgraded.journal.verify() == []
    made = upgraded.journal.entries(GROUP_MADE)
    assert made[0].new["security_level"] == ""
    assert made[1].new["filing_dept"] == ""
    assert upgraded.journal.entries(FILLED)[0].new["sheet"] == 1
    assert upgraded.journal.entries(MISFILED)[0].old["way"] == "签字"


def test_acts_of_the_second_version_can_be_taken_back(upgraded: Workplace) -> None:
    history = History(upgraded)
    history.undo(MISFILED)
    assert [step.role for step in upgraded.store.all(FormStep)] == ["", "部门经理"]
    for done in (APPROVED, FILLED, GROUP_MADE):
        history.undo(done)
    assert upgraded.store.all(Form) == upgraded.store.all(Group) == []
    assert upgraded.journal.verify() == []


def test_paper_that_comes_home_is_kept_in_an_upgraded_register(upgraded: Workplace) -> None:
    ids = upgraded.store.ids()
    (form,) = upgraded.store.all(Form)
    (step,) = upgraded.store.all(FormStep)
    (group,) = upgraded.store.all(Group)
    scan = Scan(ids.next(Scan), "ab" * 32, "a.pdf", "扫描.pdf", 1, 1, form.id, taken_on=TODAY)
    new = (
        scan,
        Incoming(ids.next(Incoming), "LJ-202611-001", TODAY, "林国栋", form_id=form.id),
        SigningDelegate(ids.next(SigningDelegate), "部门经理", "陈小", 1, TODAY),
        GroupRename(ids.next(GroupRename), group.id, "一厂", "莆田一厂", date(2026, 1, 1)),
    )
    changes = [Change(None, record) for record in new]
    with upgraded.act("扫描件归档") as operation:
        operation.write([*changes, Change(step, replace(step, scan_id=scan.id))], ids)
    assert upgraded.store.find(FormStep, scan_id=scan.id)[0].id == step.id
    assert upgraded.journal.verify() == []
