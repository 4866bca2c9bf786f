"""Write plain tables as TOML, so that what the window changes is a file people may read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b"}


def toml_text(data: Mapping[str, Any], caption: str = "") -> str:
    """Return a table as the text of a file; lists of tables stand as sections behind the rest."""
    lines = [f"# {line}" for line in caption.splitlines()]
    sections = {key: value for key, value in data.items() if _is_section(value)}
    lines += [_pair(key, value) for key, value in data.items() if key not in sections]
    for key, value in sections.items():
        for one in [value] if isinstance(value, Mapping) else value:
            heading = f"[{_key(key)}]" if isinstance(value, Mapping) else f"[[{_key(key)}]]"
            lines += ["", heading, *(_pair(name, inner) for name, inner in one.items())]
    return "\n".join(lines) + "\n"


def _is_section(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _pair(key: str, value: Any) -> str:
    return f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        inner = ", ".join(_pair(key, one) for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return _array(value)
    raise TypeError(f"no TOML for {type(value).__name__}")


def _array(values: Sequence[Any]) -> str:
    """Give every table of a list a line of its own."""
    said = [_value(value) for value in values]
    if any(isinstance(value, Mapping) for value in values):
        return "[\n" + "".join(f"    {one},\n" for one in said) + "]"
    return f"[{', '.join(said)}]"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 3))


def _string(text: str) -> str:
    return f'"{"".join(_ESCAPES.get(c) or _plain(c) for c in text)}"'


def _plain(character: str) -> str:
    """Escape what TOML forbids in a text."""
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "�"
    return character if code >= 0x20 and code != 0x7F else f"\\u{code:04X}"
