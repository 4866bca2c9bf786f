"""A signed form comes home in the demo: the printed page, signed and scanned, finds its form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin import paths
from wxadmin.domain.incoming import TO_LOOK_AT
from wxadmin.services.scans import Scans
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.demo import Diary

CROOKED = 1.4
"""Degrees the sheet lay askew on the glass."""
SIGNED_AT = ((0.585, 0.628), (0.595, 0.802))
"""Where 附件一 is signed by its user and the manager, as shares of the page."""


class DemoScan:
    """Stands for pen and copier; everything after them is what the administrator does."""

    def __init__(self, workplace: Workplace, diary: Diary) -> None:
        self._workplace = workplace
        self._diary = diary

    def come_home(self, printed: Path, page: int) -> None:
        """Scan a page of the printed forms, take it in, look at it once."""
        scan = self._diary.place("3 表单", "附件一_签回的扫描件.pdf")
        scan.write_bytes(scanned_page(printed, page))
        scans = Scans(self._workplace)
        taken = scans.take([scan])
        filing = scans.confirm([one.id for one in taken.scans if one.state == TO_LOOK_AT])
        stored = [scans.of_form(one.form_id) for one in taken.scans if one.form_id is not None]
        self._diary.made(
            f"收扫描件 1 页：按二维码归到 {'、'.join(filing.filed)}，看过登记签回，"
            f"存在“{paths.SCANS}”文件夹。",
            scan,
            *(line.file for lines in stored for line in lines),
        )


def scanned_page(printed: Path, page: int) -> bytes:
    """Return a page (from 1) of a printed file as the copier gives it back, signed."""
    from wxadmin.scans.reading import Scan

    with Scan(printed) as opened:
        return opened.scanned(page, CROOKED, SIGNED_AT)
