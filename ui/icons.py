"""Line icons from resources/icons, tinted by a token and sharp on every screen.

icons.wear(button, "print")                    follows mode, text size and screen by itself
painter.drawPixmap(x, y, icons.pixmap("alert", 18, "red", ratio))
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap

from ui import style

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_worn: WeakKeyDictionary[Any, tuple[str, str, int]] = WeakKeyDictionary()


def pixmap(name: str, size: int = 18, token: str = "ink2", ratio: float | None = None) -> QPixmap:
    """The icon `size` px wide in the colour of `token` for a device pixel ratio."""
    return _kept_pixmap(name, style.px(size), style.look.value(token), ratio or screen_ratio())


def icon(name: str, token: str = "ink2", size: int = 18) -> QIcon:
    """The icon for a menu or an action, with a quieter picture for when it is disabled."""
    from PySide6.QtGui import QIcon  # the rail paints pictures: not needed for the first frame

    made = QIcon()
    made.addPixmap(pixmap(name, size, token))
    made.addPixmap(pixmap(name, size, "ink3"), QIcon.Mode.Disabled)
    return made


def wear(widget: Any, name: str, token: str = "ink2", size: int = 16) -> None:
    """Give a button (anything with `setIcon`) an icon that is redrawn when the look changes."""
    _worn[widget] = (name, token, size)
    widget.setIcon(icon(name, token, size))
    if hasattr(widget, "setIconSize"):
        widget.setIconSize(QSize(style.px(size), style.px(size)))


def redraw() -> None:
    """Redraw all worn icons: after a change of mode or text size, or on another screen."""
    for widget, (name, token, size) in list(_worn.items()):
        try:
            wear(widget, name, token, size)
        except RuntimeError:  # Qt has deleted the widget already
            _worn.pop(widget, None)


def screen_ratio() -> float:
    """The highest device pixel ratio of the screens in use."""
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


@lru_cache(maxsize=512)
def _kept_pixmap(name: str, side: int, shade: str, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # not needed before the first icon

    tint = QColor(shade).name()
    drawing = _source(name).replace("currentColor", tint)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (style.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


style.look.changed.connect(redraw)
