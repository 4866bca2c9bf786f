"""The set-up step looks at the machine rightly and installs no more than it must."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def prepare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "tools" / "prepare.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_library_that_does_not_load_is_named_by_its_package(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "QT_LIBRARIES", {"libnot-here.so.9": "libnot-here9"})
    assert "libnot-here9" in prepare.missing_packages(for_tests=False)


def test_fonts_are_missing_where_no_folder_holds_both_faces(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(prepare, "FONT_FOLDERS", (str(tmp_path), str(tmp_path / "absent")))
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert prepare.fonts_are_missing()
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto" / "NotoSerifCJK-Regular.ttc").touch()
    assert not prepare.fonts_are_missing()


def test_tests_need_more_packages_than_the_program(prepare: ModuleType) -> None:
    to_run, to_test = prepare.requirements(for_tests=False), prepare.requirements(for_tests=True)
    assert set(to_run) < set(to_test)
    assert any(wanted.startswith("pytest") for wanted in set(to_test) - set(to_run))


def test_a_python_that_is_gone_is_not_sound(prepare: ModuleType, tmp_path: Path) -> None:
    assert prepare.is_sound(Path(sys.executable))
    assert not prepare.is_sound(tmp_path / "python")


def test_nothing_is_installed_again_when_it_is_there(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "installed.txt"
    stamp.write_text("\n".join(prepare.requirements(for_tests=True)), encoding="utf-8")
    monkeypatch.setattr(prepare, "STAMP", stamp)
    monkeypatch.setattr(prepare, "VENV_PYTHON", tmp_path / "would fail if it were called")
    prepare.install_packages(for_tests=False)
    prepare.install_packages(for_tests=True)


def test_the_tool_asks_for_its_one_word() -> None:
    words = [sys.executable, str(ROOT / "tools" / "prepare.py")]
    answer = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode != 0
    assert "run|test" in answer.stderr
    assert answer.stdout == ""


def test_windows_commands_are_plain_ascii() -> None:
    for file in (ROOT / "tools").glob("*.cmd"):
        assert file.read_bytes().isascii(), file.name
