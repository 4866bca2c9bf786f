"""A list of names in a plain text file (pasted, 群接龙): no table, one name after another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.member_list import names_of_text, table_of_names
from wxadmin.domain.sheet_kind import MEMBERS
from wxadmin.domain.sheet_table import Table

MOST = 1024 * 1024  # a list of names is never longer
_NO_TABLE = frozenset({"no_heading", "no_name_column", "plain_text", "open_quote"})
_CODECS = ("utf-8-sig", "gb18030")


def as_pasted(path: Path, kind: str | None, refusal: UserError) -> Table:
    """Read a file that holds no table as a list of names, where members are wanted.

    Raises the refusal again where it is no such list.
    """
    if kind != MEMBERS or refusal.code not in _NO_TABLE:
        raise refusal
    data = path.read_bytes()
    if len(data) > MOST or b"\x00" in data or data[:2] == b"PK":
        raise refusal
    return pasted_table(_text(data, refusal), path.name)


def pasted_table(text: str, name: str) -> Table:
    """Return a text pasted from the chat program as a table of names."""
    names = names_of_text(text)
    if not names:
        raise UserError(f"《{name}》里没有认得出的姓名；一行一人再试。", "no_people")
    return table_of_names(name, hashlib.sha256(text.encode()).hexdigest(), names)


def _text(data: bytes, refusal: UserError) -> str:
    for codec in _CODECS:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise refusal
