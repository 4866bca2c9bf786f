"""Lists inside a form as lines of words: what is typed is kept, the rest of a row stays."""

from __future__ import annotations

from typing import Any

from ui.forms.table_fields import SHAPES, kept_list, shape_of, shown_list
from wxadmin.domain.form_definition import FieldType, FormField
from wxadmin.services.form_facts import table_rows, table_text

ACCOUNTS = table_text([
    {"account_no": "ZH-1", "account": "wangli", "mobile": "16300000001", "action": "注销",
     "receiver": ""},
    {"account_no": "ZH-2", "account": "kefu", "mobile": "16300000002", "action": "转交",
     "receiver": ""},
])  # fmt: skip


def test_a_list_is_shown_as_one_line_of_words_each():
    assert shown_list(SHAPES["accounts"], ACCOUNTS) == "ZH-1　wangli　注销\nZH-2　kefu　转交"


def test_what_is_typed_at_the_end_of_a_line_is_kept_and_the_rest_stays():
    rows = table_rows(
        kept_list(SHAPES["accounts"], ACCOUNTS, "ZH-1 wangli 回收\nZH-2 kefu 转交 00031")
    )
    assert [(row["action"], row["receiver"]) for row in rows] == [("回收", ""), ("转交", "00031")]
    assert rows[0]["mobile"] == "16300000001"


def test_a_line_taken_out_is_taken_off_the_list():
    rows = table_rows(kept_list(SHAPES["accounts"], ACCOUNTS, "ZH-2　kefu　转交"))
    assert [row["account_no"] for row in rows] == ["ZH-2"]


def test_the_successor_of_a_group_is_written_behind_the_duty():
    kept = table_text([{"group": "莆田一厂", "role": "群主"}])
    rows = table_rows(kept_list(SHAPES["owned_groups"], kept, "莆田一厂 群主 00031"))
    assert rows == [{"group": "莆田一厂", "role": "群主", "successor": "00031"}]


def field_with(**how: Any) -> FormField:
    return FormField("lines", "名单", FieldType.TABLE, **how)


def test_a_list_of_which_nothing_is_known_is_what_is_typed() -> None:
    shape = shape_of(field_with(typed=("name", "emp_no", "reason")))
    kept = kept_list(shape, "", "陈佳怡 00015 现场 安全员\n\n林国栋")
    assert table_rows(kept) == [
        {"name": "陈佳怡", "emp_no": "00015", "reason": "现场 安全员"},
        {"name": "林国栋"},
    ]
    assert shown_list(shape, kept).startswith("陈佳怡　00015　现场 安全员")


def test_lines_that_begin_alike_keep_their_own_words() -> None:
    shape = shape_of(field_with(known=("finding", "name"), typed=("result",)))
    kept = table_text([{"finding": "不应在群", "name": name} for name in ("甲", "甲乙")])
    after = kept_list(shape, kept, "不应在群　甲乙　已移出\n不应在群　甲 待查")
    assert [row["result"] for row in table_rows(after)] == ["待查", "已移出"]
    assert table_rows(kept_list(shape, kept, "不应在群　甲　已移出"))[0]["name"] == "甲"


def test_people_are_added_to_a_form_for_many_by_their_number():
    known, typed = ("emp_no", "name"), ("mobile",)
    field = FormField("people", "名单", FieldType.TABLE, known=known, typed=typed)
    kept = table_text([{"emp_no": "00012", "name": "林国栋", "mobile": "13800000001"}])
    shape = shape_of(field)
    rows = table_rows(kept_list(shape, kept, "00012　林国栋　13900000002\n00031\n00031"))
    assert [(row["emp_no"], row.get("mobile")) for row in rows] == [
        ("00012", "13900000002"), ("00031", None),
    ]  # fmt: skip
