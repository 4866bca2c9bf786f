"""How fast forms, a register and a changed design come to paper.

100 forms with their codes as one PDF, beside a bare painter of the same strokes; a register of
1,000 rows as PDF; a form's preview, and that after a change in 设置 › 表单样式; bytes a page.

Run from the project's folder: python benchmarks/bench_paper.py
The bare loop draws the same texts and lines with QPainter.drawText and drawLine at places already
known: no layout, no code, no readable text, no safe replacing of the file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QLineF, QPointF, QRectF  # noqa: E402
from PySide6.QtGui import QPainter, QPdfWriter  # noqa: E402

from ui import printing  # noqa: E402
from wxadmin.bootstrap import create_workplace  # noqa: E402
from wxadmin.domain.form_definition import RouteStep, Tick  # noqa: E402
from wxadmin.paper.form import FormPress, FormSheet  # noqa: E402
from wxadmin.paper.items import Box, Line, Page, Text  # noqa: E402
from wxadmin.paper.register import RegisterSheet, register_pages  # noqa: E402
from wxadmin.policy.forms import load_forms  # noqa: E402
from wxadmin.services.form_designs import FormDesigns  # noqa: E402
from wxadmin.services.setup import Setup  # noqa: E402

FORMS = 100
ROUNDS = 5
TARGET = 0.6  # seconds
ROWS, ROWS_TARGET = 1000, 2.0
PREVIEW_TARGET = 0.3
BYTES_TARGET = 30_000  # a page after the first
PIXELS_PER_MM = 5.0
UNITS = printing.UNITS


def sheets() -> list[FormSheet]:
    """A hundred different joiners."""
    return [
        FormSheet(
            f"QWSQ-202611-{number:03d}",
            {
                "request_kind": "新增",
                "applied_on": date(2026, 11, 14),
                "applicant_org_id": f"莆田一厂第{number}车间",
                "holder_name": f"陈佳怡{number}",
                "emp_no": f"{number:05d}",
                "unit_id": "莆田一厂",
                "dept_id": f"第{number}车间",
                "position_id": "人事专员",
                "employment_type": "正式",
                "hire_date": date(2026, 11, 1 + number % 28),
                "mobile": f"177506{number:05d}",
                "mobile_is_company": "否",
                "purposes": f"新入职，用于第{number}车间日常联络、通知接收及资料收发。",
                "requested_groups": (Tick("莆田一厂"), Tick("事业部经理群组", False)),
                "on_roster": True,
                "no_duplicate": True,
            },
            "东南事业部",
            date(2026, 11, 14),
            (RouteStep("部门经理"),),
        )
        for number in range(FORMS)
    ]


def as_the_program_does(path: Path) -> None:
    """Lay out and print, as the services do: the definition is read before."""
    press = FormPress(DEFINITION, printing.measure)
    pages = [page for sheet in sheets() for page in press.pages(sheet)]
    printing.write_pdf(pages, path)


def bare(pages: list[Page], path: Path) -> None:
    """Draw the same texts and lines and nothing more."""
    writer = QPdfWriter(str(path))
    writer.setResolution(printing.DOTS_PER_INCH)
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        for item in page.items:
            if isinstance(item, Text):
                face = item.face
                painter.setFont(printing.font_of(face.role, face.bold, round(face.size * UNITS)))
                painter.drawText(QPointF(item.x * UNITS, item.y * UNITS), item.text)
            elif isinstance(item, Line):
                start = QPointF(item.x1 * UNITS, item.y1 * UNITS)
                painter.drawLine(QLineF(start, QPointF(item.x2 * UNITS, item.y2 * UNITS)))
            elif isinstance(item, Box):
                place = (item.x * UNITS, item.y * UNITS, item.w * UNITS, item.h * UNITS)
                painter.drawRect(QRectF(*place))
    painter.end()


def register(path: Path) -> int:
    """Lay out and print a register whose every row wraps somewhere; returns how many pages."""
    rows = [
        {
            "name": f"莆田一厂第{number}车间生产协调与质量反馈工作群",
            "kind": "内部群", "owner": f"陈佳怡{number}（车间主任）",
            "admin_number": f"{number % 20 + 1}号／林国栋", "purpose": "生产安排、质量反馈",
            "scope": "本车间在册人员", "counts": "38/40", "created_on": date(2025, 3, 1),
            "checked": date(2026, 10, 12), "note": "",
        }
        for number in range(ROWS)
    ]  # fmt: skip
    definition = SHELF.registers["group_register"]
    sheet = RegisterSheet(rows, "东南事业部", {"unit": "东南事业部"}, date(2026, 11, 30))
    return printing.write_pdf(register_pages(definition, sheet, printing.measure), path)


def preview() -> None:
    """Lay one form out and paint it, as the desk does when one is chosen."""
    (page, *_) = FormPress(DEFINITION, printing.measure).pages(sheets()[0])
    printing.render_page(page, PIXELS_PER_MM)


def preview_of_change(folder: Path) -> Callable[[], None]:
    """What 设置 › 表单样式 does after each key: judge the design, lay it out, paint it."""
    workplace = create_workplace(str(folder / "register.db"), by="bench")
    Setup(workplace).from_pack("southeast", company_name="东南事业部")
    designs = FormDesigns(workplace)
    design = designs.design("account_request")
    turns = iter(range(10_000))

    def act() -> None:
        drawn = designs.draw("account_request", replace(design, title=f"申请表{next(turns)}"))
        printing.render_page(designs.sheet(drawn, printing.measure)[0], PIXELS_PER_MM)

    return act


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def best(act: Callable[[], object]) -> float:
    """The quickest of some rounds: other work on the machine only ever slows one down."""
    return min(timed(act) for _ in range(ROUNDS))


def main() -> None:
    printing.ensure_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shown = timed(preview)
        path = folder / "forms.pdf"
        first = timed(lambda: as_the_program_does(path))
        again = best(lambda: as_the_program_does(path))
        press = FormPress(DEFINITION, printing.measure)
        pages = [page for sheet in sheets() for page in press.pages(sheet)]
        plain = best(lambda: bare(pages, path.with_name("bare.pdf")))
        one = folder / "one.pdf"
        printing.write_pdf(pages[:1], one)
        share = (path.stat().st_size - one.stat().st_size) / (FORMS - 1)
        listed = timed(lambda: register(folder / "register.pdf"))
        change = preview_of_change(folder)
        changed, changed_again = timed(change), best(change)
    print(f"{FORMS} forms to one PDF, first time in the process: {first:.2f} s (target {TARGET})")
    print(f"{FORMS} forms to one PDF, best of {ROUNDS}:           {again:.2f} s")
    print(f"bare QPainter loop, best of {ROUNDS}:                {plain:.2f} s")
    print(f"ratio: {again / plain:.2f}")
    print(f"bytes a page after the first: {share:,.0f} (target {BYTES_TARGET:,})")
    print(f"register of {ROWS} rows to PDF: {listed:.2f} s (target {ROWS_TARGET})")
    print(f"preview of a form, first time in the process: {shown:.2f} s (target {PREVIEW_TARGET})")
    print(f"preview after a change of its design: {changed:.2f} s, then {changed_again:.3f} s")


SHELF = load_forms(ROOT / "resources" / "forms")
DEFINITION = SHELF.forms["account_request"]

if __name__ == "__main__":
    main()
