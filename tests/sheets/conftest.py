"""What the tests of sheets share: the vocabulary, and reading a file made of bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wxadmin.domain.headings import Vocabulary
from wxadmin.domain.sheet_rows import parse_rows
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.paths import RESOURCES
from wxadmin.policy.headings import read_vocabulary
from wxadmin.sheets.tables import read_table

Read = Callable[..., tuple[Table, ParsedTable]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return read_vocabulary(RESOURCES / "headings.toml")


@pytest.fixture
def read(tmp_path: Path, vocabulary: Vocabulary) -> Read:
    """Write bytes under a name, read them back as a table and its rows."""

    def read_bytes(name: str, data: bytes, **options: object) -> tuple[Table, ParsedTable]:
        path = tmp_path / name
        path.write_bytes(data)
        table = read_table(path, vocabulary, **options)  # type: ignore[arg-type]
        return table, parse_rows(table, vocabulary)

    return read_bytes
