"""A process that dies before any statement or file operation of an act leaves all or nothing.

The child ends itself without a word, as a killed one does, at the so-and-so-manieth moment at
which it changes the disk: moments are counted by Python's own audit events and SQLite's trace.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.builders import TODAY, office, register_at, write
from tests.storage.older_registers import register_of
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups
from wxadmin.services.organisation import Organisation
from wxadmin.services.transfer import Transfer
from wxadmin.storage.backup import back_up, backups_in
from wxadmin.storage.columns import SCHEMA_HEAD
from wxadmin.storage.engine import integrity_findings
from wxadmin.storage.parcel import look_through

ROOT = Path(__file__).parents[2]
MOMENTS = 6
DIED = 9
PEOPLE = 40
OLD, NEW = "旧名公司", "新名公司"
PAPERS = ("扫描件/一张.pdf", "来件/便条.docx", "制度/forms/own.toml")
CHILD = """
import os, sqlite3, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
last, seen = int(sys.argv[2]), 0

def moment():
    global seen
    seen += 1
    if seen == last:
        os._exit(9)

def heard(event, values):
    if event in {"os.rename", "os.remove", "os.mkdir"}:
        moment()
    elif event == "open" and isinstance(values[1], str) and set(values[1]) & set("wxa+"):
        moment()

connect = sqlite3.connect

def listened_to(*words, **more):
    connection = connect(*words, **more)
    connection.set_trace_callback(lambda said: said.startswith(("SELECT", "PRAGMA")) or moment())
    return connection

sqlite3.connect = listened_to
sys.addaudithook(heard)
from wxadmin.command_line import main
code = main(sys.argv[3:], printing=lambda: None)
print(seen, flush=True)
os._exit(code)
"""


@dataclass(frozen=True)
class Act:
    """One act: what lies there before, its words, and what is true after it died or did not."""

    prepare: Callable[[Path], None]
    words: Callable[[Path], list[str]]
    check: Callable[[Path, bool], None]


def people_office(folder: Path) -> None:
    workplace = office(folder)
    ids = workplace.store.ids()
    people = [Employee(ids.next(Employee), f"{n:05d}", f"人{n}") for n in range(PEOPLE)]
    write(workplace, *people, title="导入")
    workplace.close()


def renamed_office(folder: Path) -> None:
    workplace = office(folder)
    Organisation(workplace).rename_office(OLD)
    back_up(Path(register_at(folder)), folder / "旧.wxbak")
    Organisation(workplace).rename_office(NEW)
    workplace.close()


def put_papers(folder: Path, said: str) -> None:
    for path in PAPERS:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(said, encoding="utf-8")


def office_with_paper(folder: Path) -> None:
    people_office(folder)
    put_papers(folder, OLD)


def two_offices(folder: Path) -> None:
    """A colleague's hand-over file waits; here lies an office with other policies."""
    (folder / "同事").mkdir()
    for place, name in ((folder / "同事", OLD), (folder, NEW)):
        workplace = office(place)
        Organisation(workplace).rename_office(name)
        put_papers(place, name)
        if name == OLD:
            Transfer(workplace).hand_over(place / "交接.wxjj", "小陈")
        workplace.close()
    (folder / "扫描件" / "一张.pdf").unlink()
    (folder / "制度" / "forms" / "ours.toml").write_text("x", encoding="utf-8")


def office_with_an_old_sheet(folder: Path) -> None:
    people_office(folder)
    (folder / "出.xlsx").write_bytes(b"old")


