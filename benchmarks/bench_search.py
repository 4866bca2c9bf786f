"""One key of search in 100,000 people: the program's index against LIKE and a bare narrowing list.

python benchmarks/bench_search.py [people]

The same words are typed letter by letter in every way: names, pinyin, initials, numbers, digits
of the phone, departments. Printed are p50, p99 and the worst key, and what the index costs.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from big_register import PEOPLE, open_made

from wxadmin.services.account_roll import AccountRoll
from wxadmin.services.people import People
from wxadmin.services.people_roll import PeopleRoll
from wxadmin.services.workplace import Workplace

WORDS = 60
ROUNDS = 3
TARGET = 12.0  # milliseconds
Find = Callable[[str], object]


def typed_words(workplace: Workplace) -> list[str]:
    """Words of six kinds, made of people who are there, and some nobody fits."""
    lines = People(workplace).lines(random.Random(7).sample(range(1, 5000), WORDS))
    words = ["没有这人", "zzz", "9999999999"]
    for number, line in enumerate(lines):
        syllables = line.pinyin.split()
        words.append((
            line.name, "".join(syllables), "".join(s[0] for s in syllables), line.emp_no,
            line.mobile[-6:], line.org_unit.split("/")[0],
        )[number % 6])  # fmt: skip
    return words


def keys_of(word: str) -> Iterator[str]:
    """What stands in the search box after every key."""
    for end in range(1, len(word) + 1):
        yield word[:end]


def timed_keys(find: Find, words: list[str]) -> list[float]:
    """Milliseconds of every key: the quickest of some rounds, for others use the machine too."""
    return [min(times) for times in zip(*(_round(find, words) for _ in range(ROUNDS)), strict=True)]


def _round(find: Find, words: list[str]) -> list[float]:
    times = []
    for word in words:
        for text in keys_of(word):
            start = time.perf_counter()
            find(text)
            times.append((time.perf_counter() - start) * 1000)
        find("")
    return times


def told(name: str, times: list[float], note: str = "") -> None:
    """Print one way."""
    p99 = statistics.quantiles(times, n=100)[98]
    print(f"{name:34} p50 {statistics.median(times):6.2f}  p99 {p99:6.2f}  "
          f"worst {max(times):6.2f} ms {note}")  # fmt: skip


def like(workplace: Workplace) -> Find:
    """Ask SQLite for every key, with LIKE over the columns."""
    path = workplace.register.path
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)  # type: ignore
    query = (
        "SELECT e.id FROM employee e LEFT JOIN org_unit u ON u.id = e.org_unit_id WHERE "
        + " OR ".join(
            f"{column} LIKE ?1"
            for column in ("e.name", "replace(e.pinyin, ' ', '')", "e.emp_no", "e.mobile", "u.name")
        )
        + " ORDER BY e.id"
    )
    return lambda text: database.execute(query, (f"%{text}%",)).fetchall() if text else None


def narrowing(workplace: Workplace) -> Find:
    """Keep one text a person, and look among the last hits only."""
    lines = [
        f"{line.name} {line.pinyin.replace(' ', '')} "
        f"{''.join(s[0] for s in line.pinyin.split())} {line.emp_no} {line.mobile} {line.org_unit}"
        for line in People(workplace).lines()
    ]
    kept: list[tuple[str, list[str]]] = [("", lines)]

    def find(text: str) -> list[str]:
        if not text:
            kept[0] = ("", lines)
            return lines
        before = kept[0][1] if text.startswith(kept[0][0]) else lines
        kept[0] = (text, [line for line in before if text in line])
        return kept[0][1]

    return find


def cost(name: str, build: Callable[[], object]) -> None:
    """Print how long something takes to build and what it keeps in memory."""
    start = time.perf_counter()
    build()
    seconds = time.perf_counter() - start
    gc.collect()
    tracemalloc.start()
    kept = build()
    mib = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    print(f"{name:34} built in {seconds:.2f} s, keeps {mib:.0f} MiB")
    del kept


def measure(path: Path, people: int) -> None:
    """Print every way, in one run."""
    workplace = open_made(path, people)
    words = typed_words(workplace)
    index, accounts = People(workplace).index(), AccountRoll(workplace).facts()
    roll = PeopleRoll(workplace).facts()
    gc.collect()
    print(f"{people:,} people, {sum(map(len, words))} keys")
    told("index of people", timed_keys(index.find, words), f"(target {TARGET:.0f})")
    told("people as the desk finds them", timed_keys(roll.find, words), f"(target {TARGET:.0f})")
    told("accounts as the desk finds them", timed_keys(accounts.find, words),
         f"(target {TARGET:.0f})")  # fmt: skip
    told("narrowing list in memory", timed_keys(narrowing(workplace), words))
    told("LIKE over the columns in SQLite", timed_keys(like(workplace), words))
    cost("index of people", People(workplace).index)
    cost("facts of the people desk", PeopleRoll(workplace).facts)
    cost("facts of the accounts desk", AccountRoll(workplace).facts)
    workplace.close()


def main() -> None:
    """Measure on a register made for it, or on one kept (--at FILE)."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "登记库.db", people)


if __name__ == "__main__":
    main()
