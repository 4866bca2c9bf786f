"""A roster of 10,000 people read, planned and applied: against the floor and the naive way.

python benchmarks/bench_import.py [--naive] [--people N] [--rounds N]

Every way runs in a process of its own, the rounds interleaved; printed are medians and ratios.
Floor: calamine parse + one sqlite3 executemany of the same rows, nothing else.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TODAY = date(2026, 11, 20)
ACT = 1_000_000
HEADINGS = (
    "序号",
    "工号",
    "姓名",
    "部门",
    "职务",
    "用工类型",
    "销售区域",
    "入职日期",
    "手机",
    "邮箱",
    "直接上级",
    "备注",
)
FAMILY = "陈林黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐周叶苏庄吕江何萧罗高潘简朱钟游彭詹胡施沈余卢"
GIVEN = "国栋美玲志明淑芬建华秀英俊杰雅婷家豪怡君宗翰佩珊承恩欣宜柏翰思颖冠宇诗涵子轩雨桐浩然梓萱"
UNITS = ("生产部", "品管部", "设备部", "仓储部", "行政部", "财务部", "包装车间", "原料车间")
PLANTS = ("莆田一厂", "莆田二厂", "供应链二区", "各销售部门")
POSTS = ("操作工", "班长", "主任", "经理", "副经理", "专员", "质检员", "司机")
Row = list[object]


def rows_of(count: int) -> list[Row]:
    """Made-up people, the same ones every time."""
    rng = random.Random(20261120)
    rows: list[Row] = []
    for number in range(1, count + 1):
        name = rng.choice(FAMILY) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
        hired = date(2005, 1, 1) + timedelta(rng.randrange(7_500))
        rows.append(
            [
                number,
                f"E{number:05d}",
                name,
                f"{rng.choice(PLANTS)}/{rng.choice(UNITS)}",
                rng.choice(POSTS),
                "合同工",
                "",
                hired,
                f"13{rng.randrange(10):d}{number:08d}",
                f"e{number:05d}@example.com",
                rng.choice(FAMILY) + rng.choice(GIVEN),
                "",
            ]
        )
    return rows


def next_month(rows: list[Row]) -> list[Row]:
    """The same list a month later: of every hundred one changed his number."""
    return [
        [*row[:8], f"15{index:09d}", *row[9:]] if index % 100 == 7 else row
        for index, row in enumerate(rows)
    ]


def write_book(path: Path, rows: list[Row]) -> None:
    """Write a roster as HR does."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(list(HEADINGS))
    for row in rows:
        sheet.append(row)
    book.save(path)


def floor(roster: Path, register: Path) -> float:
    """Parse and one executemany."""
    import sqlite3

    import python_calamine

    start = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(roster.read_bytes()))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    database = sqlite3.connect(register)
    marks = ", ".join("?" * len(HEADINGS))
    with database:
        database.execute(f"CREATE TABLE person ({', '.join(f'c{n}' for n in range(12))})")
        database.executemany(f"INSERT INTO person VALUES ({marks})", rows)
    database.close()
    return time.perf_counter() - start


def ours(roster: Path, register: Path) -> float:
    """Read, plan, apply, from the start of the act to the commit."""
    from wxadmin.bootstrap import open_workplace
    from wxadmin.services.imports import Imports

    workplace = open_workplace(str(register), writing=True, clock=lambda: TODAY)
    workplace.office()
    imports = Imports(workplace)
    workplace.journal.head()  # what writes is loaded: the window does so after its first page
    start = time.perf_counter()
    reading = imports.read(roster)
    preview = imports.plan(reading)
    operation = imports.apply(preview)
    seconds = time.perf_counter() - start
    assert operation is not None
    workplace.close()
    return seconds


