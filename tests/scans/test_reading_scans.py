"""Scans are read whatever the scanner did to them, and what is no scan is refused in a sentence."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.scans.scanned_paper import save_pdf, scanned, sheet
from wxadmin.domain.errors import Cancelled, UserError
from wxadmin.scans.reading import Scan, ScanReader, is_paper

CODE = "QWSQ-202611-042/1"


def codes_in(path: Path) -> list[list[str]]:
    with Scan(path) as scan:
        return [[code.text for code in page.codes] for page in scan.pages()]


@pytest.mark.parametrize("suffix", ["png", "jpg", "tiff", "bmp", "webp"])
def test_a_code_is_found_on_a_picture_of_any_kind(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"扫描.{suffix}"
    scanned(sheet(CODE)).save(path)
    assert codes_in(path) == [[CODE]]


@pytest.mark.parametrize("degrees", [-5.0, 3.0, 5.0, 90.0, 183.0, 272.0])
def test_a_page_may_be_turned(tmp_path: Path, degrees: float) -> None:
    path = save_pdf(tmp_path / "斜.pdf", [scanned(sheet(CODE), degrees)])
    assert codes_in(path) == [[CODE]]


def test_a_noisy_page_is_read_all_the_same(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "花.pdf", [scanned(sheet(CODE), 2.0, noise=30.0)])
    assert codes_in(path) == [[CODE]]


def test_a_small_code_on_a_page_of_black_and_white_is_read(tmp_path: Path) -> None:
    path = tmp_path / "传真.tiff"
    page = sheet(CODE, side=8.0).convert("1", dither=Image.Dither.NONE)
    page.save(path, compression="group4")
    assert codes_in(path) == [[CODE]]


@pytest.mark.parametrize("suffix", ["tiff", "png", "bmp"])
def test_pages_of_black_and_white_are_cut_out_too(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"传真.{suffix}"
    inked = sheet(CODE).convert("1", dither=Image.Dither.NONE)
    more = [inked.copy(), sheet(CODE)] if suffix == "tiff" else []
    inked.save(path, **({"save_all": True, "append_images": more} if more else {}))
    with Scan(path) as scan:
        list(scan.pages())
        cut = [scan.cut([1]), scan.cut(list(range(1, len(more) + 2)))]
    for number, data in zip((1, len(more) + 1), cut, strict=True):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) == number


def test_two_forms_side_by_side_in_one_picture_are_both_found(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "两张.pdf", [scanned(sheet(CODE, "LZJJ-202611-003/2"))])
    assert codes_in(path) == [[CODE, "LZJJ-202611-003/2"]]


def test_two_sheets_on_the_glass_side_by_side_are_both_found(tmp_path: Path) -> None:
    glass = Image.new("L", (2480, 1754), 250)
    glass.paste(sheet(CODE), (0, 0))
    glass.paste(sheet("LZJJ-202611-003/2", side=8.0), (1240, 0))
    path = save_pdf(tmp_path / "A3.pdf", [scanned(glass, 1.0, noise=20.0)])
    assert sorted(codes_in(path)[0]) == ["LZJJ-202611-003/2", CODE]


def test_the_pages_of_a_tiff_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "多页.tif"
    first, second = sheet(CODE), sheet("QWSQ-202611-043/1")
    first.save(path, save_all=True, append_images=[second])
    assert codes_in(path) == [[CODE], ["QWSQ-202611-043/1"]]


def test_the_bare_back_of_a_sheet_is_known_as_such(tmp_path: Path) -> None:
    back = scanned(Image.new("L", (1240, 1754), 252))
    path = save_pdf(tmp_path / "双面.pdf", [scanned(sheet(CODE)), back])
    with Scan(path) as scan:
        assert [page.bare for page in scan.pages()] == [False, True]


def test_a_page_with_one_line_of_writing_is_not_bare(tmp_path: Path) -> None:
    page = Image.new("L", (1240, 1754), 252)
    page.paste(0, (300, 800, 700, 806))
    with Scan(save_pdf(tmp_path / "签字.pdf", [scanned(page)])) as scan:
        assert [page.bare for page in scan.pages()] == [False]


def test_a_picture_that_can_be_seen_through_stands_on_white(tmp_path: Path) -> None:
    page = sheet(CODE).convert("RGBA")
    ink = page.convert("L").point(lambda level: 255 - level)
    page.putalpha(ink)
    path = tmp_path / "透明.png"
    page.save(path)
    assert codes_in(path) == [[CODE]]


def test_pages_are_cut_out_and_the_same_pages_always_make_the_same_bytes(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "三页.pdf", [sheet(f"QWSQ-202611-{at:03d}/1") for at in range(3)])
    with Scan(path) as scan:
        piece, again = scan.cut([2, 3]), scan.cut([2, 3])
    assert piece == again and b"(D:19700101000000" in piece
    cut = tmp_path / "第2至3页.pdf"
    cut.write_bytes(piece)
    assert codes_in(cut) == [["QWSQ-202611-001/1"], ["QWSQ-202611-002/1"]]


def test_a_page_of_a_picture_is_cut_out_as_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "照片.jpg"
    sheet(CODE).save(path)
    with Scan(path) as scan:
        piece, again = scan.cut([1]), scan.cut([1])
    assert piece == again
    cut = tmp_path / "照片.pdf"
    cut.write_bytes(piece)
    assert codes_in(cut) == [[CODE]]


def test_a_page_can_be_looked_at(tmp_path: Path) -> None:
    with Scan(save_pdf(tmp_path / "一页.pdf", [sheet(CODE)])) as scan:
        picture = scan.picture(1, 800)
    assert max(picture.width, picture.height) in range(799, 802)
    assert len(picture.pixels) == picture.width * picture.height * 3


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_laid_in_the_wrong_way_is_looked_at_upright(tmp_path: Path, degrees: int) -> None:
    page = sheet(CODE).rotate(degrees, expand=True)
    with Scan(save_pdf(tmp_path / "反.pdf", [page])) as scan:
        picture = scan.picture(1, 1754)
    seen = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels).convert("L")
    assert seen.height > seen.width
    corner = seen.crop((seen.width * 3 // 4, 0, seen.width, seen.height // 6))
    assert min(corner.tobytes()) < 60  # the code stands at the upper right again


def test_one_child_may_be_kept_for_several_scans(tmp_path: Path) -> None:
    with ScanReader() as reader:
        for number in range(3):
            path = save_pdf(tmp_path / f"{number}.pdf", [sheet(f"QWSQ-202611-{number:03d}/1")])
            with Scan(path, reader=reader) as scan:
                assert scan.pages()[0].codes[0].text == f"QWSQ-202611-{number:03d}/1"


def encrypted(path: Path) -> None:
    save_pdf(path, [sheet(CODE)])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="甲", user="乙"))


def cut_short(path: Path) -> None:
    save_pdf(path, [sheet(CODE)])
    path.write_bytes(path.read_bytes()[:5000])


def half_a_picture(path: Path) -> None:
    target = io.BytesIO()
    scanned(sheet(CODE)).save(target, "PNG")
    path.write_bytes(target.getvalue()[:20000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 and so on")


def an_iphone_photo(path: Path) -> None:
    path.write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")


def huge(path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(path, "PNG")


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (encrypted, "加密.pdf", "password"),
        (cut_short, "断.pdf", "damaged"),
        (half_a_picture, "半张.png", "damaged"),
        (empty, "空.pdf", "empty_file"),
        (a_workbook, "花名册.pdf", "not_a_scan"),
        (an_iphone_photo, "照片.jpg", "heic"),
        (huge, "巨图.png", "picture_too_big"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, make, name: str, code: str
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(UserError, match=f"《{name}》") as caught, Scan(path) as scan:
        scan.pages()
    assert caught.value.code == code
    assert caught.value.message.endswith("。")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "没有.pdf", "not_found"), (tmp_path, "is_folder")):
        with pytest.raises(UserError) as caught:
            Scan(path)
        assert caught.value.code == code


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for _ in range(1001):
            pdf.add_blank_page(page_size=(100, 100))
        pdf.save(tmp_path / "太多.pdf")
    with pytest.raises(UserError, match="1001 页"):
        Scan(tmp_path / "太多.pdf")


def test_a_scan_can_be_stopped_while_it_is_read(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "五页.pdf", [sheet(CODE)] * 5)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled), Scan(path, stop) as scan:
        scan.pages()
    assert (2, 5) in told
    assert scan._reader.ended


def test_paper_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    paper = tmp_path / "名称.xlsx"
    save_pdf(tmp_path / "a.pdf", [sheet(CODE)]).rename(paper)
    assert is_paper(paper)
    workbook = tmp_path / "名称.pdf"
    a_workbook(workbook)
    assert not is_paper(workbook)
    assert not is_paper(tmp_path / "没有")


def test_a_child_that_dies_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_pdf(tmp_path / "一页.pdf", [sheet(CODE)])
    abort = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(ScanReader, "command", lambda self: abort)
    with pytest.raises(UserError, match="读取程序中途停止了") as caught:
        Scan(path)
    assert caught.value.code == "reader_died"
