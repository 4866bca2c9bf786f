"""Read the vocabulary of column headings (resources/headings.toml, or the user's copy)."""

from __future__ import annotations

from pathlib import Path

from wxadmin.domain.headings import Field, Vocabulary, normalise
from wxadmin.policy.toml_file import TomlTable, read_toml

_KINDS = (
    "text", "name", "person", "date", "mobile", "number", "path", "word", "email", "userid",
    "id_no", "remark",
)  # fmt: skip
_OFFERS = ("yes", "ask", "never")


def read_vocabulary(path: Path) -> Vocabulary:
    """Read the file. Raises `UserError` naming file and line when something in it is wrong."""
    root = read_toml(path).root()
    root.only("reading", "kinds", "employment_by_sheet", "words", "fields")
    reading = root.table("reading").only("prefixes", "suffixes", "nothing", "footers", "organs")
    fields = root.table("fields")
    if "name" not in fields.data:
        raise root.refuse("fields", "缺少“姓名”一项（[fields.name]）")
    kinds, hints, words = (
        root.table("kinds"),
        root.table("employment_by_sheet"),
        root.table("words"),
    )
    return Vocabulary(
        fields={key: _field(key, fields.table(key)) for key in fields.data},
        prefixes=reading.texts("prefixes", ()),
        suffixes=reading.texts("suffixes", ()),
        nothing=frozenset(reading.texts("nothing", ())),
        footers=tuple(normalise(text) for text in reading.texts("footers", ())),
        organs=reading.texts("organs", ()),
        kinds={key: kinds.texts(key) for key in kinds.data},
        employment_by_sheet={key: hints.text(key) for key in hints.data},
        words={key: _words(words.table(key)) for key in words.data},
    )


def _field(key: str, table: TomlTable) -> Field:
    table.only("label", "headings", "weak", "never", "beside", "kind", "offer")
    kind, offer = table.text("kind", "text"), table.text("offer", "yes")
    if kind not in _KINDS:
        raise table.refuse("kind", f"不认识的读法“{kind}”")
    if offer not in _OFFERS:
        raise table.refuse("offer", "应为 yes、ask 或 never")
    return Field(
        key=key,
        label=table.text("label"),
        headings=_spelt(table, "headings"),
        weak=_spelt(table, "weak"),
        never=_spelt(table, "never"),
        beside=table.texts("beside", ()),
        kind=kind,
        offer=offer,
    )


def _spelt(table: TomlTable, key: str) -> frozenset[str]:
    return frozenset(normalise(text) for text in table.texts(key, ()))


def _words(table: TomlTable) -> dict[str, str]:
    return {normalise(word): key for key in table.data for word in table.texts(key)}
