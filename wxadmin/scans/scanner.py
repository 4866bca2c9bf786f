"""What a scanner makes of a printed page: for the demo and the pictures of the guide."""

from __future__ import annotations

import io
import random
import time
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_QUALITY = 70
_GRAIN = 10  # how many of 255 steps the noise is strong
_SMOOTH = 4  # a stroke is drawn so much larger, then made small
_PAPER = 250


def scan_of(page: Image.Image, degrees: float, strokes: list[tuple[float, float]]) -> bytes:
    """Return a page as the copier gives it: signed, turned a little, soft, noisy, as a PDF.

    `strokes` are the places of signatures, shares of the page's width and height. The same page
    always makes the same bytes.
    """
    chance = random.Random(len(strokes))
    signed = page.convert("L")
    for place in strokes:
        _sign(signed, place, chance)
    turned = signed.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    soft = turned.filter(ImageFilter.GaussianBlur(0.5))
    grain = Image.frombytes("L", soft.size, chance.randbytes(soft.width * soft.height))
    noise = grain.point([128 + (value - 128) * _GRAIN // 128 for value in range(256)])
    noisy = ImageChops.add(soft, noise, 1, -128)
    return _as_pdf(noisy)


def _sign(page: Image.Image, place: tuple[float, float], chance: random.Random) -> None:
    """Draw a hasty line of ink, no letters of any name."""
    width, height = page.width // 11, page.height // 48
    ink: Any = Image.new("L", (width * _SMOOTH, height * _SMOOTH), 0)
    points = []
    for step in range(15):
        across = (step + chance.uniform(-0.7, 0.7)) / 14
        up = chance.uniform(0.05, 0.95) if step % 2 else chance.uniform(0.3, 0.7)
        points.append((across * ink.width, up * ink.height))
    ImageDraw.Draw(ink).line(points, fill=230, width=2 * _SMOOTH, joint="curve")
    small = ink.resize((width, height), Image.Resampling.LANCZOS)
    left, top = round(place[0] * page.width), round(place[1] * page.height)
    page.paste(40, (left, top, left + width, top + height), small)


def _as_pdf(page: Image.Image) -> bytes:
    target = io.BytesIO()
    always = time.gmtime(0)
    page.save(
        target, "PDF", quality=_QUALITY, resolution=max(page.size) / 11.69,
        creationDate=always, modDate=always,
    )  # fmt: skip
    return target.getvalue()
