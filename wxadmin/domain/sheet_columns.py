"""Give each column one field and each field one column, by heading or as the user says."""

from __future__ import annotations

from collections.abc import Sequence

from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.headings import ANCHORS, ASK, NEVER, PRIVATE, Heading, Vocabulary, normalise
from wxadmin.domain.sheet import column_letter, column_number

IGNORE = "ignore"  # what a mapping says to leave a column out

Choices = Sequence[tuple[str, str]]  # (column as the user names it, field or IGNORE)


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Which column holds which field.

    `taken` is (heading, field key) in the order of the sheet; `sensitive` are known columns left
    unticked; `ignored` names all columns that are not read, the sensitive and private included.
    """

    taken: tuple[tuple[Heading, str], ...]
    sensitive: tuple[tuple[Heading, str], ...]
    ignored: tuple[str, ...]
    notes: tuple[Problem, ...]

    def by_column(self) -> tuple[tuple[int, str], ...]:
        """The taken columns as (column from 0, field key)."""
        return tuple((heading.column, key) for heading, key in self.taken)

    def columns(self) -> dict[str, str]:
        """The taken columns as heading → field; a second heading of one text gets its letter."""
        columns: dict[str, str] = {}
        for heading, key in self.taken:
            columns[heading.text if heading.text not in columns else heading.named()] = key
        return columns


def plan_columns(
    headings: Sequence[Heading], vocabulary: Vocabulary, choices: Choices = ()
) -> ColumnPlan:
    """Settle all columns of a sheet; what the user chose wins over what the heading says.

    Raises `UserError` when two columns bear the same known heading, when no column is left to
    name anybody, when a chosen field is unknown, or when a chosen column is private.
    """
    chosen, notes = _chosen(headings, vocabulary, choices)
    claims: dict[str, list[tuple[float, Heading]]] = {}
    for heading in headings:
        known = vocabulary.recognise(heading.text, heading.above)
        if known and heading.column not in chosen:
            claims.setdefault(known[0], []).append((known[1], heading))
    taken = {heading.column: (heading, key) for heading, key in chosen.values() if key != IGNORE}
    fixed = {key for _, key in taken.values()}
    sensitive = []
    for key, claimants in claims.items():
        offer = vocabulary.fields[key].offer
        if offer == NEVER or key in fixed:
            continue
        winner = _winner(key, claimants, vocabulary, ask=offer == ASK)
        if offer == ASK:
            sensitive.append((winner, key))
        else:
            taken[winner.column] = (winner, key)
    if not any(key in ANCHORS for _, key in taken.values()):
        raise UserError("没有一列是“姓名”，认不出谁是谁；请指定哪一列是姓名。", "no_name_column")
    ignored = tuple(_label(one) for one in headings if one.column not in taken)
    ordered = tuple(taken[column] for column in sorted(taken))
    return ColumnPlan(ordered, tuple(sensitive), ignored, tuple(notes))


def _winner(
    key: str, claimants: list[tuple[float, Heading]], vocabulary: Vocabulary, *, ask: bool
) -> Heading:
    """The surest claimant, the leftmost of equals; twins with one heading cannot be told apart."""
    best = max(score for score, _ in claimants)
    surest = [heading for score, heading in claimants if score == best]
    spelt = normalise(surest[0].text)
    twins = [heading for heading in surest if normalise(heading.text) == spelt]
    if len(twins) > 1 and not ask:
        names = "和".join(heading.named() for heading in twins[:3])
        raise UserError(
            f"{names}都是“{vocabulary.fields[key].label}”，不知道该用哪一列；"
            "请改掉其中一个列名，或者指定用哪一列。",
            "duplicate_columns",
            tuple(heading.named() for heading in twins),
        )
    return surest[0]


def _chosen(
    headings: Sequence[Heading], vocabulary: Vocabulary, choices: Choices
) -> tuple[dict[int, tuple[Heading, str]], list[Problem]]:
    chosen: dict[int, tuple[Heading, str]] = {}
    notes = []
    for column, wanted in choices:
        key = _field_key(wanted, vocabulary)
        heading = _column(column, headings, vocabulary)
        if heading is None:
            reason = f"表里没有“{column}”这一列，这条对应没有用上"
            notes.append(Problem(0, "", column, wanted, reason))
            continue
        known = vocabulary.recognise(heading.text, heading.above)
        if key != IGNORE and known and known[0] == PRIVATE:
            raise UserError(f"{heading.named()}是不收取的个人信息，不能导入。", "private_column")
        taken = next((one for one, k in chosen.values() if k == key != IGNORE), None)
        if taken is not None and taken.column != heading.column:
            raise UserError(
                f"{taken.named()}和{heading.named()}都指定为“{vocabulary.fields[key].label}”，"
                "一项只能取一列。",
                "duplicate_columns",
            )
        chosen[heading.column] = (heading, key)
    return chosen, notes


def _field_key(wanted: str, vocabulary: Vocabulary) -> str:
    if wanted == IGNORE:
        return IGNORE
    found = vocabulary.field_named(wanted)
    if found is None or found.offer == NEVER:
        known = "、".join(key for key, one in vocabulary.fields.items() if one.offer != NEVER)
        raise UserError(f"没有叫“{wanted}”的项；可以用的有：{known}。", "unknown_field")
    return found.key


def _column(text: str, headings: Sequence[Heading], vocabulary: Vocabulary) -> Heading | None:
    """A column by its heading, then by its field's label, then by its letter."""
    spelt = normalise(text)
    for heading in headings:
        if heading.text == text or normalise(heading.text) == spelt:
            return heading
    one = vocabulary.field_named(text)
    if one is not None:
        for heading in headings:
            known = vocabulary.recognise(heading.text, heading.above)
            if known and known[0] == one.key:
                return heading
    number = column_number(text.strip())
    return next((heading for heading in headings if heading.column == number), None)


def _label(heading: Heading) -> str:
    return heading.text or f"{column_letter(heading.column)} 列"
