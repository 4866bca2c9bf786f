"""Write a PDF that two runs make the same: it bears the day it is for, and nothing of chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ui import printing
from wxadmin.paper.items import Page

if TYPE_CHECKING:
    import pikepdf

_NAMES = ("/BaseFont", "/FontName")
_TAG = 6  # letters before the plus in the name of a font of which only some glyphs are kept
_LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")


def dated_pdf(pages: Sequence[Page], path: Path, on: date) -> Path:
    """Write pages to a PDF as of a day; it replaces what stood there."""
    import pikepdf  # only when such a PDF is made

    printing.write_pdf(pages, path, title=path.stem)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root["/Metadata"]  # the clock and a number of chance once more
        del pdf.trailer["/ID"]
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{on:%Y%m%d}000000Z"
        _name_fonts(pdf)
        pdf.save(path, deterministic_id=True)
    return path


def _name_fonts(pdf: pikepdf.Pdf) -> None:
    """Number the fonts in their order: Qt gives each a tag by chance."""
    tags: dict[str, str] = {}
    for found in pdf.objects:
        for key in _NAMES:
            name = str(found.get(key, "")) if hasattr(found, "get") else ""
            tag, plus, font = name.removeprefix("/").partition("+")
            if plus and len(tag) == _TAG:
                letters = f"{len(tags):0{_TAG}d}".translate(
                    str.maketrans("0123456789", "ABCDEFGHIJ")
                )
                _set_name(found, key, f"/{tags.setdefault(tag, letters)}+{font}")


def _set_name(found: pikepdf.Object, key: str, name: str) -> None:
    import pikepdf

    found[key] = pikepdf.Name(name)
