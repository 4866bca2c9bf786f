"""Forms are files people may change: the user's copy wins, a bad one names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import FieldType
from wxadmin.policy.forms import load_forms, read_form

OURS = Path(__file__).resolve().parents[2] / "resources" / "forms"
ANNEX = (OURS / "account_request.toml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in ANNEX
    path = folder / "account_request.toml"
    path.write_text(ANNEX.replace(old, new, 1), encoding="utf-8")
    return path


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_all_forms_and_registers_as_shipped_are_sound() -> None:
    shelf = load_forms(OURS)
    assert {
        "account_request", "account_handover", "account_change_request", "account_notice",
        "group_request", "group_admin_filing", "group_owner_transfer", "group_check",
        "group_removal_notice", "group_dissolution", "group_rename",
    } <= set(shelf.forms)  # fmt: skip
    assert {
        "group_register", "member_list", "address_book", "leavers", "admin_numbers",
        "account_register", "group_order", "checklist", "month_report",
    } <= set(shelf.registers)  # fmt: skip


def test_the_users_copy_wins(tmp_path: Path) -> None:
    changed(tmp_path, "version = 1", "version = 2")
    shelf = load_forms(OURS, tmp_path)
    assert shelf.forms["account_request"].version == 2
    assert "account_handover" in shelf.forms


def test_a_form_of_an_older_version_reprints_as_it_was(tmp_path: Path) -> None:
    changed(tmp_path, "version = 1", "version = 2")
    shelf = load_forms(OURS, tmp_path)
    assert shelf.form("account_request").version == 2
    assert shelf.form("account_request", 1).version == 1
    assert shelf.form("account_request", 9).version == 2


def test_a_form_nobody_knows_is_refused() -> None:
    with pytest.raises(UserError, match="没有名为“leave”的表单"):
        load_forms(OURS).form("leave")


def test_annex_one_asks_what_the_office_requires() -> None:
    form = read_form(OURS / "account_request.toml")
    required = {one.name for one in form.fields if one.required}
    assert required == {
        "request_kind", "holder_name", "unit_id", "dept_id", "position_id", "purposes",
        "mobile", "mobile_is_company",
    }  # fmt: skip
    assert form.field_named("request_kind").type is FieldType.CHOICE
    assert len(form.field_named("request_kind").choices) == 9
    assert len(form.field_named("request_kind").printed_boxes()) == 5
    with pytest.raises(KeyError):
        form.field_named("nobody")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('field = "emp_no"', 'field = "emp_nr"', "没有名为“emp_nr”的字段"),
        ("{purposes}", "{purpose}", "没有名为“purpose”的字段"),
        ("height = 26", "height = 96", "超出纸高"),
        ("right = 12", "right = 30", "超出纸宽"),
        ("width = 36.25", "width = 30.25", "这一行宽164毫米，应为170毫米"),
        ('type = "date"', 'type = "day"', "“day”应为"),
        ("qr_size = 13", 'qr_size = "13"', "应为数字"),
        ("strike_blank", "strike_blanks", "不认识的项“strike_blanks”"),
        ('"权限调整" = "变更"', '"权限调整" = "调整"', "“调整”不在 boxes 之中"),
        ('source = "today"', 'source = "yesterday"', "不认识的来源“yesterday”"),
        ('required_when = "sales"', 'required_when = "sale"', "不认识的条件“sale”"),
        ("width = 53", "width = 60", "互相重叠"),
        ("span = 3, top", "span = 4, top", "第2格跨出了表格的4列"),
        ('name = "ack_on"', 'name = "tel"', "“tel”重复了"),
        ('id = "unit"', 'id = "name"', "“name”重复了"),
        ("height = 26", "height = 2", "太低"),
        ("-{nnn}", "", "要有一处流水号"),
        ("QWSQ-{YYYYMM}", "QWSQ/{YYYYMM}", "不能有空格和括号斜线"),
        ("version = 1", "version = 0", "应在1到9999之间"),
        ("top = 18", "top = -18", "不能小于0"),
        ("qr_size = 13", 'qr_size = 13\nlogo = "../a.png"', "标志只写文件名"),
        ("qr_size = 13", 'qr_size = 13\nlogo = "a.png"', "标志“a.png”打不开"),
        ("copies = 1", 'copies = 1\napprovers = ["甲", "乙", "丙", "丁"]', "签不下字"),
    ],
)
def test_a_bad_form_is_passed_over_naming_file_and_line(tmp_path, old, new, reason) -> None:
    path = changed(tmp_path, old, new)
    shelf = load_forms(OURS, tmp_path)
    (refusal,) = shelf.refusals
    assert str(path) in refusal.message
    assert reason in refusal.message
    assert shelf.forms["account_request"] == read_form(OURS / "account_request.toml")


def test_the_line_named_is_the_line_changed(tmp_path: Path) -> None:
    changed(tmp_path, 'field = "emp_no"', 'field = "emp_nr"')
    expected = line_of(ANNEX, 'field = "emp_no"')
    (refusal,) = load_forms(OURS, tmp_path).refusals
    assert f"第{expected}行" in refusal.message


def test_each_of_our_files_is_named_after_the_form_or_register_in_it() -> None:
    for path in sorted(OURS.glob("*.toml")):
        assert f'\nid = "{path.stem}"\n' in path.read_text(encoding="utf-8")
