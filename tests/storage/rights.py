"""Take away the right to write, in earnest: from root on Linux and from everybody on Windows."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CAPABILITY_VERSION = 0x20080522
HEEDS_NO_MODE = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root write where nobody may."""

EVERYBODY = "*S-1-1-0"


class _Capabilities(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_uint32)
        for half in ("low", "high")
        for name in (f"effective_{half}", f"permitted_{half}", f"inheritable_{half}")
    ]


@contextmanager
def only_to_be_read(path: Path) -> Iterator[None]:
    """Let a file or folder be read, and not written, by whoever runs the test."""
    if sys.platform == "win32":
        with _denied_on_windows(path):
            yield
        return
    mode = path.stat().st_mode
    path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with _without_powers():
            yield
    finally:
        path.chmod(mode)


@contextmanager
def _without_powers() -> Iterator[None]:
    """Make this thread heed the modes of files, also where it is root's."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    powers = _Capabilities()
    if libc.capget(header, ctypes.byref(powers)):
        pytest.skip("this system tells nothing of root's powers")
    held = powers.effective_low
    powers.effective_low = held & ~HEEDS_NO_MODE
    assert libc.capset(header, ctypes.byref(powers)) == 0
    try:
        yield
    finally:
        powers.effective_low = held
        assert libc.capset(header, ctypes.byref(powers)) == 0


@contextmanager
def _denied_on_windows(path: Path) -> Iterator[None]:
    if path.is_file():
        path.chmod(0o444)
        try:
            _skip_where_it_can_be_written(path)
            yield
        finally:
            path.chmod(0o666)
        return
    _icacls(path, "/deny", f"{EVERYBODY}:(WD,AD,DC)")
    try:
        _skip_where_it_can_be_written(path)
        yield
    finally:
        _icacls(path, "/remove:d", EVERYBODY)


def _icacls(path: Path, *words: str) -> None:
    subprocess.run(["icacls", str(path), *words], check=False, capture_output=True)


def _skip_where_it_can_be_written(path: Path) -> None:
    probe = path / uuid.uuid4().hex if path.is_dir() else path
    try:
        probe.open("ab").close()
    except OSError:
        return
    if probe != path:
        probe.unlink()
    pytest.skip("this Windows (Wine) keeps no such rights")
