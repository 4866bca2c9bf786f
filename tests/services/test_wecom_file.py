"""Who goes into the console's import file, and who never becomes somebody else by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.builders import TODAY, office, person, unit_called, write
from tests.sheets.console_templates import OLDER, template
from wxadmin.domain.account import Account
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.organisation import OrgUnit, PolicyOverride
from wxadmin.domain.person import Employee, ExtraPost
from wxadmin.domain.wecom import Mark, WecomIssue, WecomMember
from wxadmin.services.transfer import Transfer
from wxadmin.services.wecom_file import Filling, WecomFile
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with closing(office(tmp_path)) as opened:
        yield opened


def account(workplace: Workplace, who: Employee, userid: str = "", **fields: Any) -> Account:
    """Register a person's account."""
    values: dict[str, Any] = {
        "name": who.name,
        "account_type": "personal",
        "wecom_userid": userid,
        "mobile": who.mobile,
        "holder_id": who.id,
        "org_unit_id": who.org_unit_id,
        "state": "在用",
        **fields,
    }
    number = workplace.store.ids().next(Account)
    made = Account(number, f"ZH-{number:05d}", **values)
    write(workplace, made)
    return made


def member(workplace: Workplace, who: Employee | None, userid: str, **fields: Any) -> WecomMember:
    """Put a member into the address book as if the last export had held him."""
    values: dict[str, Any] = {
        "name": who.name if who else "通讯录里的人",
        "mobile": who.mobile if who else "",
        "departments": ("东南事业部/莆田一厂",),
        "position": "操作工",
        "status": "已激活",
        "employee_id": who.id if who else None,
        "match_state": "linked" if who else "unmatched",
        "seen_on": TODAY,
        **fields,
    }
    made = WecomMember(workplace.store.ids().next(WecomMember), userid, **values)
    write(workplace, made)
    return made


def export_taken(workplace: Workplace) -> None:
    ids = workplace.store.ids()
    write(workplace, WecomIssue(ids.next(WecomIssue), "通讯录.xlsx", "0", TODAY, 1))


def ids_of(filling: Filling) -> list[str]:
    return [row.wecom_userid for row in filling.rows]


def reasons(filling: Filling) -> dict[tuple[str, str], str]:
    return {(one.emp_no, one.field): one.reason for one in filling.skipped}


def changed(workplace: Workplace, before: Any, **fields: Any) -> Any:
    after = replace(before, **fields)
    with workplace.act("改") as operation:
        operation.write([Change(before, after)])
    return after


# -- who is written -------------------------------------------------------------------------------
def test_only_the_new_and_the_changed_are_written(workplace: Workplace) -> None:
    same, moved, new = (
        person(workplace, "00012", "林国栋"),
        person(workplace, "00013", "陈晓明", position="班长", rank="班组长"),
        person(workplace, "00014", "王小兰"),
    )
    for who, userid in ((same, "lin"), (moved, "chen"), (new, "wang")):
        account(workplace, who, userid)
    member(workplace, same, "lin")
    member(workplace, moved, "chen")
    export_taken(workplace)
    service = WecomFile(workplace)
    filling = service.draft()
    assert sorted(ids_of(filling)) == ["chen", "wang"]
    assert (filling.new, filling.changed, filling.unchanged) == (1, 1, 1)
    assert sorted(ids_of(service.draft(everyone=True))) == ["chen", "lin", "wang"]
    assert ids_of(service.draft(emp_nos=["00012"])) == ["lin"]


def test_leavers_and_people_without_account_are_not_written(workplace: Workplace) -> None:
    left = person(workplace, "00012", "林国栋", leave_date=date(2026, 11, 1))
    account(workplace, left, "lin")
    person(workplace, "00013", "陈晓明")
    closed = person(workplace, "00014", "王小兰")
    account(workplace, closed, "wang", state="已注销")
    service = WecomFile(workplace)
    assert service.draft(everyone=True).rows == ()
    asked = reasons(service.draft(emp_nos=["00012", "00013", "00014"]))
    assert "已离职" in asked["00012", "leave_date"]
    assert "没有待开通或在用" in asked["00013", "account"]
    assert ("00014", "account") in asked


