"""The window of a day that is over: its desks without what would write, and no size remembered."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ui.desks import DESKS
from ui.main_window import MainWindow
from ui.shared.buttons import Button
from ui.shared.table_view import TableView

_DESKS = {"people", "accounts", "groups", "forms", "checklists", "journal"}
"""Where records are looked at; the others are for today's work."""
_LOOKS = (
    "导出", "存为", "存下", "复制", "为什么", "清单", "展开", "收起", "看", "查看", "截至", "两天",
    "全部", "全体", "更多", "关闭", "打开", "打印办理单", "打印未办", "在群人员", "历史",
    "交接历史", "返回", "上一", "下一", "群管理号", "特批与借调", "月度名册", "核查记录",
    "本群核查记录", "清除筛选", "紧凑", "显示", "台账和登记簿", "逐群核查明细存为",
    "未办通知单存为",
)  # fmt: skip
"""How the words of an act begin that only looks; whatever begins otherwise is left out."""
_WRITES = ("改", "修", "取名单", "登记", "起草", "归到", "终止", "结束", "加", "标")
"""The same of acts written like links, where most only lead somewhere."""


_WRITING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_F2)
"""Keys of a table that end or change what stands in a line."""


def only_looks(text: str, kind: str = "") -> bool:
    """Say whether an act of these words writes nothing."""
    if kind == "words":
        return not text.startswith(_WRITES)
    return text.startswith(_LOOKS)


class PastWindow(MainWindow):
    """Every desk of records as it stood on `on`; `LookOnly` takes away what would write."""

    def __init__(self, on: date) -> None:
        desks = [entry for entry in DESKS if entry.id in _DESKS]
        super().__init__(desks, f"截至 {on}（只供查看）")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(False)
        self._guard = LookOnly(self)

    def _furnish(self) -> None:
        super()._furnish()
        self.keys.may = lambda act: only_looks(act.text)

    def _keep_geometry(self) -> None:
        """Only the window of today is remembered."""


class LookOnly(QObject):
    """Hides whatever would write as it comes into view: buttons, acts of rows, menu entries."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(watched, TableView):
            assert isinstance(event, QKeyEvent)
            return event.key() in _WRITING_KEYS and watched.window() is self._window
        if kind == QEvent.Type.Show and isinstance(watched, Button | TableView):
            if watched.window() is self._window:
                QTimer.singleShot(0, watched, lambda: self._look_at(watched))
        elif kind == QEvent.Type.Polish and isinstance(watched, QMenu):
            parent = watched.parentWidget()
            if parent is not None and parent.window() is self._window:
                _without_writing(watched)
        return False

    @staticmethod
    def _look_at(shown: QWidget) -> None:
        if isinstance(shown, Button):
            if not only_looks(shown.text() or shown.accessibleName(), shown.kind):
                shown.hide()
        elif isinstance(shown, TableView):
            shown.fit.only_looks = True
            shown.fit.lay_out()


def _without_writing(menu: QMenu) -> None:
    """Leave in a menu what only looks."""
    for action in menu.actions():
        if not action.isSeparator() and not only_looks(action.text()):
            action.setVisible(False)
