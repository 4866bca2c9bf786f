"""What WeCom refused comes out as person, cause and next step."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, register_at, write
from wxadmin.command_line import main
from wxadmin.domain.account import Account
from wxadmin.domain.errors import UserError
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.wecom_errors import WecomErrors
from wxadmin.services.workplace import Workplace
from wxadmin.sheets.writing import write_table


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with closing(office(tmp_path)) as opened:
        lin = person(opened, "00012", "林国栋", mobile="13800138000")
        person(opened, "00013", "陈晓明")
        person(opened, "00014", "陈晓明")
        ids = opened.store.ids()
        write(
            opened,
            Account(
                ids.next(Account), "ZH-00001", "林国栋", "personal",
                wecom_userid="linguodong", holder_id=lin.id,
            ),
            WecomMember(
                ids.next(WecomMember), "laowang", "王老五", mobile="13800138000", status="已激活",
                seen_on=TODAY,
            ),
        )  # fmt: skip
        yield opened


def test_a_refusal_names_person_cause_and_who_has_the_number_now(workplace: Workplace) -> None:
    text = "林国栋\tlinguodong\t13800138000\t手机号已存在"
    (line,) = WecomErrors(workplace).explain(text).lines
    assert (line.emp_no, line.name, line.userid, line.field) == (
        "00012", "林国栋", "linguodong", "mobile",
    )  # fmt: skip
    assert "另一个成员名下" in line.cause
    assert "“王老五”（laowang，已激活）" in line.found
    assert line.next_step


def test_the_interface_s_own_answer_is_understood_once(workplace: Workplace) -> None:
    text = 'linguodong\n{\n "errcode": 60104,\n "errmsg": "mobile existed"\n}'
    explained = WecomErrors(workplace).explain(text)
    assert [(line.emp_no, line.code) for line in explained.lines] == [("00012", "60104")]


def test_a_name_in_running_text_and_a_code_after_it(workplace: Workplace) -> None:
    (line,) = WecomErrors(workplace).explain("导入失败，林国栋的账号不合法（301021）").lines
    assert (line.emp_no, line.code, line.field) == ("00012", "301021", "wecom_userid")


def test_namesakes_are_never_picked_by_name_alone(workplace: Workplace) -> None:
    (line,) = WecomErrors(workplace).explain("陈晓明 邮箱格式错误").lines
    assert (line.emp_no, line.name) == ("", "陈晓明")
    assert "00013、00014" in line.found


def test_what_nobody_understands_is_given_back_with_numbers_covered(workplace: Workplace) -> None:
    explained = WecomErrors(workplace).explain("姓名\t帐号\t原因\n赵六 13900139000 天气不好")
    assert explained.lines == ()
    assert explained.unread == ((2, "赵六 139****9000 天气不好"),)
    with pytest.raises(UserError, match="没有内容"):
        WecomErrors(workplace).explain(" \n")


def test_a_failure_list_is_read_from_a_workbook_and_from_a_gbk_text(
    workplace: Workplace, tmp_path: Path
) -> None:
    sheet = tmp_path / "失败清单.xlsx"
    rows = [("林国栋", "linguodong", "部门不存在"), ("新来的", "xinlai", "错误码 60129")]
    write_table(sheet, "失败", ("姓名", "帐号", "失败原因"), rows)
    explained = WecomErrors(workplace).explain_file(sheet)
    assert [(x.row, x.emp_no, x.field) for x in explained.lines] == [
        (2, "00012", "org_unit"),
        (3, "", "mobile"),
    ]
    text = tmp_path / "报错.txt"
    text.write_bytes("林国栋 手机号格式错误".encode("gb18030"))
    assert WecomErrors(workplace).explain_file(text).lines[0].emp_no == "00012"


def test_the_verb_reads_a_file_or_what_is_pasted(
    workplace: Workplace,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["--register", register_at(tmp_path), "--json", "wecom-errors", "-"]
    monkeypatch.setattr("sys.stdin", io.StringIO("林国栋 60102"))
    assert main(words, printing=lambda: None) == 0
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert (error["emp_no"], error["code"], error["field"]) == ("00012", "60102", "wecom_userid")
    assert main([*words[:-1], str(tmp_path / "没有.txt")], printing=lambda: None) == 1
    assert "没有.txt" in capsys.readouterr().err
