"""Where a register may be: what is said of an address, a folder or a file that will not do."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import office, register_at

from wxadmin.bootstrap import create_workplace, open_workplace
from wxadmin.domain.account import Account
from wxadmin.domain.errors import UserError
from wxadmin.storage.backup import back_up

SERVER = "postgresql://zhao:geheim@127.0.0.1:1/x"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("foo://x", "bad_url"),
        ("://", "bad_url"),
        ("postgresql://a@b:port/x", "bad_url"),
        ("mssql+pymssql://zhao:geheim@127.0.0.1/x", "bad_url"),
        ("sqlite:////tmp/a.db", "sqlite_url"),
    ],
)
def test_an_address_that_will_not_do_is_refused_in_one_sentence(address: str, code: str) -> None:
    with pytest.raises(UserError) as refusal:
        open_workplace(address, writing=False)
    assert refusal.value.code == code
    assert "geheim" not in refusal.value.message


def test_a_server_that_cannot_be_reached_is_refused_without_its_password() -> None:
    with pytest.raises(UserError) as refusal:
        open_workplace(SERVER, writing=False)
    assert refusal.value.code in {"no_driver", "unreachable"}
    assert "geheim" not in refusal.value.message


@pytest.mark.parametrize("address", [SERVER, "sqlite:///a.db"])
def test_no_folder_is_ever_named_after_an_address(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as refusal:
        create_workplace(address)
    assert "geheim" not in refusal.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_register_that_lost_a_table_is_incomplete(tmp_path: Path) -> None:
    office(tmp_path).close()
    with closing(sqlite3.connect(register_at(tmp_path))) as database:
        database.execute("DROP TABLE account")
    workplace = open_workplace(register_at(tmp_path), writing=False)
    with closing(workplace), pytest.raises(UserError, match="不完整") as refusal:
        workplace.store.all(Account)
    assert refusal.value.code == "incomplete"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts letters, not bytes")
def test_a_name_that_is_too_long_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="名称太长"):
        create_workplace(str(tmp_path / f"{'长' * 200}.db"))


def test_a_place_where_no_lock_can_be_made_is_not_called_in_use() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("there is no /proc here")
    with pytest.raises(UserError) as refusal:
        create_workplace("/proc/x.db")
    assert refusal.value.code == "read_only"


def test_a_backup_onto_a_folder_says_why_in_chinese(tmp_path: Path) -> None:
    office(tmp_path).close()
    target = tmp_path / "占着"
    target.mkdir()
    with pytest.raises(UserError, match="是一个文件夹"):
        back_up(Path(register_at(tmp_path)), target)
