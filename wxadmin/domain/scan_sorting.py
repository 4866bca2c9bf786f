"""Sort the pages of a scan: which form each belongs to by its code, and what must be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wxadmin.domain.form import REJECTED, WITHDRAWN
from wxadmin.domain.form_definition import PaperCode, read_paper_code
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.incoming import DUPLICATE, TO_LOOK_AT, TO_SETTLE

NO_CODE = "没有找到二维码"
FOREIGN = "只有别处的二维码"


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A code on a page: what it says, and where its middle lies (shares of width and height)."""

    text: str
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page of a scan (from 1): its codes; `bare` where nothing stands on it."""

    number: int
    codes: tuple[CodeSeen, ...] = ()
    bare: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True)
class KnownForm:
    """What must be known of a form to judge a page of it; `scanned` where one is on record."""

    id: int
    number: str
    state: str
    definition_version: int
    sheet: int = 1
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages of one scan that belong together, and what is to be done with them.

    `number` is the form they belong to, or probably belong to, "" where nobody knows.
    """

    pages: tuple[int, ...]
    state: str
    code: str = ""
    number: str = ""
    form_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The pieces of a scan, its bare pages, and the pages nobody can read."""

    pieces: tuple[Piece, ...]
    bare: tuple[int, ...] = ()
    unreadable: tuple[int, ...] = ()


def our_codes(page: PageSeen) -> list[PaperCode]:
    """Return the codes of forms on a page, each once; foreign codes are passed over."""
    read = (read_paper_code(code.text) for code in page.codes)
    return list(dict.fromkeys(code for code in read if code is not None))


def numbers_on(pages: Iterable[PageSeen]) -> set[str]:
    """Return the numbers the codes of a scan speak of."""
    return {code.number for page in pages for code in our_codes(page)}


def sort_pages(pages: Iterable[PageSeen], forms: Mapping[str, KnownForm]) -> Sorted:
    """Put pages of one form together and judge each piece; `forms` are those known, by number."""
    seen = list(pages)
    pieces: list[Piece] = []
    for page in seen:
        if page.bare or not page.readable:
            continue
        codes = our_codes(page)
        for code in codes:
            _add(pieces, page, code, forms)
        if not codes:
            pieces.append(_nameless(page, pieces))
    return Sorted(
        tuple(pieces),
        tuple(page.number for page in seen if page.bare),
        tuple(page.number for page in seen if not page.readable),
    )


def _add(
    pieces: list[Piece], page: PageSeen, code: PaperCode, forms: Mapping[str, KnownForm]
) -> None:
    """Put a further page to its first one; anything else is a piece of its own."""
    said = _spoken(code)
    same = [at for at, piece in enumerate(pieces) if piece.code == said]
    if code.page > 1 and same:
        first = pieces[same[-1]]
        pieces[same[-1]] = replace(first, pages=(*first.pages, page.number))
        return
    state, reason = _judged(code, forms.get(code.number), bool(same))
    known = forms.get(code.number)
    pieces.append(
        Piece((page.number,), state, said, code.number, known.id if known else None, reason)
    )


def _spoken(code: PaperCode) -> str:
    """Return what the code on the first page says."""
    whole = f"{code.number}/{code.version}"
    return whole if code.sheet == 1 else f"{whole}.{code.sheet}"


def _judged(code: PaperCode, form: KnownForm | None, again: bool) -> tuple[str, str]:
    """Return the state of a piece with a code, and the reason where it waits for a hand."""
    if form is None:
        return TO_SETTLE, f"登记库里没有编号为{code.number}的表"
    if code.sheet < form.sheet:
        return TO_SETTLE, f"这是第{code.sheet}版，已被第{form.sheet}版取代"
    if code.version != form.definition_version:
        made, now = code.version, form.definition_version
        return TO_SETTLE, f"这张纸按第{made}版表样印，登记的是第{now}版表样"
    if form.state in (REJECTED, WITHDRAWN):
        return TO_SETTLE, f"这张表已“{form.state}”"
    if form.scanned:
        return DUPLICATE, "这张表已有扫描件"
    if again:
        return DUPLICATE, "同一份里已有这张表"
    if code.page > 1:
        return TO_SETTLE, f"只有第{code.page}页，缺第1页"
    return TO_LOOK_AT, ""


def _nameless(page: PageSeen, before: list[Piece]) -> Piece:
    """A page without a code of ours: perhaps it goes with the one before it."""
    reason = FOREIGN if page.codes else NO_CODE
    last = before[-1] if before else None
    if last is None or last.form_id is None or last.pages[-1] != page.number - 1:
        return Piece((page.number,), TO_SETTLE, reason=reason)
    said = f"{reason}；前一页是{last.number}"
    return Piece((page.number,), TO_SETTLE, number=last.number, reason=said)
