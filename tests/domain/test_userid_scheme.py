"""Userids by the company's scheme, and never one that was ever used."""

from __future__ import annotations

import pytest

from wxadmin.domain.userid_scheme import (
    FULL,
    FULL_NUMBERED,
    INITIALS_NUMBER,
    MOBILE,
    NUMBER,
    Wanted,
    proposed_userid,
)

ZENG = Wanted("zengguodong", "zgd", "00012", "13805950012")


@pytest.mark.parametrize(
    ("scheme", "userid"),
    [
        (FULL, "zengguodong"),
        (FULL_NUMBERED, "zengguodong01"),
        (INITIALS_NUMBER, "zgd00012"),
        (NUMBER, "00012"),
        (MOBILE, "13805950012"),
    ],
)
def test_each_scheme_makes_its_own_id(scheme: str, userid: str) -> None:
    assert proposed_userid(scheme, ZENG, set()) == userid


@pytest.mark.parametrize(
    ("scheme", "userid"),
    [
        (FULL, "zengguodong2"),
        (FULL_NUMBERED, "zengguodong02"),
        (INITIALS_NUMBER, "zgd00012-2"),
        (NUMBER, "00012-2"),
        (MOBILE, "13805950012-2"),
    ],
)
def test_an_id_that_was_used_is_never_proposed_again(scheme: str, userid: str) -> None:
    taken = {"zengguodong", "zengguodong01", "zgd00012", "00012", "13805950012"}
    assert proposed_userid(scheme, ZENG, taken) == userid


@pytest.mark.parametrize("scheme", [INITIALS_NUMBER, NUMBER, MOBILE])
def test_who_lacks_what_the_scheme_asks_for_gets_his_name(scheme: str) -> None:
    nobody = Wanted("zengguodong", "zgd", "临-0003", "")
    assert proposed_userid(scheme, nobody, set()) == "zengguodong"


def test_an_id_is_never_longer_than_the_console_takes() -> None:
    long = Wanted("a" * 60, "a", "1" * 32)
    taken = {"a" * 30 + "01", "1" * 32}
    assert proposed_userid(FULL_NUMBERED, long, taken) == "a" * 30 + "02"
    assert len(proposed_userid(NUMBER, long, taken)) == 32