def test_what_the_console_keeps_is_not_blanked(workplace: Workplace) -> None:
    lin = person(workplace, position="班长", rank="班组长")
    account(workplace, lin, "LIN")
    member(
        workplace,
        lin,
        "lin",
        alias="Leo",
        gender="男",
        address="莆田",
        email="leo@home.example",
        departments=("东南事业部/莆田一厂", "东南事业部/临时项目组"),
    )
    (row,) = WecomFile(workplace).draft().rows
    assert (row.wecom_userid, row.alias, row.gender, row.address) == ("lin", "Leo", "男", "莆田")
    assert row.cells()["org_unit"] == "东南事业部/莆田一厂；东南事业部/临时项目组"
    assert row.email == "leo@home.example"


def test_an_activated_members_number_cannot_be_changed_here(workplace: Workplace) -> None:
    lin, chen = person(workplace), person(workplace, "00013", "陈晓明")
    account(workplace, lin, "lin")
    account(workplace, chen, "chen")
    member(workplace, lin, "lin", mobile="13700000001")
    member(workplace, chen, "chen", mobile="13700000002", status="未激活")
    filling = WecomFile(workplace).draft()
    assert ids_of(filling) == ["chen"]
    assert "本人在企业微信里改" in reasons(filling)["00012", "mobile"]


def test_a_mark_keeps_a_person_or_a_field_as_it_is(workplace: Workplace) -> None:
    lin, chen, wang = (
        person(workplace),
        person(workplace, "00013", "陈晓明"),
        person(workplace, "00014", "王小兰"),
    )
    for who, userid in ((lin, "lin"), (chen, "chen"), (wang, "wang")):
        account(workplace, who, userid)
        member(workplace, who, userid, position="质检员")
    ids = workplace.store.ids()
    write(
        workplace,
        Mark(ids.next(Mark), "person", lin.id, "account", "不动"),
        Mark(ids.next(Mark), "person", chen.id, "position", "以后再说", until=date(2026, 12, 1)),
        Mark(ids.next(Mark), "person", wang.id, "position", "人事数据有误", value="班长"),
    )
    (row,) = WecomFile(workplace).draft().rows
    assert (row.wecom_userid, row.position) == ("wang", "班长")


def test_what_the_whole_export_is_silent_about_is_no_change(workplace: Workplace) -> None:
    lin = person(workplace, company_email="lin@dongnan.cn")
    account(workplace, lin, "lin")
    member(workplace, lin, "lin")
    assert WecomFile(workplace).draft().rows == ()
    wang = person(workplace, "00013", "王芳")
    account(workplace, wang, "wang")
    member(workplace, wang, "wang", company_email="wang@dongnan.cn")
    (row,) = WecomFile(workplace).draft().rows
    assert row.company_email == "lin@dongnan.cn"


def test_the_side_that_wins_by_policy_is_written(workplace: Workplace) -> None:
    lin = person(workplace, mobile="13700000001")
    account(workplace, lin, "lin", mobile="13700000002")
    member(workplace, lin, "lin", mobile="13700000003", status="未激活")
    (row,) = WecomFile(workplace).draft().rows
    assert row.mobile == "13700000001"
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", WINS, "台账"))
    (row,) = WecomFile(workplace).draft().rows
    assert row.mobile == "13700000002"


WINS = "field_winner_mobile"


def test_a_second_account_keeps_its_own_name_and_number(workplace: Workplace) -> None:
    lin = person(workplace)
    account(workplace, lin, "lin")
    account(workplace, lin, "lin2", name="林国栋（培训）", mobile="13700000009")
    member(workplace, lin, "lin")
    (row,) = WecomFile(workplace).draft().rows
    assert (row.wecom_userid, row.name, row.mobile) == ("lin2", "林国栋（培训）", "13700000009")


