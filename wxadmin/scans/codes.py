"""Find the QR codes on the picture of a page, also where it is blurred, noisy or turned."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from PIL import Image, ImageFilter

from wxadmin.domain.form_definition import read_paper_code

Found = tuple[str, float, float]
"""What a code says, and where its middle lies: shares of the page's width and height."""

_INK = 70  # how much darker than the paper something must be to be called ink
_EDGE = 0.04  # of each side: the shadow of the scanner's lid
_SHRINK = 6
_USUAL = 1_754  # pixels of the longer side: A4 at 150 dpi
_BROAD = 2_000  # pixels: broader than A4 laid sideways
_EVERY = 9  # more looks than there are
_LARGE = 2_400  # above this a page is first looked at made smaller


def codes_on(page: Image.Image) -> list[Found]:
    """Return the codes on a grey picture, from the top down.

    One of ours is enough on an upright page. A broad one may be two sheets side by side, and a
    foreign code may hide ours: there a second look is taken, and every look on a large page.
    """
    found: dict[str, Found] = {}
    for look, picture in enumerate(_looks(page), start=1):
        for code in _read(picture):
            place = _middle(code.position, picture.width, picture.height)
            found.setdefault(code.text, (code.text, *place))
        if look >= _needed(page, found):
            break
    return sorted(found.values(), key=lambda code: (round(code[2], 1), code[1]))


def _needed(page: Image.Image, found: Collection[str]) -> int:
    """How many looks a page is worth, by what was found so far."""
    if not any(read_paper_code(text) for text in found):
        return _EVERY
    if page.height >= page.width:
        return 1 if len(found) == 1 else 2
    return _EVERY if page.width > _BROAD else 2


def upright(picture: Image.Image) -> Image.Image:
    """Turn a page that was laid sideways or upside down, judged by its code; others stay."""
    codes = _read(picture.convert("L"))
    quarter = round(codes[0].orientation / 90) % 4 if codes else 0
    return picture.rotate(90 * quarter, expand=True) if quarter else picture


def _looks(page: Image.Image) -> Iterator[Image.Image]:
    """First small enough to be quick; then as it is, larger, which helps small codes, smoothed,
    which helps noisy ones, and at last very small."""
    long_side = max(page.size)
    if long_side > _LARGE:
        yield _resized(page, _USUAL / long_side, Image.Resampling.BOX)
    yield page
    larger = _resized(page, 1.5, Image.Resampling.BILINEAR) if long_side <= _LARGE else page
    if larger is not page:
        yield larger
    yield larger.filter(ImageFilter.BoxBlur(1))
    yield _resized(page, 0.5, Image.Resampling.BOX)


def _resized(page: Image.Image, by: float, how: Image.Resampling) -> Image.Image:
    return page.resize((max(round(page.width * by), 1), max(round(page.height * by), 1)), how)


def _read(picture: Image.Image) -> list[Any]:
    import zxingcpp

    wanted: Any = zxingcpp.BarcodeFormat.QRCode
    pixels = picture.tobytes()  # named, for the reader looks at these very bytes
    view: Any = memoryview(pixels).cast("B", (picture.height, picture.width))
    codes = zxingcpp.read_barcodes(view, formats=wanted)
    return [code for code in codes if code.valid and code.text]


def _middle(place: Any, width: int, height: int) -> tuple[float, float]:
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = sum(corner.x for corner in corners) / 4 / width
    return across, sum(corner.y for corner in corners) / 4 / height


def is_bare(page: Image.Image) -> bool:
    """Whether nothing stands on a grey page: the back of a sheet that was scanned on both sides.

    Noise is averaged away first; what shines through from the front is too faint to count.
    """
    edge = (round(page.width * _EDGE), round(page.height * _EDGE))
    inner = page.crop((edge[0], edge[1], page.width - edge[0], page.height - edge[1]))
    small = inner.resize(
        (max(inner.width // _SHRINK, 1), max(inner.height // _SHRINK, 1)), Image.Resampling.BOX
    )
    counts = small.histogram()
    paper = max(range(256), key=counts.__getitem__)
    return sum(counts[: max(paper - _INK, 0)]) == 0
