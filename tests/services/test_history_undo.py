"""Taking back and bringing back: over restarts, refused when overtaken, the rest by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.builders import office, person, register_at, write
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.account import Account
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.journal import JournalOperation, in_effect, next_to_redo, next_to_undo
from wxadmin.domain.person import Employee
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    yield workplace
    workplace.close()


def change(workplace: Workplace, before: Employee, **fields: object) -> Employee:
    after = replace(before, **fields)  # type: ignore[arg-type]
    with workplace.act(f"修改：{'、'.join(fields)}") as operation:
        operation.write([Change(before, after)])
    return after


def test_undo_and_redo_walk_back_and_forth(at_work: Workplace) -> None:
    first = person(at_work)
    second = change(at_work, first, mobile="13900000001")
    third = change(at_work, second, mobile="13900000002")
    history = History(at_work)

    def walk(step: JournalOperation | None) -> None:
        assert step is not None
        history.undo(step.id)

    def now() -> Employee | None:
        return at_work.store.get(Employee, first.id)

    walk(history.to_undo())
    assert now() == second
    walk(history.to_undo())
    assert now() == first
    walk(history.to_redo())
    assert now() == second
    walk(history.to_redo())
    assert now() == third
    assert history.to_redo() is None
    assert at_work.journal.verify() == []


def test_undo_survives_a_restart(tmp_path: Path) -> None:
    workplace = office(tmp_path)
    first = person(workplace)
    change(workplace, first, mobile="13900000001")
    workplace.close()
    workplace = open_workplace(register_at(tmp_path), writing=True, by="别人")
    done = History(workplace).undo()
    assert workplace.store.get(Employee, first.id) == first
    assert (done.by, done.title) == ("别人", "撤销：修改：mobile")
    workplace.close()
    workplace = open_workplace(register_at(tmp_path), writing=True)
    again = History(workplace).undo()
    assert again.title == "恢复：修改：mobile"
    assert workplace.store.find(Employee, id=first.id)[0].mobile == "13900000001"
    workplace.close()


def test_by_default_the_act_written_last_is_taken_back_an_undo_too(at_work: Workplace) -> None:
    first = person(at_work)
    history = History(at_work)
    history.undo()
    assert at_work.store.get(Employee, first.id) is None
    history.undo()
    assert at_work.store.get(Employee, first.id) == first


def test_an_overtaken_undo_names_record_field_and_time(at_work: Workplace) -> None:
    first = person(at_work)
    second = change(at_work, first, mobile="13900000001")
    overtaken = at_work.journal.operations()[-1]
    third = change(at_work, second, mobile="13900000002")
    change(at_work, third, remark="后来")
    with pytest.raises(UserError) as refusal:
        History(at_work).undo(overtaken.id)
    assert refusal.value.code == "overtaken"
    (line,) = refusal.value.details
    assert "林国栋" in line
    assert "手机号码" in line
    assert "备注" not in line
    when = at_work.journal.operations()[-2].at
    assert f"{when.minute:02d}" in line
    assert at_work.store.find(Employee, id=first.id)[0].mobile == "13900000002"


def test_a_later_change_of_another_field_overtakes_nothing(at_work: Workplace) -> None:
    first = person(at_work)
    second = change(at_work, first, mobile="13900000001")
    step = at_work.journal.operations()[-1]
    change(at_work, second, remark="后来")
    History(at_work).undo(step.id)
    now = at_work.store.find(Employee, id=first.id)[0]
    assert (now.mobile, now.remark) == (first.mobile, "后来")


def test_the_rest_of_an_overtaken_act_can_be_taken_back_alone(at_work: Workplace) -> None:
    people = [person(at_work, f"0{n}", f"人{n}") for n in range(3)]
    with at_work.act("都改") as operation:
        operation.write([Change(p, replace(p, remark="x")) for p in people])
    step = operation.id
    change(at_work, replace(people[1], remark="x"), remark="y")
    history = History(at_work)
    with pytest.raises(UserError):
        history.undo(step)
    history.undo(step, rest=True)
    assert [p.remark for p in at_work.store.all(Employee)] == ["", "y", ""]


def test_when_everything_was_overtaken_there_is_no_rest(at_work: Workplace) -> None:
    first = person(at_work)
    second = change(at_work, first, remark="x")
    step = at_work.journal.operations()[-1].id
    change(at_work, second, remark="y")
    with pytest.raises(UserError) as refusal:
        History(at_work).undo(step, rest=True)
    assert refusal.value.code == "nothing_to_undo"


def test_an_act_is_not_taken_back_twice(at_work: Workplace) -> None:
    person(at_work)
    step = at_work.journal.operations()[-1].id
    History(at_work).undo(step)
    with pytest.raises(UserError) as refusal:
        History(at_work).undo(step)
    assert refusal.value.code == "already_undone"


def test_what_others_still_refer_to_stays(at_work: Workplace) -> None:
    first = person(at_work)
    step = at_work.journal.operations()[-1].id
    account = Account(1, "A1", first.name, "personal", holder_id=first.id)
    write(at_work, account)
    history = History(at_work)
    with pytest.raises(UserError) as refusal:
        history.undo(step)
    assert refusal.value.code == "overtaken"
    assert "林国栋" in refusal.value.details[0]
    history.undo(at_work.journal.operations()[-1].id)
    history.undo(step)
    assert at_work.store.all(Employee) == []


def test_a_deletion_is_taken_back_with_the_same_id(at_work: Workplace) -> None:
    first = person(at_work)
    with at_work.act("去掉") as operation:
        operation.write([Change(first, None)])
    History(at_work).undo()
    assert at_work.store.get(Employee, first.id) == first


def test_a_step_that_never_was_is_refused(at_work: Workplace) -> None:
    with pytest.raises(UserError) as refusal:
        History(at_work).undo(999)
    assert refusal.value.code == "no_operation"


def test_the_journal_only_grows(at_work: Workplace) -> None:
    person(at_work)
    seen = at_work.journal.operations()
    History(at_work).undo()
    History(at_work).undo()
    assert at_work.journal.operations()[: len(seen)] == seen
    assert len(at_work.journal.operations()) == len(seen) + 2


def test_a_refusal_over_many_records_names_twenty_and_counts_the_rest(at_work: Workplace) -> None:
    ids = at_work.store.ids()
    people = [Employee(ids.next(Employee), str(n), f"人{n}") for n in range(50)]
    write(at_work, *people)
    marked = [replace(p, remark="x") for p in people]
    with at_work.act("一") as one:
        one.write([Change(a, b) for a, b in zip(people, marked, strict=True)])
    with at_work.act("二") as two:
        two.write([Change(b, replace(b, remark="y")) for b in marked])
    with pytest.raises(UserError) as refusal:
        History(at_work).undo(one.id)
    assert len(refusal.value.details) == 21
    assert "30" in refusal.value.details[-1]


def act(number: int, undoes: int | None = None) -> JournalOperation:
    return JournalOperation(
        number, datetime(2026, 11, 20), date(2026, 11, 20), "x", "t", "", undoes, 1, ""
    )


def test_what_holds_follows_from_who_took_back_whom() -> None:
    acts = [act(1), act(2), act(3, undoes=2), act(4, undoes=3), act(5, undoes=1)]
    assert in_effect(acts) == {1: False, 2: True, 3: False, 4: True, 5: True}


def test_a_new_act_ends_what_could_be_brought_back() -> None:
    acts = [act(1), act(2), act(3, undoes=2)]
    assert next_to_undo(acts) == acts[0]
    assert next_to_redo(acts) == acts[2]
    assert next_to_redo([*acts, act(4)]) is None
    assert next_to_undo([*acts, act(4)]) == act(4)


def test_an_act_brought_back_does_not_bring_back_what_was_before_it() -> None:
    acts = [act(1), act(2, undoes=1), act(3), act(4, undoes=3), act(5, undoes=4)]
    assert next_to_redo(acts) is None
    assert next_to_undo(acts) == acts[2]


def test_nothing_done_is_nothing_to_take_back() -> None:
    assert next_to_undo([]) is None
    assert next_to_redo([]) is None
