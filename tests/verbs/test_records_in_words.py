"""Without --json a record is told in Chinese, label and value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from builders import office, person, register_at

from wxadmin.command_line import main
from wxadmin.services.accounts import Accounts

KINDS = (
    ("person", "00012"),
    ("account", "ZH-00001"),
    ("group", "a"),
    ("unit", "莆田一厂"),
    ("hr-source", "莆田一厂人事"),
    ("admin-number", "1"),
    ("setting", "brake_percent"),
    ("office", "-"),
    ("operation", "1"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workplace = office(tmp_path)
    someone = person(workplace, "00012", "林国栋")
    Accounts(workplace).add(
        {
            "account_type": "personal",
            "name": someone.name,
            "holder_id": someone.id,
            "mobile": someone.mobile,
            "wecom_userid": "linguodong",
            "state": "在用",
        }
    )
    workplace.close()
    return tmp_path


@pytest.mark.parametrize(("kind", "key"), KINDS)
def test_no_label_is_a_name_of_the_code(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str, key: str
) -> None:
    assert main(["--register", register_at(folder), "show", kind, key], lambda: None) == 0
    said = capsys.readouterr().out
    assert said
    assert not re.search(r"^\s*[a-z_]+：", said, re.MULTILINE), said


def test_an_account_without_anything_amiss_shows_a_dash(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--register", register_at(folder), "list", "accounts"], lambda: None) == 0
    assert "[]" not in capsys.readouterr().out
