"""The month after: what the HR departments of the sample office send, as files in a folder."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import Employee
from wxadmin.policy.toml_table import Table
from wxadmin.services.sample_draft import FOLDER, load
from wxadmin.services.workplace import Workplace

MONTH: Final = FOLDER / "month.toml"
Row = dict[str, str | date | int | None]


@dataclass(frozen=True, slots=True)
class HrFile:
    """One file of an HR department: whose, of which month ("2026-11"), how many rows."""

    path: Path
    source: str
    month: str
    rows: int


@dataclass(frozen=True, slots=True)
class MonthFiles:
    """Everything that arrives in the month, in the order it is taken in."""

    rosters: tuple[HrFile, ...]
    leavers: tuple[HrFile, ...]
    corrected: HrFile


class SampleMonth:
    """Writes the files from the people as they stand in the register."""

    def __init__(self, workplace: Workplace, folder: Path) -> None:
        self._workplace = workplace
        self._folder = folder
        self._today = workplace.today
        self._plan = load(MONTH)

    def write(self) -> MonthFiles:
        """Write all files; returns them in the order in which they would arrive."""
        rosters = tuple(self._roster(table) for table in self._plan.tables("rosters"))
        lists = self._plan.tables("leavers")
        leavers = tuple(self._leavers(table) for table in lists)
        correction = self._plan.table("correction")
        first = next(t for t in lists if t.text("source") == correction.text("source"))
        return MonthFiles(rosters, leavers, self._corrected(first, correction))

    # -- the register -------------------------------------------------------------------------
    @cached_property
    def _people(self) -> list[Employee]:
        people = self._workplace.store.all(Employee)
        return [person for person in people if person.in_service(self._today)]

    @cached_property
    def _sources(self) -> dict[str, int]:
        return {source.name: source.id for source in self._workplace.store.all(HrSource)}

    @cached_property
    def _units(self) -> dict[int, str]:
        tree = self._workplace.units()
        return {unit_id: tree.text(unit_id) for unit_id in tree.units}

    @cached_property
    def _posts(self) -> dict[int, str]:
        return {post.id: post.name for post in self._workplace.positions().values()}

    def _unit(self, person: Employee) -> str:
        return self._units.get(person.org_unit_id or 0, "")

    def _post(self, person: Employee) -> str:
        return self._posts.get(person.position_id or 0, "")

    def _who(self, table: Table) -> Employee:
        """Return the person a line of the description means."""
        unit, post, name = table.text("unit"), table.text("position"), table.text("name", "")
        found = [
            person
            for person in self._people
            if f"/{self._unit(person)}".endswith(f"/{unit}")
            and self._post(person) == post
            and (not name or person.name == name)
        ]
        nth = table.whole("nth", 0)
        if nth >= len(found):
            raise UserError(
                f"示例办公室里找不到{unit}的第{nth + 1}位{post}，没有生成文件。", "no_person"
            )
        return found[nth]

    # -- files --------------------------------------------------------------------------------
    def _roster(self, table: Table) -> HrFile:
        source = table.text("source")
        staff = [p for p in self._people if p.hr_source_id == self._sources[source]]
        rows = {person.id: self._known(person) for person in staff}
        for change in table.tables("changes"):
            rows[self._who(change).id] |= change.raw("set")
        listed = [*rows.values(), *map(self._joiner, table.tables("joiners"))]
        for number, row in enumerate(listed, 1):
            row["序号"] = number
        return self._save(table, listed)

    def _known(self, person: Employee) -> Row:
        """Return a person under every heading that any of the files may have."""
        hired, mobile, post = person.hire_date, person.mobile, self._post(person)
        return {
            "工号": person.emp_no,
            "姓名": person.name,
            "部门": self._unit(person),
            "职务": post,
            "岗位": post,
            "用工类型": person.employment_type,
            "在职状态": person.status,
            "入职日期": hired,
            "入职时间": hired,
            "手机号码": mobile,
            "手机": mobile,
            "合同到期日": person.contract_end,
        }

    def _joiner(self, table: Table) -> Row:
        row: Row = {key: table.text(key) for key in table.keys() if key != "hired"}  # noqa: SIM118
        days = table.whole_or_none("hired")
        if days is not None:
            hired = self._today - timedelta(days=days)
            row |= {"入职日期": hired, "入职时间": hired}
        return {"在职状态": "在职", **row}

    def _leavers(self, table: Table) -> HrFile:
        return self._save(table, [self._leaver(line) for line in table.tables("people")])

    def _leaver(self, table: Table) -> Row:
        person = self._who(table)
        row = self._known(person)
        left = self._today - timedelta(days=table.whole("days"))
        row["离职日期"] = max(left, self._today.replace(day=1))  # a list names its own month
        row["离职类型"] = table.text("leave_type")
        return {**row, **dict.fromkeys(table.texts("blank"), None)}

    def _corrected(self, first: Table, correction: Table) -> HrFile:
        rows = [self._leaver(line) for line in first.tables("people")]
        earlier = rows[correction.whole("earlier")]
        left = earlier["离职日期"]
        assert isinstance(left, date)
        earlier["离职日期"] = left - timedelta(days=correction.whole("earlier_days"))
        del rows[correction.whole("withdrawn")]
        return self._save(correction, rows, first.texts("columns"))

    def _save(self, table: Table, rows: Sequence[Row], columns: Sequence[str] = ()) -> HrFile:
        today = self._today
        name = table.text("file").replace("{年}", f"{today.year}").replace("{月}", f"{today.month}")
        path = self._folder / name
        headings = list(columns or table.texts("columns"))
        lines = [[row.get(heading) for heading in headings] for row in rows]
        self._folder.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            _write_csv(path, headings, lines)
        else:
            from wxadmin.sheets.writing import write_table

            write_table(path, path.stem, headings, lines)
        return HrFile(path, table.text("source"), f"{today:%Y-%m}", len(lines))


def _write_csv(
    path: Path, headings: Sequence[str], lines: Sequence[Sequence[str | date | int | None]]
) -> None:
    """Write a list as Excel on a Chinese Windows does: commas, GBK."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(["" if cell is None else str(cell) for cell in line] for line in lines)
