"""`form template` and `form fill`: the company's own forms without a window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.builders import office, person, register_at
from wxadmin.command_line import main
from wxadmin.paths import RESOURCES

KIND = "account_request"


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    workplace = office(tmp_path)
    person(workplace, "E00012", "林国栋")
    person(workplace, "E00014", "王小兰")
    workplace.close()

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        given = ["--register", register_at(tmp_path), "--json", "--as-of", "2026-11-20", *words]
        code = main(given, printing=lambda: None)
        return code, json.loads(capsys.readouterr().out or "{}")

    return run


def word(path: Path, text: str) -> str:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    return str(path)


def test_a_template_is_checked_taken_listed_filled_and_removed(say, tmp_path) -> None:
    path = word(tmp_path / "申请.docx", "{{姓名}}")
    assert say("form", "template", "check", KIND, path)[1] == {
        "known": ["{{姓名}}"], "faults": [], "sound": True,
    }  # fmt: skip
    assert say("form", "template", "add", KIND, path)[0] == 0
    assert [one["name"] for one in say("form", "template", "list")[1]["templates"]] == ["申请"]
    number = say("form", "new", KIND, "--person", "E00012")[1]["number"]
    code, data = say("form", "fill", number, "--out", str(tmp_path / "好了.docx"))
    assert code == 0
    assert docx.Document(data["files"][0]).paragraphs[0].text == "林国栋"
    assert say("form", "template", "remove", KIND, "申请")[0] == 0
    code, data = say("form", "fill", number, "--out", str(tmp_path / "b.docx"))
    assert (code, data["error"]["code"]) == (1, "no_template")


def test_several_forms_are_filled_into_a_folder(say, tmp_path) -> None:
    say("form", "template", "add", KIND, word(tmp_path / "a.docx", "{{姓名}}"))
    numbers = [say("form", "new", KIND, "--person", e)[1]["number"] for e in ("E00012", "E00014")]
    code, data = say("form", "fill", *numbers, "--out", str(tmp_path / "出"))
    assert code == 0
    assert [Path(file).name for file in data["files"]] == [
        f"{numbers[0]}_林国栋_申请表.docx", f"{numbers[1]}_王小兰_申请表.docx",
    ]  # fmt: skip


def test_a_mistyped_tag_is_named_and_ends_with_one(say, tmp_path) -> None:
    path = word(tmp_path / "a.docx", "{{姓明}}")
    code, data = say("form", "template", "check", KIND, path)
    assert code == 1
    assert "是不是 {{姓名}}" in data["faults"][0]
    assert say("form", "template", "add", KIND, path)[1]["error"]["code"] == "bad_tags"
    assert "{{姓名}}" in say("form", "template", "tags", KIND)[1]["tags"]


def test_the_forms_verb_tells_of_a_mistyped_definition(say, tmp_path) -> None:
    folder = tmp_path / "制度" / "forms"
    folder.mkdir(parents=True)
    (folder / "my.toml").write_text('id = "account_request"\nnumber =', "utf-8")
    code, data = say("forms")
    assert code == 0
    assert "my.toml 第2行" in data["refused"][0]
    assert KIND in [kind["id"] for kind in data["kinds"]]


def test_a_mistyped_definition_is_said_beside_the_act_and_ours_used(say, tmp_path, capsys) -> None:
    folder = tmp_path / "制度" / "forms"
    folder.mkdir(parents=True)
    ours = (RESOURCES / "forms" / "account_request.toml").read_text(encoding="utf-8")
    (folder / "account_request.toml").write_text(ours.replace("{purposes}", "{purpose}"), "utf-8")
    code = main(
        ["--register", register_at(tmp_path), "form", "new", KIND, "--person", "E00012"],
        printing=lambda: None,
    )
    assert code == 0
    assert "没有名为“purpose”的字段。这张表先用程序自带的" in capsys.readouterr().err
