"""附件一 from outside: a workbook with drop-downs that files itself, and what has no code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.builders import office, person
from wxadmin.domain.errors import UserError
from wxadmin.domain.incoming import Incoming
from wxadmin.services.form_facts import table_rows
from wxadmin.services.form_workbooks import FormWorkbooks
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.incomings import Incomings
from wxadmin.services.workplace import Workplace

KIND = "account_request"
SAID = {
    "姓名": "林国栋", "工号": "00012", "手机号码": "13900000001",
    "账号用途及申请事由": "=1+1 客户服务",
    "申请类别": "新增", "单位": "莆田一厂", "部门（班组）": "生产部", "职务（岗位）": "操作工",
    "号码归属": "本人",
}  # fmt: skip


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    yield opened
    opened.close()


def blank(workplace: Workplace, folder: Path, kind: str = KIND) -> Path:
    return FormWorkbooks(workplace).write(kind, folder / "申请表.xlsx")


def fill(path: Path, said: dict[str, str], people: list[list[str]] | None = None) -> Path:
    """Fill a blank in as somebody with Excel would, and keep it under another name."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row + 1):
        label = str(sheet.cell(row, 1).value or "").rstrip(" *")
        if label in said:
            sheet.cell(row, 2).value = said[label]
            sheet.cell(row, 2).data_type = "s"
    for line in people or ():
        at = next(r for r in range(2, 300) if book["人员名单"].cell(r, 1).value is None)
        for column, text in enumerate(line, start=1):
            book["人员名单"].cell(at, column).value = text
    target = path.with_name("填好.xlsx")
    book.save(target)
    return target


def test_the_blank_has_drop_downs_and_is_known_again(workplace, tmp_path) -> None:
    path = blank(workplace, tmp_path)
    book = load_workbook(path)
    rules = book.worksheets[0].data_validations.dataValidation
    assert any("新增,变更,权限调整" in rule.formula1 for rule in rules)
    assert any("选项" in rule.formula1 for rule in rules)
    assert book["选项"].sheet_state == "hidden"
    assert FormWorkbooks.is_ours(path)
    other = Workbook()
    other.save(tmp_path / "花名册.xlsx")
    assert not FormWorkbooks.is_ours(tmp_path / "花名册.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04nonsense")
    assert not FormWorkbooks.is_ours(tmp_path / "坏.xlsx")


def test_a_filled_workbook_files_itself_as_a_draft(workplace, tmp_path) -> None:
    lin = person(workplace)
    filled = FormWorkbooks(workplace).take_in(fill(blank(workplace, tmp_path), SAID))
    form = Forms(workplace).called(filled.form.number)
    assert (form.employee_id, form.state, form.value("mobile")) == (lin.id, "草稿", "13900000001")
    assert form.value("purposes") == "=1+1 客户服务"
    assert filled.problems == {}
    (entry,) = workplace.store.all(Incoming)
    assert (entry.form_id, entry.state) == (form.id, "已归")
    assert Forms(workplace).move(form.number, "submit").form.state == "已提交"


def test_the_same_file_is_taken_once(workplace, tmp_path) -> None:
    person(workplace)
    path = fill(blank(workplace, tmp_path), SAID)
    first = FormWorkbooks(workplace).take_in(path)
    with pytest.raises(UserError, match=f"已经收过（LJ-202611-001，是{first.form.number}"):
        FormWorkbooks(workplace).take_in(path)
    History(workplace).undo()
    assert FormWorkbooks(workplace).take_in(path).form.number != first.form.number


def test_what_is_wrong_stays_as_it_was_typed_and_is_named(workplace, tmp_path) -> None:
    wrong = SAID | {"手机号码": "1390", "工号": "77777"}
    filled = FormWorkbooks(workplace).take_in(fill(blank(workplace, tmp_path), wrong))
    assert filled.form.value("mobile") == "1390"
    assert "mobile" in filled.problems
    assert "工号77777" in filled.problems["emp_no"]
    assert filled.form.employee_id is None


def test_an_empty_or_foreign_workbook_is_refused(workplace, tmp_path) -> None:
    with pytest.raises(UserError, match="什么也没有填"):
        FormWorkbooks(workplace).take_in(blank(workplace, tmp_path))
    Workbook().save(tmp_path / "别的.xlsx")
    with pytest.raises(UserError, match="不是本程序发出的申请表"):
        FormWorkbooks(workplace).take_in(tmp_path / "别的.xlsx")


def test_a_list_of_many_is_filled_in_on_its_own_sheet(workplace, tmp_path) -> None:
    person(workplace)
    person(workplace, "00013", "陈小")
    path = blank(workplace, tmp_path, "account_request_batch")
    people = [["00012", "林国栋"], ["00013", "陈小", "", "", "13900000013"]]
    filled = FormWorkbooks(workplace).take_in(fill(path, {"账号用途及申请事由": "旺季"}, people))
    rows = table_rows(filled.form.value("people"))
    assert [row["mobile"] for row in rows] == ["13805950012", "13900000013"]
    assert rows[0]["dept"]
    assert filled.form.value("holder_name") == "林国栋、陈小"


def test_a_photo_without_a_code_becomes_an_entry(workplace, tmp_path) -> None:
    photo = tmp_path / "申请 照片.jpg"
    photo.write_bytes(b"\xff\xd8 no code")
    incomings = Incomings(workplace)
    entry = incomings.take(photo, from_whom="陈主任", way="微信")
    assert (entry.number, entry.state) == ("LJ-202611-001", "待处理")
    assert incomings.file_of(entry).read_bytes() == photo.read_bytes()
    with pytest.raises(UserError, match="已经收过（LJ-202611-001）"):
        incomings.take(photo)
    form = Forms(workplace).draft(KIND, person=person(workplace))
    incomings.settle(entry.number, form=form)
    (line,) = incomings.lines()
    assert (line.form_number, line.incoming.state) == (form.number, "已归")
    assert incomings.lines(waiting=True) == []


def test_an_entry_is_not_put_aside_without_a_reason(workplace, tmp_path) -> None:
    note = tmp_path / "便条.docx"
    note.write_bytes(b"x")
    entry = Incomings(workplace).take(note)
    with pytest.raises(UserError, match="要写明原因"):
        Incomings(workplace).settle(entry.number)
    assert Incomings(workplace).settle(entry.number, note="不是我们的").state == "不用"
    with pytest.raises(UserError, match="读不了"):
        Incomings(workplace).take(tmp_path / "没有.docx")


def test_a_number_in_the_place_of_the_name_is_understood(workplace, tmp_path) -> None:
    lin = person(workplace)
    said = {**SAID, "姓名": lin.emp_no, "工号": ""}
    filled = FormWorkbooks(workplace).take_in(fill(blank(workplace, tmp_path), said))
    assert (filled.form.employee_id, filled.form.value("holder_name")) == (lin.id, lin.name)
