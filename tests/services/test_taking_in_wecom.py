"""Taking in WeCom's address book: whose each member is, what is asked, what the register learns."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import TODAY, office, person, write
from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import Account, AdminNumber
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.domain.wecom import Mark, WecomIssue, WecomMember
from wxadmin.services.evidence import directory_date
from wxadmin.services.history import History
from wxadmin.services.imports import Imports, Preview, Said
from wxadmin.services.workplace import Workplace

OLD = (
    "姓名",
    "帐号",
    "别名",
    "职务",
    "部门",
    "性别",
    "手机",
    "座机",
    "个人邮箱",
    "地址",
    "企业简称",
)
NEW = (
    *("姓名", "账号", "别名", "职务", "部门", "性别", "手机", "座机", "邮箱", "地址", "企业邮箱"),
    *("视频号", "激活状态", "禁用状态", "微信插件", "工牌颜色"),
)
LIN = {"姓名": "林国栋", "帐号": "linguodong", "部门": "东南事业部/莆田一厂", "手机": "13805950012"}
WEI = {"姓名": "张伟", "帐号": "zhangwei", "部门": "东南事业部/莆田一厂", "手机": "13805950013"}


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    person(opened, "00012", "林国栋")
    person(opened, "00013", "张伟")
    person(opened, "00014", "张伟", unit="莆田二厂")
    yield opened
    opened.close()


def export(
    folder: Path,
    *rows: dict[str, object],
    heads: Sequence[str] = OLD,
    notes: int = 8,
    name: str = "通讯录.xlsx",
) -> Path:
    """An export as the console writes it: notes above, then headings, then members."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "成员列表"
    for number in range(notes):
        sheet.append([f"填写说明{number + 1}：请按格式填写"])
        sheet.merge_cells(start_row=number + 1, end_row=number + 1, start_column=1, end_column=12)
    sheet.append(list(heads))
    for row in rows:
        known = {("账号" if k == "帐号" and "账号" in heads else k): v for k, v in row.items()}
        sheet.append([known.get(head) for head in heads])
    path = folder / name
    book.save(path)
    return path


def planned(workplace: Workplace, path: Path, **answers: str) -> Preview:
    imports = Imports(workplace)
    rows = {int(row.removeprefix("row")): answer for row, answer in answers.items()}
    return imports.plan(imports.read(path, kind="wecom"), Said(answers=Answers(rows)))


def taken(workplace: Workplace, path: Path, **answers: str) -> int | None:
    return Imports(workplace).apply(planned(workplace, path, **answers))


def members(workplace: Workplace) -> dict[str, WecomMember]:
    return {member.userid: member for member in workplace.store.all(WecomMember)}


def emp_no(workplace: Workplace, member: WecomMember) -> str:
    found = workplace.store.get(Employee, member.employee_id or 0)
    return found.emp_no if found else ""


@pytest.mark.parametrize(("heads", "notes"), [(OLD, 8), (OLD, 0), (NEW, 9), (NEW, 0)])
def test_both_layouts_are_read_with_notes_and_without(
    workplace: Workplace, tmp_path: Path, heads: Sequence[str], notes: int
) -> None:
    plan = planned(workplace, export(tmp_path, LIN, WEI, heads=heads, notes=notes)).plan
    assert [(line.name, line.emp_no, line.why) for line in plan.lines] == [
        ("林国栋", "00012", "手机"),
        ("张伟", "00013", "手机"),
    ]


def test_a_linked_member_gets_the_account_the_register_did_not_know(
    workplace: Workplace, tmp_path: Path
) -> None:
    operation = taken(workplace, export(tmp_path, LIN, WEI))
    account = workplace.store.find(Account, wecom_userid="linguodong")[0]
    assert (account.entry, account.state, account.in_directory) == ("历史导入", "在用", True)
    member = members(workplace)["linguodong"]
    assert (member.match_state, member.account_id) == ("linked", account.id)
    assert directory_date(workplace) == TODAY
    History(workplace).undo(operation)
    assert workplace.store.all(WecomMember) == workplace.store.all(Account) == []
    assert directory_date(workplace) is None


