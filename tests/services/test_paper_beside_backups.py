"""Signed paper in backups: kept once, put back, named when gone; leftovers moved out late."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, office, register_at
from wxadmin.bootstrap import create_workplace, open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.incoming import Scan
from wxadmin.services.backups import Backups
from wxadmin.services.frame import Frame
from wxadmin.services.history import History
from wxadmin.services.incomings import Incomings
from wxadmin.services.paper_files import PaperFiles
from wxadmin.services.putting_back import put_back
from wxadmin.services.scan_folder import ScanFolder, digest
from wxadmin.services.scan_taking import WAITING
from wxadmin.services.transfer import Transfer
from wxadmin.services.workplace import Workplace
from wxadmin.storage.paper_store import LISTS, NAME


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def scan(workplace: Workplace, said: bytes = b"%PDF signed", name: str = "一张") -> Scan:
    """Take a page in as the tray does, without a child that reads it."""
    stored, _ = ScanFolder(workplace).put(said, f"{WAITING}/{name}")
    ids = workplace.store.ids()
    taken = Scan(ids.next(Scan), digest(said), stored, "SCAN.pdf", 1, 1, taken_on=workplace.today)
    with workplace.act("收扫描件：SCAN.pdf") as operation:
        operation.write([Change(None, taken)], ids)
    return taken


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / NAME).glob("*") if path.is_file())


def months_ago(path: Path) -> Path:
    then = time.time() - timedelta(days=200).total_seconds()
    os.utime(path, (then, then))
    return path


def file_of(workplace: Workplace, taken: Scan) -> Path:
    return ScanFolder(workplace).path_of(taken.stored_name)


def undo_last(workplace: Workplace) -> None:
    history = History(workplace)
    last = history.to_undo()
    assert last is not None
    history.undo(last.id)


def redo_last(workplace: Workplace) -> None:
    history = History(workplace)
    last = history.to_redo()
    assert last is not None
    history.undo(last.id)


def test_each_file_is_copied_once_however_many_backups_there_are(workplace: Workplace) -> None:
    scan(workplace)
    backups = Backups(workplace)
    first = backups.make().path
    (copy,) = stored(first.parent)
    before = copy.stat().st_mtime_ns
    assert copy.read_bytes() == b"%PDF signed" and copy.name.startswith("一张.")
    time.sleep(0.01)
    backups.make(first.parent / "又一份.wxbak")
    assert stored(first.parent) == [copy] and copy.stat().st_mtime_ns == before


def test_letters_designs_logo_and_templates_are_kept_too(
    workplace: Workplace, tmp_path: Path
) -> None:
    letter = tmp_path / "便条.docx"
    letter.write_bytes(b"PK letter")
    Incomings(workplace).take(letter)
    for path in ("制度/forms/标志-1.png", "制度/模板/x/表.docx", "制度/own/pack.toml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())
    made = Backups(workplace).make(tmp_path / "U盘" / "一份.wxbak")
    assert len(stored(made.path.parent)) == 4


def test_what_is_gone_comes_back_with_a_restore(workplace: Workplace, tmp_path: Path) -> None:
    taken = scan(workplace)
    design = tmp_path / "制度" / "forms" / "own.toml"
    design.parent.mkdir(parents=True)
    design.write_bytes(b"then")
    backup = Backups(workplace).make().path
    design.write_bytes(b"now")
    file_of(workplace, taken).unlink()
    workplace.close()
    register = Path(register_at(tmp_path))
    done = put_back(backup, register, backup.parent)
    assert (done.files, done.lost) == (2, ())
    assert (register.parent / "扫描件" / taken.stored_name).read_bytes() == b"%PDF signed"
    assert design.read_bytes() == b"then"
    put_back(done.aside, register, backup.parent)
    assert design.read_bytes() == b"now"


def test_a_scan_that_came_after_the_backup_stays_when_it_is_restored(
    workplace: Workplace, tmp_path: Path
) -> None:
    backup = Backups(workplace).make().path
    later = file_of(workplace, scan(workplace))
    workplace.close()
    done = put_back(backup, Path(register_at(tmp_path)), backup.parent)
    assert later.is_file()
    assert put_back(done.aside, Path(register_at(tmp_path)), backup.parent).lost == ()


def test_a_backup_taken_along_without_its_files_names_what_is_lost(
    workplace: Workplace, tmp_path: Path
) -> None:
    taken = scan(workplace)
    backup = Backups(workplace).make(tmp_path / "U盘" / "一份.wxbak").path
    for path in stored(backup.parent):
        path.unlink()
    done = put_back(backup, tmp_path / "新电脑" / "register.db", tmp_path / "新备份")
    assert done.lost == (f"扫描件/{taken.stored_name}",)
    assert "在备份里找不到" in done.sentence()


def test_a_spoilt_copy_in_the_store_is_never_put_back(workplace: Workplace, tmp_path: Path) -> None:
    scan(workplace)
    backup = Backups(workplace).make(tmp_path / "U盘" / "一份.wxbak").path
    (copy,) = stored(backup.parent)
    copy.write_bytes(b"%PDF forged")
    done = put_back(backup, tmp_path / "新电脑" / "register.db", tmp_path / "新备份")
    assert (done.files, len(done.lost)) == (0, 1)


def test_a_spoilt_list_hides_no_scan(workplace: Workplace, tmp_path: Path) -> None:
    scan(workplace)
    backup = Backups(workplace).make(tmp_path / "U盘" / "一份.wxbak").path
    (listed,) = (backup.parent / NAME / LISTS).glob("*.json")
    listed.write_text('{"files": [{"path": "../x", "sha256": "", "size": 1}]}', encoding="utf-8")
    done = put_back(backup, tmp_path / "新电脑" / "register.db", tmp_path / "新备份")
    assert (done.files, done.lost) == (1, ())


def test_the_check_names_what_is_gone_or_altered_and_mending_fetches_it(
    workplace: Workplace,
) -> None:
    gone, altered = scan(workplace, b"%PDF 1", "甲"), scan(workplace, b"%PDF 2", "乙")
    Backups(workplace).make()
    alone = scan(workplace, b"%PDF 3", "丙")
    file_of(workplace, gone).unlink()
    file_of(workplace, altered).write_bytes(b"%PDF x")
    file_of(workplace, alone).unlink()
    files = PaperFiles(workplace)
    assert [fault.sentence for fault in files.faults()] == [
        f"扫描件《{WAITING}/甲.pdf》不见了（备份里有，可以找回）",
        f"扫描件《{WAITING}/乙.pdf》被改动过（备份里有，可以找回）",
        f"扫描件《{WAITING}/丙.pdf》不见了",
    ]
    assert len(files.missing()) == 2
    mended = files.mend()
    assert len(mended.fetched) == 2
    assert [fault.path for fault in mended.lost] == [f"扫描件/{WAITING}/丙.pdf"]
    assert file_of(workplace, altered).read_bytes() == b"%PDF 2"
    assert b"%PDF x" in [path.read_bytes() for path in stored(workplace.backups or Path())]


def test_what_is_gone_here_but_in_the_backups_is_handed_over(
    workplace: Workplace, tmp_path: Path
) -> None:
    taken = scan(workplace)
    Backups(workplace).make()
    file_of(workplace, taken).unlink()
    done = Transfer(workplace).hand_over(tmp_path / "交接.wxjj", "小陈")
    assert (done.files, done.lost) == (1, ())


def test_what_nobody_has_any_more_is_said_when_it_is_handed_over(
    workplace: Workplace, tmp_path: Path
) -> None:
    file_of(workplace, scan(workplace)).unlink()
    done = Transfer(workplace).hand_over(tmp_path / "交接.wxjj", "小陈")
    assert done.lost == (f"扫描件《{WAITING}/一张.pdf》不见了",)
    assert "没能带上" in done.sentence()


# -- what nobody refers to ----------------------------------------------------------------------
def test_an_undone_scan_leaves_its_file_and_comes_back_with_redo(workplace: Workplace) -> None:
    taken = scan(workplace)
    undo_last(workplace)
    Backups(workplace).make()
    assert file_of(workplace, taken).is_file()
    redo_last(workplace)
    assert PaperFiles(workplace).faults() == []


def test_a_leftover_is_moved_out_after_a_while_and_still_comes_back(workplace: Workplace) -> None:
    taken = scan(workplace)
    undo_last(workplace)
    place = months_ago(file_of(workplace, taken))
    Backups(workplace).make()
    assert not place.exists() and not place.parent.exists()
    redo_last(workplace)
    assert len(PaperFiles(workplace).mend().fetched) == 1
    assert place.read_bytes() == b"%PDF signed"


def test_what_a_record_refers_to_is_never_moved_out(workplace: Workplace, tmp_path: Path) -> None:
    letter = tmp_path / "便条.docx"
    letter.write_bytes(b"PK letter")
    entry = Incomings(workplace).take(letter)
    Incomings(workplace).settle(entry.number, note="不是我们的")
    places = [
        months_ago(file_of(workplace, scan(workplace))),
        months_ago(Incomings(workplace).file_of(entry)),
    ]
    Backups(workplace).make()
    assert all(place.is_file() for place in places)


def test_policies_are_never_moved_out(workplace: Workplace, tmp_path: Path) -> None:
    design = tmp_path / "制度" / "forms" / "旧版" / "x-101.toml"
    design.parent.mkdir(parents=True)
    design.write_bytes(b"x")
    Backups(workplace).make()
    months_ago(design)
    Backups(workplace).make()
    assert design.is_file()


def test_nothing_is_moved_out_where_a_second_register_shares_the_folder(
    workplace: Workplace, tmp_path: Path
) -> None:
    create_workplace(str(tmp_path / "示例.db")).close()
    taken = scan(workplace)
    undo_last(workplace)
    months_ago(file_of(workplace, taken))
    Backups(workplace).make()
    assert file_of(workplace, taken).is_file()


def test_nothing_is_moved_out_by_a_copy_that_is_only_read(
    workplace: Workplace, tmp_path: Path
) -> None:
    taken = scan(workplace)
    undo_last(workplace)
    place = months_ago(file_of(workplace, taken))
    workplace.close()
    reader = open_workplace(register_at(tmp_path), writing=False, clock=lambda: TODAY)
    Backups(reader).make()
    reader.close()
    assert place.is_file()


def test_lists_of_backups_that_are_gone_go_too(workplace: Workplace) -> None:
    scan(workplace)
    first = Backups(workplace).make().path
    first.unlink()
    made = Backups(workplace).make(why="关闭时").path
    assert [p.name for p in (made.parent / NAME / LISTS).iterdir()] == [f"{made.name}.json"]


def test_files_that_cannot_be_kept_are_said_but_the_register_is_backed_up(
    workplace: Workplace, tmp_path: Path
) -> None:
    scan(workplace)
    target = tmp_path / "U盘" / "一份.wxbak"
    target.parent.mkdir()
    (target.parent / NAME).write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="登记库已备份，随库文件"):
        Backups(workplace).make(target)
    assert target.is_file()


def test_a_backup_whose_files_were_not_kept_whole_is_not_called_whole(
    workplace: Workplace,
) -> None:
    backups = Backups(workplace)
    made = backups.make().path
    assert backups.paper_is_kept()
    taken = scan(workplace)
    (made.parent / NAME).write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError):
        backups.make()
    assert not backups.paper_is_kept()
    assert Frame(workplace).last_backup().endswith("，扫描件没备份全")
    (made.parent / NAME).unlink()
    backups.make()
    assert backups.paper_is_kept() and file_of(workplace, taken).is_file()
