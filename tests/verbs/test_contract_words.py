"""The words of the second front end: exit codes, one JSON object, Chinese refusals, no traces."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import office, person, register_at

from wxadmin.command_line import main
from wxadmin.verbs.words import sentence


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, Any, str]:
    given = ["--register", register_at(folder), "--json", "--as-of", "2026-11-20", *words]
    code = main(given, printing=lambda: None)
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fly"], "fly"),
        ([], "VERB"),
        (["list"], "WHAT"),
        (["list", "moon"], "people、accounts、groups"),
        (["list", "people", "--limit", "x"], "整数"),
        (["list", "people", "--nope"], "--nope"),
        (["list", "people", "--by", "小王"], "写在命令前面"),
        (["checklist", "start", "offboarding"], "--person、--group"),
        (["checklist", "start", "offboarding", "--person", "1", "--on", "2026-13-1"], "日期"),
        (["form", "new", "account_request", "--set", "没有等号"], "栏目=内容"),
        (["import", "x.xlsx", "--kind", "moon"], "roster"),
        (["import", "x.xlsx", "--map"], "--map"),
    ],
)
def test_wrong_words_are_named_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, data, told = run(capsys, tmp_path, *words)
    assert code == 2
    assert data["error"]["code"] == "wrong_words"
    assert said in told
    assert "usage" not in told
    assert "argument" not in told


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--as-of", "2026-02-30", "check"], printing=lambda: None) == 2
    assert "日期" in capsys.readouterr().err


def test_a_shortened_option_is_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--reg", "x.db", "check"], printing=lambda: None) == 2
    assert capsys.readouterr().out == ""


def test_the_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "-h"], printing=lambda: None)
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith("用法：")
    assert "选项" in told
    assert "show this help" not in told
    assert "options:" not in told


def test_a_message_nobody_foresaw_is_told_all_the_same() -> None:
    assert sentence("something new") == "命令写错了：something new。"


def test_a_bug_is_one_sentence_and_no_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path).close()

    def broken() -> Any:
        raise KeyError("林国栋")

    words = ["--register", register_at(tmp_path), "--json", "form", "blank", "account_request"]
    code = main([*words, "--out", str(tmp_path / "x.pdf")], printing=broken)
    said = capsys.readouterr()
    assert code == 1
    assert json.loads(said.out)["error"]["code"] == "bug"
    assert "KeyError" in said.err
    assert "林国栋" not in said.err
    assert "Traceback" not in said.err


def test_people_are_listed_with_the_fields_of_the_roster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    person(workplace, "00013", "曾小红", unit="莆田二厂", pinyin="zeng xiao hong")
    workplace.close()
    code, data, _ = run(capsys, tmp_path, "list", "people")
    assert (code, data["total"]) == (0, 2)
    first = data["people"][0]
    assert first["emp_no"] == "00012"
    assert first["org_unit"] == "莆田一厂"
    assert first["position"] == "操作工"
    assert first["status"] == "在职"
    assert first["hire_date"] == "2020-03-01"
    for typed in ("曾小红", "zengxiaohong", "zxh", "00013", "0013", "莆田二厂"):
        _, data, _ = run(capsys, tmp_path, "list", "people", "--search", typed)
        assert [each["emp_no"] for each in data["people"]] == ["00013"], typed
    _, data, _ = run(capsys, tmp_path, "list", "people", "--limit", "1")
    assert (len(data["people"]), data["total"]) == (1, 2)


def test_a_person_is_shown_with_groups_forms_and_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋", id_no="35030219900101001X")
    workplace.close()
    run(capsys, tmp_path, "form", "new", "account_request", "--person", "00012")
    code, data, _ = run(capsys, tmp_path, "show", "person", "00012")
    assert code == 0
    assert {place["group_no"] for place in data["groups"]} == {"p", "14"}
    assert [form["state"] for form in data["forms"]] == ["草稿"]
    assert data["history"][0]["title"] == "登记人员：林国栋"
    assert "19900101" not in json.dumps(data, ensure_ascii=False)


def test_a_person_is_corrected_and_the_correction_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    code, data, _ = run(capsys, tmp_path, "set", "person", "00012", "mobile=+86 139-0595-0001")
    assert (code, data["mobile"]) == (0, "13905950001")
    _, again, _ = run(capsys, tmp_path, "set", "person", "00012", "mobile=13905950001")
    assert again["operation"] is None
    _, undone, _ = run(capsys, tmp_path, "undo")
    assert undone["undoes"] == data["operation"]
    _, shown, _ = run(capsys, tmp_path, "show", "person", "00012")
    assert shown["mobile"] == "13805950012"


@pytest.mark.parametrize(
    "word", ["name=", "emp_no=", "mobile=138", "hire_date=2024-13-5", "moon=1", "leave_date=x"]
)
def test_a_wrong_value_of_a_person_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    before = Path(register_at(tmp_path)).read_bytes()
    code, data, told = run(capsys, tmp_path, "set", "person", "00012", word)
    assert code == 1
    assert data["error"]["message"] in told
    assert Path(register_at(tmp_path)).read_bytes() == before


def test_a_leave_by_hand_starts_the_checklist_and_may_be_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    code, data, _ = run(capsys, tmp_path, "set", "person", "00012", "leave_date=2026-11-18")
    assert (code, data["status"]) == (0, "离职办理中")
    assert [one["kind"] for one in data["checklists"]] == ["offboarding"]
    code, data, _ = run(capsys, tmp_path, "set", "person", "00012", "leave_date=")
    assert (code, data["status"], data["checklists"]) == (0, "在职", [])


def test_a_newcomer_is_taken_in_by_one_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path).close()
    words = ("name=林国栋", "org_unit=莆田一厂/包装车间", "position=操作工", "mobile=13905950001")
    code, data, _ = run(capsys, tmp_path, "set", "person", "NEW", *words)
    assert code == 0
    assert data["emp_no"] == "临-0001"
    assert data["form"].startswith("QWSQ-202611-")
    assert data["checklist"] == 1


def test_an_act_is_shown_record_by_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    _, done, _ = run(capsys, tmp_path, "set", "person", "00012", "mobile=13905950001")
    _, data, _ = run(capsys, tmp_path, "list", "operations", "--search", "修改人员")
    assert [one["id"] for one in data["operations"]] == [done["operation"]]
    code, data, _ = run(capsys, tmp_path, "show", "operation", str(done["operation"]))
    assert code == 0
    assert data["records"] == [
        {
            "sign": "",
            "record": "人员：林国栋",
            "fields": [{"label": "手机号码", "old": "13805950012", "new": "13905950001"}],
        }
    ]
    assert run(capsys, tmp_path, "show", "operation", "99")[0] == 1


def test_a_workbook_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path).close()
    (tmp_path / "文件").write_text("", encoding="utf-8")
    code, data, told = run(capsys, tmp_path, "export", "groups", str(tmp_path / "文件" / "x.xlsx"))
    assert code == 1
    assert data["error"]["message"] in told
    assert "Traceback" not in told


def test_a_damaged_register_is_told_with_its_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    with closing(sqlite3.connect(register_at(tmp_path))) as file:
        file.execute("UPDATE employee SET org_unit_id = 99999")
        file.commit()
    code, data, told = run(capsys, tmp_path, "check")
    assert (code, data["ok"]) == (1, False)
    assert data["findings"]
    assert data["findings"][0] in told


@pytest.mark.parametrize(
    "words",
    [
        ("show", "checklist", "9" * 30),
        ("show", "operation", "9" * 30),
        ("show", "checklist", "²"),
        ("undo", "9" * 30),
        ("checklist", "tick", "9" * 30, "1"),
        ("set", "person", "00012", "remark=\udcff"),
        ("list", "people", "--search", "\udcff"),
    ],
)
def test_absurd_words_are_refused_like_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    code, data, told = run(capsys, tmp_path, *words)
    assert code in (0, 1, 2)
    assert "程序出错" not in told
    if code:
        assert data["error"]["code"] != "bug"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "group", "14", "group_no="), "群编号"),
        (("set", "admin-number", "14", "mobile=12"), "手机号码"),
        (("set", "group", "14", "name="), "群名称"),
    ],
)
def test_a_group_and_its_number_keep_what_they_must_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    office(tmp_path).close()
    before = Path(register_at(tmp_path)).read_bytes()
    code, data, _ = run(capsys, tmp_path, *words)
    assert code == 1
    assert said in data["error"]["message"]
    assert Path(register_at(tmp_path)).read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_list_of_names_is_read_as_an_editor_wrote_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    names = tmp_path / "名单.txt"
    names.write_bytes("林国栋\r\n".encode(encoding))
    code, data, _ = run(capsys, tmp_path, "member", "14", "all", "--names", str(names))
    assert code == 0, data
    assert [each["emp_no"] for each in data["joined_people"]] == ["00012"]


def test_no_order_stands_without_its_paper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    workplace.close()
    run(capsys, tmp_path, "member", "14", "new")
    out = tmp_path / "通知单"
    for number in range(1, 4):
        (out / f"TZ-202611-{number:02d} 莆田一厂.xlsx").mkdir(parents=True)
    code, data, _ = run(capsys, tmp_path, "orders", "--xlsx", "--out", str(out))
    assert (code, data["error"]["code"]) == (1, "is_folder")
    assert run(capsys, tmp_path, "list", "orders")[1]["total"] == 0
    code, data, _ = run(capsys, tmp_path, "orders", "--xlsx", "--out", str(tmp_path / "好"))
    assert code == 0
    assert Path(data["orders"][0]["file"]).is_file()


def test_nothing_is_written_over_a_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path).close()
    before = Path(register_at(tmp_path)).read_bytes()
    code, data, _ = run(capsys, tmp_path, "export", "groups", register_at(tmp_path))
    assert (code, data["error"]["code"]) == (1, "is_register")
    assert Path(register_at(tmp_path)).read_bytes() == before


@pytest.mark.parametrize("option", ["--problems", "--results"])
def test_the_list_itself_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    office(tmp_path).close()
    sheet = tmp_path / "名单.csv"
    sheet.write_text("工号,姓名,部门\n00012,林国栋,莆田一厂\n", encoding="utf-8")
    before = sheet.read_bytes()
    code, data, _ = run(capsys, tmp_path, "import", str(sheet), option, str(sheet))
    assert (code, data["error"]["code"]) == (1, "same_file")
    assert sheet.read_bytes() == before


def test_a_unit_and_a_post_nobody_knows_are_warned_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path).close()
    sheet = tmp_path / "名单.csv"
    rows = "00012,林国栋,莆田一厂/新车间,试酒师\n00013,曾小红,莆田一厂/新车间,试酒师\n"
    sheet.write_text(f"工号,姓名,部门,职务\n{rows}", encoding="utf-8")
    code, data, _ = run(capsys, tmp_path, "import", str(sheet), "--apply")
    assert (code, data["new"], data["disputed"], data["problems"]) == (0, 2, [], [])
    assert [(w["cell"], w["column"], w["value"]) for w in data["warnings"]] == [
        ("C2", "部门", "莆田一厂/新车间"),
        ("D2", "职务", "试酒师"),
    ]
    assert run(capsys, tmp_path, "import", str(sheet))[1]["warnings"] == []


def test_an_import_whose_extra_file_cannot_be_written_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path).close()
    sheet = tmp_path / "名单.csv"
    sheet.write_text("工号,姓名,部门\n00012,林国栋,莆田一厂\n", encoding="utf-8")
    before = Path(register_at(tmp_path)).read_bytes()
    words = ("import", str(sheet), "--apply", "--results", str(tmp_path))
    code, data, _ = run(capsys, tmp_path, *words)
    assert (code, data["error"]["code"]) == (1, "is_folder")
    assert Path(register_at(tmp_path)).read_bytes() == before
