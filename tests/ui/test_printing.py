"""What is painted can be measured with a ruler and read back exactly as it was typed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QColor

from ui import printing
from wxadmin.domain.errors import Cancelled, UserError
from wxadmin.domain.form_definition import RouteStep, Tick
from wxadmin.paper.form import FormSheet, form_pages
from wxadmin.paper.items import Box, Face, FontRole, Line, Page, QrCode, Text
from wxadmin.paper.qr_code import qr_code
from wxadmin.policy.forms import load_forms

FORMS = Path(__file__).resolve().parents[2] / "resources" / "forms"
NAMES = (
    "户门马长",
    "A&B <研发>",
    "𠮷野家",
    "fi ffl 2026年11月",
    "⼾户⻔门",
    "☑新增　　□变更",
    "阿卜杜热合曼·买买提",
    "曾解查单仇翟",
    "C:\\x ${a} {b} %s &amp;",
)


def text_page(*texts: str, role: FontRole = FontRole.SONG) -> Page:
    items = [Text(20.0, 20.0 + 8 * n, text, Face(10.5, role)) for n, text in enumerate(texts)]
    return Page(210, 297, tuple(items))


def annex_pages(**values: object) -> tuple[Page, ...]:
    form = load_forms(FORMS).forms["account_request"]
    known = {
        "request_kind": "新增",
        "holder_name": "户门马长",
        "mobile": "17750612093",
        "purposes": "日常联络",
        "requested_groups": (Tick("莆田一厂"),),
    }
    sheet = FormSheet(
        "QWSQ-202611-003",
        known | values,
        "东南事业部",
        date(2026, 11, 14),
        (RouteStep("部门经理"),),
    )
    return form_pages(form, sheet, printing.measure)


def meanings(font: pikepdf.Object) -> dict[int, str]:
    found = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}


def said_by(path: Path) -> list[str]:
    """The text of each page, read through the meaning the file gives to its glyphs."""
    pages = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            fonts = {str(name): meanings(font) for name, font in page.Resources.Font.items()}
            pages.append("".join(_characters(page, fonts)))
    return pages


def _characters(page: pikepdf.Page, fonts: dict[str, dict[int, str]]) -> Iterator[str]:
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) == "Tj":
            code = bytes(operands[0])
            yield from (font[(a << 8) | b] for a, b in zip(code[::2], code[1::2], strict=True))


def strokes(path: Path) -> tuple[list[float], list[float]]:
    """Heights of the level strokes and places of the upright ones, in mm, from the file itself."""
    level, upright, at = [], [], (0.0, 0.0)
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        height = float(page.MediaBox[3])
        scale, down = 0.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            numbers = [float(n) for n in operands] if str(operator) in "cmmlre" else []
            if str(operator) == "cm" and not scale:
                scale, down = numbers[0], numbers[5]
            elif str(operator) == "m":
                at = (numbers[0], numbers[1])
            elif str(operator) == "l" and numbers[1] == at[1] and abs(numbers[0] - at[0]) > 16000:
                level.append(height - (down - numbers[1] * scale))
            elif str(operator) == "l" and numbers[0] == at[0]:
                upright.append(numbers[0] * scale)
            elif str(operator) == "re":
                upright += [numbers[0] * scale, (numbers[0] + numbers[2]) * scale]
                level += [height - down + y * scale for y in (numbers[1], numbers[1] + numbers[3])]
    mm = 25.4 / 72
    return sorted(y * mm for y in level), sorted(x * mm for x in upright)


@pytest.mark.parametrize("role", list(FontRole))
@pytest.mark.parametrize("text", NAMES)
def test_text_reads_exactly_as_typed(tmp_path: Path, text: str, role: FontRole) -> None:
    path = tmp_path / "a.pdf"
    printing.write_pdf([text_page("先行", text, "后行", role=role)], path)
    if text == "⼾户⻔门":  # the font draws both with one glyph: the character, not the radical
        assert said_by(path)[0] in (f"先行{text}后行", "先行户户门门后行", "先行⼾⼾⻔⻔后行")
    else:
        assert said_by(path) == [f"先行{text}后行"]


def test_all_names_together_read_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    names = [name for name in NAMES if "⼾" not in name]
    printing.write_pdf([text_page(*names), text_page(*reversed(names))], path)
    assert said_by(path) == ["".join(names), "".join(reversed(names))]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not on this machine")
def test_another_program_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printing.write_pdf(annex_pages(holder_name="户门马长 A&B <研发> 𠮷"), path)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    )
    said = done.stdout.decode("utf-8")
    assert "户门马长 A&B <研发> 𠮷" in said
    assert "东南事业部企业微信号用户申请表" in said
    assert "QWSQ-202611-003" in said
    assert not re.search("[\u2e80-\u2fdf]", said)  # no radical anywhere


def test_every_word_of_a_form_reads_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pages = annex_pages()
    printing.write_pdf(pages, path)
    assert said_by(path) == ["".join(page.texts()) for page in pages]


def test_an_emoji_put_together_of_several_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printing.write_pdf([text_page("户门", "👩\u200d💻某", "马长")], path)
    said = said_by_known(path)
    assert "户门" in said
    assert "马长" in said


def said_by_known(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        fonts = pdf.pages[0].Resources.Font
        return "".join("".join(meanings(font).values()) for _, font in fonts.items())


def test_the_grid_stands_where_its_definition_says(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printing.write_pdf(annex_pages(), path)
    level, upright = strokes(path)
    heights = [9, 9, 9, 9, 9, 9, 9, 30, 12, 20, 26, 52, 24]
    wanted = [45.0 + sum(heights[:n]) for n in range(len(heights) + 1)]
    assert len(level) == len(wanted)
    assert all(abs(y - w) < 0.5 for y, w in zip(level, wanted, strict=True))
    for x in (25, 50, 110, 135, 195):
        assert any(abs(x - found) < 0.5 for found in upright)


def test_landscape_pages_lie_down(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printing.write_pdf([Page(297, 210, (Box(10, 10, 20, 20),)), text_page("竖")], path)
    with pikepdf.open(path) as pdf:
        sizes = [tuple(round(float(n)) for n in page.MediaBox[2:]) for page in pdf.pages]
    assert sizes == [(842, 595), (595, 842)]


def test_paper_of_another_size_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printing.write_pdf([Page(148, 210, (Box(10, 10, 20, 20),))], path)
    with pikepdf.open(path) as pdf:
        width, height = (float(n) * 25.4 / 72 for n in pdf.pages[0].MediaBox[2:])
    assert abs(width - 148) < 0.5
    assert abs(height - 210) < 0.5


def test_progress_counts_pages_and_may_stop_the_work(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"the old file")
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        printing.write_pdf([text_page("一")] * 3, path, stop)
    assert seen == [(1, 3), (2, 3)]
    assert path.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "folder.pdf"
    taken.mkdir()
    with pytest.raises(UserError):
        printing.write_pdf([text_page("一")], taken)


def test_what_is_measured_is_what_is_painted() -> None:
    face = Face(10.5)
    assert printing.measure("户门马长", face) == pytest.approx(4 * face.size, rel=0.01)
    whole = printing.measure("A&B <研发> 2026", face)
    assert whole == pytest.approx(sum(printing.measure(c, face) for c in "A&B <研发> 2026"))
    pixmap = printing.render_page(text_page("户门马长"), 10)
    dark = [x for x in range(pixmap.width()) if column_is_inked(pixmap, x)]
    assert 200 <= dark[0] < 206
    assert 200 + 10 * 4 * face.size - 6 < dark[-1] <= 200 + 10 * 4 * face.size


def column_is_inked(pixmap, x: int) -> bool:
    image = column_is_inked.images.setdefault(pixmap.cacheKey(), pixmap.toImage())
    return any(image.pixelColor(x, y).lightness() < 128 for y in range(150, 230))


column_is_inked.images = {}


def test_the_preview_is_black_on_white_in_the_dark_too(dressed) -> None:
    dressed.set_mode("dark")
    page = Page(50, 50, (Line(0, 25, 50, 25, 2.0), Text(5, 10, "字", Face(12))))
    image = printing.render_page(page, 4, device_ratio=2.0).toImage()
    assert (image.width(), image.height()) == (400, 400)
    assert image.pixelColor(200, 200) == QColor("black")
    assert image.pixelColor(10, 390) == QColor("white")


def test_every_module_of_the_code_is_painted() -> None:
    code = qr_code(5, 5, 21, "QWSQ-202611-042/1")
    image = printing.render_page(Page(31, 31, (code,)), 10).toImage()
    for row, modules in enumerate(code.modules):
        for column, black in enumerate(modules):
            shade = image.pixelColor(55 + 10 * column, 55 + 10 * row).lightness()
            assert (shade < 128) == bool(black)


def test_a_code_is_one_shape_without_seams(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pages = annex_pages()
    assert any(isinstance(item, QrCode) for item in pages[0].items)
    printing.write_pdf(pages, path)
    with pikepdf.open(path) as pdf:
        fills = [
            str(operator)
            for _, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("f", "f*")
        ]
    assert len(fills) == 1


def test_pages_go_to_a_printer_too(tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert printing.print_pages([*annex_pages(), Page(297, 210, ())], printer) == 2
    with pikepdf.open(tmp_path / "printed.pdf") as pdf:
        assert [page.MediaBox[2] > page.MediaBox[3] for page in pdf.pages] == [False, True]
