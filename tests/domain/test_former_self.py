"""A returning person is known by name and number together, never by one of them alone."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.former_self import BY_ID, BY_MOBILE, FormerSelves, Known

ON = date(2026, 11, 20)
LEFT = date(2026, 3, 31)


def selves(*people: Known) -> FormerSelves:
    return FormerSelves(people, ON)


LIN = Known(1, "林国栋", ("林阿栋",), "13805950012", "350301199001011234", LEFT)


def test_name_and_number_together_tell_who_it_was() -> None:
    known = selves(LIN)
    assert known.of("林国栋", "+86 138-0595-0012") == (1, BY_MOBILE)
    assert known.of("林阿栋", "", "350301199001011234") == (1, BY_ID)


def test_a_name_or_a_number_alone_tells_nothing() -> None:
    known = selves(LIN)
    assert known.of("林国栋") is None
    assert known.of("陈晓明", "13805950012") is None
    assert known.of("林国栋", "13805950013") is None


def test_who_has_not_left_does_not_come_back() -> None:
    here = LIN._replace(leave_date=None)
    later = LIN._replace(leave_date=date(2026, 12, 1))
    assert selves(here).of("林国栋", "13805950012") is None
    assert selves(later).of("林国栋", "13805950012") is None


def test_with_another_id_number_it_is_another_person() -> None:
    assert selves(LIN).of("林国栋", "13805950012", "350301198001011234") is None


def test_a_new_record_finds_its_own_old_one_and_not_itself() -> None:
    again = LIN._replace(id=7, id_no="", leave_date=None)
    assert selves(LIN, again).of_id(7) == (1, BY_MOBILE)
    assert selves(LIN).of_id(1) is None
    assert selves(LIN).of_id(99) is None


def test_of_several_records_the_one_left_last_counts() -> None:
    older = LIN._replace(id=2, leave_date=date(2020, 1, 1))
    assert selves(older, LIN).of("林国栋", "13805950012") == (1, BY_MOBILE)
