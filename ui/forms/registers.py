"""台账和登记簿: choose one, see it, print it, or write it as a workbook."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.shared.paper_out import PaperJob, large_preview
from ui.shared.record_form import Field
from ui.shared.saving import WORKBOOK
from wxadmin.services.register_paper import RegisterPaper
from wxadmin.services.registers import RegisterKind, offered

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

SEE, EXPORT = "see", "export"
WAYS = [(SEE, "看版面、打印或存为PDF"), (EXPORT, "存为 Excel 表")]


def show_registers(desk: FormsDesk) -> None:
    """Ask which register, of which month, and what is to be done with it."""
    services = desk.context.services
    kinds = {kind.id: kind for kind in offered(services)}
    months = _months(services.today)
    answer = desk.context.messages.ask_form(
        "台账和登记簿",
        [
            Field("what", "哪一种", "choice", required=True, value=next(iter(kinds)),
                  choices=[(key, kind.title) for key, kind in kinds.items()]),
            Field("month", "月份（离职清单用）", "choice", choices=months, value=months[0][0]),
            Field("way", "怎样", "choice", required=True, choices=WAYS, value=SEE),
        ],
        "打开",
    )  # fmt: skip
    if answer is None:
        return
    kind = kinds[answer["what"]]
    if answer["way"] == EXPORT:
        export_register(desk, kind, answer["month"])
    else:
        see_register(desk, kind, answer["month"])


def _months(today: date) -> list[tuple[Any, str]]:
    last = today.replace(day=1) - timedelta(days=1)
    return [(day.replace(day=1), f"{day.year}年{day.month}月") for day in (today, last)]


def see_register(desk: FormsDesk, kind: RegisterKind, month: date) -> None:
    """The register as large as the window allows, with 打印 and 存为PDF."""
    from ui import printing

    services = desk.context.services
    paper = PaperJob(
        lambda measure, progress: kind.draw(RegisterPaper(services, measure), month),
        kind.title,
        f"{kind.title}_{services.today}.pdf",
    )
    pages = kind.draw(RegisterPaper(services, printing.measure), month)
    large_preview(desk.context, paper, pages)


def export_register(desk: FormsDesk, kind: RegisterKind, month: date | None = None) -> None:
    """The register as a workbook where she says."""
    context, services = desk.context, desk.context.services
    path = context.messages.ask_where(f"{kind.title}_{services.today}.xlsx", WORKBOOK)
    if path is not None:
        _write(desk, kind, path, month)


def _write(desk: FormsDesk, kind: RegisterKind, path: Path, month: date | None) -> None:
    from wxadmin.services.exports import Exports

    context = desk.context
    exports = Exports(context.services, month)
    context.jobs.run(
        lambda progress, cancelled: exports.write(kind.export, path),
        lambda rows: context.messages.toast(f"已导出 {rows} 行：{path.name}"),
        caption=f"正在导出{kind.title}", unit="行", written="登记库没有改动。",
    )  # fmt: skip
