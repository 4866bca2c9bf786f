"""An exchange of registers: nothing before its plan stands, finished by the next who opens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import office, person, register_at
from wxadmin import bootstrap
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups
from wxadmin.services.putting_back import gather, put_back
from wxadmin.storage.exchange import PLAN, Exchange
from wxadmin.storage.lock import WriterLock


def people(register: Path, *, writing: bool = False) -> int:
    workplace = open_workplace(str(register), writing=writing)
    found = workplace.store.count(Employee)
    workplace.close()
    return found


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of an office with one person, and one scan of it in 扫描件."""
    workplace = office(tmp_path / "甲")
    person(workplace)
    scan = tmp_path / "甲" / "扫描件" / "一张.pdf"
    scan.parent.mkdir()
    scan.write_bytes(b"%PDF signed")
    made = Backups(workplace).make(tmp_path / "U盘" / "一份.wxbak").path
    workplace.close()
    return made


class PowerCut(BaseException):
    """The lights go out."""


def cut_after(count: int, patch: pytest.MonkeyPatch) -> None:
    """Let so many files be put in place, then stop dead."""
    from wxadmin.storage import exchange

    moved = 0

    def counted(real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def move(fresh: Path, target: Path) -> None:
            nonlocal moved
            moved += 1
            if moved > count:
                raise PowerCut
            real(fresh, target)

        return move

    for name in ("take_place", "put_in_place"):
        patch.setattr(exchange, name, counted(getattr(exchange, name)))


@pytest.mark.parametrize("moved", [0, 1])
def test_whoever_opens_next_finishes_even_where_no_register_lay_there(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    register = tmp_path / "新电脑" / "register.db"
    with monkeypatch.context() as patch:
        cut_after(moved, patch)
        with pytest.raises(PowerCut):
            put_back(backup, register, tmp_path / "新备份")
    assert not register.exists() and bootstrap.was_cut_short(register)
    assert people(register) == 1
    assert (register.parent / "扫描件" / "一张.pdf").read_bytes() == b"%PDF signed"
    assert not bootstrap.was_cut_short(register)


def test_what_was_only_gathered_is_thrown_away_by_the_next_writer(
    backup: Path, tmp_path: Path
) -> None:
    office(tmp_path / "乙").close()
    register = Path(register_at(tmp_path / "乙"))
    gather(backup, register, tmp_path / "备份")
    assert not bootstrap.was_cut_short(register)
    assert people(register) == 0
    assert people(register, writing=True) == 0
    assert not (tmp_path / "乙" / "登记库.db.exchange").exists()


def test_a_place_that_cannot_be_taken_is_found_before_anything_is_changed(
    backup: Path, tmp_path: Path
) -> None:
    office(tmp_path / "乙").close()
    register = Path(register_at(tmp_path / "乙"))
    (tmp_path / "乙" / "扫描件" / "一张.pdf").mkdir(parents=True)
    before = register.read_bytes()
    with pytest.raises(UserError, match="一张") as refusal:
        put_back(backup, register, tmp_path / "备份")
    assert refusal.value.code == "file_in_use"
    assert register.read_bytes() == before
    assert not (tmp_path / "乙" / "登记库.db.exchange").exists()


def test_a_plan_that_reaches_outside_is_not_carried_out(tmp_path: Path) -> None:
    office(tmp_path / "乙").close()
    register = Path(register_at(tmp_path / "乙"))
    victim = tmp_path / "别人的.txt"
    victim.write_text("x", encoding="utf-8")
    exchange = Exchange(register)
    exchange.begin()
    said = {"files": [], "removed": ["制度/../../别人的.txt"]}
    (exchange.folder / PLAN).write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        open_workplace(str(register), writing=True)
    assert refusal.value.code == "bad_plan"
    assert victim.exists()


def test_nobody_reads_between_while_it_is_carried_out(backup: Path, tmp_path: Path) -> None:
    office(tmp_path / "乙").close()
    register = Path(register_at(tmp_path / "乙"))
    exchange = Exchange(register)
    exchange.begin()
    (exchange.folder / PLAN).write_text('{"files": [], "removed": []}', encoding="utf-8")
    lock = WriterLock(register)
    lock.acquire()
    with pytest.raises(UserError) as refusal:
        open_workplace(str(register), writing=False)
    lock.release()
    assert refusal.value.code == "in_use"
    assert people(register) == 0
