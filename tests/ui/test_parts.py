"""The small parts: header, toolbar, counters, form, dialog, toast, panel, paper."""

from __future__ import annotations

from datetime import date

import pytest
from access import nameless, rich
from gallery import example_form
from gallery_parts import parts_sheet
from PySide6.QtCore import QEvent, QSizeF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsDropShadowEffect,
    QGraphicsOpacityEffect,
    QWidget,
)

from ui.shared import fade
from ui.shared.acting_dialog import ActingDialog
from ui.shared.bands import Notice
from ui.shared.buttons import Button, filled, plain
from ui.shared.change_view import ChangeView
from ui.shared.chip import Chip
from ui.shared.columns import Changed
from ui.shared.counters import Counters
from ui.shared.date_input import read_day
from ui.shared.detail_panel import DetailPanel, Details, Line, Section
from ui.shared.dialog import Choice, Dialog, Thing
from ui.shared.history import Event
from ui.shared.inputs import LineInput
from ui.shared.layouts import down, region
from ui.shared.page_header import PageHeader
from ui.shared.paper_preview import PaperPreview
from ui.shared.progress_strip import ProgressStrip
from ui.shared.record_form import Field, RecordForm, wrong
from ui.shared.runs_label import RunsLabel
from ui.shared.text import Text, spaced_phone
from ui.shared.toast import Toast
from ui.shared.toolbar import FilterWord, Toolbar
from wxadmin.domain.errors import UserError


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    made.show()
    return made


def test_all_parts_have_names_and_show_text_literally(qtbot):
    for part in (parts_sheet(), example_form()):
        qtbot.addWidget(part)
        assert nameless(part) == []
        assert rich(part) == []


def test_a_header_takes_only_one_filled_button(qtbot):
    header = PageHeader("账号")
    qtbot.addWidget(header)
    header.set_facts("312 个", "", "在用 298")
    assert header.facts() == "312 个　在用 298"
    with pytest.raises(ValueError, match="one filled"):
        header.set_acts(filled("新建"), filled("导入"))


def test_enter_presses_a_button_and_a_blocked_one_says_why(qtbot):
    pressed: list[int] = []
    button = plain("打印", on_click=lambda: pressed.append(1))
    qtbot.addWidget(button)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    button.block("还差 2 行待确认", "打印")
    button.click()
    assert pressed == [1]
    assert button.text() == "还差 2 行待确认"
    button.block(None, "打印")
    assert (button.isEnabled(), button.text()) == (True, "打印")


def test_esc_clears_the_search_and_hits_stand_at_its_right(qtbot):
    toolbar = Toolbar("姓名", [("", "全部"), ("on", "在用")])
    qtbot.addWidget(toolbar)
    seen: list[str] = []
    toolbar.searched.connect(seen.append)
    qtbot.keyClicks(toolbar.search_box, "ls")
    toolbar.search_box.show_hits(1204)
    assert toolbar.search_box._right.text() == "1,204 条"
    qtbot.keyClick(toolbar.search_box, Qt.Key.Key_Escape)
    assert seen == ["l", "ls", ""]


def test_a_filter_word_is_chosen_by_key(qtbot):
    toolbar = Toolbar(None, [("", "全部"), ("on", "在用")])
    qtbot.addWidget(toolbar)
    with qtbot.waitSignal(toolbar.chosen) as seen:
        qtbot.keyClick(toolbar.filters._words["on"], Qt.Key.Key_Space)
    assert seen.args == ["on"]
    assert toolbar.filters.current() == "on"


def test_a_counter_filters_and_a_second_click_takes_it_back(qtbot):
    counters = Counters([("late", "late", "逾期"), ("due", "due", "今天到期")])
    qtbot.addWidget(counters)
    counters.set_numbers({"late": 3})
    seen: list[str] = []
    counters.chosen.connect(seen.append)
    button = counters._counters["late"]
    button.click()
    button.click()
    assert seen == ["late", ""]
    assert button.accessibleName() == "逾期 3"


def test_a_form_gives_values_by_key(qtbot):
    form = RecordForm([
        Field("name", "姓名", required=True, value=" 张伟 "),
        Field("phone", "手机号码", "phone", value="138 0595-6621"),
        Field("on", "入职日期", "date", value=date(2026, 11, 18)),
        Field("count", "人数", "number", value="1,204"),
        Field("post", "职务", "choice", choices=[(7, "操作工")], value=7),
        Field("groups", "群组", "ticks", choices=[(1, "一厂"), (2, "经理")], value=(2,)),
        Field("secret", "保密", "tick", value=True),
    ])  # fmt: skip
    qtbot.addWidget(form)
    assert form.values() == {
        "name": "张伟", "phone": "13805956621", "on": date(2026, 11, 18), "count": 1204, "post": 7,
        "groups": (2,), "secret": True,
    }  # fmt: skip


