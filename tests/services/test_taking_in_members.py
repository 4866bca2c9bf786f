"""Taking in a group's members as they are: recognised, asked about, outsiders, who is out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import TODAY, office, person, write
from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import ExternalPerson, Group, GroupMember
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.services.history import History
from wxadmin.services.imports import Imports, Preview, Said
from wxadmin.services.workplace import Workplace

SOLITAIRE = """#接龙
包装车间群成员，请按“姓名-部门”接龙
例 张三-部门

1. 林国栋-莆田一厂
2、张伟-莆田一厂
3．陈小红 莆田一厂
"""


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    person(opened, "00012", "林国栋", pinyin="lin guo dong")
    person(opened, "00013", "张伟", pinyin="zhang wei")
    person(opened, "00014", "张伟", unit="莆田二厂", pinyin="zhang wei")
    person(opened, "00015", "陈小红", former_names=("陈红",), pinyin="chen xiao hong")
    person(opened, "00016", "王建国", unit="莆田二厂", position="班长", pinyin="wang jian guo")
    yield opened
    opened.close()


@pytest.fixture
def group(workplace: Workplace) -> Group:
    return next(g for g in workplace.store.all(Group) if g.name == "莆田一厂" and g.side != "后台")


def text_file(folder: Path, *lines: str, name: str = "名单.txt", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding=encoding)
    return path


def table_file(folder: Path, *rows: Sequence[object], name: str = "收集表.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def planned(workplace: Workplace, path: Path, group: str = "莆田一厂", **answers: str) -> Preview:
    imports = Imports(workplace)
    rows = {int(row.removeprefix("row")): answer for row, answer in answers.items()}
    reading = imports.read(path, kind="members")
    return imports.plan(reading, Said(answers=Answers(rows), group=group))


def found(preview: Preview) -> list[tuple[str, str]]:
    return [(line.emp_no or line.name, line.kind) for line in preview.plan.lines]


def members(workplace: Workplace, group: Group) -> dict[str, GroupMember]:
    people = {p.id: p.emp_no for p in workplace.store.all(Employee)}
    here = workplace.store.find(GroupMember, group_id=group.id, left_on=None)
    return {people.get(m.employee_id or 0, m.external_name): m for m in here}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chat_solitaire_is_read_without_its_title(
    workplace: Workplace, group: Group, tmp_path: Path, encoding: str
) -> None:
    path = text_file(tmp_path, *SOLITAIRE.splitlines(), encoding=encoding)
    preview = planned(workplace, path)
    assert [no for no, _ in found(preview)] == ["00012", "00013", "00015"]
    Imports(workplace).apply(preview)
    assert set(members(workplace, group)) == {"00012", "00013", "00015"}
    assert workplace.store.get(Group, group.id).members_on == TODAY  # type: ignore[union-attr]


def test_a_pasted_text_may_hold_several_names_a_line(workplace: Workplace, tmp_path: Path) -> None:
    preview = planned(workplace, text_file(tmp_path, "林国栋（群主）、陈小红", "00016"))
    assert [no for no, _ in found(preview)] == ["00012", "00015", "00016"]


def test_a_text_from_the_clipboard_goes_the_same_way(workplace: Workplace, group: Group) -> None:
    imports = Imports(workplace)
    preview = imports.plan(imports.read_pasted("林国栋\n陈小红"), Said(group="莆田一厂"))
    assert imports.apply(preview) is not None
    assert set(members(workplace, group)) == {"00012", "00015"}


def test_a_collected_form_is_read_by_its_questions(workplace: Workplace, tmp_path: Path) -> None:
    path = table_file(
        tmp_path,
        ("提交者（自动）", "提交时间（自动）", "1. 您的姓名（必填）", "2. 手机号"),
        ("国栋", "2026-11-19", "林国栋", "13805950012"),
        ("阿伟", "2026-11-19", "张伟", "13805950014"),
    )
    assert [no for no, _ in found(planned(workplace, path))] == ["00012", "00014"]


def test_a_table_of_numbers_and_nicknames_keeps_the_nicknames(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    path = tmp_path / "成员.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("工号", "姓名", "群昵称"), ("00012", "林国栋", "一厂-林国栋"), ("00013", "张伟", "")]
        )
    Imports(workplace).apply(planned(workplace, path))
    assert members(workplace, group)["00012"].nickname == "一厂-林国栋"


def test_nicknames_remarks_pinyin_and_former_names_are_recognised(
    workplace: Workplace, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "小林（林国栋）", "Chen Xiaohong", "一厂陈红", "莆田一厂-陈红")
    preview = planned(workplace, path)
    assert [(line.row, line.emp_no) for line in preview.plan.lines][:2] == [
        (1, "00012"),
        (2, "00015"),
    ]
    assert "同一人" in preview.plan.warnings[0].reason


def test_a_nickname_that_fits_two_is_a_question_with_candidates(
    workplace: Workplace, tmp_path: Path
) -> None:
    preview = planned(workplace, text_file(tmp_path, "林国栋", "张伟"))
    (line,) = preview.plan.of_kind(plans.DISPUTED)
    assert [(c.emp_no, c.likely) for c in line.candidates] == [("00013", True), ("00014", False)]
    assert preview.stopped_by == "disputed"
    with pytest.raises(UserError, match="待确认"):
        Imports(workplace).apply(preview)


@pytest.mark.parametrize("nickname", ["莆田二厂-张伟", "张伟0014", "张伟（工号00014）"])
def test_unit_or_last_digits_tell_namesakes_apart(
    workplace: Workplace, tmp_path: Path, nickname: str
) -> None:
    assert found(planned(workplace, text_file(tmp_path, nickname)))[0][0] == "00014"


def test_an_answer_is_not_asked_again(workplace: Workplace, group: Group, tmp_path: Path) -> None:
    path = text_file(tmp_path, "林国栋", "张伟")
    Imports(workplace).apply(planned(workplace, path, row2="00014"))
    assert set(members(workplace, group)) == {"00012", "00014"}
    assert found(planned(workplace, path)) == [("00012", "不变"), ("00014", "不变")]
    assert Imports(workplace).apply(planned(workplace, path)) is None


def test_an_unknown_is_a_question_and_an_outsider_is_marked_once(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "林国栋", "老周@顺达物流")
    preview = planned(workplace, path)
    assert "外部人员" in preview.plan.of_kind(plans.DISPUTED)[0].question
    operation = Imports(workplace).apply(planned(workplace, path, row2="new:顺达物流/林国栋"))
    (outsider,) = workplace.store.all(ExternalPerson)
    assert (outsider.name, outsider.org, outsider.brought_by) == ("老周", "顺达物流", "林国栋")
    assert members(workplace, group)["老周"].external_person_id == outsider.id
    again = planned(workplace, path)
    assert again.plan.undecided == 0
    assert (again.tally["outsiders"], again.tally["members"]) == (1, 1)
    assert operation is not None
    History(workplace).undo(operation)
    assert workplace.store.all(ExternalPerson) == []


def test_outsiders_are_pointed_out_where_the_policy_wants_none(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "林国栋", "老周")
    warnings = planned(workplace, path, row2="new").plan.warnings
    assert ["不允许外部人员" in w.reason for w in warnings] == [True]
    with workplace.act("允许") as operation:
        operation.write([Change(group, replace(group, allow_external=True))])
    assert planned(workplace, path, row2="new").plan.warnings == []


def test_a_name_set_aside_is_kept_as_a_stranger_and_asked_again(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "林国栋", "老周")
    Imports(workplace).apply(planned(workplace, path, row2="skip"))
    assert members(workplace, group)["老周"].external_person_id is None
    assert planned(workplace, path).plan.undecided == 1


def test_who_is_no_longer_on_the_list_is_out(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    Imports(workplace).apply(planned(workplace, text_file(tmp_path, "林国栋", "陈小红")))
    preview = planned(workplace, text_file(tmp_path, "林国栋"))
    assert found(preview) == [("00012", "不变"), ("00015", "离职")]
    Imports(workplace).apply(preview)
    assert set(members(workplace, group)) == {"00012"}


def test_the_same_person_twice_is_listed_with_the_cell(
    workplace: Workplace, tmp_path: Path
) -> None:
    path = table_file(tmp_path, ("姓名", "部门"), ("林国栋", ""), ("一厂-林国栋", ""))
    preview = planned(workplace, path)
    assert [(w.cell, w.row) for w in preview.plan.warnings] == [("A3", 3)]
    assert preview.tally["members"] == 1


def test_a_leaver_on_the_list_is_recognised_as_the_leaver(
    workplace: Workplace, tmp_path: Path
) -> None:
    person(workplace, "00020", "吴离职", leave_date=date(2026, 1, 1))
    assert found(planned(workplace, text_file(tmp_path, "吴离职")))[0][0] == "00020"


# -- bad input ------------------------------------------------------------------------------------
def test_the_list_of_another_group_is_asked_about(workplace: Workplace, tmp_path: Path) -> None:
    names = [f"李二厂{chr(0x4E00 + n)}" for n in range(5)]
    for number, name in enumerate(names):
        person(workplace, f"{number + 30:05d}", name, unit="莆田二厂")
    preview = planned(workplace, text_file(tmp_path, *names))
    assert preview.stopped_by == "brake"
    assert preview.plan.brake is not None
    assert "更像“莆田二厂”的" in preview.plan.brake.sentence


def test_a_list_that_would_take_many_out_is_asked_about(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    names = [f"李一厂{chr(0x4E00 + n)}" for n in range(8)]
    for number, name in enumerate(names):
        person(workplace, f"{number + 30:05d}", name)
    Imports(workplace).apply(planned(workplace, text_file(tmp_path, *names)))
    assert planned(workplace, text_file(tmp_path, *names[3:])).plan.brake is None
    preview = planned(workplace, text_file(tmp_path, *names[4:]))
    assert preview.plan.brake is not None
    assert "有4人不在名单里，会记为退群，超过20%" in preview.plan.brake.sentence
    with pytest.raises(UserError, match="名单是否抄全"):
        Imports(workplace).apply(preview)
    assert len(members(workplace, group)) == 8


def test_the_address_book_is_no_member_list(workplace: Workplace, tmp_path: Path) -> None:
    path = table_file(
        tmp_path, ("姓名", "帐号", "部门", "激活状态"), ("林国栋", "lin", "莆田一厂", "已激活")
    )
    with pytest.raises(UserError, match="不是群成员名单") as refusal:
        planned(workplace, path)
    assert refusal.value.code == "wrong_kind"


def test_a_list_without_its_group_is_refused(workplace: Workplace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="选定一个群") as refusal:
        planned(workplace, text_file(tmp_path, "林国栋"), group="")
    assert refusal.value.code == "no_group"


def test_a_list_of_tomorrow_is_refused(workplace: Workplace, tmp_path: Path) -> None:
    reading = Imports(workplace).read(text_file(tmp_path, "林国栋"), kind="members")
    with pytest.raises(UserError, match="还没有到"):
        Imports(workplace).plan(reading, Said(group="莆田一厂", on=date(2026, 11, 21)))


def test_a_name_of_65_characters_is_listed_with_its_cell(
    workplace: Workplace, tmp_path: Path
) -> None:
    path = table_file(tmp_path, ("姓名", "部门"), ("林国栋", ""), ("长" * 65, ""))
    preview = planned(workplace, path)
    assert [(p.cell, p.skips) for p in preview.plan.problems] == [("A3", True)]


def test_a_workbook_without_names_is_refused_in_one_sentence(
    workplace: Workplace, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        planned(workplace, table_file(tmp_path, ("编码", "金额"), (1, 2)))


def test_a_file_of_several_groups_gives_the_rows_of_the_one_chosen(
    workplace: Workplace, group: Group, tmp_path: Path
) -> None:
    path = table_file(tmp_path, ("群名称", "姓名"), ("莆田一厂", "林国栋"), ("莆田二厂", "王建国"))
    assert found(planned(workplace, path)) == [("00012", "新增")]
    with pytest.raises(UserError, match="2个群"):
        planned(workplace, path, group="")


def test_what_is_known_of_an_outsider_elsewhere_is_used(
    workplace: Workplace, tmp_path: Path
) -> None:
    write(workplace, ExternalPerson(1, "老周", "顺达物流"))
    preview = planned(workplace, text_file(tmp_path, "林国栋", "老周"))
    assert preview.plan.undecided == 0
