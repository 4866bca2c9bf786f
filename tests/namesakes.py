"""A big office with many namesakes, its WeCom export, and the same export with known damage."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

FAMILY = "陈林黄张李王吴刘蔡杨许郑谢郭洪邱廖赖徐周叶苏庄吕江何萧罗高潘简朱钟游彭詹胡施沈余卢"
GIVEN = "国栋美玲志明淑芬建华秀英俊杰雅婷家豪怡君宗翰佩珊承恩欣宜柏思颖冠宇诗涵子轩雨桐浩然梓萱"
PLANTS = ("莆田一厂", "莆田二厂", "三明工厂", "漳州工厂")
UNITS = ("生产部", "品管部", "设备部", "仓储部", "行政部")
POSTS = ("操作工", "班长", "质检员", "专员")
ROSTER_HEAD = ("工号", "姓名", "部门", "职务", "用工类型", "入职日期", "手机")
EXPORT_HEAD = ("姓名", "帐号", "部门", "职务", "手机", "激活状态")


@dataclass(frozen=True)
class Worker:
    """One person as HR has him; the userid is what WeCom knows him by."""

    emp_no: str
    name: str
    unit: str
    post: str
    mobile: str

    @property
    def userid(self) -> str:
        return f"u{self.emp_no}"


@dataclass
class Damage:
    """What was done to an export, by 工号; swapped people come in pairs."""

    swapped: list[tuple[str, str]] = field(default_factory=list)
    phones: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)


def names_of(count: int, shared: int, rng: random.Random) -> list[str]:
    """As many names as asked for, `shared` of which belong to more than one person."""
    pool = [a + b + c for a in FAMILY for b in GIVEN for c in GIVEN]
    rng.shuffle(pool)
    pool = list(dict.fromkeys(pool))
    common = pool[: max(1, shared // 5)]
    names = [*common, *common]  # everyone of these at least twice
    names = names[:shared] + rng.choices(common, k=max(0, shared - len(names)))
    names += pool[len(common) : len(common) + count - shared]
    rng.shuffle(names)
    return names


def workers(count: int, shared: int, seed: int = 20261120) -> list[Worker]:
    """The same made-up people every time."""
    rng = random.Random(seed)
    return [
        Worker(
            f"E{number:05d}",
            name,
            f"{rng.choice(PLANTS)}/{rng.choice(UNITS)}",
            rng.choice(POSTS),
            f"138{number:08d}",
        )
        for number, name in enumerate(names_of(count, shared, rng), start=1)
    ]


def damaged(
    people: Sequence[Worker], *, swaps: int, phones: int, missing: int, seed: int = 7
) -> tuple[list[Worker], Damage]:
    """The export after namesakes were swapped, numbers changed and people left out."""
    rng = random.Random(seed)
    damage = Damage()
    by_name: dict[str, list[Worker]] = defaultdict(list)
    for one in people:
        by_name[one.name].append(one)
    pairs = [(same[0], same[1]) for same in by_name.values() if len(same) > 1]
    now = {one.emp_no: one for one in people}
    for a, b in rng.sample(pairs, swaps):
        now[a.emp_no] = replace(a, mobile=b.mobile)
        now[b.emp_no] = replace(b, mobile=a.mobile)
        damage.swapped.append((a.emp_no, b.emp_no))
    touched = {emp_no for pair in damage.swapped for emp_no in pair}
    rest = rng.sample([one.emp_no for one in people if one.emp_no not in touched], phones + missing)
    damage.phones, damage.missing = set(rest[:phones]), set(rest[phones:])
    for place, emp_no in enumerate(sorted(damage.phones)):
        now[emp_no] = replace(now[emp_no], mobile=f"159{place:08d}")
    for emp_no in damage.missing:
        del now[emp_no]
    return list(now.values()), damage


def write_roster(path: Path, people: Iterable[Worker]) -> Path:
    """Write HR's roster."""
    rows = [(p.emp_no, p.name, p.unit, p.post, "合同工", "2020-03-01", p.mobile) for p in people]
    return _csv(path, ROSTER_HEAD, rows)


def write_export(path: Path, people: Iterable[Worker], company: str) -> Path:
    """Write WeCom's export."""
    rows = [(p.name, p.userid, f"{company}/{p.unit}", p.post, p.mobile, "已激活") for p in people]
    return _csv(path, EXPORT_HEAD, rows)


def _csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path
