"""Paint all parts and some made-up desks to pictures, light and dark, to be looked at.

QT_SCALE_FACTOR=1.5 python tests/ui/gallery.py OUT_DIR
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gallery_desks import AccountsExample, FormsExample, GridExample, ImportExample, TodayExample
from gallery_parts import parts_sheet
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui import style
from ui.desk import Desk
from ui.desks import DESKS, DeskEntry
from ui.main_window import Links, MainWindow
from ui.shared.bands import Notice
from ui.shared.buttons import filled
from ui.shared.dialog import Choice, Dialog, Thing
from ui.shared.record_form import Field, RecordForm, doubtful, good, wrong

# ruff: noqa: E501


def example_form() -> RecordForm:
    """新建账号 with one verdict of each kind."""
    form = RecordForm([
        Field("name", "姓名", required=True, value="张伟川"),
        Field("phone", "手机号码", "phone", required=True, value="1385951332"),
        Field("userid", "账号", required=True, value="zhangweichuan3"),
        Field("post", "职务", "choice", choices=[(1, "操作工")], value=1, half=True),
        Field("from", "入职日期", "date", half=True),
        Field("groups", "拟加入群组", "ticks", choices=[(1, "莆田一厂"), (2, "经理群组")], value=(1,)),
        Field("why", "事由", "lines"),
    ])  # fmt: skip
    form.say("name", doubtful("已有2位张伟川，请核对工号或手机号码。"))
    form.say("phone", wrong("少一位：手机号码是11位，例如 13859513321。"))
    form.say("userid", good("前两个已有人用，建议这个。"))
    return form


def window_with(desk: type[Desk], name: str, size: tuple[int, int]) -> MainWindow:
    """A window showing one example desk."""
    entries = [_entry(entry, desk) if entry.id == name else entry for entry in DESKS]
    window = MainWindow(entries)
    window.resize(*size)
    window.start(SimpleNamespace(), Links(
        company=lambda: "东南事业部", backup=lambda: "今天 08:42",
        counts=lambda: {"today": 10, "forms": 6, "checklists": 8, "reconciliation": 31}), name)  # fmt: skip
    window.show()
    return window


def _entry(entry: DeskEntry, desk: type[Desk]) -> DeskEntry:
    return replace(entry, path=f"gallery_desks:{desk.__name__}")


def main(out: Path) -> None:
    """Paint everything into `out`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.look.install(app, mode="light")
    out.mkdir(parents=True, exist_ok=True)
    for mode in ("light", "dark"):
        style.look.set_mode(mode)
        _shoot(parts_sheet(), out / f"parts-{mode}.png", (640, 1000))
        for desk, name in ((AccountsExample, "accounts"), (TodayExample, "today"),
                           (ImportExample, "imports"), (GridExample, "checklists"), (FormsExample, "forms")):  # fmt: skip
            for size in ((1280, 800), (1024, 600)):
                window = window_with(desk, name, size)
                if name == "accounts" and size[0] == 1280:
                    window.messages.toast("已停用 王小荷 的账号", undo=lambda: None)
                    window.messages.error("打不开“11月花名册.xlsx”：文件有密码。请另存一份不加密码的，再拖进来。"
                                          "数据没有改动。", ("再选文件", lambda: None))  # fmt: skip
                    window.desk("accounts").table.view.setFocus()
                _shoot(window, out / f"{name}-{size[0]}-{mode}.png")
        _shoot(example_form(), out / f"form-{mode}.png", (336, 640))
        dialog = Dialog(None, "还不能办结：林国桐仍是4个群的群主。", "请先定好接任人，再回来办结。",
                        [Thing("莆田一厂包装", "31 人", "建议接任 许秀岚", "stuck")], None,
                        [Choice("回到办理单"), Choice("办理群主转让", 1, "filled")],
                        [Choice("打印转让单", 2, icon="print")])  # fmt: skip
        _shoot(dialog, out / f"dialog-{mode}.png")
        notice = Notice(
            "stuck", "还不能办结：林国桐仍是4个群的群主。", "", [filled("办理群主转让")]
        )
        _shoot(notice, out / f"notice-{mode}.png", (340, 90))


def _shoot(widget: QWidget, path: Path, size: tuple[int, int] | None = None) -> None:
    if size is not None:
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        widget.resize(*size)
    widget.show()
    for _ in range(3):
        QApplication.processEvents()
    widget.grab().save(str(path))
    widget.close()
    widget.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
