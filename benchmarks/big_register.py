"""Make a register with many made-up people and one account each, the same every time.

python benchmarks/big_register.py FILE [people]

Everything goes through `Operation.write` with its journal, in slices, as an import would.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wxadmin.bootstrap import create_workplace
from wxadmin.domain.account import IN_USE, SUSPENDED, Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.services.pinyin import syllables
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

TODAY = date(2026, 11, 20)
PEOPLE = 100_000
SLICE = 20_000
FAMILY = "陈林黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐周叶苏庄吕江何萧罗高潘简朱钟游彭詹胡施沈余卢"
GIVEN = "国栋美玲志明淑芬建华秀英俊杰雅婷家豪怡君宗翰佩珊承恩欣宜柏思颖冠宇诗涵子轩雨桐浩然梓萱"
SHIFTS = ("一班", "二班", "三班", "四班")
RANKS = {"经理": "经理", "主任": "主任", "班长": "班长", "操作工": "员工", "质检员": "员工"}


def made(path: Path, people: int = PEOPLE) -> Workplace:
    """Make a register at `path` and return it open; the file must not be there yet."""
    workplace = create_workplace(str(path), by="bench", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast", company_name="东南事业部")
    units, posts = _organisation(workplace)
    changes = _people(workplace, people, units, posts)
    while slice_ := list(islice(changes, SLICE)):
        with workplace.act("基准数据") as operation:
            operation.write(slice_)
    return workplace


def open_made(path: Path, people: int = PEOPLE) -> Workplace:
    """Return the register at `path`, made first where it is not there."""
    from wxadmin.bootstrap import open_workplace

    if not path.exists():
        made(path, people).close()
    return open_workplace(str(path), writing=False, clock=lambda: TODAY)


def _organisation(workplace: Workplace) -> tuple[list[int], list[int]]:
    """Four shifts under every unit of the pack, and a post of every rank."""
    ids, changes = workplace.store.ids(), list[AnyChange]()
    units = []
    for unit in workplace.store.all(OrgUnit):
        for name in SHIFTS:
            shift = OrgUnit(ids.next(OrgUnit), name, unit.id, unit_kind="班组")
            changes.append(Change(None, shift))
            units.append(shift.id)
    posts = [post.id for post in workplace.store.all(Position)]
    known = {post.name for post in workplace.store.all(Position)}
    for name, rank in RANKS.items():
        if name not in known:
            post = Position(ids.next(Position), name, rank)
            changes.append(Change(None, post))
            posts.append(post.id)
    with workplace.act("基准单位") as operation:
        operation.write(changes, ids)
    return units, posts


def _people(
    workplace: Workplace, people: int, units: list[int], posts: list[int]
) -> Iterator[AnyChange]:
    """A person and then the account he holds, again and again."""
    rng, ids = random.Random(20261120), workplace.store.ids()
    for number in range(1, people + 1):
        name = rng.choice(FAMILY) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
        reading = " ".join(syllables(name))
        mobile = f"1{rng.choice('3578')}{rng.randrange(10)}{number:08d}"
        unit, hired = rng.choice(units), date(2005, 1, 1) + timedelta(rng.randrange(7_500))
        left = TODAY - timedelta(number % 900) if number % 25 == 0 else None
        person = Employee(
            ids.next(Employee), f"E{number:06d}", name, reading, None, unit, rng.choice(posts),
            "", "合同工", hire_date=hired, leave_date=left, mobile=mobile,
        )  # fmt: skip
        userid = f"{reading.replace(' ', '')}{number}"
        yield Change(None, person)
        yield Change(None, Account(
            ids.next(Account), f"ZH-{number:06d}", name, "personal", wecom_userid=userid,
            mobile=mobile, org_unit_id=unit, holder_id=person.id, in_directory=True,
            state=SUSPENDED if left else IN_USE, opened_on=hired, verified_on=TODAY,
        ))  # fmt: skip


def main() -> None:
    """Make one and say how long it took."""
    path = Path(sys.argv[1])
    people = int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE
    start = time.perf_counter()
    made(path, people).close()
    print(f"{people:,} people with an account each in {time.perf_counter() - start:.1f} s: "
          f"{path}, {path.stat().st_size / 2**20:.0f} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