def first_version(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    register_of("0001", Path(register_at(folder)))


def undone_or_not(folder: Path, done: bool) -> None:
    with_people = count_of_people(folder)
    assert with_people in ({0} if done else {0, PEOPLE})


def backed_up_or_not(folder: Path, done: bool) -> None:
    copy = folder / "备份.wxbak"
    assert copy.exists() or not done
    if copy.exists():
        assert integrity_findings(copy) == []
    assert count_of_people(folder) == PEOPLE


def restored_or_not(folder: Path, done: bool) -> None:
    workplace = open_workplace(register_at(folder), writing=False)
    name = workplace.office().company_name
    workplace.close()
    assert name in ({OLD} if done else {OLD, NEW})
    aside = backups_in(folder / "登记库-备份")
    assert all(integrity_findings(copy) == [] for copy in aside)
    assert aside or name == NEW


def exported_or_not(folder: Path, done: bool) -> None:
    sheet = folder / "出.xlsx"
    if done or sheet.read_bytes() != b"old":
        assert len(CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()) > PEOPLE


def handed_over_or_not(folder: Path, done: bool) -> None:
    workplace = open_workplace(register_at(folder), writing=False)
    closed = workplace.office().handed_over_on is not None
    workplace.close()
    assert closed or not done
    file = folder / "交接.wxjj"
    assert file.exists() or not closed
    if file.exists():
        assert {kept.path for kept in look_through(file).files} == set(PAPERS)


def taken_in_or_not(folder: Path, done: bool) -> None:
    """Register, scans and policies are the colleague's, all of them, or ours."""
    workplace = open_workplace(register_at(folder), writing=False)
    name = workplace.office().company_name
    workplace.close()
    assert name in ({OLD} if done else {OLD, NEW})
    design = folder / "制度" / "forms" / "own.toml"
    assert design.read_text(encoding="utf-8") == name
    assert (folder / "制度" / "forms" / "ours.toml").exists() == (name == NEW)
    came = [folder / path for path in PAPERS if (folder / path).exists()]
    assert name == NEW or len(came) == len(PAPERS)
    assert not (folder / "登记库.db.exchange").exists() or name == NEW


def migrated_or_not(folder: Path, done: bool) -> None:
    workplace = open_workplace(register_at(folder), writing=True)
    assert workplace.store.schema_version() == SCHEMA_HEAD
    workplace.close()
    copies = backups_in(folder / "登记库-备份")
    assert copies
    assert all(integrity_findings(copy) == [] for copy in copies)


def count_of_people(folder: Path) -> int:
    workplace = open_workplace(register_at(folder), writing=False)
    found = workplace.store.count(Employee)
    workplace.close()
    return found


ACTS = {
    "undo": Act(people_office, lambda _: ["undo"], undone_or_not),
    "backup": Act(people_office, lambda f: ["backup", str(f / "备份.wxbak")], backed_up_or_not),
    "restore": Act(renamed_office, lambda f: ["restore", str(f / "旧.wxbak")], restored_or_not),
    "export": Act(
        office_with_an_old_sheet,
        lambda f: ["export", "people", str(f / "出.xlsx")],
        exported_or_not,
    ),
    "handover": Act(
        office_with_paper,
        lambda f: ["set", "office", "x", "handed_over_to=小陈", f"file={f / '交接.wxjj'}"],
        handed_over_or_not,
    ),
    "taking in": Act(
        two_offices, lambda f: ["restore", str(f / "同事" / "交接.wxjj")], taken_in_or_not
    ),
    "migration": Act(
        first_version, lambda _: ["set", "office", "x", f"company_name={NEW}"], migrated_or_not
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_is_killed_is_there_whole_or_not_at_all(tmp_path: Path, name: str) -> None:
    act = ACTS[name]
    code, moments = run(act, tmp_path / "whole", 0)
    assert code == 0
    assert moments > 1
    for last in sorted({1 + moments * step // MOMENTS for step in range(MOMENTS)}):
        code, _ = run(act, tmp_path / str(last), last)
        assert code == DIED


def run(act: Act, folder: Path, last: int) -> tuple[int, int]:
    """Do the act in a child that dies at its so-and-so-manieth moment (0: never), and check."""
    folder.mkdir()
    act.prepare(folder)
    words = ["--register", register_at(folder), "--as-of", TODAY.isoformat(), *act.words(folder)]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(ROOT), str(last), *words],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    act.check(folder, child.returncode == 0)
    workplace = open_workplace(register_at(folder), writing=True, checked=True)
    assert Backups(workplace).check() == []
    workplace.close()
    return child.returncode, int(child.stdout.split()[-1]) if child.returncode == 0 else 0
