"""月报一页纸: ask for the month, show the page, then print it or keep it as PDF."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ui.shared.paper_out import PaperJob, large_preview
from ui.shared.record_form import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.desk import Context
    from wxadmin.paper.items import Measure, Page
    from wxadmin.progress import Progress

MONTHS_BACK = 12


def months_back(today: date, count: int = MONTHS_BACK) -> list[tuple[date, str]]:
    """The first days of this month and those before it, with their words."""
    months, first = [], today.replace(day=1)
    for _ in range(count):
        months.append((first, f"{first.year}年{first.month}月"))
        first = (first - timedelta(days=1)).replace(day=1)
    return months


def ask_month_report(context: Context) -> None:
    """Ask which month, then lay the page out beside the window and show it."""
    choices = months_back(context.services.today)
    answer = context.messages.ask_form(
        "印哪个月的月报？",
        [Field("month", "月份", "choice", required=True, choices=choices, value=choices[0][0])],
        "看月报",
        "一页纸：各单位入职、离职、调岗，还没办完的，未交名单的，没有群主的群，末尾签字。",
    )
    if answer is not None:
        show_month_report(context, answer["month"])


def month_paper(context: Context, month: date) -> PaperJob:
    """The report of a month as a piece of paper."""

    def pages(measure: Measure, progress: Progress) -> Sequence[Page]:
        from wxadmin.services.checklist_paper import ChecklistPaper

        return ChecklistPaper(context.services).month_report(month, measure)

    said = f"{month.year}年{month.month}月月报"
    return PaperJob(pages, said, f"月报_{month:%Y-%m}.pdf")


def show_month_report(context: Context, month: date) -> None:
    """Lay the page out on the worker; the preview offers 打印 and 存为PDF."""
    paper = month_paper(context, month)

    def work(progress: Progress, cancelled: object) -> Sequence[Page]:
        from ui import printing

        return paper.pages(printing.measure, progress)

    context.jobs.run(
        work, lambda pages: large_preview(context, paper, pages),
        caption=f"正在排版 {paper.title}", unit="页", written="只是排版，不改任何数据。",
    )  # fmt: skip
