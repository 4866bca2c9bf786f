"""Three lists of 100,000 people and 400,000 memberships compared: against plain dictionaries.

python benchmarks/bench_reconcile.py [--people N] [--memberships N] [--rounds N]

Floor: the same lists as plain dictionaries and sets, doing only the set differences and comparing
tuples. Printed apart: loading from a register, memberships as pairs, the rules, peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TODAY = date(2026, 11, 20)
UNITS = 500
SPOILT = 100
"""One in so many has left, another has a new number, a third is missing from the export."""
LEFT, PHONE, MISSING = 11, 12, 13


def fill(register: str, people: int, memberships: int) -> None:
    """Make a register with people, accounts, an export and group members, one in 100 spoilt."""
    from tests.namesakes import workers
    from wxadmin.bootstrap import create_workplace
    from wxadmin.domain.account import IN_USE, Account
    from wxadmin.domain.change import AnyChange, Change, Record
    from wxadmin.domain.group import MOBILE, Group, GroupMember
    from wxadmin.domain.membership_rule import Condition, Rule, rule_to_text
    from wxadmin.domain.organisation import OrgUnit, Position
    from wxadmin.domain.person import Employee
    from wxadmin.domain.wecom import ACTIVE, LINKED, WecomIssue, WecomMember
    from wxadmin.services.setup import Setup

    workplace = create_workplace(register, by="测试", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast", company_name="东南事业部")
    root = workplace.units().root()
    post = workplace.store.all(Position)[0]
    ids = workplace.store.ids()
    records: list[Record] = [WecomIssue(ids.next(WecomIssue), "通讯录.xlsx", "0", TODAY, people)]
    units = [
        OrgUnit(ids.next(OrgUnit), f"班组{n:04d}", root.id if root else None) for n in range(UNITS)
    ]
    records += units
    inside: list[list[int]] = [[] for _ in units]
    for number, worker in enumerate(workers(people, people * 58 // 100)):
        unit = units[number % UNITS]
        spoilt = number // UNITS % SPOILT
        person = Employee(
            ids.next(Employee), worker.emp_no, worker.name, org_unit_id=unit.id,
            position_id=post.id, employment_type="合同工", hire_date=date(2020, 3, 1),
            leave_date=date(2026, 11, 1) if spoilt == LEFT else None, mobile=worker.mobile,
        )  # fmt: skip
        inside[number % UNITS].append(person.id)
        account = Account(
            ids.next(Account), f"ZH-{number:06d}", worker.name, "personal",
            wecom_userid=worker.userid, mobile=worker.mobile, org_unit_id=unit.id,
            holder_id=person.id, in_directory=True, state=IN_USE,
        )  # fmt: skip
        member = WecomMember(
            ids.next(WecomMember), worker.userid, worker.name,
            mobile=f"159{number:08d}" if spoilt == PHONE else worker.mobile,
            departments=(f"东南事业部/{unit.name}",), position=post.name, status=ACTIVE,
            employee_id=person.id, account_id=account.id, match_state=LINKED, seen_on=TODAY,
        )  # fmt: skip
        records += [person, account] if spoilt == MISSING else [person, account, member]
    each = max(1, memberships // people)
    for place, unit in enumerate(units):
        rule = rule_to_text(Rule(((Condition("unit", (unit.name,)),),)))
        for number in range(each):
            group = Group(ids.next(Group), f"T{place:04d}-{number}", f"{unit.name}群{number}",
                          MOBILE, rule=rule, members_on=TODAY)  # fmt: skip
            here = [*inside[place][number % 2 + 1 :], inside[place - 1][number]]
            records.append(group)
            records += [
                GroupMember(ids.next(GroupMember), group.id, person_id, joined_on=TODAY)
                for person_id in here
            ]
    changes: list[AnyChange] = [Change(None, record) for record in records]
    with workplace.act("填满") as operation:
        operation.write(changes, ids)
    workplace.close()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long a piece of work took, and what came of it."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def floor(hr: list[Any], register: list[Any], wecom: list[Any], wanted: list[Any],
          present: list[Any]) -> int:  # fmt: skip
    """Plain dictionaries and sets: only the differences, nothing said about them."""
    by_hr, by_account, by_member = dict(hr), dict(register), dict(wecom)
    to_open = by_hr.keys() - by_member.keys()
    to_close = by_member.keys() - by_hr.keys()
    unknown = by_hr.keys() - by_account.keys()
    changed = [i for i in by_hr.keys() & by_member.keys() if by_hr[i] != by_member[i]]
    other = [i for i in by_hr.keys() & by_account.keys() if by_hr[i] != by_account[i]]
    expected, actual = set(wanted), set(present)
    add, remove = expected - actual, actual - expected
    return sum(map(len, (to_open, to_close, unknown, changed, other, add, remove)))


def measure(register: str) -> dict[str, float]:
    """Load, then compare several times both ways in one process."""
    from wxadmin.bootstrap import open_workplace
    from wxadmin.domain.group import GroupMember
    from wxadmin.domain.marks import sift
    from wxadmin.domain.reconciliation import reconcile
    from wxadmin.services.membership_picture import Picture
    from wxadmin.services.reconciliation import Reconciliation
    from wxadmin.services.reconciliation_lists import ListsReader, pairs_by_group
    from wxadmin.services.reconciliation_settling import Settling

    workplace = open_workplace(register, writing=False, clock=lambda: TODAY)
    workplace.office()
    found: dict[str, float] = {}
    store = workplace.store
    found["pairs"], pairs = timed(
        lambda: store.pairs(GroupMember, "group_id", "employee_id", left_on=None)
    )
    picture = Picture(workplace)
    found["rules"], expected = timed(lambda: picture.expected)
    reader = ListsReader(workplace, picture)
    found["lists"], lists = timed(reader.lists)
    winners, marks, newest = reader.winners(), reader.marks, reader.newest()
    hr = [(i, values) for i, values in lists.people.items() if i in lists.here]
    register_rows = [(i, side.values) for i, side in lists.accounts.items()]
    wecom = [(i, side.values) for i, side in (lists.members or {}).items()]
    wanted = [(g, i) for g in lists.looked for i in expected.get(g, ())]
    plain, ours = [], []
    for _ in range(5):
        seconds, _ = timed(lambda: floor(hr, register_rows, wecom, wanted, pairs))
        plain.append(seconds)

        def compare() -> int:
            lists.recorded = pairs_by_group(pairs)
            return len(sift(reconcile(lists, winners), marks, newest).open)

        seconds, count = timed(compare)
        ours.append(seconds)
    found["floor"], found["compare"] = statistics.median(plain), statistics.median(ours)
    found["findings"] = count
    found["memberships"], found["people"] = len(pairs), len(lists.people)
    reconciliation = Reconciliation(workplace, picture)
    found["whole"], seen = timed(reconciliation.view)
    found["items"] = len(seen.items)
    wrong = [f for f in reconciliation.sifted.open if f.kind in {"to_change", "to_close"}]
    settling = Settling(workplace, reconciliation)
    few, _ = timed(lambda: settling.plan_settle(wrong[:1], "企业微信"))
    many, plan = timed(lambda: settling.plan_settle(wrong, "企业微信"))
    found["settle_one"], found["settle"], found["settled"] = few, many, len(plan.settled)
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    workplace.close()
    return found


def main() -> None:
    """Fill a register once, measure in fresh processes, print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--memberships", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", default="")
    words = parser.parse_args()
    if words.measure:
        print(json.dumps(measure(words.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        register = str(Path(folder) / "登记库.db")
        fill(register, words.people, words.memberships)
        rounds = [
            json.loads(
                subprocess.run(
                    [sys.executable, __file__, "--measure", register],
                    check=True, capture_output=True, text=True, encoding="utf-8",
                ).stdout
            )
            for _ in range(words.rounds)
        ]  # fmt: skip
    middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
    print(
        f"{middle['people']:,.0f} people, {middle['memberships']:,.0f} memberships, "
        f"{middle['findings']:,.0f} findings"
    )
    print(f"plain dictionaries, differences only   {middle['floor']:.3f} s  1.0")
    ratio = middle["compare"] / middle["floor"]
    print(f"ours, in memory (target <= 3.0)        {middle['compare']:.3f} s  {ratio:.2f}")
    per = middle["pairs"] * 400_000 / max(middle["memberships"], 1)
    print(f"memberships as pairs, per 400,000      {per:.3f} s  (target <= 0.6)")
    print(f"people, accounts, members loaded       {middle['lists']:.3f} s")
    print(f"group rules worked out                 {middle['rules']:.3f} s")
    print(f"settling planned, one finding          {middle['settle_one']:.3f} s")
    print(f"settling planned, {middle['settled']:>6,.0f} findings      {middle['settle']:.3f} s")
    print(f"all of it, with every sentence         {middle['whole']:.3f} s")
    print(f"peak memory                            {middle['peak']:.0f} MiB  (target <= 1536)")


if __name__ == "__main__":
    main()
