"""The reading child: whatever happens to it, the program gets a sentence and lives on."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.sheets.raw_workbooks import workbook
from wxadmin.domain.errors import Cancelled, UserError
from wxadmin.domain.headings import Vocabulary
from wxadmin.paths import PROGRAM
from wxadmin.sheets import reader as reading
from wxadmin.sheets.reading import open_book, send_ahead, start_reader
from wxadmin.sheets.tables import read_table


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook())
    return path


def test_a_reader_started_before_the_file_is_known_reads_it(
    roster: Path, vocabulary: Vocabulary
) -> None:
    with start_reader() as reader:
        table = read_table(roster, vocabulary, reader=reader)
    assert table.height == 3


def test_a_file_sent_ahead_is_read_once(roster: Path, vocabulary: Vocabulary) -> None:
    with start_reader() as reader:
        send_ahead(reader, roster)
        roster.unlink()
        table = read_table(roster, vocabulary, reader=reader)
    assert table.height == 3
    assert len(table.sha256) == 64


def test_what_is_wrong_with_a_file_sent_ahead_is_told_when_it_is_opened(tmp_path: Path) -> None:
    nowhere = tmp_path / "没有.xlsx"
    with start_reader() as reader:
        send_ahead(reader, nowhere)
        with pytest.raises(UserError, match="没有") as caught:
            open_book(nowhere, reader=reader)
    assert caught.value.code == "not_found"


def test_the_file_can_be_deleted_while_its_book_is_still_open(roster: Path) -> None:
    with open_book(roster) as book:
        roster.unlink()
        assert book.content("花名册").columns[0] == ["姓名", "赵一", "钱二", "孙三"]


def test_a_child_that_dies_becomes_a_sentence(
    roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(reading, "child_command", lambda: command)
    with pytest.raises(UserError, match="花名册") as caught:
        open_book(roster)
    assert caught.value.code == "reader_died"


def test_a_child_that_never_answers_is_given_up(
    roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(reading, "child_command", lambda: command)
    with pytest.raises(UserError) as caught:
        open_book(roster, reader=reading.Reader(patience=0.3))
    assert caught.value.code == "reader_slow"


def test_cancelling_ends_the_child_at_once(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(reading, "child_command", lambda: command)

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    reader = start_reader()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        open_book(roster, progress=cancel, reader=reader)
    assert time.monotonic() - started < 5
    assert reader.ended


def test_the_child_ends_when_its_pipe_closes() -> None:
    reader = start_reader()
    reader.hang_up()
    assert reader.wait(10) == 0
    reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a job object limits memory there")
def test_a_child_out_of_memory_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.csv"
    path.write_bytes(("姓名,工号\n" + "赵一,1\n" * 150_000).encode())
    words = reading.child_command()
    tight = "from wxadmin.sheets import child; child.MEMORY = 40 * 1024 * 1024; child.main()"
    position = words.index("-c") + 1
    words[position] = f"import sys; sys.path[:0] = sys.argv[1:]; {tight}"
    monkeypatch.setattr(reading, "child_command", lambda: words)
    with pytest.raises(UserError) as caught, open_book(path) as book:
        book.content("")
    assert caught.value.code == "reader_died"


def test_a_fault_of_our_own_is_no_refusal(roster: Path) -> None:
    with open_book(roster) as book, pytest.raises(RuntimeError, match="AttributeError"):
        book.reader.send(("no_such_request",))
        book.reader.answer("花名册.xlsx")


def test_paths_that_are_no_file_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    lock = tmp_path / "~$花名册.xlsx"
    lock.write_bytes(b"x" * 165)
    for path, code in (
        (tmp_path, "is_folder"),
        (tmp_path / "没有.xlsx", "not_found"),
        (lock, "lock_file"),
    ):
        with pytest.raises(UserError, match=path.name.replace("$", r"\$")) as caught:
            read_table(path, vocabulary)
        assert caught.value.code == code


def test_a_file_that_vanishes_after_it_was_chosen_is_refused(
    roster: Path, vocabulary: Vocabulary
) -> None:
    with start_reader() as reader:
        roster.unlink()
        with pytest.raises(UserError) as caught:
            read_table(roster, vocabulary, reader=reader)
    assert caught.value.code == "not_found"


def test_progress_counts_the_rows(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "长.csv"
    path.write_bytes(("姓名,工号\n" + "赵一,1\n" * 5000).encode())
    seen: list[tuple[int, int]] = []
    read_table(path, vocabulary, progress=lambda done, total: seen.append((done, total)))
    assert [pair for pair in seen if pair[1]] == [(2000, 5001), (4000, 5001), (5001, 5001)]


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere the child limits itself")
def test_on_windows_the_child_is_put_into_a_job_that_limits_it() -> None:
    with start_reader() as reader:
        assert reader.confined


def test_the_programs_hidden_word_is_the_child_too(
    roster: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [sys.executable, str(PROGRAM / "main.py"), reading.HIDDEN_WORD]
    monkeypatch.setattr(reading, "child_command", lambda: words)
    assert read_table(roster, vocabulary).height == 3
