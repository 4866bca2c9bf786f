"""Lists laid out as HR lays them out: titles, merged headings, footers, odd columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sheets.conftest import Read
from tests.sheets.raw_workbooks import PEOPLE, lines, packed, parts, sheet, workbook
from wxadmin.domain.errors import UserError
from wxadmin.domain.headings import Vocabulary
from wxadmin.policy.headings import read_vocabulary
from wxadmin.sheets.tables import mapped_anew


def merged(rows: list[tuple[str, ...]], *ranges: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return workbook(sheet(lines(rows), after=f"<mergeCells>{cells}</mergeCells>"))


def test_titles_over_the_headings_are_skipped_and_give_the_month(read: Read) -> None:
    rows = [
        ("某某公司 2026年11月花名册",),
        ("单位：莆田一厂", "制表人：王五"),
        ("姓名", "工号"),
        *PEOPLE,
    ]
    table, parsed = read("名单.xlsx", merged(rows, "A1:C1"))
    assert (table.heading_row, table.month, len(parsed.rows)) == (3, "2026-11", 3)
    assert parsed.rows[0][0] == 4


def test_two_heading_rows_are_read_down_to_the_leaf(read: Read) -> None:
    rows = [
        ("序号", "基本信息", "", "联系方式", "", "紧急联系人", ""),
        ("", "姓名", "工号", "座机", "手机号", "姓名", "联系电话"),
        ("1", "赵一", "A01", "0591-1", "13800138000", "钱父", "13900139000"),
    ]
    table, parsed = read("两层.xlsx", merged(rows, "A1:A2", "B1:C1", "D1:E1", "F1:G1"))
    assert table.heading_row == 2
    assert table.columns == {
        "姓名": "name",
        "工号": "emp_no",
        "座机": "telephone",
        "手机号": "mobile",
    }
    assert parsed.rows == [(3, ("赵一", "A01", "0591-1", "13800138000"))]


def test_headings_merged_downwards_are_no_data(read: Read) -> None:
    rows = [("姓名", "工号", "部门"), ("", "", ""), *PEOPLE]
    table, parsed = read("下并.xlsx", merged(rows, "A1:A2", "B1:B2", "C1:C2"))
    assert table.heading_row == 2
    assert len(parsed.rows) == 3


def test_bilingual_headings_with_breaks_and_a_machine_name_row_are_known(read: Read) -> None:
    rows = [
        ("姓\u00a0名", "手机号\nphone_number", "*部门（必填）"),
        ("name", "phone", "dept"),
        ("赵一", "13800138000", "生产部"),
    ]
    table, parsed = read("双语.xlsx", workbook(sheet(lines(rows))))
    assert list(table.columns.values()) == ["name", "mobile", "org_unit"]
    assert parsed.rows == [(3, ("赵一", "13800138000", "生产部"))]


def test_a_merged_department_is_spread_and_an_unmerged_blank_is_not(read: Read) -> None:
    rows = [("姓名", "工号", "部门"), ("赵一", "1", "生产部"), ("钱二", "2", ""), ("孙三", "3", "")]
    _, parsed = read("合并.xlsx", merged(rows, "C2:C3"))
    assert [values[2] for _, values in parsed.rows] == ["生产部", "生产部", None]


def test_levels_of_departments_become_one_path_without_the_company(read: Read) -> None:
    rows = [
        ("姓名", "工号", "公司", "一级部门", "二级部门", "组别"),
        ("赵一", "1", "某某有限公司", "莆田一厂", "生产部", "甲组"),
        ("钱二", "2", "某某有限公司", "莆田一厂", "", ""),
    ]
    _, parsed = read("分级.xlsx", workbook(sheet(lines(rows))))
    column = parsed.fields.index("org_unit")
    assert [values[column] for _, values in parsed.rows] == ["莆田一厂/生产部/甲组", "莆田一厂"]
    rows = [("姓名", "部门"), ("赵一", "某某公司/莆田一厂/生产部"), ("钱二", "福州分公司/销售部")]
    _, parsed = read("全路径.xlsx", workbook(sheet(lines(rows))))
    assert [values[1] for _, values in parsed.rows] == ["莆田一厂/生产部", "福州分公司/销售部"]


def test_totals_signatures_and_blank_lines_are_not_people(read: Read) -> None:
    rows = [
        ("序号", "姓名", "工号", "部门"),
        ("1", "赵一", "A1", "生产部"),
        ("", " ", "", ""),
        ("2", "钱二", "A2", "审核部"),
        ("小计", "2", "", ""),
        ("合计", "", "2", ""),
        ("", "综合办公室", "", ""),
        ("制表人：李四", "", "审核：", ""),
        ("备注：以上属实",),
    ]
    _, parsed = read("表尾.xlsx", workbook(sheet(lines(rows))))
    assert [values[0] for _, values in parsed.rows] == ["赵一", "钱二"]
    assert parsed.problems == []
    assert parsed.not_people == 6


def test_somebody_without_a_number_whose_department_sounds_like_a_footer_stays(read: Read) -> None:
    rows = [("部门", "姓名"), ("审核部", "赵一"), ("说明书组", "钱二")]
    _, parsed = read("审核部.xlsx", workbook(sheet(lines(rows))))
    assert len(parsed.rows) == 2


def test_hidden_rows_are_told_and_can_be_left_out(read: Read, vocabulary: Vocabulary) -> None:
    from wxadmin.domain.sheet_rows import parse_rows

    xml = sheet().replace('<row r="3">', '<row r="3" hidden="1">')
    table, parsed = read("隐藏.xlsx", workbook(xml))
    assert table.hidden_rows == (3,)
    assert len(parsed.rows) == 3
    assert any("隐藏" in warning.reason for warning in parsed.warnings)
    assert len(parse_rows(table, vocabulary, skip_hidden=True).rows) == 2


def test_two_columns_with_one_known_heading_are_refused_until_one_is_chosen(read: Read) -> None:
    data = workbook(
        sheet(
            lines(
                [
                    ("姓名", "联系电话", "工号", "联系电话"),
                    ("赵一", "13800138000", "1", "13900139000"),
                ]
            )
        )
    )
    with pytest.raises(UserError, match=r"B 列.*D 列") as caught:
        read("双电话.xlsx", data)
    assert caught.value.code == "duplicate_columns"
    table, parsed = read("双电话.xlsx", data, mapping=[("D", "mobile")])
    assert parsed.rows == [(2, ("赵一", "1", "13900139000"))]
    assert table.ignored == ("联系电话",)


def test_sensitive_columns_come_unticked_and_private_ones_are_never_offered(read: Read) -> None:
    data = workbook(
        sheet(
            lines(
                [
                    ("姓名", "工号", "身份证号", "民族", "家庭住址"),
                    ("赵一", "1", "11010519491231002X", "汉", "某地"),
                ]
            )
        )
    )
    table, parsed = read("敏感.xlsx", data)
    assert table.sensitive == {"身份证号": "id_no"}
    assert table.ignored == ("身份证号", "民族", "家庭住址")
    assert parsed.fields == ("name", "emp_no")
    _, ticked = read("敏感.xlsx", data, mapping=[("身份证号", "id_no")])
    assert ticked.rows == [(2, ("赵一", "1", "11010519491231002X"))]
    with pytest.raises(UserError) as caught:
        read("敏感.xlsx", data, mapping=[("民族", "remark")])
    assert caught.value.code == "private_column"


def test_a_mapping_names_columns_by_heading_label_or_letter(read: Read) -> None:
    data = workbook(sheet(lines([("姓名", "编码X", "现岗位", "甲"), ("赵一", "7", "主任", "好")])))
    table, parsed = read(
        "对应.xlsx",
        data,
        mapping=[("编码 x", "工号"), ("职务/岗位", "ignore"), ("D", "remark"), ("没有", "mobile")],
    )
    assert table.columns == {"姓名": "name", "编码X": "emp_no", "甲": "remark"}
    assert [warning.column for warning in parsed.warnings] == ["没有"]
    with pytest.raises(UserError) as caught:
        read("对应.xlsx", data, mapping=[("D", "shoe_size")])
    assert caught.value.code == "unknown_field"


def test_columns_that_only_look_like_known_ones_are_left_alone(read: Read) -> None:
    headings = (
        "姓名",
        "工号",
        "家属姓名",
        "紧急联系电话",
        "部门负责人手机号",
        "职级",
        "司龄段入职时间",
        "最后工作日",
        "序号",
    )
    row = ("赵一", "1", "赵父", "139", "138", "P5", "3年", "2026-11-30", "1")
    table, _ = read("相像.xlsx", workbook(sheet(lines([headings, row]))))
    assert table.columns == {"姓名": "name", "工号": "emp_no", "最后工作日": "last_day"}


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        ("无姓名", [("工号", "部门", "手机"), ("1", "生产部", "138")], "no_name_column"),
        ("无标题", [("赵一", "1"), ("钱二", "2")], "no_heading"),
        ("只有标题", [("姓名", "工号", "部门")], "no_people"),
        ("标题加空行", [("姓名", "工号"), (" ", " "), ("合计", "")], "no_people"),
    ],
)
def test_a_list_that_cannot_be_one_is_refused(
    name: str, rows: list[tuple[str, ...]], code: str, read: Read
) -> None:
    with pytest.raises(UserError) as caught:
        read(f"{name}.xlsx", workbook(sheet(lines(rows))))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("file", "sheet_name", "headings", "row", "kind"),
    [
        (
            "2026年11月离职清单",
            "Sheet1",
            ("姓名", "工号", "离职日期"),
            ("赵一", "1", "2026-11-5"),
            "leavers",
        ),
        ("十一月", "减员", ("姓名", "工号"), ("赵一", "1"), "leavers"),
        ("花名册", "Sheet1", ("姓名", "工号", "部门"), ("赵一", "1", "生产部"), "roster"),
        ("员工", "Sheet1", ("姓名", "状态", "离职日期"), ("赵一", "在职", ""), "roster"),
        ("导出", "成员列表", ("姓名", "帐号", "部门", "手机"), ("赵一", "zhao", "甲", ""), "wecom"),
        ("导出", "Sheet1", ("群名称", "姓名"), ("一群", "赵一"), "members"),
    ],
)
def test_the_kind_of_list_is_guessed_from_names_and_columns(
    file: str,
    sheet_name: str,
    headings: tuple[str, ...],
    row: tuple[str, ...],
    kind: str,
    read: Read,
) -> None:
    table, _ = read(f"{file}.xlsx", packed(parts([(sheet_name, sheet(lines([headings, row])))])))
    assert table.kind == kind


def test_a_sheet_named_for_a_form_of_employment_gives_it_to_everybody(read: Read) -> None:
    data = packed(parts([("劳务派遣", sheet(lines([("姓名", "工号"), ("赵一", "1")])))]))
    _, parsed = read("名单.xlsx", data)
    assert parsed.fields == ("name", "emp_no", "employment_type")
    assert parsed.rows[0][1][2] == "劳务派遣"


def test_the_consoles_sample_person_is_nobody(read: Read) -> None:
    rows = [
        ("姓名", "帐号", "部门"),
        ("张三（示例）", "zhangsan", "甲"),
        ("陈（小）", "chenxiao", "甲"),
    ]
    _, parsed = read("通讯录.xlsx", packed(parts([("成员列表", sheet(lines(rows)))])))
    assert [values[0] for _, values in parsed.rows] == ["陈（小）"]


def test_a_bad_vocabulary_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "headings.toml"
    path.write_text('[fields.name]\nlabel = "姓名"\nheadings = ["姓名"]\noffer = "x"\n', "utf-8")
    with pytest.raises(UserError, match=r"headings\.toml.*4"):
        read_vocabulary(path)


def test_a_column_the_user_calls_the_name_is_enough(read: Read) -> None:
    rows = [("工号", "谁", "手机"), ("1", "赵一", "13800138000")]
    _, parsed = read("谁.xlsx", workbook(sheet(lines(rows))), mapping=[("谁", "name")])
    assert parsed.rows == [(2, ("1", "赵一", "13800138000"))]


def test_columns_can_be_settled_anew_without_the_file(read: Read, vocabulary: Vocabulary) -> None:
    rows = [("姓名", "工号", "生日", "甲"), ("赵一", "1", "1990-1-2", "x")]
    table, _ = read("再配.xlsx", workbook(sheet(lines(rows))))
    again = mapped_anew(table, vocabulary, [("生日", "birth_date"), ("甲", "remark")])
    assert again.columns == {
        "姓名": "name",
        "工号": "emp_no",
        "生日": "birth_date",
        "甲": "remark",
    }
    assert again.sensitive == {}
    with pytest.raises(UserError) as caught:
        mapped_anew(table, vocabulary, [("姓名", "ignore")])
    assert caught.value.code == "no_name_column"


def test_members_may_be_names_alone(read: Read) -> None:
    _, parsed = read("群成员.csv", "姓名\n赵一\n钱二\n".encode(), kind="members")
    assert [values for _, values in parsed.rows] == [("赵一",), ("钱二",)]


def test_a_remembered_mapping_settles_even_columns_that_would_be_refused(read: Read) -> None:
    rows = [("姓名", "电话号码", "电话号码"), ("赵一", "13800138000", "13900139000")]
    asked: list[str] = []

    def remembered(signature: str) -> list[tuple[str, str]]:
        asked.append(signature)
        return [("C", "mobile")]

    table, parsed = read("双.xlsx", workbook(sheet(lines(rows))), remembered=remembered)
    assert parsed.rows == [(2, ("赵一", "13900139000"))]
    assert asked == [table.signature]
