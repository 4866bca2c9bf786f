"""Read a date as people write it in a sheet; what could mean two days is refused.

Sure forms: true dates, 2024-03-05, 2024/3/5, 2024.3.5, 2024年3月5日, 20240305, full-width digits,
Chinese numerals, with a time of day. Taken with a warning: a remark behind it, a two-digit year
whose order is plain, a serial number. Everything else is refused with its reason.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from wxadmin.domain.identity_numbers import is_day
from wxadmin.domain.sheet import Cell
from wxadmin.domain.values import Doubt, Refused, broken
from wxadmin.domain.written_text import half_width

Day = date | None | Refused | Doubt

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIALS = (10_959, 73_415)  # 1930-01-01 to 2100-12-31; a number outside is no day of a person

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = r"(?:[T\s]*(?:上午|下午|am|pm)?\s*[0-9]{1,2}[:点时][0-9]{1,2}.*)?"
_FULL = re.compile(
    r"([0-9]{4})\s*[年\-/.]\s*([0-9]{1,2})\s*[月\-/.]\s*([0-9]{1,2})\s*[日号]?" + _TIME, re.I
)
_BARE = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_REMARK = re.compile(r"^(.*?[0-9日号])\s*[(（\[]([^()（）]*)[)）\]]$")
_SHORT = re.compile(r"([0-9]{2})\s*[年\-/.]\s*([0-9]{1,2})\s*[月\-/.]\s*([0-9]{1,2})\s*日?")
_YEAR_MONTH = re.compile(r"[0-9]{4}\s*[年\-/.]\s*[0-9]{1,2}\s*月?")
_MONTH_DAY = re.compile(r"[0-9]{1,2}\s*[月\-/.]\s*[0-9]{1,2}\s*[日号]?")
_YEAR_LAST = re.compile(r"[0-9]{1,2}\s*[\-/.]\s*[0-9]{1,2}\s*[\-/.]\s*[0-9]{4}")
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def read_date(cell: Cell, date1904: bool = False, nothing: frozenset[str] = frozenset()) -> Day:
    """Read a cell of a date column; `date1904` is the workbook's calendar."""
    if isinstance(cell, bytes):
        match = _ISO.match(cell.decode("ascii", "replace"))
        if match:
            return _day(match)
        return broken(cell) or Refused("不是日期")
    if isinstance(cell, float):
        return _number(cell, date1904)
    match = _ISO.fullmatch(cell)
    if match and cell.isascii():
        return _day(match)
    text = half_width(cell).lstrip("'‘’`")
    if not text or text.lower() in nothing:
        return None
    return _text(text, date1904)


def _day(match: re.Match[str]) -> date | Refused:
    year, month, day = (int(part) for part in match.groups()[:3])
    if not is_day(year, month, day):
        return Refused(f"没有 {year} 年 {month} 月 {day} 日这一天")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Refused(f"年份 {year} 不对")
    return date(year, month, day)


def _number(number: float, date1904: bool) -> Day:
    match = _BARE.fullmatch(str(int(number))) if number.is_integer() else None
    if match:
        return _day(match)
    serial = number + 1462 if date1904 else number
    if not _SERIALS[0] <= serial < _SERIALS[1] + 1:
        return Refused("是一个数字，不是日期")
    day = date(1899, 12, 30) + timedelta(days=int(serial))
    return Doubt(day, f"单元格里是数字，按 Excel 的日期序号读作 {day.isoformat()}，请核对")


def _text(text: str, date1904: bool) -> Day:
    match = _FULL.fullmatch(text) or _BARE.fullmatch(text)
    if match:
        return _day(match)
    if re.fullmatch(r"[0-9]+(?:\.0+)?", text) and not re.fullmatch(r"[0-9]{6}", text):
        return _number(float(text), date1904)
    remark = _REMARK.match(text)
    if remark:
        inner = _text(remark[1].strip(), date1904)
        return _with_reason(inner, f"日期旁边写着“{remark[2]}”")
    short = _SHORT.fullmatch(text)
    if short:
        return _two_digit_year(short)
    numerals = _from_numerals(text)
    if numerals != text:
        return _text(numerals, date1904)
    return Refused(_why_not(text))


def _with_reason(found: Day, reason: str) -> Day:
    if isinstance(found, date):
        return Doubt(found, f"{reason}，读作 {found.isoformat()}")
    return found


def _two_digit_year(match: re.Match[str]) -> Day:
    year, month, day = (int(part) for part in match.groups())
    if not is_day(2000 + year, month, day):
        return Refused("年份只有两位，又不是年、月、日的次序，看不出是哪一天")
    found = date(year + (2000 if year < 70 else 1900), month, day)
    return Doubt(found, f"年份只有两位，读作 {found.isoformat()}，请核对")


def _from_numerals(text: str) -> str:
    """Chinese numerals as digits: 二〇二四年三月十五日, 二零二四年十二月三十一日."""

    def tens(match: re.Match[str]) -> str:
        ten = match[1].translate(_NUMERALS) if match[1] else "1"
        one = match[2].translate(_NUMERALS) if match[2] else "0"
        return ten + one

    return re.sub(r"([一二三])?十([一二三四五六七八九])?", tens, text).translate(_NUMERALS)


def _why_not(text: str) -> str:
    if re.search(r"无固定|长期|永久", text):
        return "不是日期（无固定期限请留空）"
    if _YEAR_LAST.fullmatch(text):
        return "年份写在最后，分不清哪个是月、哪个是日，请写成 2024-03-05 这样"
    if _YEAR_MONTH.fullmatch(text):
        return "只有年月，缺少日"
    if _MONTH_DAY.fullmatch(text):
        return "只有月日，缺少年份"
    if re.fullmatch(r"[0-9]{6}", text):
        return "六位数字看不出是年月还是年月日，请写成 2024-03-05 这样"
    return "不是日期，请写成 2024-03-05 这样"
