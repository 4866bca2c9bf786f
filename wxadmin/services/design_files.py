"""The files of an office's own papers: the one in use, those kept, and ours behind them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import OWN_VERSIONS
from wxadmin.files import replace_file
from wxadmin.services.form_library import changed_here, own_folder
from wxadmin.services.form_versions import KEPT
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition, RegisterDefinition

    Definition = FormDefinition | RegisterDefinition

CAPTION = "这张表由“设置 › 表单样式”写成；也可以用记事本改，改坏了程序会指出第几行。"


class DesignFiles:
    """制度/forms and 制度/forms/旧版 of one office."""

    def __init__(
        self,
        workplace: Workplace,
        current: Callable[[str], Definition],
        read: Callable[[Path], Definition],
    ) -> None:
        self._workplace = workplace
        self._current = current
        self._read = read

    @cached_property
    def folder(self) -> Path:
        """Return where they lie. Raises `UserError` on a server, which has no such folder."""
        folder = own_folder(self._workplace)
        if folder is None:
            raise UserError("服务器上的登记库没有自己的制度文件夹，样式不能改。", "no_folder")
        return folder

    def data(self, kind: str) -> dict[str, Any]:
        """Return the tables of the file in use."""
        from wxadmin.policy.toml_file import read_toml

        own = self.own_file(kind)
        return read_toml(own).data if own else self.shipped(kind)

    def shipped(self, kind: str) -> dict[str, Any]:
        """Return the tables of our own file."""
        from wxadmin.policy.toml_file import read_toml

        path = paths.RESOURCES / "forms" / f"{kind}.toml"
        if not path.exists():
            raise UserError("这张表是你们自己加的，程序没有自带的样式。", "no_default")
        return read_toml(path).data

    def own_file(self, kind: str) -> Path | None:
        """Return the office's own file in use for a form, None where ours is."""
        current = self._current(kind)
        return next((p for p, found in self._own(kind) if found == current), None)

    def _own(self, kind: str) -> Sequence[tuple[Path, Definition]]:
        """Return the office's sound files of a kind."""
        folder = own_folder(self._workplace)
        found: list[tuple[Path, Definition]] = []
        for path in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else ():
            with suppress(UserError):
                definition = self._read(path)
                if definition.id == kind:
                    found.append((path, definition))
        return found

    def kept_file(self, kind: str, version: int) -> Path:
        """Return where a version is kept."""
        return self.folder / KEPT / f"{kind}-{version}.toml"

    def kept(self, kind: str) -> dict[int, Path]:
        """Return the kept files of a kind by their version."""
        folder = self.folder / KEPT
        found = {}
        for path in folder.glob(f"{kind}-*.toml") if folder.is_dir() else ():
            number = path.stem.removeprefix(f"{kind}-")
            if number.isdigit():
                found[int(number)] = path
        return found

    def next_version(self, kind: str) -> int:
        """Return a version that no form was ever printed with."""
        return max(OWN_VERSIONS, self._current(kind).version, *self.kept(kind)) + 1

    def keep_own(self, kind: str) -> None:
        """Keep what lies in 制度/forms before it is replaced: somebody may have typed it."""
        for path, definition in self._own(kind):
            target = self.kept_file(kind, definition.version)
            if not target.exists():
                replace_file(target, partial(_copy, path))

    def replace_own(self, kind: str, kept: Path | None) -> None:
        """Put a kept file in use, or ours; other files of that kind are kept already."""
        target = self.folder / f"{kind}.toml"
        sound = [path for path, _ in self._own(kind)]
        if target.exists() and target not in sound:  # mistyped, but somebody's work
            replace_file(self.folder / KEPT / f"{kind}.写错的.toml", partial(_copy, target))
            _remove(target)
        if kept is not None:
            replace_file(target, partial(_copy, kept))
        for path in sound:
            if kept is None or path != target:
                _remove(path)
        changed_here()

    def write(self, data: dict[str, Any], target: Path) -> None:
        """Write tables as a file people may read."""
        from wxadmin.policy.toml_writing import toml_text

        text = toml_text(data, CAPTION)
        replace_file(target, lambda fresh: _write_text(fresh, text))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise UserError(
            f"删不掉《{path.name}》，请先关闭打开它的程序；样式没有改动。", "file_in_use"
        ) from error
