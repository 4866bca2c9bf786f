"""Paper out of a desk: to a printer, to a PDF, or on a larger preview; always beside the window.

Example:
    paper = PaperJob(lambda measure, progress: forms.pages(numbers, measure, progress),
                     "附件一 陈佳怡", "QWSQ-202611-003.pdf", then=lambda: mark(numbers))
    print_paper(self.context, paper)          # the printer's dialog; offers PDF without a printer
    save_paper(self.context, paper)           # asks where
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSizeF, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap

from ui.shared.dialog import Choice, Dialog
from ui.shared.paper_preview import PaperPreview

if TYPE_CHECKING:
    from ui.desk import Context
    from wxadmin.paper.items import Measure, Page
    from wxadmin.progress import Progress

PDF_KINDS = "PDF 文件 (*.pdf)"


@dataclass(frozen=True, slots=True)
class PaperJob:
    """What is to be printed. `pages` is asked on the worker; `then` is done in the window once
    the paper is out (it marks the forms as printed)."""

    pages: Callable[[Measure, Progress], Sequence[Page]]
    title: str
    file_name: str
    then: Callable[[], Any] | None = None


def print_paper(context: Context, paper: PaperJob) -> None:
    """Print after the printer's own dialog; where there is no printer, offer a PDF."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        if context.messages.ask(
            "这台电脑没有安装打印机",
            "可以先存为PDF，拿到有打印机的电脑上打印；存好后一样算作已打印。",
            acts=[Choice("不打印", None), Choice("存为PDF", True, kind="filled")],
        ):
            save_paper(context, paper)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(paper.title)
    dialog = QPrintDialog(printer, context.messages.window())
    dialog.setWindowTitle(f"打印 {paper.title}")
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return

    def work(progress: Progress, cancelled: Callable[[], bool]) -> int:
        from ui import printing

        pages = paper.pages(printing.measure, progress)
        return printing.print_pages(pages, printer, progress)

    _run(context, paper, work, lambda count: f"已送去打印 {count} 页")


def save_paper(context: Context, paper: PaperJob) -> None:
    """Write a PDF where she says."""
    path = context.messages.ask_where(paper.file_name, PDF_KINDS)
    if path is None:
        return
    if path.suffix.lower() != ".pdf":
        path = path.with_name(f"{path.name}.pdf")
    write_paper(context, paper, path)


def write_paper(context: Context, paper: PaperJob, path: Path) -> None:
    """Write a PDF to a place."""

    def work(progress: Progress, cancelled: Callable[[], bool]) -> int:
        from ui import printing

        pages = paper.pages(printing.measure, progress)
        return printing.write_pdf(pages, path, progress, title=paper.title)

    def open_it() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    _run(context, paper, work, lambda count: f"已存为 {path.name}（{count}页）", open_it)


def _run(
    context: Context,
    paper: PaperJob,
    work: Callable[..., int],
    said: Callable[[int], str],
    open_it: Callable[[], None] | None = None,
) -> None:
    def done(count: int) -> None:
        if paper.then is not None:
            paper.then()
        context.messages.toast(said(count), open_it, "打开")

    context.jobs.run(
        work, done, caption=f"正在排版 {paper.title}", unit="页",
        written="登记库没有改动，可以随时取消。",
    )  # fmt: skip


def show_pages(preview: PaperPreview, pages: Sequence[Page]) -> None:
    """Put laid-out pages on a preview; a page is painted when it comes into view."""

    def picture(number: int, size: QSizeF) -> QPixmap:
        from ui import printing

        page = pages[number]
        return printing.render_page(page, size.width() / page.width)

    preview.show_pages([QSizeF(page.width, page.height) for page in pages], picture)


def large_preview(context: Context, paper: PaperJob, pages: Sequence[Page]) -> None:
    """The pages as large as the window allows, with 打印 and 存为PDF."""
    preview = PaperPreview()
    window = context.messages.window()
    preview.setFixedHeight(max(window.height() - 180, 240))
    acts = (Choice("关闭"), Choice("存为PDF", "pdf"), Choice("打印", "print", kind="filled"))
    dialog = Dialog(window, paper.title, body=preview, acts=acts)
    dialog.setFixedWidth(max(window.width() - 160, dialog.minimumWidth()))
    show_pages(preview, pages)
    answer = dialog.run()
    if answer == "print":
        print_paper(context, paper)
    elif answer == "pdf":
        save_paper(context, paper)
