"""Pages are sorted by their codes alone: whose they are, what belongs together, what is asked."""

from __future__ import annotations

import pytest

from wxadmin.domain.form import IN_APPROVAL, WITHDRAWN
from wxadmin.domain.incoming import DUPLICATE, TO_LOOK_AT, TO_SETTLE
from wxadmin.domain.scan_sorting import CodeSeen, KnownForm, PageSeen, Piece, sort_pages

ONE, TWO = "QWSQ-202611-001", "LZJJ-202611-002"


def page(number: int, *codes: str, bare: bool = False, readable: bool = True) -> PageSeen:
    return PageSeen(number, tuple(map(CodeSeen, codes)), bare, readable)


def known(
    number: str = ONE, *, sheet: int = 1, version: int = 1, scanned: bool = False, state: str = ""
) -> dict[str, KnownForm]:
    return {number: KnownForm(7, number, state or IN_APPROVAL, version, sheet, scanned)}


def one_piece(*pages: PageSeen, forms: dict[str, KnownForm] | None = None) -> Piece:
    (piece,) = sort_pages(pages, known() if forms is None else forms).pieces
    return piece


def test_a_page_with_a_code_goes_to_its_form() -> None:
    assert one_piece(page(1, f"{ONE}/1")) == Piece((1,), TO_LOOK_AT, f"{ONE}/1", ONE, 7)


def test_further_pages_of_a_form_join_its_first_even_out_of_order() -> None:
    found = sort_pages(
        [page(1, f"{ONE}/1"), page(2, f"{TWO}/1"), page(3, f"{ONE}/1-2")], known() | known(TWO)
    )
    assert [piece.pages for piece in found.pieces] == [(1, 3), (2,)]


def test_a_further_page_alone_waits() -> None:
    assert one_piece(page(1, f"{ONE}/1-2")).reason == "只有第2页，缺第1页"


def test_the_same_first_page_twice_is_a_duplicate() -> None:
    first, second = sort_pages([page(1, f"{ONE}/1"), page(2, f"{ONE}/1")], known()).pieces
    assert (first.state, second.state) == (TO_LOOK_AT, DUPLICATE)


@pytest.mark.parametrize(
    ("code", "forms", "reason"),
    [
        (f"{ONE}/1", known(sheet=2), "这是第1版，已被第2版取代"),
        (f"{ONE}/1", known(version=2), "这张纸按第1版表样印，登记的是第2版表样"),
        (f"{ONE}/1", known(state=WITHDRAWN), "这张表已“撤回”"),
        (f"{TWO}/1", known(), f"登记库里没有编号为{TWO}的表"),
    ],
)
def test_what_is_doubtful_waits_with_its_reason(
    code: str, forms: dict[str, KnownForm], reason: str
) -> None:
    piece = one_piece(page(1, code), forms=forms)
    assert (piece.state, piece.reason) == (TO_SETTLE, reason)


def test_the_present_sheet_of_a_form_sent_back_is_taken() -> None:
    assert one_piece(page(1, f"{ONE}/1.2"), forms=known(sheet=2)).state == TO_LOOK_AT


def test_a_form_already_scanned_is_a_duplicate() -> None:
    assert one_piece(page(1, f"{ONE}/1"), forms=known(scanned=True)).state == DUPLICATE


def test_bare_and_unreadable_pages_are_counted_and_not_kept() -> None:
    found = sort_pages([page(1, bare=True), page(2, readable=False)], {})
    assert (found.pieces, found.bare, found.unreadable) == ((), (1,), (2,))


def test_a_page_without_a_code_names_the_form_before_it() -> None:
    _, behind = sort_pages([page(1, f"{ONE}/1"), page(2)], known()).pieces
    assert (behind.number, behind.reason) == (ONE, f"没有找到二维码；前一页是{ONE}")
    _, far = sort_pages([page(1, f"{ONE}/1"), page(3)], known()).pieces
    assert far.reason == "没有找到二维码"
