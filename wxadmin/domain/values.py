"""Read one cell as what its column holds: a name, a mobile, a number, a path, a word, a text.

Every reading returns the plain value (None for an empty cell), a `Refused` with the reason, or a
`Doubt` with the value and what to look at. A refused cell costs its row; a doubt is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from wxadmin.domain.headings import normalise
from wxadmin.domain.sheet import NO_RESULT, Cell, is_error, shown
from wxadmin.domain.written_text import (
    half_width,
    hidden_trouble,
    one_name,
    one_spelling,
    without_invisible,
)

MAX_NAME = 64
MAX_TEXT = 128
MAX_REMARK = 500
MAX_NUMBER = 32
LOST_DIGITS = 1e15  # a number this big has lost digits in the spreadsheet program


class Refused(NamedTuple):
    """The cell cannot be taken; `reason` is Chinese and names what is wrong."""

    reason: str


class Doubt(NamedTuple):
    """The cell was taken as `value`, and `reason` says what to look at."""

    value: object
    reason: str


Text = str | None | Refused | Doubt

_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NOT_A_NAME = frozenset(("无", "-", "--", "—", "——", "/", "\\", "N/A", "n/a", "暂无", "空", "待定"))
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_TWO_MOBILES = re.compile(r"1[3-9][0-9]{9}(?![0-9]).*(?<![0-9])1[3-9][0-9]{9}")
_SAME_PERSON = re.compile(r"[(（]?(?:微信同号|同微信|微信|手机|本人|工作|私人)[)）]?")
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")
MASKED = re.compile(r"[*＊×xX●■]{2,}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
_WHOLE_FLOAT = re.compile(r"[0-9]+\.0+")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}")
_USERID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@\-]{0,63}")
_LEVELS = re.compile(r"\s*[/／\\＼>＞→]\s*")
_SEVERAL = re.compile(r"\s*[;；]\s*|\s*,\s*(?=[^,]*/)")
_COMPANY = re.compile(r"(?:公司|集团)$")
_BRANCH = re.compile(r"(?:分|子)公司$")


def broken(cell: Cell) -> Refused | None:
    """Why the cell holds no value at all: an error, or a formula that was never worked out."""
    if not is_error(cell):
        return None
    if cell == NO_RESULT:
        return Refused("公式没有保存结果，请用 Excel 打开并保存一次")
    return Refused(f"单元格是错误值 {shown(cell)}")


def read_name(cell: Cell) -> Text:
    """A person's name; NULL and nan are names, 12 and TRUE are not."""
    if isinstance(cell, str):
        if _PLAIN_NAME.fullmatch(cell):
            return cell
        return _odd_name(cell) if cell else None
    return broken(cell) or Refused("是数字、日期或 TRUE/FALSE，不是姓名")


def _odd_name(cell: str) -> Text:
    inner = cell.strip(" \t\r\n\u3000\u00a0")
    trouble = hidden_trouble(inner)
    if trouble:
        return Refused(trouble)
    name = one_name(cell)
    if not name:
        return None
    if len(name) > MAX_NAME:
        return Refused(f"姓名有 {len(name)} 个字，超过 {MAX_NAME} 个")
    if name in _NOT_A_NAME:
        return Refused(f"姓名写成了“{name}”")
    if not any(sign.isalpha() for sign in name):
        return Refused("姓名里没有文字")
    if _PRIVATE_USE.search(name):
        return Doubt(name, "姓名里有电脑自造的字，别的电脑上可能显示不出，请核对")
    return name


def read_mobile(cell: Cell) -> Text:
    """A mobile number: 11 mainland digits, or +… for numbers from elsewhere."""
    if isinstance(cell, str) and len(cell) == 11 and cell.isascii() and _MOBILE.fullmatch(cell):
        return cell
    if isinstance(cell, bytes):
        return broken(cell) or Refused("是日期或 TRUE/FALSE，不是手机号")
    if isinstance(cell, float):
        return _mobile_digits(shown(cell))
    text = half_width(cell).lstrip("'‘’`")
    if _WHOLE_FLOAT.fullmatch(text):
        return _mobile_digits(text.partition(".")[0])
    return _mobile_text(text) if text else None


def _mobile_text(text: str) -> Text:
    trouble = _mobile_trouble(text)
    if trouble:
        return Refused(trouble)
    bare = _SAME_PERSON.sub("", text)
    remark = re.search(r"\(([^)]*)\)", bare)
    beside = remark[1] if remark and not re.fullmatch(r"[+0-9\s]*", remark[1]) else ""
    if beside:
        bare = bare.replace(f"({beside})", "")
    digits = re.sub(r"[\s()\-‐‑–—－.·_/]+", "", bare)
    found = _mobile_digits(digits)
    if beside and isinstance(found, str):
        return Doubt(found, f"号码旁边写着“{beside}”，请确认是本人的号码")
    return found


def _mobile_trouble(text: str) -> str | None:
    if MASKED.search(text):
        return "号码被遮挡，请向人事要完整的号码"
    if _TWO_MOBILES.search(text):
        return "一格里有两个号码，请只留一个"
    if _SCIENTIFIC.fullmatch(text):
        return "号码成了科学记数，末几位已经丢失，请把这一列改成文本后重填"
    if re.search(r"[OoIl]", text) and re.fullmatch(r"[0-9OoIl\s\-+]{9,16}", text):
        return "号码里夹有字母 O 或 I，应为数字 0 或 1"
    return hidden_trouble(text)


