"""Identity numbers: GB 11643 with its check digit, and other papers taken with a doubt."""

from __future__ import annotations

import re

from wxadmin.domain.sheet import Cell
from wxadmin.domain.values import LOST_DIGITS, MASKED, Doubt, Refused, Text, broken
from wxadmin.domain.written_text import half_width

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_OTHER_ID = re.compile(r"[A-Z]{1,3}[0-9]{6,12}")


def read_id_no(cell: Cell) -> Text:
    """An identity number (GB 11643 with its check digit), or another paper's number, doubted."""
    if isinstance(cell, bytes):
        return broken(cell) or Refused("是日期或 TRUE/FALSE，不是证件号码")
    if isinstance(cell, float):
        if cell >= LOST_DIGITS:
            return Refused("身份证号按数字填写，末几位已经丢失，请把这一列改成文本后重填")
        return Refused("身份证号应为 18 位")
    text = re.sub(r"[\s\-]+", "", half_width(cell)).lstrip("'‘’`").upper()
    if not text:
        return None
    if MASKED.search(text):
        return Refused("证件号码被遮挡，请向人事要完整的号码")
    if re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return _checked_id(text)
    if re.fullmatch(r"[0-9]{15}", text):
        return Refused("是 15 位的旧身份证号，请填 18 位的")
    if _OTHER_ID.fullmatch(text):
        return Doubt(text, "不是身份证号，按护照或通行证号码收下，请核对")
    return Refused("身份证号应为 18 位（最后一位可以是 X）")


def _checked_id(text: str) -> Text:
    year, month, day = int(text[6:10]), int(text[10:12]), int(text[12:14])
    if not (1900 <= year <= 2099 and is_day(year, month, day)):
        return Refused(f"身份证号里的出生日期 {text[6:14]} 不存在")
    total = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != text[17]:
        return Refused("身份证号的校验位不对，可能有一位写错了")
    return text


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def masked(id_no: str) -> str:
    """Return an identity number as it may be shown anywhere."""
    return f"{id_no[:6]}{'*' * max(len(id_no) - 10, 0)}{id_no[-4:]}" if len(id_no) > 10 else "****"
