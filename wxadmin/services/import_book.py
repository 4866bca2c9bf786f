"""Lists taken in before, whose lists there are, and files written back for HR."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import MOBILE, Group
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.organisation import HrSource, RosterIssue
from wxadmin.services.imports import Preview
from wxadmin.services.membership_picture import GONE_STATES
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class PastList:
    """A list that was taken in. `version` counts the leaver lists of one source and month."""

    key: str
    kind: str
    source: str
    issued_on: date
    month: str
    file_name: str
    rows: int
    version: int = 1
    complete: bool = False


class ImportBook:
    """What was taken in; whose lists are known; the files HR gets back."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def sources(self) -> list[str]:
        """Return the names of the HR sources lists may come from."""
        return [s.name for s in self._workplace.store.all(HrSource) if s.active]

    def groups(self) -> list[tuple[str, str]]:
        """Return the groups a list of members may be of: (number, name)."""
        found = [
            group
            for group in self._workplace.store.all(Group)
            if group.side == MOBILE and group.state not in GONE_STATES
        ]
        return [(one.group_no, f"{one.name}（{one.group_no}）") for one in found]

    def source_named_in(self, text: str) -> str:
        """Return the one source a file's name or title speaks of, "" for none or several.

        莆田一厂2026年11月离职清单.xlsx is from whoever covers 莆田一厂.
        """
        tree = self._workplace.units()
        found: dict[str, int] = {}
        for source in self._workplace.store.all(HrSource):
            units = [tree.units[unit] for unit in source.covers if unit in tree.units]
            names = [source.name, *(name for u in units for name in (u.name, *u.aliases))]
            longest = max((len(name) for name in names if name and name in text), default=0)
            if source.active and longest:
                found[source.name] = longest
        best = max(found.values(), default=0)
        named = [name for name, length in found.items() if length == best]
        return named[0] if len(named) == 1 else ""

    def past(self) -> list[PastList]:
        """Return the lists taken in, the newest first."""
        store = self._workplace.store
        names = {s.id: s.name for s in store.all(HrSource)}
        rosters = [
            PastList(
                f"roster-{one.id}",
                "花名册",
                names.get(one.hr_source_id, ""),
                one.issued_on,
                f"{one.issued_on:%Y-%m}",
                one.file_name,
                one.row_count,
                complete=one.complete,
            )
            for one in store.all(RosterIssue)
        ]
        leavers = [
            PastList(
                f"leavers-{one.id}",
                "离职清单",
                names.get(one.hr_source_id, ""),
                one.provided_on,
                one.month,
                one.file_name,
                one.row_count,
                one.version_no,
            )
            for one in store.all(LeaverList)
        ]
        return sorted([*rosters, *leavers], key=lambda one: one.issued_on, reverse=True)

    def record_of(self, key: str) -> RosterIssue | LeaverList | None:
        """Return the record of a past list."""
        kind, number = key.split("-")
        if kind == "roster":
            return self._workplace.store.get(RosterIssue, int(number))
        return self._workplace.store.get(LeaverList, int(number))

    def operation_of(self, key: str) -> int | None:
        """Return the act that took a list in."""
        record = self.record_of(key)
        told = self._workplace.journal.history(record) if record is not None else []
        return told[0][0].id if told else None

    @staticmethod
    def write_problems(preview: Preview, path: Path) -> int:
        """Write the rows with problems as HR wrote them, with a 问题 column."""
        from wxadmin.sheets.writing import write_problem_rows

        return write_problem_rows(path, preview.reading.table, preview.plan.problems)

    @staticmethod
    def write_results(preview: Preview, path: Path, struck: Iterable[str] = ()) -> int:
        """Write HR's own list back with a 结果 column; lines struck out say so."""
        from wxadmin.sheets.writing import write_result_column

        said = preview.results()
        said |= {int(key): "未处理：已划掉" for key in struck if key.isdigit()}
        return write_result_column(path, preview.reading.table, said)
