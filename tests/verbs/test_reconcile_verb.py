"""`reconcile`: the fixed JSON, the report, marks and settling without a window."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import COMPANY, office, person, register_at, write
from tests.namesakes import Worker, workers, write_export, write_roster
from wxadmin.command_line import main
from wxadmin.domain.organisation import HrSource
from wxadmin.paper.items import Face, Page
from wxadmin.services.imports import Imports, Said

DAY = ["--json", "--as-of", "2026-11-20", "--by", "测试"]
PEOPLE = 12


class Office:
    """A register on disk with twelve people who agree in all lists but where spoilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.people = workers(PEOPLE, 4)
        workplace = office(folder)
        path = write_roster(folder / "花名册.csv", self.people)
        imports = Imports(workplace)
        imports.apply(imports.plan(imports.read(path, kind="roster"), Said("莆田一厂")))
        workplace.close()

    def export(self, name: str, people: Sequence[Worker]) -> None:
        path = write_export(self.folder / name, people, COMPANY)
        assert self.run("import", str(path), "--kind", "wecom", "--apply", "--confirm-brake") == 0

    def run(self, *words: str) -> int:
        place = ["--register", register_at(self.folder)]
        return main([*place, *DAY, *words], printing=lambda: None)


@pytest.fixture
def at_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    made = Office(tmp_path)
    made.export("通讯录1.csv", made.people)
    spoilt = [replace(made.people[0], mobile="15900000001"), *made.people[2:]]
    made.export("通讯录2.csv", spoilt)
    capsys.readouterr()
    yield made


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_keys_are_those_of_the_contract(
    at_work: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_work.run("reconcile") == 0
    data = told(capsys)
    assert data["summary"] == {
        "to_open": 1,
        "to_close": 0,
        "to_change": 1,
        "to_add": 0,
        "to_remove": 0,
        "disputed": 0,
        "ok": PEOPLE - 2,
    }
    keys = ["kind", "emp_no", "name", "group", "field", "register", "wecom", "hr", "reason"]
    keys += ["id", "under_way"]
    assert [list(item) for item in data["items"]] == [keys, keys]
    assert {(i["kind"], i["emp_no"], i["field"]) for i in data["items"]} == {
        ("to_open", "E00002", ""),
        ("to_change", "E00001", "mobile"),
    }


def test_the_report_is_written(
    at_work: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "核对.xlsx"
    assert at_work.run("reconcile", "--out", str(out)) == 0
    assert out.exists() and told(capsys)["file"] == str(out)


class Printer:
    """A printer that keeps the words it was given."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def ensure_application(self) -> None:
        """There is nothing to start."""

    def measure(self, text: str, face: Face) -> float:
        return len(text) * face.size_pt * 0.35

    def write_pdf(self, pages: Sequence[Page], path: Path, *, title: str = "") -> int:
        self.words = [text for page in pages for text in page.texts()]
        path.write_bytes(title.encode())
        return len(pages)


def test_the_report_is_printed(at_work: Office, tmp_path: Path) -> None:
    printer = Printer()
    place = ["--register", register_at(at_work.folder), *DAY]
    words = [*place, "reconcile", "--pdf", str(tmp_path / "核对.pdf")]
    assert main(words, printing=lambda: printer) == 0
    assert "待更正" in printer.words and any("三方核对" in text for text in printer.words)


def test_a_simulation_changes_nothing_and_applying_empties_the_list(
    at_work: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_work.run("reconcile", "--settle", "all") == 0
    simulated = told(capsys)
    assert simulated["settle"]["settled"] == 2 and not simulated["settle"]["applied"]
    assert len(simulated["items"]) == 2
    assert at_work.run("reconcile", "--settle", "all", "--apply") == 0
    applied = told(capsys)
    assert applied["settle"]["applied"] and applied["items"] == []
    assert len(applied["set_aside"]) == 2
    assert at_work.run("undo") == 0
    capsys.readouterr()
    assert at_work.run("reconcile") == 0
    assert len(told(capsys)["items"]) == 2


def test_the_brake_stops_until_it_is_confirmed(
    at_work: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    at_work.export("通讯录3.csv", [replace(p, post="班组长助理") for p in at_work.people])
    capsys.readouterr()
    assert at_work.run("reconcile", "--settle", "all", "--apply") == 3
    stopped = told(capsys)
    assert stopped["settle"]["stopped_by"] == "brake" and len(stopped["items"]) == PEOPLE
    assert at_work.run("reconcile", "--settle", "all", "--apply", "--confirm-brake") == 0
    assert told(capsys)["items"] == []


def test_marks_are_set_and_cleared_by_number(
    at_work: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_work.run("reconcile", "--mark", "E00001:mobile=不动") == 0
    data = told(capsys)
    assert [i["emp_no"] for i in data["items"]] == ["E00002"]
    assert [i["mark"] for i in data["set_aside"]] == ["不动"]
    assert at_work.run("reconcile", "--mark", "E00001=清除") == 0
    assert len(told(capsys)["items"]) == 2
    said = "E00001:mobile=人事数据有误:15900000001"
    assert at_work.run("reconcile", "--mark", said) == 0
    assert told(capsys)["wrong_hr"][0]["right"] == "15900000001"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--mark", "E00003=不动"], 1),
        (["--mark", "E00001"], 2),
        (["--settle", "E99999"], 1),
        (["--apply"], 2),
        (["--winner", "别人"], 2),
    ],
)
def test_wrong_words_are_refused(
    at_work: Office, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_work.run("reconcile", *words) == code
    assert capsys.readouterr().err


def test_a_word_that_names_two_people_is_refused_and_neither_is_marked(
    at_work: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [p for p in at_work.people if p.name == at_work.people[0].name]
    assert len(both) > 1
    at_work.export("通讯录3.csv", [replace(p, post="班组长助理") for p in at_work.people])
    capsys.readouterr()
    assert at_work.run("reconcile", "--mark", f"{both[0].name}=不动") == 1
    assert told(capsys)["error"]["code"] == "ambiguous"
    assert at_work.run("reconcile", "--settle", both[0].name) == 1
    capsys.readouterr()
    assert at_work.run("reconcile", "--mark", f"{both[0].emp_no}=不动") == 0
    assert {i["emp_no"] for i in told(capsys)["set_aside"]} == {both[0].emp_no}


def test_two_of_one_name_and_number_are_told_apart_by_source_or_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace = office(tmp_path)
    ids = workplace.store.ids()
    for name in ("甲厂人事", "乙厂人事"):
        source = HrSource(ids.next(HrSource), name)
        write(workplace, source)
        person(workplace, "00012", "陈伟", unit="莆田一厂", hr_source_id=source.id)
    workplace.close()
    place = ["--register", register_at(tmp_path), *DAY, "reconcile"]
    assert main([*place, "--mark", "陈伟=不动"], printing=lambda: None) == 1
    said = capsys.readouterr()
    assert "ambiguous" in said.out and "甲厂人事" in said.err and "[person-" in said.err
    assert main([*place, "--mark", "陈伟@甲厂人事=不动"], printing=lambda: None) == 0
    data = told(capsys)
    assert len(data["items"]) == len(data["set_aside"]) == 1
    first, other = data["set_aside"][0]["id"], data["items"][0]["id"]
    assert main([*place, "--mark", f"{first}=清除"], printing=lambda: None) == 0
    assert len(told(capsys)["items"]) == 2
    assert main([*place, "--settle", other], printing=lambda: None) == 0
    assert told(capsys)["settle"]["left_over"] == 1


def test_without_json_it_is_told_in_chinese(
    at_work: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--register", register_at(at_work.folder), "--as-of", "2026-11-20", "reconcile"]
    assert main(words, printing=lambda: None) == 0
    said = capsys.readouterr().out
    assert "三方核对：待开通1、待更正1、一致10。" in said and "15900000001" in said
