"""A list's columns and its plan in words: what the window shows before anything is written."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from builders import office, person, unit_called

from wxadmin.domain import import_plan as plans
from wxadmin.domain.errors import UserError
from wxadmin.domain.import_plan import UnitQuestion
from wxadmin.domain.likely_renaming import likely_cause
from wxadmin.domain.organisation import RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_planner import Answers
from wxadmin.services.import_book import ImportBook
from wxadmin.services.import_columns import ImportColumns, all_recognised
from wxadmin.services.import_lines import ImportLines
from wxadmin.services.imports import Imports, Said
from wxadmin.sheets.writing import write_table


@pytest.fixture
def workplace(tmp_path: Path):
    with closing(office(tmp_path)) as made:
        yield made


def sheet(tmp_path, headings, *rows, name="花名册.xlsx"):
    write_table(tmp_path / name, "在册", headings, rows)
    return tmp_path / name


def test_columns_headed_alike_can_be_told_apart_by_hand(workplace, tmp_path):
    path = sheet(tmp_path, ("姓名", "工号", "手机", "手机"), ("林国栋", "1", "13800000001", "无"))
    columns = ImportColumns(workplace)
    looked = columns.look(path)
    assert "不知道该用哪一列" in looked.complaint
    lines = columns.lines(looked.reading)
    assert [(line.key, line.field) for line in lines[2:]] == [("C", "mobile"), ("D", "")]
    again = columns.look(path, mapping=columns.mapping(lines))
    assert again.complaint == ""
    assert all_recognised(again.reading)


def test_a_list_without_names_shows_its_columns_all_the_same(workplace, tmp_path):
    path = sheet(tmp_path, ("谁", "工号", "手机"), ("林国栋", "1", "13800000001"))
    looked = ImportColumns(workplace).look(path)
    assert "姓名" in looked.complaint
    assert [one.heading for one in ImportColumns(workplace).lines(looked.reading)] == [
        "谁", "工号", "手机"]  # fmt: skip


def test_a_file_that_is_no_list_is_refused(workplace, tmp_path):
    path = tmp_path / "花名册.csv"
    path.write_text("你好\n再见\n", encoding="utf-8")
    with pytest.raises(UserError):
        ImportColumns(workplace).look(path)


def test_private_columns_are_named_and_never_mapped(workplace, tmp_path):
    path = sheet(tmp_path, ("姓名", "工号", "民族"), ("林国栋", "1", "汉族"))
    columns = ImportColumns(workplace)
    lines = columns.lines(columns.look(path).reading)
    assert lines[2].private
    assert "民族" not in dict(columns.mapping(lines))


def test_whose_list_it_is_can_be_told_by_its_name(workplace):
    book = ImportBook(workplace)
    assert book.source_named_in("莆田一厂2026年11月离职清单.xlsx") == "莆田一厂人事"
    assert book.source_named_in("莆田总厂11月离职.xlsx") == "莆田一厂人事"
    assert book.source_named_in("11月离职清单.xlsx") == ""


def test_a_department_of_every_plant_does_not_blur_whose_list_it_is(workplace, tmp_path):
    for number, plant in enumerate(("莆田一厂", "莆田二厂")):
        path = sheet(tmp_path, ("姓名", "工号", "部门"), (f"林国{number}", "1", f"{plant}/生产部"),
                     name=f"{number}.xlsx")  # fmt: skip
        imports = Imports(workplace)
        imports.apply(imports.plan(imports.read(path)))
    issues = workplace.store.all(RosterIssue)
    assert len({issue.hr_source_id for issue in issues}) == 2
    names = {one.source for one in ImportBook(workplace).past()}
    assert names == {"莆田一厂人事", "莆田二厂人事"}


def test_a_plant_under_a_new_name_is_known_by_its_people(workplace, tmp_path):
    people = [person(workplace, f"0{n}", f"林国{n}", unit="莆田一厂") for n in range(6)]
    rows = [(one.name, one.emp_no, "莆田新厂") for one in people]
    imports = Imports(workplace)
    preview = imports.plan(imports.read(sheet(tmp_path, ("姓名", "工号", "部门"), *rows)))
    assert preview.source.name == "莆田一厂人事"


def test_two_people_with_one_number_are_told_apart_by_the_answer(workplace, tmp_path):
    first = person(workplace, "12", "林国栋", unit="莆田一厂", mobile="13800000001")
    second = person(workplace, "12", "林国栋", unit="莆田二厂", mobile="13800000002")
    path = sheet(tmp_path, ("姓名", "部门"), ("林国栋", "莆田二厂/生产部"))
    imports = Imports(workplace)
    reading = imports.read(path)
    line = imports.plan(reading).plan.of_kind(plans.DISPUTED)[0]
    chosen = next(c for c in line.candidates if c.employee_id == second.id)
    said = Said(answers=Answers({line.row: chosen.answer}))
    changed = imports.plan(reading, said).plan.of_kind(plans.CHANGED)
    assert [one.employee_id for one in changed] == [second.id]
    assert first.id != second.id


def test_a_line_is_shown_field_by_field_with_names_instead_of_numbers(workplace, tmp_path):
    one = person(workplace, "12", "林国栋", unit="莆田一厂", hr_source_id=None)
    path = sheet(
        tmp_path, ("姓名", "工号", "部门", "岗位"), ("林国栋", "12", "莆田一厂/新车间", "班长")
    )
    imports = Imports(workplace)
    preview = imports.plan(imports.read(path))
    words = ImportLines(workplace, preview)
    shown = words.all()[0]
    assert one.org_unit_id == unit_called(workplace, "莆田一厂").id
    assert {(f.label, f.old, f.new) for f in shown.fields} >= {
        ("部门", "莆田一厂", "莆田一厂/新车间"), ("职务", "操作工", "班长")}  # fmt: skip
    assert ("新部门", "莆田一厂/新车间") in words.made()
    assert words.name_at(shown.row) == "林国栋"
    assert workplace.store.get(Employee, one.id) == one


def test_departments_renamed_with_their_plant_are_one_cause():
    asked = [UnitQuestion(n, f"莆田总厂/{dept}", f"莆田一厂/{dept}", 10, 10)
             for n, dept in enumerate(("包装车间", "酿造车间"))]  # fmt: skip
    asked.append(UnitQuestion(9, "三明工厂/门卫", "三明工厂/保卫部", 3, 3))
    cause = likely_cause(asked)
    assert (cause.old, cause.new, cause.people, cause.units) == ("莆田总厂", "莆田一厂", 20, (0, 1))
    assert likely_cause([UnitQuestion(1, "甲", "乙", 3, 3, plans.RENAME)]) is None
