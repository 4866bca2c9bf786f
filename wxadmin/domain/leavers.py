"""HR's monthly leaver lists (离职清单) and their rows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class LeaverList(Record):
    """One HR source's list for one month ("2026-11"); a later one of both corrects it (更正版)."""

    kind: ClassVar[str] = "leaver_list"

    hr_source_id: int
    month: str
    version_no: int
    file_name: str
    sha256: str
    provided_on: date
    row_count: int
    corrects_id: int | None = None
    provided_by: str = ""


@dataclass(frozen=True, slots=True)
class LeaverRow(Record):
    """One row of a leaver list and whom it was matched to."""

    kind: ClassVar[str] = "leaver_row"

    leaver_list_id: int
    row_no: int
    name: str
    emp_no: str
    leave_date: date | None
    leave_type: str
    employee_id: int | None
    match_how: str
    org_text: str = ""
    withdrawn: bool = False
