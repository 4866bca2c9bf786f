"""Write a mobile number as it is read out, 138 0595 6621, alone or inside a sentence."""

from __future__ import annotations

import re

LENGTH = 11
_IN_TEXT = re.compile(r"(?<![\w.@-])(1\d{2})(\d{4})(\d{4})(?![\w.@-])", re.ASCII)
_IN_GROUPS = re.compile(r"(?<![\w.@-])(1\d{2}) (\d{4}) (\d{4})(?![\w.@-])", re.ASCII)


def spaced_phone(number: str) -> str:
    """A number of eleven digits in groups of 3-4-4; anything else as it stands."""
    if len(number) == LENGTH and number.isascii() and number.isdigit():
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number


def with_spaced_phones(text: str) -> str:
    """A sentence, or lines, with every mobile number in groups."""
    return _IN_TEXT.sub(r"\1 \2 \3", text)


def with_whole_phones(text: str) -> str:
    """The same text with the blanks inside its numbers gone again."""
    return _IN_GROUPS.sub(r"\1\2\3", text)