# -- nobody becomes somebody else -----------------------------------------------------------------
def test_a_newcomer_never_gets_a_leavers_userid(workplace: Workplace) -> None:
    left = person(workplace, "00011", "林国栋", leave_date=date(2026, 10, 1), mobile="13700000001")
    member(workplace, left, "LinGuoDong")
    gone = member(workplace, None, "chenxiaoming", name="陈晓明", gone_on=date(2026, 9, 1))
    lin, chen = person(workplace), person(workplace, "00013", "陈晓明")
    account(workplace, lin, state="待开通")
    account(workplace, chen, state="待开通")
    filling = WecomFile(workplace).draft()
    assert sorted(ids_of(filling)) == ["chenxiaoming2", "linguodong2"]
    assert gone.userid not in ids_of(filling)


def test_a_userid_typed_by_hand_that_is_another_members_is_listed(workplace: Workplace) -> None:
    left = person(workplace, "00011", "林国栋", leave_date=date(2026, 10, 1), mobile="13700000001")
    member(workplace, left, "linguodong", gone_on=date(2026, 11, 1))
    account(workplace, person(workplace), "LinGuoDong")
    filling = WecomFile(workplace).draft()
    assert filling.rows == ()
    assert "导入会变成他本人" in reasons(filling)["00012", "wecom_userid"]


def test_a_number_that_is_another_members_is_listed(workplace: Workplace) -> None:
    lin = person(workplace)
    account(workplace, lin, "lin")
    member(workplace, None, "someone", name="别人", mobile="+86 " + lin.mobile)
    filling = WecomFile(workplace).draft()
    assert "“别人”" in reasons(filling)["00012", "mobile"]
    assert lin.mobile not in str(filling.skipped)


def test_an_account_handed_over_on_paper_takes_its_member_along(workplace: Workplace) -> None:
    from wxadmin.services.accounts import Accounts

    lin, wang = person(workplace), person(workplace, "00014", "王小兰")
    held = account(workplace, lin, "bangongshi")
    member(workplace, lin, "bangongshi", account_id=held.id)
    Accounts(workplace).hand_over(held, wang, basis="QWJJ-202611-001")
    (row,) = WecomFile(workplace).draft().rows
    assert (row.wecom_userid, row.name) == ("bangongshi", "王小兰")


# -- names and places -----------------------------------------------------------------------------
def test_an_account_without_userid_is_named_once_and_for_all(
    workplace: Workplace, tmp_path: Path
) -> None:
    lin = person(workplace)
    made = account(workplace, lin, state="待开通")
    service = WecomFile(workplace)
    filling = service.draft()
    assert [userid for _, userid in filling.named] == ["linguodong"]
    assert workplace.store.get(Account, made.id).wecom_userid == ""
    (tmp_path / "模板.xlsx").write_bytes(template())
    service.write(filling, tmp_path / "模板.xlsx", tmp_path / "填好.xlsx")
    assert workplace.store.get(Account, made.id).wecom_userid == "linguodong"
    person(workplace, "00013", "林国栋")
    assert service.draft().named == ()


def test_a_file_that_cannot_be_written_takes_the_ids_back(
    workplace: Workplace, tmp_path: Path
) -> None:
    made = account(workplace, person(workplace), state="待开通")
    (tmp_path / "模板.xlsx").write_bytes(template())
    (tmp_path / "填好.xlsx").mkdir()
    service = WecomFile(workplace)
    with pytest.raises(UserError):
        service.write(service.draft(), tmp_path / "模板.xlsx", tmp_path / "填好.xlsx")
    assert workplace.store.get(Account, made.id).wecom_userid == ""


def test_ids_that_cannot_be_kept_make_no_file(workplace: Workplace, tmp_path: Path) -> None:
    account(workplace, person(workplace), state="待开通")
    (tmp_path / "模板.xlsx").write_bytes(template())
    (tmp_path / "填好.xlsx").write_bytes(b"old")
    service = WecomFile(workplace)
    filling = service.draft()
    Transfer(workplace).hand_over(tmp_path / "交接.wxbak", "小陈")
    with pytest.raises(UserError) as refusal:
        service.write(filling, tmp_path / "模板.xlsx", tmp_path / "填好.xlsx")
    assert refusal.value.code == "handed_over"
    assert (tmp_path / "填好.xlsx").read_bytes() == b"old"


