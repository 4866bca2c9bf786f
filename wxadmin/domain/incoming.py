"""Paper that came in: a scanned page of a form (扫描件), a sheet nobody asked for (来件)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

TO_LOOK_AT = "待看"
FILED = "已归"
TO_SETTLE = "待处理"
NOT_USED = "不用"
DUPLICATE = "重复"
IN_TRAY = (TO_LOOK_AT, TO_SETTLE, DUPLICATE)
"""States in which a scan waits in the tray, in the order it is worked off."""
TRAY = "扫描件"
"""What the tray is called, and by which key a desk shows it."""


@dataclass(frozen=True, slots=True)
class Scan(Record):
    """Pages of a scan that belong together, kept as `stored_name` beside the register (扫描件) and
    known by their hash. `page` is the first of them in the file they came in, `pages` how many
    they are; `code` is what their QR code says, `reason` why they wait to be settled by hand."""

    kind: ClassVar[str] = "scan"

    sha256: str
    stored_name: str
    source_name: str
    page: int
    pages: int
    form_id: int | None = None
    code: str = ""
    state: str = TO_LOOK_AT
    reason: str = ""
    taken_on: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Incoming(Record):
    """Something that arrived without our code (来件登记): a photo, a Word file, a note."""

    kind: ClassVar[str] = "incoming"

    number: str
    received_on: date
    from_whom: str = ""
    way: str = ""
    source_name: str = ""
    stored_name: str = ""
    sha256: str = ""
    form_id: int | None = None
    state: str = TO_SETTLE
    note: str = ""
