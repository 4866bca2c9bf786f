"""The hand-over file: everything in it, checked; a cut, altered or foreign one is one sentence."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.builders import office, person, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups
from wxadmin.services.putting_back import put_back
from wxadmin.services.transfer import Transfer
from wxadmin.storage.parcel import FILES, LIST, REGISTER

FILES_OF_THE_OFFICE = {
    "扫描件/QWSQ-202611-001_李四_申请表.pdf": b"%PDF signed",
    "扫描件/待认/20261120_SCAN_第1页.pdf": b"%PDF nobody's",
    "来件/LJ-202611-001_便条.docx": b"PK note",
    "制度/forms/account_request.toml": b"id = 'x'",
    "制度/forms/标志-1234567890.png": b"\x89PNG",
    "制度/模板/account_request/申请表.docx": b"PK template",
    "制度/own/pack.toml": b"[pack]",
}


def put_files(folder: Path) -> None:
    for path, data in FILES_OF_THE_OFFICE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A hand-over file made in 甲."""
    place = tmp_path / "甲"
    workplace = office(place)
    person(workplace)
    put_files(place)
    done = Transfer(workplace).hand_over(tmp_path / "交接.wxjj", "小陈")
    workplace.close()
    assert done.files == len(FILES_OF_THE_OFFICE) and done.lost == ()
    return done.path


def all_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".lock" not in path.name
    }


def people(register: Path) -> int:
    workplace = open_workplace(str(register), writing=True)
    found = workplace.store.count(Employee)
    workplace.close()
    return found


def test_everything_arrives_on_a_new_computer_with_one_file(given: Path, tmp_path: Path) -> None:
    register = tmp_path / "乙" / "register.db"
    done = put_back(given, register, tmp_path / "乙" / "备份")
    assert (done.files, done.lost) == (len(FILES_OF_THE_OFFICE), ())
    assert people(register) == 1
    for path, data in FILES_OF_THE_OFFICE.items():
        assert (register.parent / path).read_bytes() == data
    assert sorted(path.name for path in register.parent.iterdir() if path.is_dir()) == [
        "制度", "扫描件", "来件",
    ]  # fmt: skip


def test_an_office_that_takes_a_colleagues_over_can_go_back_with_its_own_files(
    given: Path, tmp_path: Path
) -> None:
    place = tmp_path / "乙"
    office(place).close()
    own = {"制度/forms/account_request.toml": b"ours", "制度/forms/own.toml": b"ours too",
           "扫描件/QWSQ-202611-001_李四_申请表.pdf": b"%PDF another"}  # fmt: skip
    for path, data in own.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    register = Path(register_at(place))
    done = put_back(given, register, place / "备份")
    assert people(register) == 1
    assert (place / "制度/forms/account_request.toml").read_bytes() == b"id = 'x'"
    assert not (place / "制度/forms/own.toml").exists()
    put_back(done.aside, register, place / "备份")
    assert people(register) == 0
    assert {path: (place / path).read_bytes() for path in own} == own
    assert not (place / "制度/own/pack.toml").exists()


def test_an_older_hand_over_file_that_is_a_plain_register_still_opens(tmp_path: Path) -> None:
    workplace = office(tmp_path / "甲")
    person(workplace)
    plain = Backups(workplace).make(tmp_path / "以前的.wxbak").path
    workplace.close()
    register = tmp_path / "乙" / "register.db"
    assert put_back(plain, register, tmp_path / "备份").files == 0
    assert people(register) == 1


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def without_its_end(data: bytes) -> bytes:
    return data[:-1]


def altered(data: bytes) -> bytes:
    at = data.index(b"%PDF signed")
    return data[:at] + b"%PDF forged" + data[at + 11 :]


def altered_in_the_register(data: bytes) -> bytes:
    at = data.index(REGISTER.encode()) + 2000
    return data[:at] + bytes(byte ^ 255 for byte in data[at : at + 50]) + data[at + 50 :]


