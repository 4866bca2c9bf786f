"""Paper is tested with a plain measure of widths and with the forms and registers as shipped."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from wxadmin.paper.items import Face
from wxadmin.policy.forms import FormShelf, load_forms

FORMS = Path(__file__).resolve().parents[2] / "resources" / "forms"


def plain_measure(text: str, face: Face) -> float:
    """A Chinese character is as wide as it is high, any other half of that."""
    wide = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
    return wide * face.size


@pytest.fixture(scope="session")
def measure():
    return plain_measure


@pytest.fixture(scope="session")
def shelf() -> FormShelf:
    return load_forms(FORMS)
