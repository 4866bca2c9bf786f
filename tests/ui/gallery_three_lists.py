"""Paint the three lists, the checks, the orders and all their dialogs, to be looked at.

QT_SCALE_FACTOR=1.5 python tests/ui/gallery_three_lists.py OUT_DIR [light|dark] [1280x800]

三方核对 is painted with 0, 12 and 3,000 differences. Two runs give the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import three_lists
from office import desk_of, make_sample, open_sample, settle, window_on
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ui import style
from ui.desk import Desk
from ui.main_window import MainWindow
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.wecom import HANDS_OFF
from wxadmin.services.checklists import Checklists
from wxadmin.services.marks import Marks
from wxadmin.services.people import person_called
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.workplace import Workplace

STRANGERS = 3000 - 12


class Gallery:
    """One folder of pictures of one mode and size."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self.size, self._numbers = folder, size, count(1)

    def shoot(self, widget: QWidget, name: str) -> None:
        """Save what a widget looks like now."""
        for _ in range(3):
            QApplication.processEvents()
        widget.grab().save(str(self._folder / f"{next(self._numbers):02d}-{name}.png"))

    @contextmanager
    def opened(self, workplace: Workplace) -> Iterator[MainWindow]:
        """A window on a register."""
        window = window_on(workplace, self.size)
        window.show()
        yield window
        window.jobs.close()
        window.hide()
        window.deleteLater()

    @contextmanager
    def dialogs(self, name: str, *answers: Callable[[QDialog], Any]) -> Iterator[None]:
        """Every dialog that opens meanwhile is painted, answered if there is an answer, left."""
        real, rest = QDialog.exec, list(answers)

        def paint(dialog: QDialog) -> None:
            self.shoot(dialog, name)
            if rest:
                rest.pop(0)(dialog)
            if dialog.isVisible():
                dialog.reject()

        def run(dialog: QDialog) -> int:
            QTimer.singleShot(0, dialog, lambda: paint(dialog))
            return real(dialog)

        QDialog.exec = run
        try:
            yield
        finally:
            QDialog.exec = real

    def menu(self, name: str, do: Callable[[], Any]) -> None:
        """Paint the menu that `do` opens."""

        def paint() -> None:
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                self.shoot(menu, name)
                menu.close()

        QTimer.singleShot(0, paint)
        do()


# -- 三方核对 -----------------------------------------------------------------------------------


def quiet(workplace: Workplace) -> None:
    """Set aside whatever differs now."""
    findings = [item.finding for item in Reconciliation(workplace).view().items]
    if findings:
        Marks(workplace).set(findings, HANDS_OFF)


def many(lines: list[three_lists.Line]) -> None:
    """A dozen differences and thousands of strangers."""
    place = lines[0]["部门"]
    three_lists.some_damage(lines)
    for number in range(STRANGERS):
        lines.append({"姓名": f"外来{number:04d}", "帐号": f"wailai{number:04d}", "职务": "",
                      "部门": place, "手机": f"1520000{number:04d}", "个人邮箱": "",
                      "激活状态": "已激活"})  # fmt: skip


def three_lists_desk(gallery: Gallery, workplace: Workplace, folder: Path) -> None:
    """The desk with nothing, a dozen and thousands of lines, and its dialogs."""
    three_lists.export_with(workplace, folder)
    quiet(workplace)
    for name, damage in (("0", None), ("12", three_lists.some_damage), ("3000", many)):
        three_lists.export_with(workplace, folder, damage)
        with gallery.opened(workplace) as window:
            desk = desk_of(window, "reconciliation")
            gallery.shoot(window, f"三方核对-{name}处")
            if name == "12":
                _lines(gallery, window, desk)
            if name == "3000":
                _brake(gallery, window, desk)


