"""A register of the first version is read, journal and undo included, by this one."""

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
from wxadmin.domain.group import ExternalPerson, Group, GroupMember
from wxadmin.domain.wecom import Mark, WecomMember
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace
from wxadmin.storage.columns import SCHEMA_HEAD

MADE, RENAMED, TAKEN_OUT = 2, 3, 4


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Workplace]:
    """A register of schema 0001 with its journal, opened by today's program."""
    path = register_of("0001", Path(register_at(tmp_path)))
    workplace = open_workplace(str(path), writing=True, by="测试", clock=lambda: TODAY)
    yield workplace
    workplace.close()


def test_groups_and_members_of_the_first_version_are_all_there(upgraded: Workplace) -> None:
    assert upgraded.store.schema_version() == SCHEMA_HEAD
    (group,) = upgraded.store.all(Group)
    assert (group.name, group.aliases, group.wecom_kind) == ("莆田一厂大群", ("一厂群",), "")
    members = upgraded.store.all(GroupMember)
    assert [(m.employee_id, m.external_name, m.left_on) for m in members] == [
        (1, "", None),
        (None, "王五", date(2026, 11, 20)),
    ]
    assert all(m.external_person_id is None for m in members)
    assert upgraded.store.all(WecomMember) == upgraded.store.all(Mark) == []


def test_the_journal_of_the_first_version_is_whole_and_readable(upgraded: Workplace) -> None:
    assert upgraded.journal.verify() == []
    made = upgraded.journal.entries(MADE)
    assert [entry.new["name"] for entry in made[:2]] == ["莆田一厂", "旧群"]
    assert made[0].new["last_active_on"] is None
    assert upgraded.journal.entries(RENAMED)[0].old == {"name": "莆田一厂", "members_on": None}
    assert upgraded.journal.entries(TAKEN_OUT)[0].old["wecom_kind"] == ""


def test_acts_of_the_first_version_can_be_taken_back(upgraded: Workplace) -> None:
    history = History(upgraded)
    for operation in (5, TAKEN_OUT, RENAMED):
        history.undo(operation)
    names = {group.name for group in upgraded.store.all(Group)}
    assert names == {"莆田一厂", "旧群"}
    assert upgraded.store.find(GroupMember, left_on=None, id=2)[0].external_name == "王五"
    history.undo(MADE)
    assert upgraded.store.all(Group) == []
    assert upgraded.journal.verify() == []


def test_making_a_group_is_not_taken_back_over_what_the_new_fields_hold(
    upgraded: Workplace,
) -> None:
    for done in (5, TAKEN_OUT, RENAMED):
        History(upgraded).undo(done)
    group = upgraded.store.find(Group, name="旧群")[0]
    with upgraded.act("群类型") as operation:
        operation.write([Change(group, replace(group, wecom_kind="内部群"))])
    _, overtaken = upgraded.journal.changes_to_undo(MADE)
    assert [(entry.record_type, entry.record_id) for entry in overtaken] == [(Group, group.id)]


def test_new_kinds_of_record_are_kept_in_an_upgraded_register(upgraded: Workplace) -> None:
    ids = upgraded.store.ids()
    outsider = ExternalPerson(ids.next(ExternalPerson), "王五", "某物流", brought_by="林国栋")
    member = upgraded.store.find(GroupMember, id=2)[0]
    with upgraded.act("登记外部人员") as operation:
        operation.write(
            [
                Change(None, outsider),
                Change(member, replace(member, external_person_id=outsider.id)),
            ],
            ids,
        )
    assert upgraded.store.find(GroupMember, external_person_id=outsider.id)[0].id == 2
    assert upgraded.journal.verify() == []
