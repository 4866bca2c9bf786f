"""Registers about groups hold what the texts demand of them, on paper and as workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.change import Change
from wxadmin.domain.group import BY_PERSON, OWNER, Group, GroupMember, GroupRename, GroupRole
from wxadmin.domain.masking import masked_email, masked_mobile
from wxadmin.services.form_register import FormRegister
from wxadmin.services.forms import Forms
from wxadmin.services.group_book import WHOLE, GroupBook
from wxadmin.services.group_registers import GroupRegisters
from wxadmin.services.groups import group_called
from wxadmin.services.workplace import Workplace

DAY = date(2026, 11, 20)
DEMANDED = {"群名称", "群主", "成员姓名", "建群目的", "建立时间", "解散日期"}
"""The six columns the text names (T3-03)."""


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋", position="主任", rank="主任")
    yield workplace
    workplace.close()


def plant(work: Workplace) -> Group:
    return group_called(work.store.all(Group), "莆田一厂")


def test_the_register_of_groups_has_the_six_columns_and_all_others() -> None:
    assert set(WHOLE.values()) >= DEMANDED
    others = {"前缀编码", "平台", "审批人", "更名记录", "责任书日期", "群公告日期"}
    assert others <= set(WHOLE.values())


def test_a_line_of_the_register_names_owner_members_and_former_names(work: Workplace) -> None:
    group, ids = plant(work), work.store.ids()
    write(
        work,
        GroupRole(ids.next(GroupRole), group.id, OWNER, BY_PERSON, 1, None, "", DAY, filed_on=DAY),
        GroupMember(ids.next(GroupMember), group.id, 1),
        GroupMember(ids.next(GroupMember), group.id, None, "外人甲"),
        GroupRename(ids.next(GroupRename), group.id, "莆田厂", "莆田一厂", DAY),
    )
    (row,) = [row for row in GroupBook(work).whole() if row["group_no"] == group.group_no]
    assert row["owner"] == "林国栋（主任）"
    assert row["members"] == "林国栋、外人甲（外部）"
    assert row["outsiders"] == 1
    assert row["filed_on"] == DAY
    assert "原名“莆田厂”" in str(row["renames"])


def test_every_duty_stands_in_the_filing_book_with_the_day_it_ended(work: Workplace) -> None:
    group, ids = plant(work), work.store.ids()
    write(
        work,
        GroupRole(
            ids.next(GroupRole), group.id, OWNER, BY_PERSON, 1, None, "", date(2026, 1, 1), DAY
        ),
    )
    (row,) = GroupRegisters(work).filings()
    assert (row["name"], row["role"], row["ended"]) == ("林国栋", OWNER, "2026-11-20止")


def test_renames_and_dissolutions_stand_in_one_book(work: Workplace) -> None:
    group, ids = plant(work), work.store.ids()
    write(work, GroupRename(ids.next(GroupRename), group.id, "莆田厂", "莆田一厂", DAY))
    ended = replace(group, state="已解散", dissolved_on=DAY, dissolve_reason="到期")
    with work.act("解散") as operation:
        operation.write([Change(group, ended)])
    kinds = {str(row["kind"]): row for row in GroupRegisters(work).changes()}
    assert set(kinds) == {"更名", "解散"}
    assert kinds["解散"]["reason"] == "到期"


def test_the_code_table_lists_what_the_policy_names(work: Workplace) -> None:
    rows = GroupRegisters(work).codes()
    names = [row["name"] for row in rows]
    assert len(names) == len(work.pack.groups)
    assert {"tier", "code", "name", "scope", "owner_post", "admin_posts", "builder"} <= set(rows[0])


def test_the_register_of_a_kind_of_form_holds_every_field(work: Workplace) -> None:
    forms = Forms(work)
    forms.draft("group_rename", group=plant(work), typed={"new_name": "莆田总厂群"})
    register = FormRegister(work, "group_rename")
    (row,) = register.whole()
    assert row["field.old_name"] == "莆田一厂"
    assert row["field.new_name"] == "莆田总厂群"
    assert set(row) == set(register.columns())
    assert register.summary() == "共1张（待打印1）"
    assert register.rows()[0]["subject"] == "莆田一厂"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("13805956621", "138****6621"), ("0594-22", "05****"), ("", "")],
)
def test_a_number_for_outside_shows_head_and_tail(typed: str, shown: str) -> None:
    assert masked_mobile(typed) == shown


def test_an_address_for_outside_keeps_its_house() -> None:
    assert masked_email("lin@example.cn") == "l***@example.cn"
    assert masked_email("") == ""
