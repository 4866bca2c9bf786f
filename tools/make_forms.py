"""Make the contact sheet of every form and register anew, blank and filled, as the program does.

    python tools/make_forms.py [folder]

The day is fixed, so that two runs give the same pages. No screen is needed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "forms"
TODAY = date(2026, 11, 20)
MOST_BYTES_A_PAGE = 200_000


def main(words: list[str]) -> int:
    """Make all pages; the exit code says whether the pictures are small enough."""
    if sys.platform != "win32":  # there, that platform finds no fonts
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    contact_sheet = import_module("ui.form_pictures").contact_sheet  # once the path is set
    create = import_module("wxadmin.bootstrap").create_workplace
    folder = Path(words[0]) if words else FOLDER
    large = []
    with (
        tempfile.TemporaryDirectory() as place,
        closing(
            create(str(Path(place) / "示例登记库.db"), by="行政文员", clock=lambda: TODAY)
        ) as workplace,
    ):
        for path in contact_sheet(workplace, folder):
            size = path.stat().st_size
            print(f"{path.name}  {size // 1000} KB")
            if path.suffix == ".png" and size > MOST_BYTES_A_PAGE:
                large.append(path.name)
    if large:
        print(f"too large: {', '.join(large)}", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
