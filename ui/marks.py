"""The state marks: one function draws them all, shape first, colour second.

marks.paint(painter, QRectF(x, y, 12, 12), "late")        in a delegate or a paintEvent
painter.drawPixmap(x, y, marks.pixmap("tick", 12, ratio))  where speed matters
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from ui import style

UNIT = 12.0
"""Marks are drawn on a grid of 12 units."""

_Draw = Callable[[QPainter, QColor, QColor], None]


def _pen(painter: QPainter, ink: QColor, width: float = 1.5) -> None:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _full(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ink))


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _tick(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.8)
    _line(painter, (2.2, 6.4), (4.9, 9.0), (10.0, 3.4))


def _proof(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _full(painter, ink)
    painter.drawEllipse(QRectF(0, 0, 12, 12))
    _pen(painter, ground, 1.6)
    _line(painter, (3.4, 6.2), (5.3, 8.0), (8.7, 4.3))


def _waiting(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink)
    painter.drawEllipse(QRectF(0.9, 0.9, 10.2, 10.2))
    _line(painter, (6.0, 3.4), (6.0, 6.3), (8.2, 7.3))


def _empty(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink)
    painter.drawEllipse(QRectF(1.6, 1.6, 8.8, 8.8))


def _triangle() -> QPolygonF:
    return QPolygonF([QPointF(6.0, 0.9), QPointF(11.4, 10.7), QPointF(0.6, 10.7)])


def _bang(painter: QPainter, ink: QColor) -> None:
    _pen(painter, ink, 1.3)
    _line(painter, (6.0, 4.6), (6.0, 7.1))
    _full(painter, ink)
    painter.drawEllipse(QPointF(6.0, 9.0), 0.75, 0.75)


def _due(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.3)
    painter.drawPolygon(_triangle())
    _bang(painter, ink)


def _late(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.3)
    painter.setBrush(QBrush(ink))
    painter.drawPolygon(_triangle())
    _bang(painter, ground)


def _stuck(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _full(painter, ink)
    painter.drawRoundedRect(QRectF(0.4, 0.4, 11.2, 11.2), 2.4, 2.4)
    _pen(painter, ground, 1.8)
    _line(painter, (3.2, 6.0), (8.8, 6.0))


def _ask(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.3)
    painter.drawEllipse(QRectF(0.8, 0.8, 10.4, 10.4))
    hook = QPainterPath(QPointF(4.5, 4.9))
    hook.cubicTo(4.5, 2.6, 7.6, 2.6, 7.6, 4.7)
    hook.cubicTo(7.6, 6.0, 6.0, 6.0, 6.0, 7.2)
    painter.drawPath(hook)
    _full(painter, ink)
    painter.drawEllipse(QPointF(6.0, 9.0), 0.75, 0.75)


def _plus(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.6)
    _line(painter, (6.0, 1.8), (6.0, 10.2))
    _line(painter, (1.8, 6.0), (10.2, 6.0))


def _minus(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.8)
    _line(painter, (1.8, 6.0), (10.2, 6.0))


def _arrow(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink)
    _line(painter, (1.4, 6.0), (10.6, 6.0))
    _line(painter, (7.4, 2.9), (10.6, 6.0), (7.4, 9.1))


def _stopped(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.3)
    painter.drawEllipse(QRectF(1.0, 1.0, 10.0, 10.0))
    _line(painter, (2.6, 9.4), (9.4, 2.6))


def _waived(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.3)
    _line(painter, (3.6, 6.0), (8.4, 6.0))


def _slash(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _pen(painter, ink, 1.2)
    _line(painter, (4.2, 10.0), (7.8, 2.0))


MARKS: dict[str, tuple[_Draw, str, str]] = {
    "tick": (_tick, "green", "ink2"),  # done, in use, 一致, 已签回
    "proof": (_proof, "green", "ink2"),  # done by proof, 已归档
    "waiting": (_waiting, "accent", "accent"),  # waiting for someone else
    "empty": (_empty, "ink3", "ink2"),  # not begun
    "due": (_due, "amber", "amber"),  # due today, differs
    "late": (_late, "red", "red"),  # overdue, still open though left
    "stuck": (_stuck, "red", "red"),  # something must be done first
    "ask": (_ask, "amber", "amber"),  # to decide
    "plus": (_plus, "accent", "accent"),  # 新增
    "minus": (_minus, "red", "red"),  # 离职、移出
    "arrow": (_arrow, "accent", "accent"),  # 变更
    "stopped": (_stopped, "ink3", "ink2"),  # 已停用, 不能撤销
    "waived": (_waived, "ink3", "ink2"),  # 免办
    "slash": (_slash, "field", "ink2"),  # 不适用
}
"""Each mark: how it is drawn, the token of the mark, the token of the word beside it in a table."""


def token(mark: str) -> str:
    """The colour token of a mark."""
    return MARKS[mark][1]


def word_token(mark: str) -> str:
    """The colour token of the word that stands beside a mark in a table."""
    return MARKS[mark][2]


def paint(
    painter: QPainter, box: QRectF, mark: str, ink: str | None = None, ground: str = "content"
) -> None:
    """Draw `mark` into `box`; `ground` is the token that shows through full shapes."""
    draw, own, _ = MARKS[mark]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / UNIT, box.height() / UNIT)
    draw(painter, style.colour(ink or own), style.colour(ground))
    painter.restore()


def pixmap(
    mark: str, size: int = 12, ratio: float = 1.0, ink: str | None = None, ground: str = "content"
) -> QPixmap:
    """The mark as a picture for a screen of this pixel ratio; kept until the look changes."""
    return _kept_pixmap(mark, style.px(size), ratio, ink or token(mark), ground)


@lru_cache(maxsize=512)
def _kept_pixmap(mark: str, side: int, ratio: float, ink: str, ground: str) -> QPixmap:
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, QRectF(0, 0, side, side), mark, ink, ground)
    painter.end()
    return picture


def paint_checkbox(
    painter: QPainter, box: QRectF, checked: bool, enabled: bool = True, partly: bool = False
) -> None:
    """A checkbox of 16 units: bordered when empty, accent with a tick in `content` when ticked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    frame = QRectF(0.5, 0.5, 15, 15)
    if checked or partly:
        _full(painter, style.colour("accent" if enabled else "ink3"))
        painter.drawRoundedRect(QRectF(0, 0, 16, 16), 3, 3)
        _pen(painter, style.colour("content"), 2)
        _line(painter, *([(4, 8), (12, 8)] if partly else [(4, 8.4), (6.9, 11.2), (12.2, 5.2)]))
    else:
        _pen(painter, style.colour("field" if enabled else "line2"), 1)
        painter.setBrush(QBrush(style.colour("field_bg")))
        painter.drawRoundedRect(frame, 3, 3)
    painter.restore()


style.look.changed.connect(_kept_pixmap.cache_clear)