def test_the_same_file_again_changes_nothing(workplace: Workplace, tmp_path: Path) -> None:
    path = export(tmp_path, LIN, WEI, {"姓名": "王五", "帐号": "wangwu"})
    assert taken(workplace, path) is not None
    plan = planned(workplace, path).plan
    assert plan.count(plans.UNCHANGED) == 3
    assert taken(workplace, path) is None


def test_a_fresh_export_without_differences_proves_the_day(
    workplace: Workplace, tmp_path: Path
) -> None:
    taken(workplace, export(tmp_path, LIN, WEI))
    again = export(tmp_path, LIN, WEI, name="第二次.xlsx", notes=7)
    assert taken(workplace, again) is not None
    assert len(workplace.store.all(WecomIssue)) == 2


def test_a_file_that_declares_a_part_it_lacks_is_read(workplace: Workplace, tmp_path: Path) -> None:
    whole = export(tmp_path, LIN, WEI, name="whole.xlsx")
    path = tmp_path / "缺件.xlsx"
    override = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/>'
    )
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        assert "xl/sharedStrings.xml" not in old.namelist()
        for entry in old.namelist():
            part = old.read(entry)
            if entry == "[Content_Types].xml":
                part = part.replace(b"</Types>", override.encode() + b"</Types>")
            new.writestr(entry, part)
    plan = planned(workplace, path).plan
    assert [line.emp_no for line in plan.lines] == ["00012", "00013"]


def test_several_departments_numeric_ids_and_states_are_kept(
    workplace: Workplace, tmp_path: Path
) -> None:
    several = {**LIN, "帐号": 20260012.0, "手机": 13805950012.0, "激活状态": "未激活"}
    several["部门"] = "东南事业部/莆田一厂；东南事业部/莆田二厂"
    off = {**WEI, "激活状态": "已激活", "禁用状态": "禁用"}
    taken(workplace, export(tmp_path, several, off, heads=NEW))
    found = members(workplace)
    assert found["20260012"].departments == ("东南事业部/莆田一厂", "东南事业部/莆田二厂")
    assert (found["20260012"].mobile, found["20260012"].status) == ("13805950012", "未激活")
    assert found["zhangwei"].status == "已禁用"
    assert workplace.store.find(Account, wecom_userid="zhangwei")[0].state == "停用"


def test_a_name_alone_never_links(workplace: Workplace, tmp_path: Path) -> None:
    moved = {**WEI, "手机": "13900000001"}
    preview = planned(workplace, export(tmp_path, LIN, moved))
    (line,) = preview.plan.of_kind(plans.DISPUTED)
    assert [c.emp_no for c in line.candidates] == ["00013", "00014"]
    assert [c.likely for c in line.candidates] == [True, False]
    taken(workplace, export(tmp_path, LIN, moved), row11="skip")
    member = members(workplace)["zhangwei"]
    assert (member.match_state, member.employee_id) == ("disputed", None)
    assert workplace.store.find(Account, wecom_userid="zhangwei") == []


def test_a_decision_is_not_asked_again(workplace: Workplace, tmp_path: Path) -> None:
    stranger = {"姓名": "张伟", "帐号": "test01", "手机": "13900000002"}
    path = export(tmp_path, LIN, {**WEI, "手机": ""}, stranger)
    rows = {line.name + str(line.row): line.row for line in planned(workplace, path).plan.lines}
    first, second = rows["张伟11"], rows["张伟12"]
    taken(workplace, path, **{f"row{first}": "00014", f"row{second}": "new"})
    plan = planned(workplace, export(tmp_path, LIN, {**WEI, "手机": ""}, stranger, notes=3)).plan
    assert plan.count(plans.DISPUTED) == 0
    found = members(workplace)
    assert emp_no(workplace, found["zhangwei"]) == "00014"
    assert (found["test01"].match_state, found["test01"].match_how) == ("unmatched", "人工")


