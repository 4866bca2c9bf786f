"""One step for many: leavers are out of their groups and their accounts closed in two acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.account import CLOSED, IN_USE, Account
from wxadmin.domain.evidence import OFFBOARDING
from wxadmin.domain.group import BY_PERSON, MOBILE, OWNER, Group, GroupMember, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.checklists import Checklists
from wxadmin.services.step_column import StepColumn
from wxadmin.services.workplace import Workplace

LEFT = date(2026, 11, 18)
OUT_OF_GROUPS, FATE = "groups_left", "account_disposed"


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def leaver(workplace: Workplace, emp_no: str, name: str) -> tuple[Employee, int]:
    """A leaver with an account, in a group, and his checklist."""
    who = person(workplace, emp_no, name, leave_date=LEFT)
    ids = workplace.store.ids()
    account_no = ids.next(Account)
    group = next(g for g in workplace.store.find(Group, side=MOBILE) if g.name == "莆田一厂")
    write(
        workplace,
        Account(account_no, f"ZH-{account_no}", name, "personal", wecom_userid=f"u{emp_no}",
                holder_id=who.id, state=IN_USE, in_directory=True),
        GroupMember(ids.next(GroupMember), group.id, who.id, joined_on=date(2024, 1, 1)),
    )  # fmt: skip
    return who, Checklists(workplace).start(OFFBOARDING, person=who, event_on=LEFT)


def step_of(workplace: Workplace, checklist: int, proof: str) -> int:
    (view,) = Checklists(workplace).several([checklist])
    return next(s.item.no for s in view.look.steps if s.counts and s.item.proof_kind == proof)


def test_a_column_is_recorded_for_everybody_as_one_act(workplace: Workplace) -> None:
    lists = [leaver(workplace, f"0003{n}", f"走{n}")[1] for n in range(3)]
    before = workplace.journal.count()
    done = StepColumn(workplace).settle(lists, step_of(workplace, lists[0], OUT_OF_GROUPS))
    assert done.names == ("走0", "走1", "走2")
    assert all(member.left_on for member in workplace.store.all(GroupMember))
    StepColumn(workplace).settle(lists, step_of(workplace, lists[0], FATE))
    assert {account.state for account in workplace.store.all(Account)} == {CLOSED}
    assert workplace.journal.count() == before + 2


def test_who_still_owns_a_group_is_left_out_and_named(workplace: Workplace) -> None:
    _, his = leaver(workplace, "00031", "走了")
    owner, hers = leaver(workplace, "00032", "还任群主")
    group = workplace.store.find(Group, side=MOBILE)[0]
    number = workplace.store.ids().next(GroupRole)
    write(workplace, GroupRole(number, group.id, OWNER, BY_PERSON, owner.id, None, "", LEFT))
    done = StepColumn(workplace).settle([his, hers], step_of(workplace, his, OUT_OF_GROUPS))
    assert done.names == ("走了",)
    assert done.refused[0] == ("还任群主", "先办：群主转让。")


def test_nothing_is_recorded_twice(workplace: Workplace) -> None:
    _, his = leaver(workplace, "00031", "走了")
    no = step_of(workplace, his, OUT_OF_GROUPS)
    StepColumn(workplace).settle([his], no)
    again = StepColumn(workplace).settle([his], no)
    assert (again.names, again.operation) == ((), None)
