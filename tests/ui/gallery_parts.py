"""One sheet with every small part of the look."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.bands import ErrorBand, IconLabel
from ui.shared.buttons import danger, filled, ghost, plain, words
from ui.shared.chip import Chip
from ui.shared.columns import Changed, Column, Person, State
from ui.shared.layouts import across, down, on_ground, region
from ui.shared.progress_strip import ProgressStrip
from ui.shared.record_form import Field, RecordForm, good, wrong
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.text import Text
from ui.shared.toolbar import SearchBox

# ruff: noqa: E501

_CHIPS = (
    ("tick", "在用"), ("plus", "待开通"), ("waiting", "待签回"), ("due", "今天到期"),
    ("late", "离职未停"), ("stuck", "卡住"), ("ask", "待确认"),
    ("proof", "有据自动勾"), ("stopped", "已停用"), ("empty", "未办"), ("waived", "免办"),
    ("arrow", "变更"), ("minus", "离职"), ("slash", "不适用"),
)  # fmt: skip
_TOKENS = ("rail", "window", "panel", "content", "line", "line2", "field", "ink3", "ink2", "ink",
           "fill", "accent", "red", "amber", "green")  # fmt: skip


def parts_sheet() -> QWidget:
    """All small parts, one below the other."""
    sizes = across(Text("办理 26", 26, True), Text("页题 20", 20, True), Text("人名 18", 18, True),
                   Text("小节 14", 14, True), Text("正文 13"), Text("说明 12", 12), None)  # fmt: skip
    chips = [across(*(Chip(*chip) for chip in _CHIPS[start : start + 7]), None) for start in (0, 7)]
    blocked = filled("确认导入")
    blocked.block("还差 2 行待确认", "")
    search = SearchBox("姓名、拼音、工号")
    search.setText("ls")
    search.show_hits(3)
    buttons = across(
        filled("确认导入 15 行"), plain("取消"), plain("打印", "print"), words("看示例"), None
    )
    more = across(blocked, danger("清除示例办公室"), ghost("以后再说"), search, None)
    strip = ProgressStrip()
    strip.start("正在读入 2026年11月花名册.xlsx")
    strip.move_to(6240, 10000)
    band = ErrorBand(
        "打不开“花名册.xlsx”：文件有密码。请另存一份不加密码的。", ("再选文件", lambda: None)
    )
    return region(down(_swatches(), sizes, *chips, buttons, more, _table(), _form(), strip, band,
                       *_icons(), None, gap=14, margins=(28, 20, 28, 20)), "content")  # fmt: skip


def _swatches() -> QWidget:
    line = across(gap=4)
    for token in _TOKENS:
        swatch = QWidget()
        swatch.setFixedSize(34, 20)
        on_ground(swatch, token)
        swatch.setStyleSheet(f"background: {style.colour(token).name()}")
        line.addWidget(swatch)
    line.addStretch(1)
    return region(line)


def _table() -> Table:
    table = Table(
        (Column("who", "姓名 / 工号", 130, kind="person"), Column("state", "状态", 100, kind="state"),
         Column("change", "原 → 新", 240, kind="change", stretch=1), Column("n", "次数", 80, "number")),
        name="示例", checkable=True, strike_unticked=True,
    )  # fmt: skip
    table.show_rows(RowsInMemory([
        {"who": Person("李四", "00033"), "state": State("tick", "在用"), "n": 2,
         "change": Changed("手机", "159 6032 4418", "159 6032 4481")},
        {"who": Person("林淑岚", "00231"), "state": State("stopped", "已停用"), "n": 12,
         "change": Changed("职务", "业务代表", "业务主管")},
        {"who": Person("罗珊川", "00298"), "state": State("late", "离职未停"), "n": 1204,
         "change": Changed("状态", "在职", "离职 11-18")},
        {"who": Person("何永桐", "00420"), "state": State("plus", "新增"), "n": 0, "change": None},
    ]))  # fmt: skip
    table.tick([0, 1, 2])
    table.select(1)
    table.setFixedHeight(162)
    return table


def _form() -> RecordForm:
    form = RecordForm([
        Field("phone", "手机号码", "phone", required=True, value="1385951332", half=True),
        Field("post", "职务", "choice", choices=[(1, "操作工")], value=1, half=True),
        Field("id", "账号", required=True, value="zhangweichuan3", half=True),
        Field("on", "入职日期", "date", half=True),
    ])  # fmt: skip
    form.say("phone", wrong("少一位：手机号码是11位。"))
    form.say("id", good("建议这个，前两个已有人用。"))
    return form


def _icons() -> list[QWidget]:
    names = sorted(path.stem for path in (style.RESOURCES / "icons").glob("*.svg"))
    rows = []
    for start in range(0, len(names), 24):
        rows.append(region(across(*(IconLabel(n) for n in names[start : start + 24]), None, gap=6)))
    return rows