def test_a_marked_member_is_not_asked_about(workplace: Workplace, tmp_path: Path) -> None:
    path = export(tmp_path, LIN, {**WEI, "手机": ""})
    taken(workplace, path, row11="skip")
    member = members(workplace)["zhangwei"]
    again = export(tmp_path, LIN, {**WEI, "手机": ""}, notes=3)
    assert planned(workplace, again).plan.count(plans.DISPUTED) == 1
    write(workplace, Mark(1, "wecom", member.id, "", "不动", set_on=TODAY))
    assert planned(workplace, again).plan.count(plans.DISPUTED) == 0


def test_an_open_question_stops_the_import_until_it_is_decided(
    workplace: Workplace, tmp_path: Path
) -> None:
    path = export(tmp_path, LIN, {**WEI, "手机": ""})
    with pytest.raises(UserError, match="还差1行待确认") as refusal:
        taken(workplace, path)
    assert refusal.value.code == "disputed"
    assert members(workplace) == {}


def test_what_was_put_off_is_not_asked_again_for_the_same_file(
    workplace: Workplace, tmp_path: Path
) -> None:
    path = export(tmp_path, LIN, {**WEI, "手机": ""})
    taken(workplace, path, row11="skip")
    assert members(workplace)["zhangwei"].match_state == "disputed"
    assert taken(workplace, path) is None


def test_a_number_passed_on_is_asked_about(workplace: Workplace, tmp_path: Path) -> None:
    plan = planned(workplace, export(tmp_path, {**LIN, "姓名": "陈小红"}, WEI)).plan
    (line,) = plan.of_kind(plans.DISPUTED)
    assert "林国栋" in line.question
    assert [c.emp_no for c in line.candidates] == ["00012"]


def test_a_former_name_agrees(workplace: Workplace, tmp_path: Path) -> None:
    lin = workplace.store.find(Employee, emp_no="00012")[0]
    with workplace.act("改名") as operation:
        operation.write([Change(lin, replace(lin, name="林栋", former_names=("林国栋",)))])
    plan = planned(workplace, export(tmp_path, LIN, WEI)).plan
    assert plan.count(plans.DISPUTED) == 0
    assert plan.lines[0].emp_no == "00012"


def test_a_member_called_as_his_account_is_called_is_linked(
    workplace: Workplace, tmp_path: Path
) -> None:
    lin = workplace.store.find(Employee, emp_no="00012")[0]
    kind = {"account_type": "personal", "holder_id": lin.id, "responsible_id": lin.id}
    named = Account(1, "ZH-1", "林国栋（培训）", wecom_userid="lin.px", state="在用", **kind)  # type: ignore[arg-type]
    nameless = Account(2, "ZH-2", "林国栋（采购）", mobile="13700000001", state="在用", **kind)  # type: ignore[arg-type]
    write(workplace, named, nameless)
    training = {**LIN, "姓名": "林国栋（培训）", "帐号": "lin.px", "手机": ""}
    buying = {**LIN, "姓名": "林国栋（采购）", "帐号": "lin.cg", "手机": "13700000001"}
    other = {**LIN, "姓名": "林国梁", "帐号": "lin.px2", "手机": "13700000001"}
    plan = planned(workplace, export(tmp_path, WEI, training, buying)).plan
    assert plan.count(plans.DISPUTED) == 0
    assert [line.emp_no for line in plan.lines if line.row] == ["00013", "00012", "00012"]
    plan = planned(workplace, export(tmp_path, WEI, other)).plan
    assert plan.count(plans.DISPUTED) == 1


def test_namesakes_whose_numbers_were_swapped_are_never_linked_crosswise(
    workplace: Workplace, tmp_path: Path
) -> None:
    second = {"姓名": "张伟", "帐号": "zhangwei2", "部门": "东南事业部/莆田二厂"}
    second["手机"] = "13805950014"
    taken(workplace, export(tmp_path, LIN, WEI, second))
    swapped = export(
        tmp_path, LIN, {**WEI, "手机": "13805950014"}, {**second, "手机": "13805950013"}, notes=2
    )
    assert planned(workplace, swapped).plan.count(plans.DISPUTED) == 2


