"""The one motion there is: 120 ms for what comes up; none where the system has animations off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QStyle, QWidget

DURATION = 120


def fade_in(widget: QWidget, then: Callable[[], object] | None = None) -> None:
    """Let a widget come up; `then` puts back the effect (a shadow) it wears afterwards.

    Keys and clicks work from the first moment: only the painting takes time.
    """
    if not animated(widget):
        return
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(0.0)
    widget.setGraphicsEffect(effect)
    motion = QPropertyAnimation(effect, b"opacity", effect)
    motion.setDuration(DURATION)
    motion.setStartValue(0.0)
    motion.setEndValue(1.0)
    motion.finished.connect(lambda: _ended(widget, effect, then))
    motion.start()


def animated(widget: QWidget) -> bool:
    """Whether the system wants motion at all."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return widget.style().styleHint(hint, None, widget) > 0


def _ended(
    widget: QWidget, effect: QGraphicsOpacityEffect, then: Callable[[], object] | None
) -> None:
    if widget.graphicsEffect() is not effect:  # another has begun meanwhile
        return
    widget.setGraphicsEffect(None)  # type: ignore[arg-type]
    if then is not None:
        then()
