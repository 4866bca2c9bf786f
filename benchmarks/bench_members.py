"""Who should be in every group of the policy, for 10,000 people, by the rules.

python benchmarks/bench_members.py [people]

Timed is the question itself, as lists and work orders ask it: the register is read before, as it
is once for a screen. Printed beside it: what that reading costs, and how many groups there are.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from big_register import open_made

from wxadmin.domain.group import BACKEND
from wxadmin.domain.membership import expected_members
from wxadmin.services.membership_picture import Picture

ROUNDS = 9
TARGET = 0.1  # seconds


def measure(path: Path, people: int) -> None:
    """Print the figures."""
    workplace = open_made(path, people)
    reading, asking, found = [], [], {}
    for _ in range(ROUNDS):
        start = time.perf_counter()
        picture = Picture(workplace)
        facts = picture.facts
        between = time.perf_counter()
        found = expected_members(picture.book, facts.values())
        asking.append(time.perf_counter() - between)
        reading.append(between - start)
    backend = sum(group.side == BACKEND for group in picture.groups.values())
    members = sum(map(len, found.values()))
    print(f"expected members of {len(picture.groups)} groups ({backend} back-end), "
          f"{people:,} people: {statistics.median(asking):.3f} s (target {TARGET}), "
          f"{members:,} memberships")  # fmt: skip
    print(
        f"reading people and rules out of the register before: {statistics.median(reading):.3f} s"
    )
    workplace.close()


def main() -> None:
    """Make a register and measure."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "登记库.db", people)


if __name__ == "__main__":
    main()
