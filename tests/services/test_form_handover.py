"""The hand-over slip carries accounts, groups and designated numbers to their successors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, write
from wxadmin.domain.account import Account, AdminNumber, Custody
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.group import BY_PERSON, OWNER, Group, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.accounts import Accounts
from wxadmin.services.form_facts import table_rows
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    lin = person(opened, leave_date=date(2026, 11, 30))
    person(opened, "00014", "王小兰")
    Accounts(opened).add(
        {
            "account_type": "personal",
            "name": lin.name,
            "holder_id": lin.id,
            "mobile": lin.mobile,
            "wecom_userid": "linguodong",
            "state": "在用",
            "entry": "历史导入",
        }
    )
    yield opened
    opened.close()


def slip(workplace: Workplace, **rows: list[dict[str, str]]) -> Form:
    """A slip for the leaver, approved, with rows as the office filled them in."""
    forms = Forms(workplace)
    leaver = workplace.store.find(Employee, emp_no="00012")[0]
    typed = {name: json.dumps(value, ensure_ascii=False) for name, value in rows.items()}
    form = forms.draft("account_handover", person=leaver, typed=typed)
    forms.move(form.number, "submit")
    return forms.move(form.number, "approve").form


def own_a_group(workplace: Workplace) -> Group:
    group = workplace.store.find(Group, side="手机端")[0]
    role_id = workplace.store.ids().next(GroupRole)
    lin = workplace.store.find(Account)[0].holder_id
    role = GroupRole(role_id, group.id, OWNER, BY_PERSON, lin, None, "", date(2026, 1, 1))
    write(workplace, role)
    return group


def test_a_slip_lists_the_groups_somebody_owns(workplace: Workplace) -> None:
    group = own_a_group(workplace)
    form = slip(workplace)
    assert table_rows(form.value("owned_groups")) == [{"group": group.name, "role": "群主"}]


def test_an_owner_without_a_successor_keeps_his_account(workplace: Workplace) -> None:
    own_a_group(workplace)
    form = slip(workplace)
    with pytest.raises(UserError, match="群主"):
        Forms(workplace).move(form.number, "complete")
    assert workplace.store.all(Account)[0].state == "在用"


def test_group_and_account_go_in_one_act_and_come_back_in_one(workplace: Workplace) -> None:
    group = own_a_group(workplace)
    form = slip(
        workplace, owned_groups=[{"group": group.name, "role": "群主", "successor": "00014"}]
    )
    before = workplace.journal.count()
    Forms(workplace).move(form.number, "complete")
    assert workplace.journal.count() == before + 1
    roles = workplace.store.find(GroupRole, group_id=group.id)
    assert [(r.employee_id, r.to_on, r.basis) for r in roles] == [
        (1, TODAY, ""),
        (2, None, form.number),
    ]
    assert workplace.store.all(Account)[0].state == "已注销"
    (checks,) = workplace.store.all(Checklist)
    assert (checks.template, checks.group_id) == ("owner_transfer", group.id)
    assert not any("新群主接任" in r.sentence for r in Reminders(workplace).all())
    History(workplace).undo()
    assert workplace.store.count(Checklist) == 0
    assert [r.to_on for r in workplace.store.find(GroupRole, group_id=group.id)] == [None]
    assert workplace.store.all(Account)[0].state == "在用"


def test_a_designated_number_goes_to_its_next_custodian(workplace: Workplace) -> None:
    number = workplace.store.find(AdminNumber, seq=3)[0]
    custody_id = workplace.store.ids().next(Custody)
    write(workplace, Custody(custody_id, number.id, 1, date(2026, 1, 1)))
    form = slip(workplace)
    rows = table_rows(form.value("admin_numbers"))
    assert [row["seq"] for row in rows] == ["3号"]
    Forms(workplace).move(form.number, "return", note="没写接收人")
    Forms(workplace).set_fields(form.number, {"receiver": "00014"})
    for move in ("submit", "approve", "complete"):
        Forms(workplace).move(form.number, move)
    kept = workplace.store.find(Custody, admin_number_id=number.id)
    assert [(c.employee_id, c.to_on) for c in kept] == [(1, TODAY), (2, None)]


def test_an_account_that_goes_on_needs_a_receiver(workplace: Workplace) -> None:
    form = slip(workplace, accounts=[{"account_no": "ZH-00001", "action": "转交"}])
    with pytest.raises(UserError, match="接收人"):
        Forms(workplace).move(form.number, "complete")


def test_an_unknown_disposition_is_refused(workplace: Workplace) -> None:
    form = slip(workplace, accounts=[{"account_no": "ZH-00001", "action": "送人"}])
    with pytest.raises(UserError, match="注销、回收、转交"):
        Forms(workplace).move(form.number, "complete")


def test_an_account_nobody_registered_is_named(workplace: Workplace) -> None:
    form = slip(workplace, accounts=[{"account_no": "ZH-99999", "action": "注销"}])
    with pytest.raises(UserError, match="ZH-99999"):
        Forms(workplace).move(form.number, "complete")