def test_a_wrong_value_is_said_on_leaving_and_mended_while_typing(qtbot):
    def eleven(value, values):
        return None if len(value) == 11 else wrong("手机号码是11位。")

    form = RecordForm([Field("phone", "手机号码", "phone", required=True, check=eleven)])
    qtbot.addWidget(form)
    box = form.boxes["phone"]
    before = form.sizeHint()
    qtbot.keyClicks(box.input, "1385951332")
    assert box.verdict is None
    box.input.left.emit()
    assert box.verdict is not None
    assert box.verdict.kind == "wrong"
    assert form.sizeHint() == before, "the form must not jump"
    qtbot.keyClicks(box.input, "1")
    assert box.verdict is None


def test_a_required_field_holds_the_form(qtbot):
    form = RecordForm(
        [Field("name", "姓名", required=True), Field("day", "日期", "date", value="2024-13-5")]
    )
    qtbot.addWidget(form)
    assert form.missing() == ["姓名"]
    assert not form.accepted()
    assert form.boxes["name"].verdict.sentence == "请填姓名。"
    assert form.boxes["day"].verdict.kind == "wrong"
    form.set_values({"name": "张伟", "day": date(2024, 1, 5)})
    assert form.accepted()


@pytest.mark.parametrize("typed", ["2026-11-18", "2026/11/18", "20261118", "2026年11月18日"])
def test_a_day_is_read_however_it_is_typed(typed):
    assert read_day(typed) == date(2026, 11, 18)
    assert read_day("2024-13-5") is None


def test_a_phone_is_shown_in_groups_and_kept_and_copied_without_blanks(qtbot):
    form = RecordForm([Field("phone", "手机号码", "phone", value="13805956621")])
    qtbot.addWidget(form)
    form.show()
    box = form.boxes["phone"].input
    assert (box.text(), form.values()["phone"]) == ("138 0595 6621", "13805956621")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "13805956621"
    box.setText("13900000001")
    box.left.emit()
    box.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert box.text() == "139 0000 0001"


def test_a_dialog_grows_with_a_long_refusal_and_covers_nothing(host, qtbot):
    def refuse(_):
        raise UserError("名单里有2个认不出。", "no", ("甲" * 60 + "。", "乙" * 60 + "。"))

    fields = [Field(f"f{number}", "一栏", "lines", lines=3) for number in range(4)]
    dialog = ActingDialog.around(host, "填新表", fields, "起草", refuse)
    dialog.show()
    dialog.buttons[-1].click()
    boxes = [dialog.findChild(RecordForm).boxes[field.key] for field in fields]
    assert all(box.height() >= box.minimumSizeHint().height() for box in boxes)
    notice = dialog.findChild(Notice)
    assert notice.height() >= notice.heightForWidth(notice.width())
    dialog.close()


def test_words_of_filters_stay_whole_in_a_narrow_list(qtbot):
    toolbar = Toolbar("姓名、编号", [("a", "未完"), ("b", "未收回"), ("c", "待补签"), ("", "全部")])
    host = region(down(toolbar, None))
    qtbot.addWidget(host)
    host.show()
    toolbar.filters.set_counts({"a": 14, "b": 1234, "c": 1, "": 15})
    words = toolbar.filters.findChildren(FilterWord)
    for wide, tip in ((700, ""), (400, "未收回 1234"), (700, "")):
        host.resize(wide, 60)
        for _ in range(4):
            QApplication.processEvents()
        assert host.width() == wide
        assert all(word.width() >= word.sizeHint().width() for word in words)
        assert words[1].toolTip() == tip


def test_a_dialog_answers_with_the_value_of_its_button_and_esc_is_harmless(qtbot):
    acts = [Choice("回到办理单", None), Choice("办理群主转让", "transfer", "filled")]
    dialog = Dialog(
        None, "还不能办结。", "请先定好接任人。", [Thing("莆田一厂", mark="stuck")], acts=acts
    )
    qtbot.addWidget(dialog)
    assert dialog.buttons[-1] is dialog._first_focus
    assert nameless(dialog) == []
    dialog.buttons[-1].click()
    assert dialog.answer == "transfer"
    again = Dialog(None, "还不能办结。", acts=acts)
    qtbot.addWidget(again)
    again.show()
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert again.answer is None


def test_a_dangerous_act_never_has_the_focus_from_the_start(qtbot):
    dialog = Dialog(None, "清除？", acts=[Choice("留着"), Choice("清除", True, "danger")])
    qtbot.addWidget(dialog)
    assert dialog._first_focus.text() == "留着"


def test_a_toast_takes_back_once_and_leaves(host):
    taken: list[int] = []
    toast = Toast(host)
    toast.say("已停用 王小兰 的账号", undo=lambda: taken.append(1))
    assert toast.isVisible()
    assert toast.geometry().bottom() < host.height()
    toast.undo_button.click()
    assert (taken, toast.isVisible()) == ([1], False)
    toast.say("没有可以撤销的。")
    assert not toast.undo_button.isVisible()


def test_a_toast_stays_while_it_has_the_focus(host, qtbot):
    toast = Toast(host)
    toast.say("已停用", undo=lambda: None)
    host.activateWindow()
    toast.undo_button.setFocus()
    qtbot.waitUntil(toast.undo_button.hasFocus)
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    toast._time_is_up()
    assert toast.isVisible()
    toast.undo_button.clearFocus()
    toast._time_is_up()
    assert not toast.isVisible()


