"""The Qt binding in use keeps its accounts: see docs/decisions/0002-pyside-pin.md."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 2_000


def test_a_call_that_returns_nothing_takes_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("莆田一厂")
    # some references come and go by themselves; the fault would cost one for every call
    assert sys.getrefcount(None) > before - CALLS // 2