def test_departments_are_spelt_as_the_console_spells_them(workplace: Workplace) -> None:
    plant = unit_called(workplace, "莆田一厂")
    ids = workplace.store.ids()
    line = OrgUnit(ids.next(OrgUnit), "包装车间", plant.id)
    write(workplace, line)
    changed(workplace, plant, aliases=(*plant.aliases, "一厂"))
    other = person(workplace, "00011", "别人")
    member(workplace, other, "other", departments=("东南集团/一厂",))
    lin = person(workplace, unit="包装车间")
    account(workplace, lin, "lin")
    office_unit = unit_called(workplace, "销售部门")
    post = ExtraPost(ids.next(ExtraPost), lin.id, office_unit.id, None, date(2026, 1, 1))
    write(workplace, post)
    (row,) = WecomFile(workplace).draft().rows
    assert row.units == ("东南集团/一厂/包装车间", "东南集团/销售部门")


@pytest.mark.parametrize(
    ("setting", "path"),
    [("{公司}", "东南事业部/莆田一厂"), ("东南集团", "东南集团/莆田一厂"), ("", "莆田一厂")],
)
def test_without_an_export_the_setting_says_how_paths_begin(
    workplace: Workplace, setting: str, path: str
) -> None:
    ids = workplace.store.ids()
    write(
        workplace,
        PolicyOverride(ids.next(PolicyOverride), "company", "wecom_path_root", setting),
    )
    account(workplace, person(workplace), "lin")
    assert WecomFile(workplace).draft().rows[0].units == (path,)


def test_a_unit_whose_name_holds_a_slash_would_become_two(workplace: Workplace) -> None:
    plant = unit_called(workplace, "莆田一厂")
    ids = workplace.store.ids()
    write(workplace, OrgUnit(ids.next(OrgUnit), "研发/测试部", plant.id))
    account(workplace, person(workplace, unit="研发/测试部"), "lin")
    filling = WecomFile(workplace).draft()
    assert filling.rows == ()
    assert "“研发/测试部”里有“/”" in reasons(filling)["00012", "org_unit"]


def test_an_export_made_of_the_file_leaves_nothing_to_write(
    workplace: Workplace, tmp_path: Path
) -> None:
    lin, chen = person(workplace), person(workplace, "00013", "陈晓明", company_email="c@x.example")
    account(workplace, lin, "lin")
    account(workplace, lin, "lin.px", name="林国栋（培训）", mobile="13700000009")
    account(workplace, chen, "chen")
    service = WecomFile(workplace)
    rows = service.draft().rows
    for row in rows:
        member(
            workplace,
            None,
            row.wecom_userid,
            name=row.name,
            mobile=row.mobile,
            departments=row.units,
            position=row.position,
            company_email=row.company_email,
        )
    assert len(rows) == 3
    after = service.draft()
    assert (after.rows, after.skipped, after.unchanged) == ((), (), 3)


# -- the file -------------------------------------------------------------------------------------
def test_without_a_column_of_its_own_the_company_address_goes_under_mail(
    workplace: Workplace, tmp_path: Path
) -> None:
    lin = person(workplace, company_email="lin@company.example")
    account(workplace, lin, "lin")
    service = WecomFile(workplace)
    said = []
    for number, data in enumerate((template(OLDER), template())):
        blank, out = tmp_path / f"模板{number}.xlsx", tmp_path / f"填好{number}.xlsx"
        blank.write_bytes(data)
        service.write(service.draft(), blank, out)
        rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
        said.append({h: c for h, c in zip(rows[-2], rows[-1], strict=True) if "邮箱" in h})
    assert said[0] == {"个人邮箱": "lin@company.example"}
    assert said[1] == {"邮箱": "", "企业邮箱": "lin@company.example"}


def test_with_nobody_to_write_there_is_no_file(workplace: Workplace, tmp_path: Path) -> None:
    (tmp_path / "模板.xlsx").write_bytes(template())
    service = WecomFile(workplace)
    out = tmp_path / "填好.xlsx"
    assert service.write(service.draft(), tmp_path / "模板.xlsx", out) is None
    assert not out.exists()
