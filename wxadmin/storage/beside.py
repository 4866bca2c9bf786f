"""The files that belong to a register and lie beside it: 扫描件, 来件, 制度."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass

PAPER = (paths.SCANS, paths.INCOMINGS)
"""Folders whose files are written once and never changed."""
FOLDERS = (*PAPER, paths.POLICIES)
_PASSING = (".", "~$")
_NOT_OURS = frozenset({"thumbs.db", "desktop.ini"})
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_HASH = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file beside a register: its path from there (扫描件/一张.pdf), its hash, its bytes."""

    path: str
    sha256: str
    size: int

    def beside(self, register: Path) -> Path:
        """Return where it lies, or is to lie."""
        return register.parent / self.path


def files_beside(register: Path) -> Iterator[tuple[str, Path]]:
    """Walk the files that lie beside a register, by their path from there.

    What another program keeps there while it works (hidden files, ~$…) is passed over.
    """
    for folder in FOLDERS:
        for root, _, names in os.walk(register.parent / folder):
            for name in sorted(names):
                place = Path(root) / name
                passing = name.startswith(_PASSING) or name.lower() in _NOT_OURS
                if not passing and place.is_file() and not place.is_symlink():
                    yield place.relative_to(register.parent).as_posix(), place


def look_at(path: str, place: Path) -> Kept:
    """Read a file's hash and size."""
    return Kept(path, file_hash(place), place.stat().st_size)


def all_beside(register: Path, known: Mapping[str, Kept] | None = None) -> list[Kept]:
    """Return every file beside a register; what is `known` of its path and size is not read."""
    found = []
    for path, place in files_beside(register):
        seen = known.get(path) if known else None
        is_seen = seen is not None and seen.size == place.stat().st_size
        found.append(seen if seen is not None and is_seen else look_at(path, place))
    return found


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def is_safe(path: str) -> bool:
    """Whether a path from elsewhere stays in our folders and can be written on every system."""
    parts = PurePosixPath(path).parts
    return (
        len(parts) > 1
        and parts[0] in FOLDERS
        and "/".join(parts) == path
        and not any(_is_odd(part) for part in parts)
    )


def _is_odd(part: str) -> bool:
    return part in ("", ".", "..") or part[-1] in ". " or bool(_FORBIDDEN.search(part))


def read_list(entries: Any) -> list[Kept]:
    """Read a list of files that somebody else may have written.

    Raises `ValueError`, `KeyError` or `TypeError`.
    """
    if not isinstance(entries, list):
        raise ValueError("no list of files")
    found: dict[str, Kept] = {}
    for entry in entries:
        kept = _read_entry(entry)
        if kept.path.casefold() in found:
            raise ValueError("a file that is there twice")
        found[kept.path.casefold()] = kept
    return list(found.values())


def _read_entry(entry: Any) -> Kept:
    path, sha256, size = entry["path"], entry["sha256"], entry["size"]
    if not isinstance(path, str) or not isinstance(sha256, str) or type(size) is not int:
        raise ValueError("no entry of a file")
    kept = Kept(path, sha256, size)
    if not is_safe(kept.path) or not _HASH.fullmatch(kept.sha256) or kept.size < 0:
        raise ValueError("a file that cannot be ours")
    return kept


def written_list(files: list[Kept]) -> list[dict[str, str | int]]:
    """Return a list of files as it is written; one that cannot travel is refused by its name."""
    for kept in files:
        if not is_safe(kept.path):
            raise UserError(
                f"《{kept.path}》的文件名里有不能用的字，带不走；请改名后再试，没有改动。",
                "bad_file_name",
            )
    return [{"path": one.path, "sha256": one.sha256, "size": one.size} for one in files]
