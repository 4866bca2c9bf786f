"""How fast a stack of scanned forms finds its forms, and whether one of them goes astray.

Run from the project's folder: python benchmarks/bench_scans.py [--pages N] [--noise N]
The forms are printed by the program, then spoiled as a scanner does it: 150 dpi, grey, turned by
up to 5 degrees (some also by 90 or 180), blurred, noisy, as JPEG in one PDF. Measured is the whole
way: the child's start, reading, cutting, keeping the files, entering them as one act, and filing
them all to their forms as another. The floor renders the same pages and looks once for codes.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2  # noqa: E402
import zxingcpp  # noqa: E402
from PIL import Image, ImageChops, ImageFilter  # noqa: E402

from ui import printing  # noqa: E402
from wxadmin.bootstrap import create_workplace  # noqa: E402
from wxadmin.domain.change import Change  # noqa: E402
from wxadmin.domain.form_definition import read_paper_code  # noqa: E402
from wxadmin.domain.incoming import Scan  # noqa: E402
from wxadmin.domain.person import Employee  # noqa: E402
from wxadmin.services.forms import Forms  # noqa: E402
from wxadmin.services.scans import Scans  # noqa: E402
from wxadmin.services.setup import Setup  # noqa: E402
from wxadmin.services.workplace import Workplace  # noqa: E402

TARGET = 10.0  # seconds for 50 pages
DPI = 150


def an_office(folder: Path) -> Workplace:
    """A register filled from the policy pack."""
    made = create_workplace(str(folder / "登记库.db"), by="测量", clock=lambda: date(2026, 11, 20))
    Setup(made).from_pack("southeast", company_name="东南事业部")
    return made


def printed_forms(workplace: Workplace, pages: int, path: Path) -> list[str]:
    """Requests of so many joiners, printed to one PDF; their numbers in that order."""
    ids = workplace.store.ids()
    unit = workplace.units().called("莆田一厂")[0]
    post = next(iter(workplace.positions().values()))
    people = [
        Employee(
            ids.next(Employee), f"{at:05d}", f"陈佳{at:03d}", org_unit_id=unit.id,
            position_id=post.id, employment_type="合同工", mobile=f"1380595{at:04d}",
            hire_date=date(2026, 11, 2),
        )
        for at in range(1, pages + 1)
    ]  # fmt: skip
    with workplace.act("登记人员") as operation:
        operation.write([Change(None, one) for one in people], ids)
    forms = Forms(workplace)
    numbers = [form.number for form in forms.draft_many("account_request", people)]
    for number in numbers:
        forms.set_fields(number, {"purposes": "新入职，用于车间日常联络、通知接收及资料收发。"})
    forms.print_to(numbers, path, printing)
    return numbers


def spoiled(path: Path, target: Path, noise: float) -> None:
    """Scan the printed pages."""
    chance = random.Random(150)
    pages = []
    for page in pypdfium2.PdfDocument(path):
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        degrees = chance.uniform(-5, 5) + chance.choice([0, 0, 0, 90, 180])
        picture = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=250)
        picture = picture.filter(ImageFilter.GaussianBlur(0.6))
        grain = Image.effect_noise(picture.size, noise)
        pages.append(ImageChops.add(picture, grain, 1, -128))
    first, *others = pages
    first.save(target, "PDF", save_all=True, append_images=others, resolution=DPI, quality=60)


def floor(path: Path) -> float:
    """Render the pages and look once for codes, in one process, nothing kept."""
    start = time.perf_counter()
    for page in pypdfium2.PdfDocument(path):
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        pixels = picture.tobytes()
        view = memoryview(pixels).cast("B", (picture.height, picture.width))
        zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormat.QRCode)
    return time.perf_counter() - start


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=50)
    words.add_argument("--noise", type=float, default=20.0)
    asked = words.parse_args()
    printing.ensure_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workplace = an_office(folder)
        numbers = printed_forms(workplace, asked.pages, folder / "printed.pdf")
        scan = folder / "一叠.pdf"
        spoiled(folder / "printed.pdf", scan, asked.noise)
        size = scan.stat().st_size / 1024 / 1024
        plain = floor(scan)
        scans = Scans(workplace)
        start = time.perf_counter()
        taken = scans.take([scan])
        read = time.perf_counter() - start
        filing = scans.confirm([one.id for one in taken.scans])
        whole = time.perf_counter() - start
        found = {one.page: read_paper_code(one.code) for one in workplace.store.all(Scan)}
        wrong = sum(
            code is not None and code.number != numbers[page - 1] for page, code in found.items()
        )
        kept = sum(p.stat().st_size for p in (folder / "扫描件").iterdir()) / 1024
        workplace.close()
    print(f"{asked.pages} pages, {size:.1f} MB, noise {asked.noise:.0f}")
    print(f"rendered and looked at once (floor):  {plain:.2f} s")
    print(f"read, cut, kept and entered:          {read:.2f} s")
    print(f"… and filed to their forms:           {whole:.2f} s (target {TARGET:.0f} for 50)")
    print(f"filed {len(filing.filed)} of {asked.pages}, wrong {wrong}; {taken.summary()}")
    print(f"kept {kept / max(asked.pages, 1):.0f} KB a page")


if __name__ == "__main__":
    main()
