"""A scan as pages: pictures of them to look for codes on, and each cut out as a small PDF."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageOps

from wxadmin.scans.gate import PDF, PICTURE, family
from wxadmin.sheets.refusals import Refusal

MAX_PAGES = 1_000
MAX_PIXELS = 80_000_000
LONG_SIDE = 1_754  # pixels: A4 at 150 dpi
DOTS_PER_INCH = 150
MOST_RENDERED = 16_000_000
_PICTURES = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_A4_INCHES = 11.69
INKED = "1"
"""The mode of a picture whose every point is black or white."""
_QUALITY = 85
_PASSWORD = 4  # PDFium's word for it
_FILE_ID = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
_MADE_ON = re.compile(rb"(/CreationDate\(D:)\d{14}([^)]*\)/Creator\(PDFium\))")


class PdfSource:
    """The pages of a PDF."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._library: Any = pypdfium2
        try:
            self._document = pypdfium2.PdfDocument(data)
            self.count = len(self._document)
        except pypdfium2.PdfiumError as error:
            why = "password" if getattr(error, "err_code", 0) == _PASSWORD else "damaged"
            raise Refusal(why) from error

    def grey(self, page: int) -> Image.Image:
        """Return a page as a grey picture at 150 dpi, more where the page is small."""
        return self._rendered(page, LONG_SIDE, DOTS_PER_INCH / 72).convert("L")

    def picture(self, page: int, long_side: int) -> Image.Image:
        """Return a page in colour, as large as asked for."""
        return self._rendered(page, long_side, 0).convert("RGB")

    def _rendered(self, page: int, long_side: int, least: float) -> Image.Image:
        try:
            sheet = self._document[page]
            width, height = sheet.get_size()
            scale = max(long_side / max(width, height, 1), least)
            scale = min(scale, (MOST_RENDERED / max(width * height, 1)) ** 0.5)
            picture: Image.Image = sheet.render(scale=scale, grayscale=bool(least)).to_pil()
        except self._library.PdfiumError as error:
            raise Refusal("damaged") from error
        return picture

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return some pages as a PDF; the same pages always make the same bytes."""
        fresh = self._library.PdfDocument.new()
        target = io.BytesIO()
        try:
            fresh.import_pages(self._document, list(pages))
            fresh.save(target)
        except self._library.PdfiumError as error:
            raise Refusal("damaged") from error
        return _timeless(target.getvalue())


class PictureSource:
    """A picture, or the pictures of a TIFF of several pages."""

    def __init__(self, data: bytes) -> None:
        know_pictures()
        try:
            self._picture = Image.open(io.BytesIO(data), formats=_PICTURES)
            frames = getattr(self._picture, "n_frames", 1)
        except Image.DecompressionBombError as error:
            raise Refusal("picture_too_big", page=1) from error
        except (OSError, ValueError, SyntaxError) as error:
            raise Refusal("damaged") from error
        self.count = frames if self._picture.format == "TIFF" else 1

    def grey(self, page: int) -> Image.Image:
        """Return a page as a grey picture, no larger than codes need."""
        picture = self._frame(page, LONG_SIDE).convert("L")
        if max(picture.size) > 2 * LONG_SIDE:
            picture.thumbnail((2 * LONG_SIDE, 2 * LONG_SIDE), Image.Resampling.BOX)
        return picture

    def picture(self, page: int, long_side: int) -> Image.Image:
        """Return a page in colour, no larger than asked for."""
        picture = self._frame(page, 0).convert("RGB")
        picture.thumbnail((long_side, long_side))
        return picture

    def _frame(self, page: int, draft: int) -> Image.Image:
        try:
            self._picture.seek(page)
            if self._picture.width * self._picture.height > MAX_PIXELS:
                raise Refusal("picture_too_big", page=page + 1)
            if draft:
                self._picture.draft("L", (2 * draft, 2 * draft))
            self._picture.load()
            return _on_white(ImageOps.exif_transpose(self._picture))
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise Refusal("damaged") from error

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return some pages as a PDF; the same pages always make the same bytes."""
        frames = [_printable(self._fresh(page)) for page in pages]
        inked = all(frame.mode == INKED for frame in frames)  # as fax machines have it
        first, *others = frames if inked else [_greyed(frame) for frame in frames]
        quality = {} if inked else {"quality": _QUALITY}  # what is only black or white has none
        target = io.BytesIO()
        always = time.gmtime(0)
        first.save(
            target, "PDF", save_all=True, append_images=others, **quality,
            resolution=max(first.size) / _A4_INCHES, creationDate=always, modDate=always,
        )  # fmt: skip
        return target.getvalue()

    def _fresh(self, page: int) -> Image.Image:
        return self._frame(page, 0).copy()


Source = PdfSource | PictureSource


def _timeless(pdf: bytes) -> bytes:
    """Take out the hour and the chance that PDFium writes into a file; every byte keeps its place,
    so that the same pages have the same hash whenever they are cut out."""
    fixed = _FILE_ID.sub(b"/ID[<" + b"0" * 32 + b"><" + b"0" * 32 + b">]", pdf)
    return _MADE_ON.sub(rb"\g<1>19700101000000\2", fixed, count=1)


def open_source(data: bytes) -> Source:
    """Open the bytes as what they are; refuse what is no scan."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    if not data:
        raise Refusal("empty_file")
    kind = family(data[:1024])
    if kind not in (PDF, PICTURE):
        raise Refusal(kind or "not_a_scan")
    source: Source = PdfSource(data) if kind == PDF else PictureSource(data)
    if source.count == 0:
        raise Refusal("no_pages")
    if source.count > MAX_PAGES:
        raise Refusal("too_many_pages", count=source.count, limit=MAX_PAGES)
    return source


def know_pictures() -> None:
    """Load what opens the kinds of picture we take, and nothing for the many we do not."""
    from PIL import (  # noqa: F401 - each makes its kind known
        BmpImagePlugin,
        GifImagePlugin,
        JpegImagePlugin,
        MpoImagePlugin,
        PdfImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )


def _on_white(picture: Image.Image) -> Image.Image:
    """Put a picture that can be seen through on white paper."""
    if picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture


def _greyed(picture: Image.Image) -> Image.Image:
    """Return a picture that is more than black and white."""
    return picture.convert("L") if picture.mode == INKED else picture


def _printable(picture: Image.Image) -> Image.Image:
    """Return a picture in a mode a PDF can hold: black and white, grey, or colour."""
    if picture.mode in (INKED, "L", "RGB"):
        return picture
    return picture.convert("L" if picture.mode.startswith("I") else "RGB")
