"""Sheets of paper as a scanner sees them: a code, some grid, then turned, blurred and noisy."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

DPI = 150
A4 = (1240, 1754)


def millimetres(number: float) -> int:
    return round(number * DPI / 25.4)


def code_picture(text: str, side: float = 13.0) -> Image.Image:
    """A QR code as it is printed, `side` mm wide without its quiet zone."""
    target = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        target, kind="png", border=0, scale=8
    )
    picture = Image.open(io.BytesIO(target.getvalue())).convert("L")
    return picture.resize((millimetres(side), millimetres(side)), Image.Resampling.BOX)


def sheet(*codes: str, side: float = 13.0) -> Image.Image:
    """An A4 page with a grid and its codes at the right, one below the other."""
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    for row in range(12):
        top = millimetres(50 + row * 18)
        draw.rectangle((millimetres(25), top, millimetres(198), top + millimetres(18)), outline=0)
    for at, code in enumerate(codes):
        place = (millimetres(185), millimetres(18 + at * 130))
        page.paste(code_picture(code, side), place)
    return page


def scanned(page: Image.Image, degrees: float = 0.0, noise: float = 12.0) -> Image.Image:
    """The page as a scanner gives it: turned, a little blurred, noisy, grey."""
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=250)
    soft = turned.filter(ImageFilter.GaussianBlur(0.5))
    return ImageChops.add(soft, Image.effect_noise(soft.size, noise), 1, -128)


def save_pdf(path: Path, pages: Sequence[Image.Image]) -> Path:
    first, *others = pages
    first.save(path, "PDF", save_all=True, append_images=others, resolution=DPI)
    return path
