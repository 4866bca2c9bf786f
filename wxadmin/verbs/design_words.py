"""How `form design` reads numbers and yes or no, for forms and registers alike."""

from __future__ import annotations

from wxadmin.domain.errors import UserError

SIDES = ("top", "right", "bottom", "left")
YES, NO = frozenset({"是", "true", "1", "yes"}), frozenset({"否", "false", "0", "no"})


def number_of(name: str, value: str) -> float:
    """Read a length or a count. Raises `UserError`."""
    try:
        return float(value.removesuffix("毫米"))
    except ValueError:
        raise UserError(f"“{name}”应是数，不能是“{value}”。", "bad_number") from None


def truth_of(name: str, value: str) -> bool:
    """Read yes or no. Raises `UserError`."""
    if value.lower() not in YES | NO:
        raise UserError(f"“{name}”应是“是”或“否”，不能是“{value}”。", "bad_truth")
    return value.lower() in YES
