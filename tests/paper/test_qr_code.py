"""The code on a form says its number and version, and nothing unreadable is printed."""

from __future__ import annotations

import pytest
import segno

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import paper_code, read_paper_code
from wxadmin.paper.form import FormSheet, form_pages
from wxadmin.paper.items import QrCode
from wxadmin.paper.qr_code import MASK, qr_modules


def test_the_code_says_number_and_version(shelf, measure) -> None:
    (page,) = form_pages(shelf.forms["account_request"], FormSheet("QWSQ-202611-042"), measure)
    code = next(item for item in page.items if isinstance(item, QrCode))
    wanted = segno.make("QWSQ-202611-042/1", error="m", micro=False, boost_error=False, mask=MASK)
    assert code.modules == tuple(bytes(row) for row in wanted.matrix)
    assert len(code.modules) == 21  # the smallest there is: 0.6 mm a module


def test_a_code_is_read_back() -> None:
    assert read_paper_code(paper_code("QWSQ-202611-042", 3)) == ("QWSQ-202611-042", 3, 1, 1)


def test_the_code_of_a_second_sheet_says_so() -> None:
    assert read_paper_code(paper_code("QWSQ-202611-042", 3, 2)) == ("QWSQ-202611-042", 3, 2, 1)


def test_the_code_of_a_further_page_says_so() -> None:
    assert read_paper_code(paper_code("QWSQ-202611-042", 3, 2, 4)) == ("QWSQ-202611-042", 3, 2, 4)


def test_every_page_behind_a_form_has_its_own_code(shelf, measure) -> None:
    sheet = FormSheet("QWSQ-202611-042", {"purposes": "各车间日常联络。" * 700})
    pages = form_pages(shelf.forms["account_request"], sheet, measure)
    codes = [item for page in pages for item in page.items if isinstance(item, QrCode)]
    assert len(pages) > 2
    said = [qr_modules(paper_code("QWSQ-202611-042", 1, 1, page + 1)) for page in range(len(pages))]
    assert [code.modules for code in codes] == said


@pytest.mark.parametrize("foreign", ["", "https://example.cn/a?b", "QWSQ-1", "a b/1", "/1"])
def test_a_foreign_code_is_not_taken_for_ours(foreign: str) -> None:
    assert read_paper_code(foreign) is None


@pytest.mark.parametrize("hostile", ["=HYPERLINK(1)", "<img src=x>", "张\u202e伟", "a" * 300])
def test_any_text_of_lawful_length_becomes_a_code(hostile: str) -> None:
    assert qr_modules(hostile)


@pytest.mark.parametrize("wrong", ["", "长" * 301])
def test_an_empty_or_endless_text_is_refused(wrong: str) -> None:
    with pytest.raises(UserError, match="二维码"):
        qr_modules(wrong)
