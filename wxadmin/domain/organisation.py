"""The company as HR describes it: units, HR sources, posts, and the rosters they issue."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Office(Record):
    """The one office this register is kept for; `sample` marks made-up data.

    `handed_over_on` is the day this copy was given to another computer or colleague: from then
    on it may only be read, so that two copies never go their own ways.
    """

    kind: ClassVar[str] = "office"

    company_name: str
    pack_id: str
    pack_version: str = ""
    sample: bool = False
    handed_over_on: date | None = None
    handed_over_to: str = ""


@dataclass(frozen=True, slots=True)
class PolicyOverride(Record):
    """A setting the user changed (制度设定): scope "company", "unit:7", "class:x" or "group:3"."""

    kind: ClassVar[str] = "policy_override"

    scope: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class HrSource(Record):
    """An HR department that sends lists (人事来源), and the units its lists cover."""

    kind: ClassVar[str] = "hr_source"

    name: str
    contact: str = ""
    due_day: int | None = None
    covers: tuple[int, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class OrgUnit(Record):
    """A unit of the company (组织单位), from the division down to the shift team."""

    kind: ClassVar[str] = "org_unit"

    name: str
    parent_id: int | None = None
    code: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    unit_kind: str = ""
    hr_source_id: int | None = None
    sort_no: int = 0
    support: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Position(Record):
    """A post or title (岗位/职务) and the rank (职务级别) it counts as; "" while nobody said."""

    kind: ClassVar[str] = "position"

    name: str
    rank: str = ""
    sort_no: int = 0


@dataclass(frozen=True, slots=True)
class RosterIssue(Record):
    """A roster as an HR source issued it (花名册版本): kept as its hash, not its rows."""

    kind: ClassVar[str] = "roster_issue"

    hr_source_id: int
    title: str
    issued_on: date
    file_name: str
    sha256: str
    row_count: int
    complete: bool = False
    state: str = "已应用"


@dataclass(frozen=True, slots=True)
class HeadingMemory(Record):
    """A corrected column mapping, remembered for the same headings of the same HR source."""

    kind: ClassVar[str] = "heading_memory"

    signature: str
    hr_source_id: int | None
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """An answer a person gave once, so that it is never asked again."""

    kind: ClassVar[str] = "decision"

    subject: str
    key: str
    answer: str
    decided_on: date
    note: str = ""
