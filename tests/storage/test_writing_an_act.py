"""One act: what is written, what is checked, what stays when it fails half-way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.builders import office, person, write
from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change, combined, undoing
from wxadmin.domain.errors import UserError
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace
from wxadmin.storage.operation import StaleError


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    yield workplace
    workplace.close()


def employee(workplace: Workplace, emp_no: str, **fields: object) -> Employee:
    return Employee(workplace.store.ids().next(Employee), emp_no, "某人", **fields)  # type: ignore[arg-type]


def sound(workplace: Workplace) -> bool:
    return workplace.journal.verify() == []


def test_half_a_plan_is_never_written_when_the_act_breaks_in_between(at_work: Workplace) -> None:
    before = at_work.journal.head()
    first = employee(at_work, "1")
    with pytest.raises(RuntimeError), at_work.act("半途而废") as operation:
        operation.write([Change(None, first)])
        raise RuntimeError("in between")
    assert at_work.store.all(Employee) == []
    assert at_work.journal.head() == before
    assert sound(at_work)


def test_half_a_plan_is_never_written_when_one_line_is_stale(at_work: Workplace) -> None:
    known = person(at_work)
    changed = replace(known, mobile="13900000000")
    at_work.store.ids()
    newcomer = employee(at_work, "2")
    wrong: AnyChange = Change(replace(known, name="别名"), changed)
    with pytest.raises(StaleError) as refusal, at_work.act("过时") as operation:
        operation.write([Change(None, newcomer), wrong])
    assert refusal.value.stale == (wrong,)
    assert at_work.store.all(Employee) == [known]
    assert sound(at_work)


def test_a_reference_to_nothing_rolls_the_whole_act_back(at_work: Workplace) -> None:
    stranger = employee(at_work, "3", org_unit_id=99_999)
    with pytest.raises(Exception, match="FOREIGN KEY"), at_work.act("断") as operation:
        operation.write([Change(None, stranger)])
    assert at_work.store.all(Employee) == []
    assert sound(at_work)


def test_before_is_checked_field_by_field(at_work: Workplace) -> None:
    known = person(at_work)
    with at_work.act("改号码") as operation:
        operation.write([Change(known, replace(known, mobile="13911111111"))])
    with pytest.raises(StaleError), at_work.act("旧预览") as operation:
        operation.write([Change(known, replace(known, remark="x"))])


def test_a_thing_that_exists_cannot_be_made_again(at_work: Workplace) -> None:
    known = person(at_work)
    with pytest.raises(StaleError), at_work.act("再建") as operation:
        operation.write([Change(None, known)])


def test_a_thing_that_is_gone_cannot_be_changed(at_work: Workplace) -> None:
    known = person(at_work)
    with at_work.act("去掉") as operation:
        operation.write([Change(known, None)])
    with pytest.raises(StaleError), at_work.act("改") as operation:
        operation.write([Change(known, replace(known, remark="x"))])


def test_an_act_without_change_leaves_no_trace(at_work: Workplace) -> None:
    known = person(at_work)
    head, size = at_work.journal.head(), Path(str(at_work.register.path)).read_bytes()
    with at_work.act("没事") as operation:
        operation.write([Change(known, known)])
    assert operation.id is None
    assert at_work.journal.head() == head
    assert Path(str(at_work.register.path)).read_bytes() == size


def test_an_update_stores_the_changed_fields_only(at_work: Workplace) -> None:
    known = person(at_work)
    writer = at_work.store.database.writer
    assert writer is not None
    said: list[str] = []

    @event.listens_for(writer, "before_cursor_execute")
    def _note(conn, cursor, statement, *rest):  # type: ignore[no-untyped-def]
        said.append(statement)

    with at_work.act("改号码") as operation:
        operation.write([Change(known, replace(known, mobile="13911111111"))])
    updates = [s for s in said if s.startswith("UPDATE employee")]
    assert updates == ["UPDATE employee SET mobile=? WHERE employee.id = ?"]
    entry = at_work.journal.entries(operation.id or 0)[0]
    assert (entry.old, entry.new) == ({"mobile": known.mobile}, {"mobile": "13911111111"})


def test_before_is_read_in_chunks_and_not_one_query_a_record(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    people = [Employee(ids.next(Employee), str(n), f"甲{n}") for n in range(1_200)]
    with at_work.act("许多") as operation:
        operation.write([Change(None, one) for one in people], ids)
    writer = at_work.store.database.writer
    said: list[str] = []

    @event.listens_for(writer, "before_cursor_execute")
    def _note(conn, cursor, statement, *rest):  # type: ignore[no-untyped-def]
        said.append(statement)

    with at_work.act("都改") as operation:
        operation.write([Change(one, replace(one, remark="x")) for one in people])
    reads = [s for s in said if "FROM employee" in s and s.startswith("SELECT")]
    assert len(reads) == 3


def test_lists_and_tuples_are_the_same_thing_to_the_check(at_work: Workplace) -> None:
    known = person(at_work, former_names=("林某",), tags=("股东",))
    again = at_work.store.get(Employee, known.id)
    assert again == known
    assert again is not None
    assert type(again.former_names) is tuple
    with at_work.act("改") as operation:
        operation.write([Change(again, replace(again, tags=()))])


def test_one_act_may_write_twice_and_its_entries_count_on(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    with at_work.act("两次") as operation:
        operation.write([Change(None, Employee(ids.next(Employee), "1", "甲"))], ids)
        operation.write([Change(None, Employee(ids.next(Employee), "2", "乙"))], ids)
    entries = at_work.journal.entries(operation.id or 0)
    assert [entry.seq for entry in entries] == [1, 2]
    assert sound(at_work)


def test_ids_are_counted_on_after_an_undo(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    series = "QWSQ-202611"
    first = Employee(ids.next(Employee), "1", "甲")
    assert ids.next(series) == 1
    with at_work.act("登记") as operation:
        operation.write([Change(None, first)], ids)
    with at_work.act("撤销", undoes=operation.id) as operation:
        operation.write(undoing([Change(None, first)]))
    again = at_work.store.ids()
    assert again.next(Employee) == first.id + 1
    assert again.next(series) == 2


def test_a_number_drawn_and_not_used_is_given_again(at_work: Workplace) -> None:
    assert at_work.store.ids().next("QWSQ-202611") == 1
    assert at_work.store.ids().next("QWSQ-202611") == 1


def test_two_previews_cannot_give_the_same_number_twice(at_work: Workplace) -> None:
    one, other = at_work.store.ids(), at_work.store.ids()
    first = Employee(one.next(Employee), "1", "甲")
    second = Position(other.next(Position), "新职务")
    assert one.next("QWSQ-202611") == other.next("QWSQ-202611")
    with at_work.act("先") as operation:
        operation.write([Change(None, first)], one)
    with pytest.raises(StaleError), at_work.act("后") as operation:
        operation.write([Change(None, second)], other)


def test_an_id_that_was_undone_is_not_given_to_another_by_an_old_preview(
    at_work: Workplace,
) -> None:
    old_preview, later = at_work.store.ids(), at_work.store.ids()
    stale = Employee(old_preview.next(Employee), "1", "甲")
    other = Employee(later.next(Employee), "2", "乙")
    with at_work.act("登记") as operation:
        operation.write([Change(None, other)], later)
    with at_work.act("撤销", undoes=operation.id) as operation:
        operation.write([Change(other, None)])
    with pytest.raises(StaleError), at_work.act("旧预览") as operation:
        operation.write([Change(None, stale)])


def test_a_source_of_numbers_serves_the_next_act_too(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    for number in ("1", "2"):
        with at_work.act(number) as operation:
            operation.write([Change(None, Employee(ids.next(Employee), number, "甲"))], ids)
    assert at_work.store.count(Employee) == 2


def test_an_act_that_failed_may_be_tried_again_with_the_same_numbers(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    change: AnyChange = Change(None, Employee(ids.next(Employee), "1", "甲"))
    with pytest.raises(RuntimeError), at_work.act("坏") as operation:
        operation.write([change], ids)
        raise RuntimeError
    with at_work.act("好") as operation:
        operation.write([change], ids)
    assert at_work.store.count(Employee) == 1


def test_the_journal_keeps_clock_and_day_apart(at_work: Workplace) -> None:
    person(at_work)
    done = at_work.journal.operations()[-1]
    assert done.on == date(2026, 11, 20)
    assert done.at.tzinfo is None
    assert done.by == "测试"


def test_records_that_refer_to_each_other_go_in_in_any_order(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    unit = OrgUnit(ids.next(OrgUnit), "新部门")
    one = Employee(ids.next(Employee), "1", "甲", org_unit_id=unit.id)
    account = Account(ids.next(Account), "A1", "甲", "personal", holder_id=one.id)
    with at_work.act("倒着") as operation:
        operation.write([Change(None, account), Change(None, one), Change(None, unit)], ids)
    assert at_work.store.get(Account, account.id) == account


def test_a_register_opened_for_reading_writes_nothing(tmp_path: Path) -> None:
    from wxadmin.bootstrap import open_workplace

    office(tmp_path).close()
    workplace = open_workplace(str(tmp_path / "登记库.db"), writing=False)
    with pytest.raises(UserError) as refusal, workplace.act("写"):
        pass
    assert refusal.value.code == "read_only"
    workplace.close()


def test_successive_changes_of_one_thing_fold_into_one() -> None:
    a = Employee(1, "1", "甲")
    b, c = replace(a, name="乙"), replace(a, name="丙")
    assert combined([Change(a, b), Change(b, c)]) == [Change(a, c)]
    assert combined([Change(a, b), Change(b, a)]) == []
    assert combined([Change(None, a), Change(a, None)]) == []


def test_every_kind_of_record_can_be_written_and_read_back(at_work: Workplace) -> None:
    write(at_work, employee(at_work, "9", tags=("董事",), hire_date=date(2020, 2, 29)))
    found = at_work.store.find(Employee, emp_no="9")[0]
    assert (found.tags, found.hire_date) == (("董事",), date(2020, 2, 29))