def nothing_but_its_beginning(data: bytes) -> bytes:
    return data[:4]


@pytest.mark.parametrize(
    "spoil", [cut, without_its_end, altered, altered_in_the_register, nothing_but_its_beginning]
)
def test_a_cut_or_altered_file_is_one_sentence_and_changes_nothing(
    given: Path, tmp_path: Path, spoil: object
) -> None:
    assert callable(spoil)
    given.write_bytes(spoil(given.read_bytes()))
    refusal = refused(given, tmp_path / "乙")
    assert refusal.code == "damaged_parcel" and "重新拷一次" in refusal.message


def refused(given: Path, place: Path) -> UserError:
    """Take a file in where an office lies: it is refused, and every file there is as it was."""
    office(place).close()
    put_files(place)
    before = all_files(place)
    with pytest.raises(UserError) as refusal:
        put_back(given, Path(register_at(place)), place / "备份")
    assert all_files(place) == before
    return refusal.value


def test_a_foreign_file_is_one_sentence(given: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(given, "w") as other:
        other.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(given, tmp_path / "乙").code == "not_ours"
    given.write_bytes(b"hello" * 100)
    assert refused(given, tmp_path / "丙").code == "damaged"


@pytest.mark.parametrize(
    "path",
    ["../外面.txt", "扫描件/../../外面.txt", "/etc/x", "C:/x.txt", "扫描件\\x.pdf", "登记库.db",
     "扫描件/CON.", "制度/a:b.toml", "别处/x.txt"],
)  # fmt: skip
def test_a_file_that_would_lie_elsewhere_is_refused_whole(
    given: Path, tmp_path: Path, path: str
) -> None:
    rewrite(given, lambda said: said["files"][0].update(path=path), path)
    assert refused(given, tmp_path / "乙").code == "damaged_parcel"
    assert not (tmp_path / "外面.txt").exists()


def rewrite(given: Path, change: object, name: str = "") -> None:
    """Write a hand-over file anew with another list, and its first file under another name."""
    assert callable(change)
    aside = given.with_suffix(".old")
    shutil.move(given, aside)
    with zipfile.ZipFile(aside) as old, zipfile.ZipFile(given, "w") as new:
        said = json.loads(old.read(LIST))
        first = FILES + said["files"][0]["path"]
        change(said)
        new.writestr(LIST, json.dumps(said))
        for entry in old.namelist()[1:]:
            new.writestr(FILES + name if name and entry == first else entry, old.read(entry))


def test_a_file_of_a_newer_program_names_the_way_out(given: Path, tmp_path: Path) -> None:
    rewrite(given, lambda said: said.update(format=99))
    refusal = refused(given, tmp_path / "乙")
    assert refusal.code == "newer" and "先升级程序" in refusal.message


@pytest.mark.parametrize("said", [{"format": "1"}, {"files": {}}, {"register": 7}, {"files": [7]}])
def test_a_list_that_is_no_list_of_ours_is_refused(
    given: Path, tmp_path: Path, said: dict[str, object]
) -> None:
    rewrite(given, lambda listed: listed.update(said))
    assert refused(given, tmp_path / "乙").code == "damaged_parcel"


@pytest.mark.skipif(sys.platform == "win32", reason="there no file can have such a name")
def test_a_name_that_cannot_travel_is_named_before_anything_is_closed(tmp_path: Path) -> None:
    workplace = office(tmp_path / "甲")
    put_files(tmp_path / "甲")
    (tmp_path / "甲" / "制度" / "a:b.toml").write_bytes(b"x")
    with pytest.raises(UserError, match="a:b"):
        Transfer(workplace).hand_over(tmp_path / "交接.wxjj", "小陈")
    assert workplace.office().handed_over_on is None
    assert [path.name for path in tmp_path.iterdir()] == ["甲"]
    workplace.close()
