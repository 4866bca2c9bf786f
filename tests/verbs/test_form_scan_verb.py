"""`form scan`: printed by the program, scanned, filed to its form."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.builders import office, person, register_at
from tests.scans.scanned_paper import save_pdf, scanned, sheet
from wxadmin.command_line import main

Say = Any
NAMES = {"E00012": "林国栋", "E00014": "A&B <研发>"}


def load_printing() -> ModuleType:
    from ui import printing

    return printing


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a verb in November and return its exit code, its JSON, and what it said of errors."""
    workplace = office(tmp_path)
    for emp_no, name in NAMES.items():
        person(workplace, emp_no, name)
    workplace.close()

    def run(*words: str) -> tuple[int, dict[str, Any], str]:
        given = ["--register", register_at(tmp_path), "--json", "--as-of", "2026-11-20", *words]
        code = main(given, printing=load_printing)
        said = capsys.readouterr()
        return code, json.loads(said.out or "{}"), said.err

    return run


def printed(say: Say, tmp_path: Path) -> tuple[list[str], Path]:
    """Two forms of the program's own, printed to one PDF."""
    path = tmp_path / "printed.pdf"
    numbers = []
    for emp_no in NAMES:
        words = ("form", "new", "account_request", "--person", emp_no, "--set", "purposes=联络")
        numbers.append(say(*words)[1]["number"])
    assert say("form", "print", *numbers, "--out", str(path))[0] == 0
    return numbers, path


def test_printed_forms_come_home_by_themselves(say: Say, tmp_path: Path) -> None:
    numbers, path = printed(say, tmp_path)
    code, data, _ = say("form", "scan", str(path))
    assert code == 0
    assert [(one["number"], one["page"]) for one in data["filed"]] == list(
        zip(numbers, (1, 2), strict=True)
    )
    assert data["filed"][0]["file"] == "printed.pdf" and data["unknown"] == []
    stored = tmp_path / "扫描件" / f"{numbers[1]}_A&B ＜研发＞_申请表.pdf"
    assert stored.is_file()
    shown = say("show", "form", numbers[1])[1]
    assert shown["paper_state"] == "已签回"
    assert [one["file"] for one in shown["scans"]] == [str(stored)]


def test_a_stored_scan_that_was_changed_is_found_by_check(say: Say, tmp_path: Path) -> None:
    _, path = printed(say, tmp_path)
    say("form", "scan", str(path))
    assert say("check")[0] == 0
    changed = next((tmp_path / "扫描件").glob("*.pdf"))
    changed.write_bytes(b"something else")
    code, data, _ = say("check")
    assert (code, data["findings"]) == (1, [f"扫描件《{changed.name}》被改动过"])


def test_in_the_tray_nothing_is_signed_yet(say: Say, tmp_path: Path) -> None:
    numbers, path = printed(say, tmp_path)
    _, data, _ = say("form", "scan", "--tray", str(path))
    assert len(data["filed"]) == 2 and data["tray"]
    assert say("show", "form", numbers[0])[1]["paper_state"] == "待签回"


def test_what_is_not_known_is_listed_with_its_reason(say: Say, tmp_path: Path) -> None:
    pages = [scanned(sheet()), scanned(sheet("QWSQ-202611-999/1")), scanned(sheet("http://a.cn"))]
    code, data, _ = say("form", "scan", str(save_pdf(tmp_path / "乱.pdf", pages)))
    assert code == 0 and data["filed"] == []
    assert [one["reason"] for one in data["unknown"]] == [
        "没有找到二维码",
        "登记库里没有编号为QWSQ-202611-999的表",
        "只有别处的二维码",
    ]


def test_a_second_time_everything_is_a_duplicate(say: Say, tmp_path: Path) -> None:
    _, path = printed(say, tmp_path)
    say("form", "scan", str(path))
    _, data, _ = say("form", "scan", str(path))
    assert data["filed"] == []
    assert {one["state"] for one in data["unknown"]} == {"重复"}


def test_a_broken_file_is_refused_in_one_sentence(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    code, _, said = say("form", "scan", str(path))
    assert code == 1
    assert said.strip() == "《坏.pdf》已损坏，打不开；请重新扫描一次，或请对方重发。"


def test_of_several_files_the_good_ones_are_taken(say: Say, tmp_path: Path) -> None:
    numbers, path = printed(say, tmp_path)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    code, data, _ = say("form", "scan", str(broken), str(path))
    assert code == 0
    assert [one["number"] for one in data["filed"]] == numbers
    assert data["unknown"][0]["file"] == "坏.pdf"
