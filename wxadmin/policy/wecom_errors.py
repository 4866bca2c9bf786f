"""Read what WeCom's error codes mean and what to do about them (wecom_errors.toml)."""

from __future__ import annotations

from pathlib import Path

from wxadmin.domain.wecom_errors import ErrorBook, WecomError
from wxadmin.policy.reading import Names
from wxadmin.policy.toml_table import Table

FILE = "wecom_errors.toml"
FIELDS = frozenset({"name", "wecom_userid", "mobile", "email", "org_unit", "account", "console"})


def read_wecom_errors(path: Path) -> ErrorBook:
    """Read the file. Raises `UserError` naming file and line when something in it is wrong."""
    root = Table.of_file(path)
    codes = Names("错误代码")
    errors = [_error(table, codes) for table in root.tables("errors", required=True)]
    root.finish()
    return ErrorBook(errors)


def _error(table: Table, codes: Names) -> WecomError:
    error = WecomError(
        codes=table.wholes("codes"),
        words=tuple(tuple(words.lower().split()) for words in table.texts("words")),
        field=table.choice("field", FIELDS),
        cause=table.text("cause"),
        next_step=table.text("next"),
    )
    codes.add(table, "codes", *error.codes)
    table.finish()
    return error
