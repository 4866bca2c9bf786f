"""A process killed during an import leaves all of it or nothing, and a register that opens."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import office, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.organisation import RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups

ROOT = Path(__file__).parents[2]
PEOPLE = 500
ROUNDS = 5
IMPORT = """
import sys
sys.path.insert(0, sys.argv[1])
from wxadmin.command_line import main
print("begun", flush=True)
sys.exit(main(["--register", sys.argv[2], "import", sys.argv[3], "--apply"], printing=lambda: None))
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.csv"
    rows = [(f"{n:05d}", f"人{n}", "莆田一厂", f"138{n:08d}") for n in range(PEOPLE)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("工号", "姓名", "部门", "手机"), *rows])
    return path


def start(folder: Path, roster: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", IMPORT, str(ROOT), register_at(folder), str(roster)]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "begun"
    return process


def people_of_a_sound_register(folder: Path) -> int:
    workplace = open_workplace(register_at(folder), writing=True, checked=True)
    assert Backups(workplace).check() == []
    people = workplace.store.count(Employee)
    issues = workplace.store.all(RosterIssue)
    assert [issue.row_count for issue in issues] == ([people] if people else [])
    assert len(workplace.journal.operations()) == (2 if people else 1)
    workplace.close()
    return people


def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(
    tmp_path: Path, roster: Path
) -> None:
    rng = random.Random(20261120)
    whole = tmp_path / "whole"
    office(whole).close()
    clean = Path(register_at(whole)).read_bytes()
    began = time.monotonic()
    with start(whole, roster) as process:
        process.communicate()
    took = time.monotonic() - began
    assert people_of_a_sound_register(whole) == PEOPLE
    seen = set()
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        Path(register_at(folder)).write_bytes(clean)
        with start(folder, roster) as process:
            time.sleep(rng.uniform(0.2, 1.0) * took)
            process.kill()
        seen.add(people_of_a_sound_register(folder))
    assert seen <= {0, PEOPLE}
