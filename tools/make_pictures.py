"""Make the pictures of the user guide anew: every desk of the sample office, the first run, a form.

    python tools/make_pictures.py [folder]

The day is fixed, so that two runs give the same pictures. No screen is needed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
TODAY = date(2026, 11, 20)
MOST_BYTES = 200_000
"""A picture of the guide is smaller than this."""


def main(words: list[str]) -> int:
    """Take all pictures; the exit code says whether they are small enough."""
    if sys.platform != "win32":  # there, that platform finds no fonts
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    guide_pictures = import_module("ui.pictures").guide_pictures  # once the path is set
    folder = Path(words[0]) if words else FOLDER
    large = []
    with tempfile.TemporaryDirectory() as place:
        for path in guide_pictures(Path(place) / "示例登记库.db", folder, TODAY):
            size = path.stat().st_size
            print(f"{path.name}  {size // 1000} KB")
            if size > MOST_BYTES:
                large.append(path.name)
    if large:
        print(f"too large: {', '.join(large)}", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