def test_swapped_numbers_are_asked_about_even_in_the_first_export(
    workplace: Workplace, tmp_path: Path
) -> None:
    second = {"姓名": "张伟", "帐号": "zhangwei2", "部门": "东南事业部/莆田二厂"}
    second["手机"] = "13805950013"
    path = export(tmp_path, LIN, {**WEI, "手机": "13805950014"}, second)
    assert planned(workplace, path).plan.count(plans.DISPUTED) == 2


def test_a_leaver_still_in_the_address_book_is_linked_to_the_leaver(
    workplace: Workplace, tmp_path: Path
) -> None:
    person(workplace, "00015", "陈小红", leave_date=date(2026, 1, 1))
    gone = {"姓名": "陈小红", "帐号": "chenxiaohong", "手机": "13805950015", "激活状态": "已激活"}
    taken(workplace, export(tmp_path, LIN, gone, heads=NEW))
    assert emp_no(workplace, members(workplace)["chenxiaohong"]) == "00015"
    account = workplace.store.find(Account, wecom_userid="chenxiaohong")[0]
    assert (account.state, account.in_directory) == ("在用", True)


def test_who_is_gone_is_marked_gone_and_out_of_the_directory(
    workplace: Workplace, tmp_path: Path
) -> None:
    people = [person(workplace, f"{n:05d}", f"工人{chr(0x4E00 + n)}") for n in range(20, 32)]
    rows = [
        {"姓名": p.name, "帐号": f"u{p.emp_no}", "手机": p.mobile, "部门": "东南事业部/莆田一厂"}
        for p in people
    ]
    taken(workplace, export(tmp_path, LIN, *rows))
    plan = planned(workplace, export(tmp_path, *rows, notes=1)).plan
    assert [(line.kind, line.name) for line in plan.lines if not line.row] == [("离职", "林国栋")]
    taken(workplace, export(tmp_path, *rows, notes=1))
    assert members(workplace)["linguodong"].gone_on == TODAY
    assert not workplace.store.find(Account, wecom_userid="linguodong")[0].in_directory


def test_half_an_address_book_stops_at_the_brake(workplace: Workplace, tmp_path: Path) -> None:
    taken(workplace, export(tmp_path, LIN, WEI))
    preview = planned(workplace, export(tmp_path, LIN, notes=2))
    assert preview.plan.brake is not None
    assert "不在文件里" in preview.plan.brake.sentence
    with pytest.raises(UserError) as refusal:
        Imports(workplace).apply(preview)
    assert refusal.value.code == "brake"
    assert members(workplace)["zhangwei"].gone_on is None


def test_an_account_the_register_knows_differently_is_left_as_it_is(
    workplace: Workplace, tmp_path: Path
) -> None:
    lin = workplace.store.find(Employee, emp_no="00012")[0]
    closed = Account(
        1, "ZH-1", "林国栋", "personal", wecom_userid="LinGuoDong", holder_id=lin.id, state="已注销"
    )
    write(workplace, closed)
    taken(workplace, export(tmp_path, LIN, WEI))
    assert workplace.store.find(Account, holder_id=lin.id) == [closed]
    assert members(workplace)["linguodong"].account_id == closed.id


def test_a_group_number_counts_as_known(workplace: Workplace, tmp_path: Path) -> None:
    number = workplace.store.all(AdminNumber)[0]
    with workplace.act("号码") as operation:
        operation.write([Change(number, replace(number, mobile="13900000009"))])
    keeper = {"姓名": "群管01", "帐号": "qg01", "手机": "13900000009"}
    taken(workplace, export(tmp_path, LIN, keeper))
    found = members(workplace)["qg01"]
    assert (found.match_state, found.match_how, found.employee_id) == ("linked", "群管理号", None)


