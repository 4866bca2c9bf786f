"""The journeys are played in the real window, on the register the desks' own tests use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ui"))

from office import sample_register, workplace  # noqa: F401 - fixtures for every journey
