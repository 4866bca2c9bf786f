"""A printed page made into a scan by code: crooked, noisy, signed, and always the same."""

from __future__ import annotations

from pathlib import Path

from tests.scans.scanned_paper import save_pdf, sheet
from wxadmin.scans.reading import Scan

CODE = "QWSQ-202611-042/1"


def made(path: Path, degrees: float) -> bytes:
    with Scan(path) as opened:
        return opened.scanned(1, degrees, [(0.5, 0.6), (0.5, 0.8)])


def test_a_made_scan_is_read_like_any_other(tmp_path: Path) -> None:
    printed = save_pdf(tmp_path / "printed.pdf", [sheet(CODE)])
    back = tmp_path / "back.pdf"
    back.write_bytes(made(printed, -2.5))
    with Scan(back) as opened:
        (page,) = opened.pages()
    assert [code.text for code in page.codes] == [CODE]


def test_the_same_page_makes_the_same_scan(tmp_path: Path) -> None:
    printed = save_pdf(tmp_path / "printed.pdf", [sheet(CODE)])
    assert made(printed, 1.0) == made(printed, 1.0)
    assert made(printed, 1.0) != made(printed, 2.0)
