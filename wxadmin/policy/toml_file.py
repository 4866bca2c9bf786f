"""Read a TOML file that people may edit; whatever is wrong is refused naming file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from wxadmin.domain.errors import UserError
from wxadmin.policy.toml_lines import KeyPath, find_lines

_REASON_AT_LINE = re.compile(r"^(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of.*)\)$")


@dataclass(frozen=True)
class TomlFile:
    """A file's contents with the place of every key, so that a refusal can point at it."""

    data: dict[str, Any]
    path: Path
    text: str = field(default="", repr=False)

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return find_lines(self.text)  # only when something is refused

    def line_of(self, key_path: KeyPath) -> int:
        """Return the line (from 1) of a key, or of the nearest table around it."""
        for length in range(len(key_path), 0, -1):
            if key_path[:length] in self._lines:
                return self._lines[key_path[:length]]
        return 1

    def refuse(self, key_path: KeyPath, reason: str) -> UserError:
        """Make the refusal of a value; the caller raises it."""
        return _refusal(self.path, self.line_of(key_path), reason)

    def root(self) -> TomlTable:
        """Return the whole file as a table whose reading is checked."""
        return TomlTable(self, (), self.data)


@dataclass(frozen=True)
class TomlTable:
    """One table of a file; every reading checks the type and refuses with file and line."""

    file: TomlFile
    key_path: KeyPath
    data: dict[str, Any]

    def refuse(self, key: str, reason: str) -> UserError:
        """Make the refusal of one key of this table; the caller raises it."""
        return self.file.refuse((*self.key_path, key), reason)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; without a default it must be there and not be empty."""
        value = self._value(key, default, (str,), "应为文字（写在引号里）")
        if default is None and not value:
            raise self.refuse(key, f"“{key}”不能为空")
        return str(value)

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number, whole or not."""
        return float(self._value(key, default, (int, float), "应为数字"))

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return int(self._value(key, default, (int,), "应为整数"))

    def truth(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        return bool(self._value(key, default, (bool,), "应为 true 或 false"))

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of strings."""
        values = self._value(key, default, (list, tuple), "应为文字的列表")
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(key, f"“{key}”里每一项都应为文字（写在引号里）")
        return tuple(values)

    def numbers(self, key: str, default: tuple[float, ...] | None = None) -> tuple[float, ...]:
        """Return a list of numbers."""
        values = self._value(key, default, (list, tuple), "应为数字的列表")
        if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
            raise self.refuse(key, f"“{key}”里每一项都应为数字")
        return tuple(float(value) for value in values)

    def table(self, key: str) -> TomlTable:
        """Return a table below this one; an absent one is empty."""
        value = self._value(key, {}, (dict,), "应为一节")
        return TomlTable(self.file, (*self.key_path, key), value)

    def tables(self, key: str) -> Iterator[TomlTable]:
        """Yield the tables of an array of tables; an absent one yields nothing."""
        values = self._value(key, [], (list,), "应为若干节")
        for number, value in enumerate(values):
            path = (*self.key_path, key, number)
            if not isinstance(value, dict):
                raise self.file.refuse(path, f"“{key}”的第{number + 1}项应为一节")
            yield TomlTable(self.file, path, value)

    def only(self, *allowed: str) -> TomlTable:
        """Refuse a key nobody reads: most often it is mistyped."""
        for key in self.data:
            if key not in allowed:
                raise self.refuse(key, f"不认识的项“{key}”")
        return self

    def _value(self, key: str, default: Any, kinds: tuple[type, ...], wanted: str) -> Any:
        value = self.data.get(key, default)
        if value is None:
            raise self.refuse(key, f"缺少“{key}”")
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.refuse(key, f"“{key}”{wanted}")
        return value


def read_toml(path: Path) -> TomlFile:
    """Read one file. Raises UserError when it cannot be read or is not TOML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"读不了文件 {path}，请检查它是否存在、能否打开。", "bad_file") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refusal(path, line, "不是 UTF-8 编码，请用 UTF-8 另存") from error
    try:
        return TomlFile(tomli.loads(text), path, text)
    except tomli.TOMLDecodeError as error:
        raise _not_toml(path, text, str(error)) from error


def _not_toml(path: Path, text: str, message: str) -> UserError:
    found = _REASON_AT_LINE.match(message)
    reason = found["reason"] if found else message
    line = int(found["line"]) if found and found["line"] else text.count("\n") + 1
    return _refusal(path, line, f"写法不对（{reason}）")


def _refusal(path: Path, line: int, reason: str) -> UserError:
    return UserError(f"文件 {path} 第{line}行：{reason}。", "bad_file")
