"""A template like the console's own (批量导入成员), made by code for the demo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from wxadmin.domain.sheet import column_letter
from wxadmin.files import replace_file

SHEET = "成员列表"
_NOTES = (
    "填写须知：带红色的列必填，手机和邮箱至少填一项。",
    "帐号是成员的唯一标识，不分大小写；已有的帐号会被这一行的内容覆盖。",
    "部门从最上级写起，上下级用“/”隔开；在几个部门的，用全角分号“；”隔开，第一个是主部门。",
    "境外手机号码写成+852开头。性别写男或女。",
)
_WIDTH, _NOTE_HEIGHT = 18.0, 24.0
_MUST = "FFC00000"


def write_console_template(
    path: Path, headings: Sequence[str], required: Sequence[str], sample: Sequence[str], on: date
) -> None:
    """Write notes merged over all columns, the headings (required ones red), one sample row."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.properties.created = book.properties.modified = datetime.combine(on, time())
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    last = column_letter(len(headings) - 1)
    for number, note in enumerate(_NOTES, start=1):
        sheet.append([note])
        sheet.merge_cells(f"A{number}:{last}{number}")
        sheet[f"A{number}"].alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[number].height = _NOTE_HEIGHT
    sheet.append(list(headings))
    sheet.append(list(sample))
    for index, heading in enumerate(headings):
        letter = column_letter(index)
        sheet.column_dimensions[letter].width = _WIDTH
        colour = _MUST if heading in required else None
        sheet[f"{letter}{len(_NOTES) + 1}"].font = Font(bold=True, color=colour)
        sheet[f"{letter}{len(_NOTES) + 2}"].number_format = "@"
    replace_file(path, book.save)
