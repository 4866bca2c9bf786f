"""Every cell of the console's file is checked by the strict rules before one is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wxadmin.domain.wecom import WecomMember
from wxadmin.domain.wecom_rows import ConsoleRow, differences, faults, kept, sorted_out

GOOD = ConsoleRow(
    1,
    "00012",
    "林国栋",
    "lin.guo-dong_1",
    ("东南事业部/莆田一厂",),
    position="班长",
    mobile="13805950012",
    company_email="lin@company.example",
)


def test_a_good_row_has_no_fault_and_parts_its_departments_by_full_width_semicolons() -> None:
    assert list(faults(GOOD)) == []
    two = replace(GOOD, units=("甲/乙", "甲/丙"))
    assert two.cells()["org_unit"] == "甲/乙；甲/丙"


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "", "没有填"),
        ("name", "长" * 65, "65个字"),
        ("name", "林，国栋", "全角逗号"),
        ("name", "林\n国栋", "换行"),
        ("wecom_userid", "", "没有填"),
        ("wecom_userid", "a" * 33, "不超过32"),
        ("wecom_userid", ".lin", "字母或数字开头"),
        ("wecom_userid", "林国栋", "字母、数字"),
        ("wecom_userid", "lin@x", "字母、数字"),
        ("position", "长" * 129, "129个字"),
        ("position", "班长，质检", "全角逗号"),
        ("mobile", "1380595001", "11位"),
        ("mobile", "138****0012", "11位"),
        ("mobile", "+1" + "2" * 31, "11位"),
        ("company_email", "a@b.c", "太短"),
        ("company_email", "不是邮箱的文字", "应像"),
        ("company_email", "a" * 60 + "@b.cn", "应像"),
        ("telephone", "1" * 33, "33个字"),
        ("alias", "a" * 65, "65个字"),
        ("address", "长" * 129, "129个字"),
        ("gender", "未知", "男或女"),
        ("units", (), "没有部门"),
        ("units", ("甲/" + "长" * 33,), "33个字"),
        ("units", ("甲/研发；测试部",), "“；”"),
        ("units", ("甲/研发，测试部",), "全角逗号"),
        ("units", ("甲/研发*部",), "“*”"),
        ("units", ("甲//乙",), "空的"),
        ("units", ("/".join("一二三四五六七八九十一二三四五六"),), "16级"),
        ("units", tuple(f"甲/{n}" for n in range(101)), "101个"),
    ],
)
def test_what_the_console_would_refuse_is_named_with_its_field(
    field: str, value: object, word: str
) -> None:
    found = list(faults(replace(GOOD, **{field: value})))  # type: ignore[arg-type]
    name = "org_unit" if field == "units" else field
    assert [f for f, _ in found] == [name]
    assert word in found[0][1]


@pytest.mark.parametrize("mobile", ["13805950012", "+85291234567", "+886-912-345678"])
def test_mainland_and_foreign_mobiles_are_written(mobile: str) -> None:
    assert list(faults(replace(GOOD, mobile=mobile))) == []


def test_mobile_or_mail_must_be_there() -> None:
    (fault,) = faults(replace(GOOD, mobile="", email=""))
    assert fault[0] == "mobile"
    assert "至少要有一个" in fault[1]
    assert list(faults(replace(GOOD, mobile="", email="lin@home.example"))) == []


def test_no_mobile_stands_in_a_reason() -> None:
    bad = "1380595001"
    assert bad not in str(list(faults(replace(GOOD, mobile=bad))))


def test_ids_mobiles_and_mails_stand_once_in_a_file_and_the_first_keeps_them() -> None:
    same_id = replace(GOOD, wecom_userid="LIN.guo-dong_1", mobile="13700000001", company_email="")
    same_mobile = replace(GOOD, wecom_userid="b", company_email="")
    same_mail = replace(GOOD, wecom_userid="c", mobile="13700000002")
    good, bad = sorted_out([GOOD, same_id, same_mobile, same_mail])
    assert good == [GOOD]
    assert [one.field for one in bad] == ["wecom_userid", "mobile", "company_email"]
    assert all("林国栋" in one.reason for one in bad)


def test_every_fault_of_a_row_is_listed_not_the_first_only() -> None:
    _, bad = sorted_out([replace(GOOD, name="", wecom_userid="", units=())])
    assert {one.field for one in bad} == {"name", "wecom_userid", "org_unit"}


MEMBER = WecomMember(
    9, "lin.guo-dong_1", "林国栋", mobile="+86 13805950012", departments=("东南事业部/莆田一厂",),
    position="班长", company_email="LIN@company.example", gender="男", alias="Leo",
)  # fmt: skip


def test_two_ways_of_writing_the_same_are_no_difference() -> None:
    assert differences(GOOD, MEMBER) == ()
    assert differences(replace(GOOD, position="", mobile=""), MEMBER) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "林国梁"),
        ("position", "主任"),
        ("mobile", "13700000001"),
        ("units", ("东南/二厂",)),
    ],
)
def test_what_differs_is_named(field: str, value: object) -> None:
    name = "org_unit" if field == "units" else field
    assert differences(replace(GOOD, **{field: value}), MEMBER) == (name,)  # type: ignore[arg-type]


def test_who_moved_keeps_his_other_departments_and_loses_the_old_main_one() -> None:
    member = WecomMember(9, "lin", "林国栋", departments=("东南/一厂", "东南/项目组"))
    row = kept(replace(GOOD, units=("东南/二厂",)), member)
    assert row.units == ("东南/二厂", "东南/项目组")
    assert kept(replace(GOOD, units=("东南/项目组",)), member).units == member.departments
