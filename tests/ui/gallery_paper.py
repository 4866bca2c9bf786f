"""Paint 表单 with its dialogs, the tray of scans, the pages on designs and 日志, to be looked at.

QT_SCALE_FACTOR=1.5 python tests/ui/gallery_paper.py OUT_DIR [light|dark] [1280x800]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from gallery_three_lists import Gallery
from office import desk_of, fill, make_sample, open_sample, press, settle
from PySide6.QtWidgets import QApplication, QDialog

from tests.scans.scanned_paper import save_pdf, scanned, sheet
from ui import style
from ui.desk import Desk
from ui.forms import boards, decisions, more_acts, moves, registers
from ui.forms.new_form import ask_new_form
from ui.main_window import MainWindow
from ui.settings.desk import PAGES
from ui.shared.record_form import RecordForm
from wxadmin.domain.form_definition import paper_code
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.form_batch import BatchForms
from wxadmin.services.forms import Forms
from wxadmin.services.workplace import Workplace

OUT = "QWSQ-202611-002"


def a_form_of_every_kind(workplace: Workplace) -> list[str]:
    """Draft one of each kind that the office asks for."""
    forms = Forms(workplace)
    person = workplace.store.find(Employee)[3]
    group = workplace.store.find(Group)[0]
    numbers = [BatchForms(workplace).draft(workplace.store.find(Employee)[:6]).number]
    for kind in forms.kinds():
        if kind.id == "account_request_batch":
            continue
        for_group = any(known.source == "group.name" for known in kind.fields)
        about: Any = {"group": group} if for_group else {"person": person}
        numbers.append(forms.draft(kind.id, **about).number)
    return numbers


def forms_desk(gallery: Gallery, workplace: Workplace, folder: Path) -> None:
    """The list in each of its filters, a sheet of every kind, what its acts ask."""
    numbers = a_form_of_every_kind(workplace)
    with gallery.opened(workplace) as window:
        desk: Any = desk_of(window, "forms")
        gallery.shoot(window, "表单")
        _acts(gallery, desk)
        desk.open(OUT)
        with gallery.dialogs("表单-电话同意", _agree_by_phone):
            decisions.agree(desk)
        for key in ("late", "out", "owed", ""):
            desk.toolbar.filters.choose(key)
            gallery.shoot(window, f"表单-筛选{key or '全部'}")
        desk.open(OUT)
        with gallery.dialogs("表单-补签"):
            decisions.confirm(desk)
        _lists(gallery, desk)
        for number in numbers:
            desk.open(number)
            settle(window)
            gallery.shoot(window, f"纸面-{desk.view.form.form_kind}")
            with gallery.dialogs(f"填写-{desk.view.form.form_kind}"):
                desk.edit()
        _new(gallery, desk)
        _tray(gallery, window, desk, folder)


def _agree_by_phone(dialog: QDialog) -> None:
    fill(dialog, way="电话", by="何经理")
    press(dialog, "登记同意")


def _acts(gallery: Gallery, desk: Any) -> None:
    desk.open(OUT)
    for name, do in (
        ("签回", moves.record_signed), ("收件", moves.receive), ("同意", decisions.agree),
        ("退回", moves.send_back), ("驳回", moves.reject), ("撤回", moves.withdraw),
        ("遗失", decisions.lose), ("签批记录", decisions.show_record),
        ("办结会改动", decisions.show_effects), ("邮件", lambda d: moves.show_mail(d, "邮件")),
    ):  # fmt: skip
        with gallery.dialogs(f"表单-{name}"):
            do(desk)


def _lists(gallery: Gallery, desk: Any) -> None:
    for name, do in (
        ("在等谁", boards.show_waiting), ("来件登记", boards.show_incoming),
        ("未收回", decisions.remind_out), ("授权", decisions.authorise),
        ("终止授权", decisions.end_authority), ("台账", registers.show_registers),
        ("发出Excel", more_acts.save_workbook), ("空白表", lambda d: d.printing.print_blank()),
    ):  # fmt: skip
        with gallery.dialogs(f"表单-{name}"):
            do(desk)
    button = next(b for b in desk.header.findChildren(type(desk.batch)) if b.text() == "更多")
    gallery.menu("表单-更多", button.click)
    side = [b for b in desk.side_sheet.findChildren(type(desk.batch)) if "更多" in
            (b.text(), b.accessibleName(), b.toolTip())]  # fmt: skip
    for one in side:
        gallery.menu("表单-表的更多", one.click)


def _new(gallery: Gallery, desk: Any) -> None:
    with gallery.dialogs("填新表"):
        ask_new_form(desk)

    def batch(dialog: QDialog) -> None:
        box = dialog.findChild(RecordForm).boxes["kind"].input
        box.set_value("account_request_batch")
        box.edited.emit()
        gallery.shoot(dialog, "填新表-批量")
        dialog.findChild(RecordForm).boxes["people"].input.set_value("00001\n没有这个人\n张伟")
        press(dialog, "起草")
        gallery.shoot(dialog, "填新表-批量-认不出")

    with gallery.dialogs("填新表", batch):
        ask_new_form(desk)


def _tray(gallery: Gallery, window: MainWindow, desk: Any, folder: Path) -> None:
    form = Forms(desk.context.services).called(OUT)
    code = paper_code(form.number, form.definition_version, form.sheet)
    path = save_pdf(folder / "SCAN0001.pdf", [scanned(sheet(code), 2), scanned(sheet())])
    desk.show_scans()
    gallery.shoot(window, "扫描件-空")
    for _ in range(2):
        desk.take_scans([path])
        settle(window)
    window.messages.hide_toast()
    gallery.shoot(window, "扫描件")
    with gallery.dialogs("扫描件-不同意"):
        desk.tray.acts.refuse()
    ids = desk.tray.table.model.shown_ids()
    desk.tray.table.select(ids[1])
    settle(window)
    gallery.shoot(window, "扫描件-待处理")
    with gallery.dialogs("扫描件-归到"):
        desk.tray.acts.settle()
    with gallery.dialogs("扫描件-来件"):
        desk.tray.acts.enter()
    desk.tray.table.select(ids[-1])
    settle(window)
    gallery.shoot(window, "扫描件-重复")
    desk.leave_scans()
    for name in ("便条.docx", "手写的申请，供应链二区包装车间三班王小兰.jpg"):
        (folder / name).write_bytes(b"x")
        boards.take_in(desk, [folder / name])
    window.messages.hide_toast()

    def give(dialog: QDialog) -> None:
        press(dialog, "归到一张表")

    with gallery.dialogs("来件登记", give):
        boards.show_incoming(desk)
    broken = folder / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    desk.take_scans([broken])
    settle(window)
    gallery.shoot(window, "扫描件-坏文件")


def settings(gallery: Gallery, workplace: Workplace) -> None:
    """Every page, every part of the two pages on designs."""
    with gallery.opened(workplace) as window:
        for key, title, _ in PAGES:
            desk: Any = desk_of(window, "settings", key)
            gallery.shoot(window, f"设置-{title}")
            if key in ("forms", "registers"):
                page = desk.page
                for part, word, _ in page._titled[1:]:
                    page.words.choose(part)
                    page._show_part(part)
                    gallery.shoot(window, f"设置-{title}-{word}")
                page.looks.choose("blank")
                page.draw()
                gallery.shoot(window, f"设置-{title}-空白")


def journal(gallery: Gallery, workplace: Workplace) -> None:
    """日志, a day, two days, the window of a day."""
    from ui.journal import past
    from wxadmin.services.as_of import AsOf

    with gallery.opened(workplace) as window:
        desk: Any = desk_of(window, "journal")
        gallery.shoot(window, "日志")
        for row in desk.table.model.shown_ids()[:40:8]:
            desk.table.select(row)
            settle(window)
            gallery.shoot(window, f"日志-{row}")
        with gallery.dialogs("日志-截至某日"):
            past.ask_day(desk.context)
        with gallery.dialogs("日志-两天之间"):
            past.BetweenDialog(desk.context).run()
        first = AsOf(workplace).first_day()
        if first < workplace.today:
            shown = past.show_past(desk.context, AsOf(workplace).at(first))
            shown.resize(*gallery.size)
            gallery.shoot(shown, "截至")
            shown.close()


def people_and_accounts(gallery: Gallery, workplace: Workplace) -> None:
    """What the two desks ask."""
    with gallery.opened(workplace) as window:
        for name in ("people", "accounts"):
            desk: Desk = desk_of(window, name)
            gallery.shoot(window, desk.title)
            desk.show_side(True)
            gallery.shoot(window, f"{desk.title}-右栏")
            for one in desk.actions():
                if one.id in ("print", "export", "save"):
                    continue
                with gallery.dialogs(f"{desk.title}-{one.text}"):
                    one.run()


def main(words: list[str]) -> None:
    """OUT_DIR, the mode, the size of the window."""
    wide, high = (words[2] if len(words) > 2 else "1280x800").split("x")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.look.install(app, mode=words[1] if len(words) > 1 else "light")
    gallery = Gallery(Path(words[0] if words else "gallery"), (int(wide), int(high)))
    with tempfile.TemporaryDirectory() as place:
        at = Path(place)
        for name, paint in (("表单", lambda w: forms_desk(gallery, w, at)),
                            ("设置", lambda w: settings(gallery, w)),
                            ("日志", lambda w: journal(gallery, w)),
                            ("人员", lambda w: people_and_accounts(gallery, w))):  # fmt: skip
            workplace = open_sample(make_sample(at / f"{name}.db"))
            paint(workplace)
            workplace.close()


if __name__ == "__main__":
    main(sys.argv[1:])
