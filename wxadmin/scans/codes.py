"""Find the QR codes on the picture of a page, also where it is blurred, noisy or turned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageFilter

Found = tuple[str, float, float]
"""What a code says, and where its middle lies: shares of the page's width and height."""

_INK = 70  # how much darker than the paper something must be to be called ink
_EDGE = 0.04  # of each side: the shadow of the scanner's lid
_SHRINK = 6


def codes_on(page: Image.Image) -> list[Found]:
    """Return the codes on a grey picture, from the top down."""
    for picture in _looks(page):
        size = (picture.width, picture.height)
        found = [(code.text, *_middle(code.position, *size)) for code in _read(picture)]
        if found:
            return sorted(found, key=lambda code: (round(code[2], 1), code[1]))
    return []


def upright(picture: Image.Image) -> Image.Image:
    """Turn a page that was laid sideways or upside down, judged by its code; others stay."""
    codes = _read(picture.convert("L"))
    quarter = round(codes[0].orientation / 90) % 4 if codes else 0
    return picture.rotate(90 * quarter, expand=True) if quarter else picture


def _looks(page: Image.Image) -> Iterator[Image.Image]:
    """As it is; then larger, which helps small codes; then smoothed, which helps noisy ones."""
    yield page
    larger = page.resize((page.width * 3 // 2, page.height * 3 // 2), Image.Resampling.BILINEAR)
    yield larger
    yield larger.filter(ImageFilter.BoxBlur(1))
    yield page.resize((page.width // 2, page.height // 2), Image.Resampling.BOX)


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
