"""The names in braces that a design fills in, Chinese on the window: {公司名称}, {三位流水号}."""

from __future__ import annotations

import re

from ui.shared.record_form import RecordForm

_WORDS = {
    "company": "公司名称", "admin_mailbox": "管理员邮箱", "printed_on": "打印日期",
    "sheet": "第几版", "copies": "份数", "unit": "单位", "as_of": "截止日期",
    "YYYYMM": "年月", "YYYY": "年", "MM": "月",
    "nn": "两位流水号", "nnn": "三位流水号", "nnnn": "四位流水号",
}  # fmt: skip
_KEPT = {word: name for name, word in _WORDS.items()}
_NAME = re.compile(r"(?<=\{)\s*(\w+)\s*(?=[}|:])")
_BRACES = str.maketrans("｛｝｜", "{}|")


def in_chinese(text: str) -> str:
    """A template as the window shows it."""
    return _NAME.sub(lambda found: _WORDS.get(found[1], found[0]), text)


def as_kept(text: str) -> str:
    """What was typed as the design keeps it; full-width braces do no harm."""
    return _NAME.sub(lambda found: _KEPT.get(found[1], found[1]), text.translate(_BRACES))


def kept_values(form: RecordForm) -> dict[str, object]:
    """The values of a form's fields as a design keeps them."""
    return {
        key: as_kept(value) if isinstance(value, str) else value
        for key, value in form.values().items()
    }
