"""A roster of 10,000, 5,818 of them namesakes, against a damaged export: all found, no more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import COMPANY, TODAY, office
from tests.namesakes import Damage, Worker, damaged, workers, write_export, write_roster
from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import Account
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.imports import Imports, Said
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.reconciliation_settling import Settling
from wxadmin.services.reconciliation_view import Reconciled

PEOPLE, SHARED = 10_000, 5_818
LEAVERS = 60


class Day:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.today


class Office:
    """The big office after a clean and then a damaged export."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day = folder, Day()
        self.workplace = office(folder, clock=self.day)
        self.people = workers(PEOPLE, SHARED)
        self.take("花名册.csv", write_roster(folder / "花名册.csv", self.people), "roster")
        self.export("通讯录1.csv", self.people)
        self.clean = Reconciliation(self.workplace).view()
        self.day.today += timedelta(days=30)
        self.damage, self.left = self.spoil()
        self.found = Reconciliation(self.workplace).view()

    def take(self, name: str, path: Path, kind: str) -> None:
        imports = Imports(self.workplace)
        source = "莆田一厂" if kind == "roster" else ""
        reading = imports.read(path, kind=kind)
        preview = imports.plan(reading, Said(source))
        put_off = {line.row: plans.LATER for line in preview.plan.of_kind(plans.DISPUTED)}
        if put_off:
            preview = imports.plan(reading, Said(source, answers=Answers(put_off)))
        imports.apply(preview, brake_released=True)

    def export(self, name: str, people: list[Worker]) -> None:
        self.take(name, write_export(self.folder / name, people, COMPANY), "wecom")

    def spoil(self) -> tuple[Damage, set[str]]:
        leavers = {one.emp_no for one in self.people[-LEAVERS:]}
        stay = [one for one in self.people if one.emp_no not in leavers]
        members, damage = damaged(stay, swaps=40, phones=120, missing=80)
        records = self.workplace.store.find(Employee, emp_no=leavers)
        gone = self.day.today - timedelta(days=12)
        with self.workplace.act("离职") as operation:
            operation.write([Change(p, replace(p, leave_date=gone)) for p in records])
        self.export("通讯录2.csv", [*members, *self.people[-LEAVERS:]])
        return damage, leavers


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("三方核对"))
    yield made
    made.workplace.close()


def by_kind(seen: Reconciled) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for item in seen.items:
        found[item.kind].add(item.emp_no)
    return dict(found)


def test_the_roster_has_as_many_namesakes_as_it_should(big: Office) -> None:
    counted = Counter(one.name for one in big.people)
    assert sum(n for n in counted.values() if n > 1) == SHARED


def test_lists_that_agree_leave_nothing_to_do(big: Office) -> None:
    assert big.clean.summary["ok"] == PEOPLE
    assert big.clean.items == []


def test_no_member_is_linked_to_the_wrong_person(big: Office) -> None:
    people = {p.id: p.emp_no for p in big.workplace.store.all(Employee)}
    linked = [m for m in big.workplace.store.all(WecomMember) if m.employee_id]
    assert len(linked) >= PEOPLE - 80
    assert [m.userid for m in linked if m.userid != f"u{people[m.employee_id or 0]}"] == []


def test_every_damage_is_found_and_nothing_else_reported(big: Office) -> None:
    swapped = {emp_no for pair in big.damage.swapped for emp_no in pair}
    assert by_kind(big.found) == {
        "disputed": swapped,
        "to_change": big.damage.phones,
        "to_close": big.left,
        "to_open": big.damage.missing,
    }
    assert big.found.summary["ok"] == PEOPLE - len(swapped) - 120 - LEAVERS - 80
    assert {item.field for item in big.found.items if item.kind == "to_change"} == {"mobile"}
    assert all("离职12天" in i.reason for i in big.found.items if i.kind == "to_close")


def test_after_settling_the_second_run_is_empty_and_so_is_it_once_wecom_has_followed(
    big: Office,
) -> None:
    reconciliation = Reconciliation(big.workplace)
    whose = {p.emp_no: p.id for p in big.workplace.store.all(Employee)}
    for item in reconciliation.view().items:
        if item.kind == "disputed":
            assert item.finding.member_id is not None
            reconciliation.decide(item.finding.member_id, whose[item.emp_no])
    reconciliation = Reconciliation(big.workplace)
    seen = reconciliation.view()
    assert set(by_kind(seen)) == {"to_change", "to_close", "to_open"}
    settling = Settling(big.workplace, reconciliation)
    with pytest.raises(UserError, match="已暂停"):
        settling.settle(seen.findings)
    plan, operation = settling.settle(seen.findings, brake_released=True)
    assert plan.refused == [] and plan.left_over == [] and operation is not None

    second = Reconciliation(big.workplace).view()
    assert second.items == []
    leavers = {whose[emp_no] for emp_no in big.left}
    assert {a.state for a in big.workplace.store.find(Account, holder_id=leavers)} == {"已注销"}

    big.day.today += timedelta(days=1)
    big.export("通讯录3.csv", big.people[:-LEAVERS])
    third = Reconciliation(big.workplace).view()
    assert third.items == [] and third.set_aside == ()


def test_an_export_that_did_not_follow_says_so(big: Office) -> None:
    big.day.today += timedelta(days=1)
    still = [replace(one, mobile="15900000000") if one.emp_no == "E00001" else one
             for one in big.people[:-LEAVERS]]  # fmt: skip
    big.export("通讯录4.csv", still)
    reconciliation = Reconciliation(big.workplace)
    Settling(big.workplace, reconciliation).settle(reconciliation.view().findings)
    assert Reconciliation(big.workplace).view().items == []
    big.export("通讯录5.csv", [*still[:-1], replace(still[-1], post="专员长")])
    found = Reconciliation(big.workplace).view()
    told = {item.emp_no: item.reason for item in found.items}
    assert "要本人在企业微信里改" in told["E00001"]
