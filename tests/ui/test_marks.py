"""State marks differ by shape, not by colour alone."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from ui import marks, style


def _grey(mark: str) -> list[int]:
    """The mark painted in one ink on white, as grey values."""
    image = QImage(24, 24, QImage.Format.Format_Grayscale8)
    image.fill(style.colour("content"))
    painter = QPainter(image)
    marks.paint(painter, QRectF(0, 0, 24, 24), mark, ink="ink")
    painter.end()
    return [image.pixelColor(x, y).red() for y in range(24) for x in range(24)]


def test_all_marks_are_told_apart_in_grey():
    painted = {mark: _grey(mark) for mark in marks.MARKS}
    for one, other in combinations(painted, 2):
        differing = sum(abs(a - b) > 96 for a, b in zip(painted[one], painted[other], strict=True))
        assert differing >= 20, f"{one} looks like {other} ({differing} of 576 points differ)"


def test_a_marks_picture_follows_the_mode():
    light = marks.pixmap("late").toImage()
    style.look.set_mode("dark")
    assert marks.pixmap("late").toImage() != light


def test_a_picture_is_as_sharp_as_its_screen():
    assert marks.pixmap("tick", 12, 1.5).width() == 18
    assert marks.pixmap("tick", 12, 1.5).devicePixelRatio() == 1.5