def test_a_panel_shows_all_of_one_thing(qtbot):
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.show_details(Details(
        "李志强", "工号 00326", ("tick", "在用"), "员工号", facts=[("账号", "lizhiqiang")],
        sections=[Section("群组", lines=[Line("莆田一厂", "plus", on_click=print)])],
        history=[Event("开通账号", "2024-03-05")], acts=[plain("停用账号")]))  # fmt: skip
    shown = {label.text() for label in panel.findChildren(Text)}
    assert {"李志强", "lizhiqiang", "莆田一厂", "开通账号"} <= shown
    assert [chip.accessibleName() for chip in panel.findChildren(Chip)] == ["在用"]
    assert "停用账号" in {button.text() for button in panel.findChildren(Button)}
    assert nameless(panel) == []


def test_a_name_stands_above_a_change_that_would_be_cut_beside_it(qtbot):
    phone = Changed("手机号码", "163 0000 1001", "139 0000 0000")
    view = ChangeView()
    qtbot.addWidget(view)
    view.show_changes([("张伟", phone), ("王小兰", Changed("工号", "1", "2"))])
    said = [label.accessibleName() for label in view.findChildren(RunsLabel)]
    assert said[0] == "张伟"
    assert said[1].endswith("139 0000 0000")
    assert said[2].startswith("王小兰 工号")


def test_a_path_in_a_panel_shows_only_the_level_that_changed(qtbot):
    view = ChangeView()
    qtbot.addWidget(view)
    view.show_changes([("张伟", Changed("部门", "一厂 / 包装 / 一班", "一厂 / 包装 / 二班"))])
    from ui.shared.runs_label import RunsLabel

    assert view.findChildren(RunsLabel)[0].accessibleName() == "张伟 部门 一班 二班"


def test_paper_is_asked_for_in_the_size_it_is_shown(qtbot):
    asked: list[QSizeF] = []

    def draw(page: int, size: QSizeF) -> QPixmap:
        asked.append(size)
        return QPixmap(size.toSize())

    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.resize(500, 600)
    preview.show()
    preview.show_pages([QSizeF(210, 297)] * 30, draw)
    preview.grab()
    assert 1 <= len(asked) <= 3
    assert asked[-1].height() < 600
    assert abs(asked[-1].height() / asked[-1].width() - 297 / 210) < 0.02


def test_progress_counts_with_thousands(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.start("正在读入 花名册.xlsx")
    strip.move_to(6240, 10000)
    assert strip.counted() == "6,240 / 10,000 行"


def test_phones_are_grouped_for_reading():
    assert spaced_phone("13805956621") == "138 0595 6621"
    assert spaced_phone("0594-123") == "0594-123"


def test_steps_say_where_one_is(qtbot):
    from ui.shared.chip import legend
    from ui.shared.steps import StepCrumbs, StepsColumn, StepsLine

    column = StepsColumn([("公司和制度", "东南事业部"), ("花名册", "人从哪里来")])
    crumbs, line = StepCrumbs(["选文件", "对列", "预览"]), StepsLine()
    for part in (column, crumbs, line, legend(("tick", "已办"), ("slash", "不适用"))):
        qtbot.addWidget(part)
        part.resize(600, 120)
        part.grab()
    column.go(1)
    crumbs.go(2)
    line.show_steps([("待打印", "11-14"), ("待签回", "已6天"), ("已签回", "")], 1)
    assert column.accessibleName() == "第2步，共2步"
    assert crumbs.accessibleName() == "第3步，共3步：预览"
    assert line.accessibleName() == "待打印 11-14，待签回 已6天"


def test_what_comes_up_fades_in_and_keeps_its_shadow(qtbot, monkeypatch):
    monkeypatch.setattr(fade, "animated", lambda widget: True)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 300)
    host.show()
    toast = Toast(host)
    toast.say("已保存")
    assert isinstance(toast.graphicsEffect(), QGraphicsOpacityEffect)
    qtbot.waitUntil(lambda: isinstance(toast.graphicsEffect(), QGraphicsDropShadowEffect))
    assert toast.isVisible()


def test_a_value_too_long_for_its_field_shows_how_it_begins(qtbot):
    field = LineInput()
    qtbot.addWidget(field)
    field.set_value("莆田一厂群、莆田总厂群、莆田总厂")
    assert field.cursorPosition() == 0


def test_a_long_note_in_a_dialog_runs_over_lines_and_is_never_cut(qapp, qtbot):
    note = "手机号码不是11位，企业微信不收；请让人事更正，或先在台账里改成本人的手机号码再填一次"
    dialog = Dialog(None, "有一处写不进。", things=[Thing("欧阳志强", note, "手机号码")])
    qtbot.addWidget(dialog)
    dialog.show()
    (label,) = [one for one in dialog.findChildren(Text) if one.text() == note]
    assert label.wordWrap()
    assert label.height() >= 2 * label.fontMetrics().height()
