"""`print` lays every register out on A4 as a PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from builders import COMPANY, TODAY, register_at

from wxadmin.bootstrap import create_workplace
from wxadmin.command_line import main
from wxadmin.paper.items import Face, Page
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup


class Printer:
    """A printer that keeps the words it was given."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def ensure_application(self) -> None:
        """There is nothing to start."""

    def measure(self, text: str, face: Face) -> float:
        return len(text) * face.size_pt * 0.35

    def write_pdf(self, pages: Sequence[Page], path: Path, *, title: str = "") -> int:
        self.words = [text for page in pages for text in page.texts()]
        path.write_bytes(title.encode())
        return len(pages)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("打印")
    workplace = create_workplace(register_at(place), by="测试", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast", company_name=COMPANY, sample=True)
    SampleOffice(workplace).fill()
    workplace.close()
    yield place


WORDS = ["--json", "--as-of", "2026-11-20"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("group-register", "微信工作群管理台账"),
        ("members", "成员名单"),
        ("admin-numbers", "群管理号登记表"),
        ("accounts", "企业微信账号台账"),
        ("address-book", "通讯录"),
        ("leavers", "魏荣根"),
        ("month-report", "2026年10月"),
        ("school-groups", "工作群一览表"),
        ("group-codes", "群分类与前缀编码表"),
        ("admin-filings", "群管理员登记备案册"),
        ("group-changes", "群更名、解散登记簿"),
        ("account_request", "企业微信号用户申请表登记簿"),
        ("group_owner_transfer", "群主管理权转让单登记簿"),
    ],
)
def test_every_register_can_be_printed(
    folder: Path, capsys: pytest.CaptureFixture[str], what: str, said: str
) -> None:
    printer = Printer()
    target = folder / f"{what}.pdf"
    words = ["--register", register_at(folder), *WORDS, "print", what, "--out", str(target)]
    assert main([*words, "--month", "2026-10"], lambda: printer) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["file"] == str(target)
    assert data["pages"] >= 1
    assert any(said in text for text in printer.words)


def test_an_unknown_register_is_wrong_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--register", register_at(folder), "print", "工资", "--out", str(folder / "x.pdf")]
    assert main(words, Printer) == 2
    assert "group-register" in capsys.readouterr().err


def test_a_month_that_is_none_is_wrong_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(folder / "x.pdf")
    words = ["--register", register_at(folder), "print", "leavers", "--out", target]
    assert main([*words, "--month", "十月"], Printer) == 2
    assert "2026-11" in capsys.readouterr().err


def test_the_address_book_for_outside_hides_its_numbers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printer = Printer()
    words = ["--register", register_at(folder), *WORDS, "print", "address-book", "--masked"]
    assert main([*words, "--out", str(folder / "m.pdf")], lambda: printer) == 0
    said = "\n".join(printer.words)
    assert "内部资料" in said
    assert "****" in said
    assert not re.search(r"\b1[3-9]\d{9}\b", said)
    capsys.readouterr()
