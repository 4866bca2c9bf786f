"""`form design`: what the window changes of a form, without a window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import office, person, register_at
from wxadmin.command_line import main

KIND = "account_request"


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    workplace = office(tmp_path)
    person(workplace, "E00012", "林国栋")
    workplace.close()

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        given = ["--register", register_at(tmp_path), "--json", "--as-of", "2026-11-20", *words]
        code = main(given, printing=lambda: None)
        return code, json.loads(capsys.readouterr().out or "{}")

    return run


def test_a_form_is_made_the_offices_own_and_ours_again(say) -> None:
    code, data = say("form", "design", KIND)
    assert (code, data["own"], data["version"]) == (0, False, 0)
    code, data = say(
        "form", "design", KIND, "--set", "title=账号申请单", "--set", "受控表号=QR-1",
        "--set", "left=30", "--set", "qr=否", "--set", "copies=2", "--row", "公司邮箱、微信号=否",
        "--row", "name=10", "--label", "手机号码=联系电话", "--field", "尺码:打勾选一项:S、M",
        "--field", "宿舍号", "--approver", "车间主任", "--foot", "一人一张。",
    )  # fmt: skip
    assert code == 0
    design = data["design"]
    assert (data["version"], design["title"], design["copies"]) == (101, "账号申请单", 2)
    assert design["margins"] == [18.0, 12.0, 15.0, 30.0]
    assert [extra["label"] for extra in design["extras"]] == ["尺码", "宿舍号"]
    rows = {row["id"]: row for row in design["rows"]}
    assert (rows["email"]["printed"], rows["name"]["height"]) == (False, 10.0)
    assert rows["mobile"]["labels"][0] == "联系电话"
    assert say("form", "new", KIND, "--person", "E00012", "--set", "宿舍号=3-201")[0] == 0
    assert say("form", "design", KIND, "--default")[1]["own"] is False
    assert say("form", "design", "附件一", "--version", "101")[1]["version"] == 101


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--set", "colour=红"), "unknown_setting"),
        (("--set", "left=宽"), "bad_number"),
        (("--set", "qr=也许"), "bad_truth"),
        (("--row", "没有=9"), "unknown_row"),
        (("--row", "name=250"), "bad_file"),
        (("--label", "没有=有"), "unknown_label"),
        (("--field", "甲:图片"), "unknown_type"),
        (("--set", "number=无"), "bad_file"),
        (("--version", "999"), "no_version"),
        (("--set", "logo=没有.png"), "bad_logo"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changed(say, tmp_path, words, code) -> None:
    status, data = say("form", "design", KIND, *words)
    assert (status, data["error"]["code"]) == (1, code)
    assert not (tmp_path / "制度").exists()


def test_a_register_leaves_a_column_out_and_takes_it_back(say) -> None:
    code, data = say(
        "form", "design", "group_register", "--row", "备注=否", "--row", "群名称=50",
        "--label", "类型=类别", "--set", "受控表号=QR-2", "--set", "signers=制表人",
    )  # fmt: skip
    assert code == 0
    columns = {one["label"]: one for one in data["design"]["columns"]}
    assert not columns["备注"]["printed"]
    assert "类别" in columns
    assert sum(c["width"] for c in columns.values() if c["printed"]) == pytest.approx(267, abs=0.1)
    assert say("form", "design", "group_register", "--row", "没有=1")[1]["error"]["code"] == (
        "unknown_column"
    )
    assert say("form", "design", "group_register", "--default")[1]["own"] is False
