"""QR codes as rows of modules; segno makes them, nothing here draws."""

from __future__ import annotations

from functools import lru_cache

from wxadmin.domain.errors import UserError
from wxadmin.paper.items import QrCode

MOST_CHARACTERS = 300  # more cannot be read from 13 mm of printed paper
MASK = 2  # any of the eight is lawful; weighing them all takes six times as long


def qr_code(x: float, y: float, size: float, data: str) -> QrCode:
    """Place the code of `data`; `size` is its side in mm without the quiet zone.

    Raises UserError when the text is empty or too long to be read from paper.
    """
    return QrCode(x, y, size, qr_modules(data))


def qr_picture(data: str) -> bytes:
    """Return the code of `data` as a PNG with its quiet zone, for papers we do not paint."""
    import io

    import segno

    picture = io.BytesIO()
    code = segno.make(data, error="m", micro=False, boost_error=False, mask=MASK)
    code.save(picture, kind="png", scale=8, border=2)
    return picture.getvalue()


@lru_cache(maxsize=512)
def qr_modules(data: str) -> tuple[bytes, ...]:
    """Return the modules of the code row by row, 1 for black, without a quiet zone."""
    import segno  # only when something is printed

    if not data or len(data) > MOST_CHARACTERS:
        raise UserError(
            f"二维码内容应为1至{MOST_CHARACTERS}个字符，现有{len(data)}个，请改短编号。"
        )
    code = segno.make(data, error="m", micro=False, boost_error=False, mask=MASK)
    return tuple(bytes(row) for row in code.matrix)