def _lines(gallery: Gallery, window: MainWindow, desk: Any) -> None:
    rows = [row for row in desk.rows.values() if not row.beneath]
    desk.turn(next((row.id for row in rows if row.further), rows[0].id))
    desk.ask(next(row for row in rows if row.name == "柯大伟"))
    gallery.shoot(window, "三方核对-是哪一位")
    desk.table.open_below((), None)
    desk.table.tick([row.id for row in rows])
    gallery.shoot(window, "三方核对-已勾")
    with gallery.dialogs("三方核对-处理以前"):
        desk.batches.settle_ticked()
        settle(window)
    with gallery.dialogs("三方核对-人事数据有误"):
        desk.acts.hr_is_wrong(next(row for row in rows if row.group == "to_change"))
    with gallery.dialogs("三方核对-填导入表"):
        desk.out.fill_template()
    with gallery.dialogs("三方核对-报错", _explain):
        desk.out.read_errors()
    gallery.menu("三方核对-菜单", desk.acts.menu_here)
    desk.toolbar.filters.choose(HANDS_OFF)
    gallery.shoot(window, "三方核对-不动")


def _explain(dialog: Any) -> None:
    dialog.text.set_value("卢江月 60104 手机号码已存在\n李国樑 40003 invalid userid\n看不懂的一行")
    dialog.explain()
    QApplication.processEvents()
    dialog.grab()


def _brake(gallery: Gallery, window: MainWindow, desk: Any) -> None:
    desk.table.tick([row.id for row in desk.rows.values() if not row.beneath])
    with gallery.dialogs("三方核对-很多处"):
        desk.batches.settle_ticked()
        settle(window)
    gallery.shoot(window, "三方核对-已暂停")


# -- groups --------------------------------------------------------------------------------------


def groups_desk(gallery: Gallery, workplace: Workplace) -> None:
    """Orders, lists, checks, ends of groups, designated numbers."""
    with gallery.opened(workplace) as window:
        desk: Any = desk_of(window, "groups", "14")
        gallery.shoot(window, "群组")
        desk.orders.issue()
        settle(window)
        gallery.shoot(window, "群组-已开通知单")
        _dialogs_of_a_group(gallery, desk)
        desk.take_list()
        page = desk._pages.currentWidget()
        page.text.set_value("00001\n邓春和\n张伟\n隔壁老王\n莆田一厂-卢秀岚")
        page.recognise()
        gallery.shoot(window, "群组-取名单")
        with gallery.dialogs("群组-是谁"):
            page.ask_about("隔壁老王")
        desk.close_page()
        for name, do in (("群管理号", desk.show_numbers), ("特批与借调", desk.show_exceptions),
                         ("改规则", desk.edit_rule)):  # fmt: skip
            do()
            gallery.shoot(window, f"群组-{name}")
            _pages(gallery, desk, name)
            desk.close_page()
        _round(gallery, window, desk)


def _pages(gallery: Gallery, desk: Any, name: str) -> None:
    page = desk._pages.currentWidget()
    if name == "群管理号":
        for text, do in (("交接", page.hand_over), ("登录", page.confirm_login),
                         ("修改", page.edit), ("历史", page.history)):  # fmt: skip
            with gallery.dialogs(f"群组-群管理号{text}"):
                page._of_current(do)


def _dialogs_of_a_group(gallery: Gallery, desk: Any) -> None:
    acts = desk.checking.acts
    told = (("核查本群", acts.check_one), ("核查记录", acts.log),
            ("在群人员", desk.checking.presence),
            ("并入", desk.endings.merge), ("又看到人", desk.endings.seen_again),
            ("解散", desk.dialogs.dissolve), ("登记新群", desk.dialogs.register),
            ("修改群组", desk.dialogs.edit), ("群主转让", desk.owners.set_owner),
            ("设群管理员", desk.owners.add_admin), ("免去群职务", desk.owners.end_role),
            ("群职务历史", desk.owners.history))  # fmt: skip
    for name, do in told:
        with gallery.dialogs(f"群组-{name}"):
            do()
    gallery.menu("群组-核查菜单", lambda: desk.checking.open_menu(desk._check))


