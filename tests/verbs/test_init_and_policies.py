"""`init` makes a register once, empty or with the sample office; `policies` lists the packs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders import register_at

from wxadmin.bootstrap import open_workplace
from wxadmin.command_line import main
from wxadmin.domain.organisation import OrgUnit


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, Any, str]:
    given = ["--register", register_at(folder), "--json", "--as-of", "2026-11-20", *words]
    code = main(given, printing=lambda: None)
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_init_makes_an_empty_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, tmp_path, "init")
    assert code == 0
    assert data == {
        "register": register_at(tmp_path),
        "policy": "southeast",
        "groups": 42,
        "people": 0,
    }


def test_init_with_a_sample_fills_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, tmp_path, "init", "--sample", "--company", "某啤酒东南事业部")
    assert code == 0
    assert data["people"] > 280
    workplace = open_workplace(register_at(tmp_path), writing=False)
    assert workplace.office().sample
    assert workplace.office().company_name == "某啤酒东南事业部"
    workplace.close()


def test_init_refuses_a_file_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, tmp_path, "init")
    before = Path(register_at(tmp_path)).read_bytes()
    code, data, said = run(capsys, tmp_path, "init", "--sample")
    assert code == 1
    assert data["error"]["message"] in said
    assert Path(register_at(tmp_path)).read_bytes() == before


def test_an_unknown_pack_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, tmp_path, "init", "--policy", "没有的")
    assert code == 1
    assert data["error"]["code"] == "unknown_pack"
    assert not Path(register_at(tmp_path)).exists()


def test_support_units_are_chosen_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, tmp_path, "init", "--support", "浙江商务", "--support", "商务支持")[0] == 0
    workplace = open_workplace(register_at(tmp_path), writing=False)
    support = {unit.name for unit in workplace.store.find(OrgUnit, support=True)}
    assert support == {"浙江商务", "商务支持"}
    workplace.close()


def test_an_unknown_support_unit_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, data, _ = run(capsys, tmp_path, "init", "--support", "月球部")
    assert code == 1
    assert "月球部" in data["error"]["message"]
    assert not Path(register_at(tmp_path)).exists()


def test_policies_lists_the_packs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, tmp_path, "policies")
    assert code == 0
    southeast = next(pack for pack in data["policies"] if pack["id"] == "southeast")
    assert southeast["title"] == "东南事业部企业微信号管理规程"
    assert southeast["source"].startswith("T0-19")
