"""The signed paper by verbs: handed over, taken in, put back, fetched back."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.builders import office, person
from wxadmin.command_line import main

Say = Any


def load_printing() -> ModuleType:
    from ui import printing

    return printing


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a verb on a register of a folder; its exit code, its JSON, what it said of errors."""

    def run(folder: Path, *words: str) -> tuple[int, dict[str, Any], str]:
        register = str(folder / "登记库.db")
        given = ["--register", register, "--json", "--as-of", "2026-11-20", *words]
        code = main(given, printing=load_printing)
        said = capsys.readouterr()
        return code, json.loads(said.out or "{}"), said.err

    return run


@pytest.fixture
def signed(say: Say, tmp_path: Path) -> tuple[Path, str]:
    """An office with a form that came home as a scan."""
    here = tmp_path / "甲"
    workplace = office(here)
    person(workplace, "E00012", "林国栋")
    workplace.close()
    words = ("form", "new", "account_request", "--person", "E00012", "--set", "purposes=联络")
    number = say(here, *words)[1]["number"]
    say(here, "form", "print", number, "--out", str(tmp_path / "printed.pdf"))
    say(here, "form", "scan", str(tmp_path / "printed.pdf"))
    return here, number


def scan_of(say: Say, folder: Path, number: str) -> Path:
    (shown,) = say(folder, "show", "form", number)[1]["scans"]
    return Path(shown["file"])


def test_a_hand_over_takes_the_signed_paper_along(
    say: Say, signed: tuple[Path, str], tmp_path: Path
) -> None:
    here, number = signed
    there = tmp_path / "乙"
    file = tmp_path / "交接.wxjj"
    code, given, _ = say(here, "set", "office", "-", "handed_over_to=小陈", f"file={file}")
    assert (code, given["files"], given["lost"]) == (0, 1, [])
    code, taken, _ = say(there, "restore", str(file))
    assert (code, taken["files"], taken["lost"], taken["kept"]) == (0, 1, [], None)
    scan = scan_of(say, there, number)
    assert scan.parent == there / "扫描件"
    assert scan.read_bytes() == scan_of(say, here, number).read_bytes()
    assert say(there, "check")[:2] == (0, {"ok": True, "findings": []})
    assert say(there, "set", "office", "-", "company_name=新公司")[0] == 0
    assert say(here, "set", "office", "-", "company_name=旧公司")[0] == 1


def test_a_cut_hand_over_file_is_refused_by_one_sentence(
    say: Say, signed: tuple[Path, str], tmp_path: Path
) -> None:
    file = tmp_path / "交接.wxjj"
    say(signed[0], "set", "office", "-", "handed_over_to=小陈", f"file={file}")
    file.write_bytes(file.read_bytes()[:-100])
    code, _, said = say(tmp_path / "乙", "restore", str(file))
    assert code == 1 and "没有拷完" in said and said.count("\n") == 1
    assert not (tmp_path / "乙" / "登记库.db").exists()


def test_a_backup_restored_on_another_computer_brings_the_paper(
    say: Say, signed: tuple[Path, str], tmp_path: Path
) -> None:
    here, number = signed
    say(here, "backup", str(tmp_path / "U盘" / "一份.wxbak"))
    taken = say(tmp_path / "乙", "restore", str(tmp_path / "U盘" / "一份.wxbak"))[1]
    assert (taken["files"], taken["lost"]) == (1, [])
    assert scan_of(say, tmp_path / "乙", number).is_file()


def test_what_is_gone_is_named_and_fetched_back_when_asked(
    say: Say, signed: tuple[Path, str]
) -> None:
    here, number = signed
    say(here, "backup")
    scan = scan_of(say, here, number)
    scan.unlink()
    code, data, said = say(here, "check")
    assert (code, data["ok"], scan.exists()) == (1, False, False)
    assert data["findings"] == [f"扫描件《{scan.name}》不见了（备份里有，可以找回）"]
    assert "check --mend" in said
    code, data, _ = say(here, "check", "--mend")
    assert (code, data["fetched"]) == (0, [f"扫描件/{scan.name}"])
    assert scan.is_file() and say(here, "check")[0] == 0