def _round(gallery: Gallery, window: MainWindow, desk: Any) -> None:
    desk.checking.begin()
    settle(window)
    page = desk._pages.currentWidget()
    gallery.shoot(window, "群核查-开始")
    for number, line in enumerate(page.view.lines):
        page.number.setText(str(line.check.expected + (number == 3)))
        page.count()
        if number == 5:
            gallery.shoot(window, "群核查-一半")
    settle(window)
    gallery.shoot(window, "群核查-数完")
    for state, name in (("核查中", "定结论"), ("待整改", "四张清单")):
        lines = [one for one in page.view.lines if one.check.state == state]
        for line in lines[:3]:
            with gallery.dialogs(f"群核查-{name}"):
                page.act_on(line.check.id)
    with gallery.dialogs("群核查-结束"):
        page.close_round()
    gallery.menu("群核查-报告", page._open_report)


# -- checklists and the window beside the console --------------------------------------------


def handling(gallery: Gallery, workplace: Workplace) -> None:
    """调岗单, 账号去向, 群主转让, the small window, a whole column."""
    from ui.checklists import fates, handing_over, mover_sheet
    from ui.console_window.window import show_console_window

    person = person_called(workplace, "余雅琴")
    if not workplace.store.find(Checklist, employee_id=person.id, template="transfer"):
        Checklists(workplace).start("transfer", person=person)
    with gallery.opened(workplace) as window:
        desk: Any = desk_of(window, "checklists")
        desk.toolbar.filters.choose("transfer")
        key = next(view.id for view in desk.views.values() if view.name == "余雅琴")
        desk.table.select(key)
        gallery.shoot(window, "调岗办理")
        with gallery.dialogs("调岗单"):
            mover_sheet.show(desk)
        desk.toolbar.filters.choose("offboarding")
        desk.table.view.selectAll()
        gallery.shoot(window, "离职办理")
        with gallery.dialogs("整列打勾"):
            desk.tick_column()
        view = desk.chosen()[0]
        with gallery.dialogs("账号去向"):
            fates.decide(desk, view)
        with suppress(AssertionError), gallery.dialogs("群主转让"):
            handing_over.transfer_groups(desk, *desk.chosen())
        small = show_console_window(window.context)
        gallery.shoot(small, "办理小窗")
        waits = next((n for n, task in enumerate(small.tasks) if task.first), None)
        if waits is not None:
            small.at = waits
            small._show()
            gallery.shoot(small, "办理小窗-还不能办")
        small.close()


def other_desks(gallery: Gallery, workplace: Workplace) -> None:
    """Every desk as it opens."""
    with gallery.opened(workplace) as window:
        for name in ("today", "people", "accounts", "forms", "imports", "journal", "settings"):
            shown: Desk = desk_of(window, name)
            settle(window)
            gallery.shoot(window, shown.title)


def paint_all(folder: Path, mode: str, size: tuple[int, int]) -> None:
    """Paint everything once into `folder`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.look.install(app, mode=mode)
    gallery = Gallery(folder, size)
    with tempfile.TemporaryDirectory() as place:
        at = Path(place)
        for name, paint in (("三方", lambda w: three_lists_desk(gallery, w, at)),
                            ("群组", lambda w: groups_desk(gallery, w)),
                            ("办理", lambda w: handling(gallery, w)),
                            ("各页", lambda w: other_desks(gallery, w))):  # fmt: skip
            workplace = open_sample(make_sample(at / f"{name}.db"))
            paint(workplace)
            workplace.close()


def main(words: list[str]) -> None:
    """OUT_DIR, the mode, the size of the window."""
    wide, high = (words[2] if len(words) > 2 else "1280x800").split("x")
    paint_all(Path(words[0] if words else "gallery"), words[1] if len(words) > 1 else "light",
              (int(wide), int(high)))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