# -- bad input ------------------------------------------------------------------------------------
def test_an_export_of_another_company_is_refused(workplace: Workplace, tmp_path: Path) -> None:
    rows = [
        {"姓名": f"路人{chr(0x4E00 + n)}", "帐号": f"x{n}", "手机": 13700000000 + n}
        for n in range(8)
    ]
    with pytest.raises(UserError, match="别的企业") as refusal:
        planned(workplace, export(tmp_path, *rows))
    assert refusal.value.code == "other_company"


def test_ids_and_numbers_twice_are_listed_with_their_cells(
    workplace: Workplace, tmp_path: Path
) -> None:
    twice = {**WEI, "帐号": "LINGUODONG"}
    same_mobile = {"姓名": "王五", "帐号": "wangwu", "手机": LIN["手机"]}
    preview = planned(workplace, export(tmp_path, LIN, twice, same_mobile))
    assert [(p.cell, p.skips) for p in preview.plan.problems] == [("B11", True), ("G12", False)]
    assert [line.name for line in preview.plan.lines] == ["林国栋", "王五"]


def test_odd_department_names_and_long_names_are_listed_with_their_cells(
    workplace: Workplace, tmp_path: Path
) -> None:
    comma = {**LIN, "部门": "东南事业部/生产，质量部"}
    slash = {**WEI, "部门": "东南事业部//质量部"}
    mark = {"姓名": "张伟", "帐号": "b", "手机": "13805950014", "部门": "东南事业部；；/质量部"}
    long = {"姓名": "长" * 65, "帐号": "chang"}
    problems = planned(workplace, export(tmp_path, comma, slash, mark, long)).plan.problems
    assert [p.cell for p in problems] == ["E10", "E11", "E12", "A13"]
    assert "，" in problems[0].reason
    assert [p.skips for p in problems] == [False, False, False, True]


def test_a_refused_row_does_not_make_its_member_gone(workplace: Workplace, tmp_path: Path) -> None:
    taken(workplace, export(tmp_path, LIN, WEI))
    plan = planned(workplace, export(tmp_path, LIN, {**WEI, "姓名": "长" * 65})).plan
    assert plan.count(plans.LEFT) == 0
    assert plan.brake is None


def test_a_template_without_names_is_refused(workplace: Workplace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有“姓名”一列"):
        planned(workplace, export(tmp_path, LIN, heads=OLD[1:]))


@pytest.mark.parametrize("kind", ["roster", "leavers"])
def test_an_address_book_in_the_slot_of_a_roster_is_refused(
    workplace: Workplace, tmp_path: Path, kind: str
) -> None:
    with pytest.raises(UserError, match="是企业微信通讯录") as refusal:
        Imports(workplace).read(export(tmp_path, LIN), kind=kind)
    assert refusal.value.code == "wrong_kind"


def test_a_roster_with_accounts_is_no_address_book_but_two_columns_more_are_no_roster(
    workplace: Workplace, tmp_path: Path
) -> None:
    more = {**LIN, "工号": "00012", "入职日期": "2020-03-01", "用工类型": "合同工"}
    path = export(tmp_path, more, heads=(*OLD, "工号", "入职日期", "用工类型"), notes=0)
    with pytest.raises(UserError, match="是人事的名单") as refusal:
        planned(workplace, path)
    assert refusal.value.code == "wrong_kind"
    own = export(tmp_path, more, heads=(*OLD, "工号", "入职日期"))
    assert [line.emp_no for line in planned(workplace, own).plan.lines] == ["00012"]


def test_a_roster_in_the_slot_of_the_address_book_is_refused(
    workplace: Workplace, tmp_path: Path
) -> None:
    row = {"姓名": "林国栋", "工号": "00012", "入职日期": "2020-03-01"}
    path = export(tmp_path, row, heads=("姓名", "工号", "入职日期"), notes=0)
    with pytest.raises(UserError, match="没有“帐号”一列") as refusal:
        planned(workplace, path)
    assert refusal.value.code == "wrong_kind"
