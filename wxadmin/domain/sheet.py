"""What a sheet's cells are once they have left the file, and how a cell is shown and named.

A cell is light, so that 200,000 rows stay tuples and lists: `str` for text ("" is empty), `float`
for a number, `bytes` for whatever the spreadsheet program typed itself: a date (b"2024-03-05",
b"2024-03-05T08:30:00"), a truth value (b"TRUE") or an error (b"#N/A"; b"#=" is a formula whose
result was never saved). Three types never equal one another, so cells can be keys of a dictionary.
"""

from __future__ import annotations

Cell = str | float | bytes

NO_RESULT = b"#="


def is_error(cell: Cell) -> bool:
    """Whether the cell holds an error value such as #N/A, or a formula without a result."""
    return isinstance(cell, bytes) and cell[:1] == b"#"


def shown(cell: Cell) -> str:
    """The cell as a person would read it in the spreadsheet program."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return "" if cell == NO_RESULT else cell.decode("utf-8", "replace").replace("T00:00:00", "")
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return repr(cell)


def column_letter(column: int) -> str:
    """Name a column counted from 0: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int | None:
    """Read a column's letters back, counted from 0; None when they are no column."""
    if not 0 < len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1 if number <= 16384 else None


def address(row: int, column: int) -> str:
    """The place of a cell as Excel writes it; rows count from 1, columns from 0."""
    return f"{column_letter(column)}{row}"
