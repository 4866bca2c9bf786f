"""The mark of every step on a day, what holds a list up, and successors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wxadmin.domain.checklist import (
    DONE,
    NOT_APPLICABLE,
    TICKED,
    WAIVED,
    Checklist,
    ChecklistItem,
)
from wxadmin.domain.checklist_moves import plan_close, plan_stand_in, plan_waive, step_of
from wxadmin.domain.checklist_view import Look, StepView, blocked_sentence, due_word, look_at
from wxadmin.domain.errors import UserError
from wxadmin.domain.evidence import OFFBOARDING, PersonEvidence
from wxadmin.domain.form import IN_APPROVAL, Form
from wxadmin.domain.group import MOBILE, Group
from wxadmin.domain.membership import PersonFacts
from wxadmin.domain.person import Employee
from wxadmin.domain.reminder import band_of, when_word
from wxadmin.domain.successors import suggest

TODAY = date(2026, 11, 20)
LIST = Checklist(1, OFFBOARDING, 1, None, date(2026, 11, 18), "手工发起")
PLANT = Group(1, "p", "莆田一厂", MOBILE)


def item(no: int = 1, *, days: int = 0, **fields: object) -> ChecklistItem:
    """A step that is due so many days from today."""
    values: dict[str, object] = {
        "short": "某 步",
        "title": f"第{no}件",
        "text": "",
        "role": "管理员",
        "due_on": TODAY + timedelta(days=days),
        "blocking": False,
        "proof_kind": "none",
        "source": "T0-19",
        **fields,
    }
    return ChecklistItem(no, 1, no, **values)  # type: ignore[arg-type]


def look(*items: ChecklistItem, **known: object) -> Look:
    person = Employee(1, "00012", "林国栋", leave_date=date(2026, 11, 18))
    evidence = PersonEvidence(person, TODAY, LIST.event_on, OFFBOARDING, **known)  # type: ignore[arg-type]
    return look_at(LIST, items, evidence, TODAY)


def only(*items: ChecklistItem, **known: object) -> StepView:
    return look(*items, **known).steps[-1]


@pytest.mark.parametrize(("days", "mark"), [(-1, "late"), (0, "due"), (1, "empty")])
def test_an_open_step_is_late_due_or_not_begun_by_its_day(days: int, mark: str) -> None:
    assert only(item(days=days)).mark == mark


@pytest.mark.parametrize(
    ("state", "mark"), [(TICKED, "tick"), (WAIVED, "waived"), (NOT_APPLICABLE, "slash")]
)
def test_a_settled_step_shows_how(state: str, mark: str) -> None:
    assert only(item(state=state)).mark == mark


def test_a_step_waits_while_its_paper_is_with_somebody_else() -> None:
    form = Form(1, "QWJJ-1", "account_handover", 1, IN_APPROVAL, employee_id=1, printed_on=TODAY)
    assert only(item(days=3, proof_kind="form_signed"), forms=(form,)).mark == "waiting"


def test_what_holds_everything_up_is_stuck_from_its_day_on() -> None:
    owner = {"proof_kind": "no_owned_groups", "blocking": True}
    assert only(item(days=-2, **owner), owned=(PLANT,)).mark == "stuck"
    assert only(item(days=2, **owner), owned=(PLANT,)).mark == "empty"


def test_a_step_whose_forerunner_is_late_waits_quietly_and_names_it() -> None:
    seen = look(item(1, days=-3), item(2, days=-1, prerequisites=(1,)))
    first, then = seen.steps
    assert (first.mark, first.when) == ("late", "逾期3天")
    assert (then.mark, then.when, then.sentence) == ("empty", "先办别的", "先办：第1件")


def test_what_does_not_apply_does_not_count() -> None:
    seen = look(item(1, state=NOT_APPLICABLE), item(2, state=TICKED), item(3))
    assert (seen.done, seen.total) == (1, 2)


def test_the_obstacle_is_what_holds_up_before_what_merely_blocks() -> None:
    seen = look(
        item(1, blocking=True),
        item(2, days=-2, blocking=True, proof_kind="no_owned_groups"),
        owned=(PLANT,),
    )
    assert blocked_sentence("林国栋", seen) == "还不能办结：林国栋仍是1个群的群主：莆田一厂。"


def test_a_blocking_step_cannot_be_waived() -> None:
    with pytest.raises(UserError, match="不能免办"):
        plan_waive(only(item(blocking=True)), TODAY, "原因")


def test_standing_in_never_overrides_what_the_register_holds_open() -> None:
    owner = item(blocking=True, proof_kind="no_owned_groups", needs_leaver=True)
    step = only(owner, owned=(PLANT,))
    (change,) = plan_stand_in(step, TODAY, stand_in="王", witness="陈", note="自离")
    after = change.after
    assert isinstance(after, ChecklistItem)
    assert only(after, owned=(PLANT,)).settled is False
    assert (after.stand_in, after.witness) == ("王", "陈")


def test_who_stands_in_cannot_be_his_own_witness() -> None:
    step = only(item(needs_leaver=True))
    with pytest.raises(UserError, match="不能是同一个人"):
        plan_stand_in(step, TODAY, stand_in="王", witness="王", note="自离")


def test_a_list_without_open_steps_is_closed_with_its_proofs() -> None:
    seen = look(item(1, state=TICKED), item(2, proof_kind="holdings_listed"))
    closed, proof = (change.after for change in plan_close("林国栋", seen, TODAY))
    assert isinstance(closed, Checklist)
    assert isinstance(proof, ChecklistItem)
    assert (closed.state, proof.state) == (DONE, TICKED)
    assert proof.note.startswith("已办，依据：")


def test_a_step_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UserError, match="没有第9步"):
        step_of(look(item(1)), 9)


@pytest.mark.parametrize(
    ("days", "word"), [(-3, "逾期3天"), (0, "今天"), (5, "11-25前"), (60, "2027-01-19前")]
)
def test_the_word_at_the_right_says_when(days: int, word: str) -> None:
    assert due_word(TODAY + timedelta(days=days), TODAY) == word


@pytest.mark.parametrize(
    ("days", "band", "word"),
    [
        (-15, "late", "逾期 15 天"),
        (0, "today", "今天"),
        (7, "week", "周五 11-27"),
        (8, "later", "周六 11-28"),
    ],
)
def test_a_reminder_stands_under_the_heading_of_its_day(days: int, band: str, word: str) -> None:
    day = TODAY + timedelta(days=days)
    assert (band_of(day, TODAY), when_word(day, TODAY)) == (band, word)


RANKS = {"经理": 5, "副经理": 4, "主任": 3, "班组长": 2}


def somebody(number: int, rank: str, *path: int, here: bool = True) -> PersonFacts:
    return PersonFacts(number, path, rank, rank, in_service=here)


def proposed(*candidates: PersonFacts, among: tuple[int, ...] = ()) -> int | None:
    leaver = somebody(1, "主任", 1, 2, 3)
    found = suggest(leaver, candidates, RANKS, str, among)
    return found.person_id if found else None


def test_the_nearest_unit_comes_before_the_nearest_rank() -> None:
    assert proposed(somebody(2, "主任", 1, 2), somebody(3, "班组长", 1, 2, 3)) == 3


def test_the_next_rank_below_comes_before_any_above() -> None:
    assert proposed(somebody(2, "经理", 1, 2, 3), somebody(3, "班组长", 1, 2, 3)) == 3


def test_nobody_is_proposed_from_another_unit_without_rank_or_who_left() -> None:
    others = (
        somebody(2, "主任", 9),
        somebody(3, "员工", 1, 2, 3),
        somebody(4, "主任", 1, 2, 3, here=False),
    )
    assert proposed(*others) is None


def test_only_who_belongs_to_the_group_takes_it_over() -> None:
    two = (somebody(2, "主任", 1, 2, 3), somebody(3, "班组长", 1, 2, 3))
    assert proposed(*two, among=(3,)) == 3
