"""Logos, printers and files that do not do as they should: one sentence, nothing lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter

from ui import printing
from wxadmin import files
from wxadmin.domain.errors import UserError
from wxadmin.paper.items import Page, Picture, Text


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(buffer.data().data())


@pytest.mark.parametrize("kind", ["PNG", "JPG"])
def test_a_logo_is_painted_where_it_belongs(kind) -> None:
    page = Page(50, 50, (Picture(10, 10, 20, 10, picture(kind=kind)),))
    image = printing.render_page(page, 10).toImage()
    assert image.pixelColor(200, 150).red() > 200
    assert image.pixelColor(200, 150).blue() < 60
    assert image.pixelColor(95, 150) == QColor("white")
    assert image.pixelColor(200, 205) == QColor("white")


def test_a_logo_on_every_page_is_in_the_file_once(tmp_path: Path) -> None:
    data = picture()
    pages = [Page(210, 297, (Picture(25, 18, 20, 10, data), Text(25, 60, "字"))) for _ in range(20)]
    printing.write_pdf(pages, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        images = {
            obj.objgen for page in pdf.pages for obj in page.Resources.get("/XObject", {}).values()
        }
    assert len(images) == 1


def test_a_damaged_logo_leaves_its_place_empty_and_the_paper_is_printed(tmp_path: Path) -> None:
    page = Page(210, 297, (Picture(25, 18, 20, 10, b"\x89PNG no more"), Text(25, 60, "字")))
    assert printing.write_pdf([page], tmp_path / "a.pdf") == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "没有这个文件夹" / "a.pdf"))
    with pytest.raises(UserError, match="打印机没有响应，一页也没有印"):
        printing.print_pages([Page(210, 297, (Text(25, 60, "字"),))], printer)


def test_a_file_open_elsewhere_is_one_sentence_and_stays_as_it_was(tmp_path, monkeypatch) -> None:
    path = tmp_path / "表单.pdf"
    path.write_bytes(b"as it was")

    def held(fresh: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(files, "put_in_place", held)
    with pytest.raises(UserError, match=r"请先关闭《表单\.pdf》，再试一次"):
        printing.write_pdf([Page(210, 297, (Text(25, 60, "字"),))], path)
    assert path.read_bytes() == b"as it was"
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_printer_a_pdf_is_offered(office_window, tmp_path, monkeypatch) -> None:
    from office import answering, press, settle, toast_of
    from PySide6.QtWidgets import QFileDialog

    from ui.shared.paper_out import PaperJob, print_paper

    out = tmp_path / "空白.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page = Page(210, 297, (Text(25, 60, "字"),))
    job = PaperJob(lambda measure, progress: [page], "空白表", "空白.pdf")
    office_window.go("forms")
    settle(office_window)
    desk = office_window.current()
    with answering(lambda dialog: press(dialog, "存为PDF")):
        print_paper(desk.context, job)
    settle(office_window)
    assert out.exists()
    assert "已存为 空白.pdf" in toast_of(office_window)