def _mobile_digits(digits: str) -> Text:
    if digits.startswith("00") and not digits.startswith("000"):
        digits = "+" + digits[2:]
    if digits.startswith("+86"):
        digits = digits[3:]
    elif len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    if _MOBILE.fullmatch(digits) and digits.isascii():
        return digits
    if _FOREIGN.fullmatch(digits):
        return digits
    if re.fullmatch(r"0[1-9][0-9]{8,10}", digits):
        return Refused("像座机号，不是手机号")
    if re.fullmatch(r"[0-9]+", digits):
        if len(digits) != 11:
            return Refused(f"手机号应为 11 位，这里是 {len(digits)} 位")
        return Refused("不是大陆手机号段（应为 1 后面跟 3 到 9）")
    return Refused("不是手机号")


def read_number(cell: Cell) -> Text:
    """A staff number: 00012 stays 00012, the number 12.0 is 12."""
    if isinstance(cell, str):
        if cell.isascii() and cell.isalnum() and len(cell) <= MAX_NUMBER:
            return cell
        return _odd_number(cell)
    if isinstance(cell, bytes):
        return broken(cell) or Refused("工号被 Excel 变成了日期或 TRUE/FALSE，请改成文本后重填")
    if abs(cell) >= LOST_DIGITS:
        return Refused("数字太长，末几位已经丢失，请把这一列改成文本后重填")
    if not cell.is_integer() or cell < 0:
        return Refused("工号不能是小数或负数")
    return str(int(cell))


def _odd_number(cell: str) -> Text:
    trouble = hidden_trouble(cell.strip())
    if trouble:
        return Refused(trouble)
    text = re.sub(r"\s+", "", half_width(cell)).lstrip("'‘’`")
    if not text:
        return None
    if text in _NOT_A_NAME:
        return Refused(f"工号写成了“{text}”；没有工号请留空")
    if _SCIENTIFIC.fullmatch(text) and "+" in text:
        return Refused("工号成了科学记数，末几位已经丢失，请改成文本后重填")
    if len(text) > MAX_NUMBER:
        return Refused(f"工号有 {len(text)} 个字，超过 {MAX_NUMBER} 个")
    return text.partition(".")[0] if _WHOLE_FLOAT.fullmatch(text) else text


def read_userid(cell: Cell) -> Text:
    """A WeCom account id (帐号)."""
    number = read_number(cell)
    if isinstance(number, str) and not _USERID.fullmatch(number):
        return Refused("帐号只能用字母、数字和 . - _ @，并以字母或数字开头")
    return number


def read_email(cell: Cell) -> Text:
    """A mail address."""
    if isinstance(cell, str):
        text = cell if _EMAIL.fullmatch(cell) else half_width(cell)
        if not text:
            return None
        if len(text) <= MAX_NAME and _EMAIL.fullmatch(text):
            return text
        return Refused("不是邮箱地址")
    return broken(cell) or Refused("不是邮箱地址")


def read_text(cell: Cell, longest: int = MAX_TEXT, label: str = "内容") -> Text:
    """A text of at most 128 characters; longer ones are refused, never cut."""
    if not isinstance(cell, str):
        return broken(cell) or shown(cell)
    text = " ".join(one_spelling(cell).split())
    if len(text) > longest:
        return Refused(f"{label}有 {len(text)} 个字，超过 {longest} 个")
    trouble = hidden_trouble(text)
    return Refused(trouble) if trouble else text or None


def read_remark(cell: Cell) -> Text:
    """A longer text; line breaks become blanks."""
    return read_text(cell, MAX_REMARK)


def read_path(cell: Cell) -> Text:
    """A unit or a path of units from the top, joined by `/`; of several the first counts."""
    if not isinstance(cell, str):
        return broken(cell) or shown(cell)
    text = " ".join(one_spelling(cell).split())
    trouble = hidden_trouble(text)
    if trouble:
        return Refused(trouble)
    several = [part for part in _SEVERAL.split(text) if part]
    if not several:
        return None
    levels = [level for level in _LEVELS.split(several[0]) if level]
    path = "/".join(levels)
    if len(path) > MAX_TEXT:
        return Refused(f"部门有 {len(path)} 个字，超过 {MAX_TEXT} 个")
    if len(several) > 1:
        return Doubt(path, f"一格里有 {len(several)} 个部门，取第一个“{path}”")
    return path or None


def without_company(path: str, companies: frozenset[str] = frozenset()) -> str:
    """Drop the company's own name from the top of a path; a branch (分公司) is a unit and stays."""
    top, slash, rest = path.partition("/")
    if not slash:
        return path
    named = top in companies or (_COMPANY.search(top) and not _BRANCH.search(top))
    return rest if named else path


def read_word(cell: Cell, words: Mapping[str, str], label: str, is_open: bool = False) -> Text:
    """One of the fixed words (在职, 劳务派遣 …) by any of its spellings.

    A word nobody knows is left out with a warning, or kept as it is where the list is open.
    """
    if is_error(cell):
        return broken(cell)
    text = without_invisible(shown(cell))
    if not text:
        return None
    if isinstance(cell, bytes):
        text = {b"TRUE": "是", b"FALSE": "否"}.get(cell, text)
    known = words.get(normalise(text) or text)
    if known is not None:
        return known
    if len(text) > MAX_TEXT:
        return Refused(f"{label}有 {len(text)} 个字，超过 {MAX_TEXT} 个")
    if is_open:
        return Doubt(one_spelling(text), f"没见过的{label}“{text}”，照原样收下")
    return Doubt(None, f"不认识的{label}“{text}”，这一格没有收")