def naive(roster: Path, register: Path) -> float:
    """openpyxl, then for each row one ORM query and one flush, into the tables ours fills too.

    Left out against ours: reading cells as what they mean, units and posts, pinyin, planning, the
    chain of the journal.
    """
    from openpyxl import load_workbook
    from sqlalchemy import select
    from sqlalchemy.orm import Session, registry

    from wxadmin.domain.change import field_names
    from wxadmin.domain.person import Employee
    from wxadmin.storage.engine import open_database
    from wxadmin.storage.tables import RECORD_TABLES, journal_entry, operation

    class Person:
        """A person as an object of the mapper."""

    class Entry:
        """A line of the journal as an object of the mapper."""

    people = RECORD_TABLES[Employee]
    mapper = registry()
    mapper.map_imperatively(Person, people)
    mapper.map_imperatively(Entry, journal_entry)
    start = time.perf_counter()
    database = open_database(register, writing=True)
    assert database.writer is not None
    sheet = load_workbook(roster)["花名册"]
    with Session(database.writer) as session:
        act = {"id": ACT, "at": datetime(2026, 11, 20), "on": TODAY, "by": "", "title": ""}
        session.execute(operation.insert(), act | {"source": "", "entries": 0, "chain": ""})
        for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=1):
            found = session.scalars(select(Person).where(people.c.emp_no == row[1])).first()
            employee = _employee(number, row)
            values = {name: getattr(employee, name) for name in field_names(Employee)}
            person = _filled(found or Person(), values)
            text = json.dumps(row, ensure_ascii=False, default=str)
            digest = sha256(text.encode()).digest()
            about = (ACT, number, Employee.kind, number, 1, text, b"", digest)
            entry = _filled(Entry(), dict(zip(journal_entry.c.keys(), about, strict=True)))
            session.add_all([person, entry])
            session.flush()
        session.commit()
    database.close()
    return time.perf_counter() - start


def _employee(number: int, row: Sequence[object]) -> Any:
    """A row as a record, every cell as it stands."""
    from wxadmin.domain.person import Employee

    _, emp_no, name, _, _, employment, region, hired, mobile, email, superior, remark = (
        str(value or "") for value in row
    )
    return Employee(
        number, emp_no, name, region=region, employment_type=employment, mobile=mobile,
        hire_date=date.fromisoformat(hired[:10]), company_email=email, superior=superior,
        remark=remark,
    )  # fmt: skip


def _filled(made: Any, values: Mapping[str, object]) -> Any:
    for name, value in values.items():
        setattr(made, name, value)
    return made


WAYS = {"floor": floor, "ours": ours, "naive": naive}


def one(way: str, roster: Path, register: Path) -> None:
    """Run one way here, in this process, and print seconds and peak memory (MiB)."""
    seconds = WAYS[way](roster, register)
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": parent + child, "child": child}))


def run(way: str, roster: Path, register: Path) -> dict[str, float]:
    """Run one way in a process of its own."""
    words = [sys.executable, __file__, "--one", way, str(roster), str(register)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def empty_register(path: Path) -> None:
    """A register filled from the pack, without people."""
    from wxadmin.bootstrap import create_workplace
    from wxadmin.services.setup import Setup

    workplace = create_workplace(str(path), by="bench", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast")
    workplace.close()


def measure(people: int, rounds: int, with_naive: bool) -> None:
    """Print the figures."""
    rows = rows_of(people)
    seconds: dict[str, list[float]] = {"floor": [], "ours": [], "next": [], "naive": []}
    peak = {"ours": 0.0, "next": 0.0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "花名册十月.xlsx", folder / "花名册十一月.xlsx"
        write_book(first, rows)
        write_book(second, next_month(rows))
        for number in range(rounds):
            register = folder / f"{number}.db"
            empty_register(register)
            seconds["floor"].append(run("floor", first, folder / f"f{number}.db")["seconds"])
            for key, book in (("ours", first), ("next", second)):
                found = run("ours", book, register)
                seconds[key].append(found["seconds"])
                peak[key] = max(peak[key], found["mib"])
            if with_naive and number == 0:
                empty_register(folder / "n.db")
                seconds["naive"].append(run("naive", first, folder / "n.db")["seconds"])
    base = statistics.median(seconds["floor"])
    ours_took = statistics.median(seconds["ours"])
    print(f"{people} rows, {rounds} rounds, medians; floor {base:.3f} s")
    print(f"first roster (建账): {ours_took:.3f} s = {ours_took / base:.2f} x floor")
    later = statistics.median(seconds["next"])
    print(f"next month, 1 % changed: {later:.3f} s = {later / base:.2f} x floor")
    print(f"peak memory, parent and child: {peak['ours']:.0f} MiB, next {peak['next']:.0f} MiB")
    if seconds["naive"]:
        slow = seconds["naive"][0]
        print(f"naive: {slow:.2f} s = {slow / base:.1f} x floor, {slow / ours_took:.1f} x ours")


def main() -> None:
    """Read the words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("WAY", "ROSTER", "REGISTER"))
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--naive", action="store_true")
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]), Path(given.one[2]))
    else:
        measure(given.people, given.rounds, given.naive)


if __name__ == "__main__":
    main()
