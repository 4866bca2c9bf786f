"""How fast 100 forms with their codes become one PDF, beside a bare painter of the same strokes.

Run from the project's folder: python benchmarks/bench_paper.py
The bare loop draws the same texts and lines with QPainter.drawText and drawLine at places already
known: no layout, no code, no readable text, no safe replacing of the file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QLineF, QPointF, QRectF  # noqa: E402
from PySide6.QtGui import QPainter, QPdfWriter  # noqa: E402

from ui import printing  # noqa: E402
from wxadmin.domain.form_definition import RouteStep, Tick  # noqa: E402
from wxadmin.paper.form import FormPress, FormSheet  # noqa: E402
from wxadmin.paper.items import Box, Line, Page, Text  # noqa: E402
from wxadmin.policy.forms import load_forms  # noqa: E402

FORMS = 100
ROUNDS = 5
TARGET = 0.6  # seconds
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


def best(act: Callable[[], None]) -> float:
    """The quickest of some rounds: other work on the machine only ever slows one down."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    printing.ensure_application()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.pdf"
        first = time.perf_counter()
        as_the_program_does(path)
        first = time.perf_counter() - first
        again = best(lambda: as_the_program_does(path))
        press = FormPress(DEFINITION, printing.measure)
        pages = [page for sheet in sheets() for page in press.pages(sheet)]
        plain = best(lambda: bare(pages, path))
    print(f"{FORMS} forms to one PDF, first time in the process: {first:.2f} s (target {TARGET})")
    print(f"{FORMS} forms to one PDF, best of {ROUNDS}:           {again:.2f} s")
    print(f"bare QPainter loop, best of {ROUNDS}:                {plain:.2f} s")
    print(f"ratio: {again / plain:.2f}")


DEFINITION = load_forms(ROOT / "resources" / "forms").forms["account_request"]

if __name__ == "__main__":
    main()
