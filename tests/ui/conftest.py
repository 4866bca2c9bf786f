"""The window's tests run without a screen, dressed as the program is."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from office import office_window, sample_register, workplace  # noqa: F401 - fixtures for every desk
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    """The application in its own clothes, light, standard size; afterwards light again."""
    from ui import style

    if not style.look._app:
        style.look.install(qapp, mode="light")
    yield style.look
    if style.look.mode != "light" or style.look.text_size != "standard":
        style.look.text_size = "standard"
        style.look.set_mode("light")
