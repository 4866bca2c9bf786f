"""办理: the grid worked by keys, what blocks and its remedy, hand-over, fates, acts of a step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pikepdf
import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.checklists import papers, step_acts, whole_acts
from ui.checklists.grid import step_key
from ui.shared.buttons import Button
from ui.shared.record_form import RecordForm
from ui.shared.record_picker import RecordPicker
from ui.shared.text import Text
from wxadmin.domain.account import Account
from wxadmin.domain.checklist import Checklist, ChecklistItem
from wxadmin.domain.person import Employee
from wxadmin.services.checklists import Checklists
from wxadmin.services.departures import Departures
from wxadmin.services.group_duties import Duties
from wxadmin.services.handover import Handover
from wxadmin.services.membership_picture import Picture

LEFT = date(2026, 11, 18)


@pytest.fixture
def owner(workplace) -> Employee:
    """Somebody who owns a group and leaves."""
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    ids = {duties.owner(group).employee_id for group in picture.groups} - {None}
    found = workplace.store.find(Employee, id=min(ids))[0]
    Departures(workplace).leave(found, LEFT, "辞职")
    return workplace.store.find(Employee, id=found.id)[0]


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "checklists")


def list_of(workplace, person: Employee, template: str = "offboarding") -> int:
    return workplace.store.find(Checklist, employee_id=person.id, template=template)[0].id


def item(workplace, checklist: int, no: int) -> ChecklistItem:
    return workplace.store.find(ChecklistItem, checklist_id=checklist, no=no)[0]


def view(desk, key: int):
    return desk.lists.views().one(key)


def button(desk, text: str) -> Button:
    QApplication.processEvents()
    shown = [b for b in desk.panel.findChildren(Button) if b.isVisibleTo(desk.panel)]
    return next(b for b in shown if b.text() == text)


def said(desk) -> list[str]:
    QApplication.processEvents()
    shown = [label for label in desk.panel.findChildren(Text) if label.isVisibleTo(desk.panel)]
    return [label.text() for label in shown]


def go_to(desk, checklist: int, no: int) -> None:
    """Make one cell of the grid the current one."""
    desk.open(checklist)
    model = desk.table.model
    column = [c.key for c in model.columns].index(step_key(no))
    desk.table.view.setCurrentIndex(model.index(model.line_of(checklist), column))


def loose_step(desk, checklist: int) -> int:
    """Take a folded step up that the register cannot prove, so that there is one to tick."""
    folded = [s for s in view(desk, checklist).folded if not s.finding and not s.item.blocking]
    no = folded[0].item.no
    Checklists(desk.context.services).take_up(checklist, no)
    desk.context.refresh()
    return no


def test_the_tabs_count_what_is_open_and_the_grid_shows_marks_only(desk):
    words = [w.accessibleName() for w in desk.toolbar.filters._words.values()]
    assert words == ["入职办理 2", "调岗办理 1", "离职办理 1", "其他 0"]
    assert desk.header.facts() == "入职办理　2026年11月　2 人，办结 0"
    steps = [c for c in desk.table.model.columns if c.kind == "mark"]
    assert [c.title for c in steps][:2] == ["在册\n核对", "填写\n附件一"]


def test_another_tab_has_other_columns(desk):
    desk.toolbar.filters.choose("offboarding")
    titles = [c.title for c in desk.table.model.columns]
    assert "账号\n去向" in titles
    desk.toolbar.filters.choose("others")
    assert desk.other.isVisibleTo(desk)
    assert desk.header.facts().startswith("建群办理")


def test_the_grid_ticks_by_space_and_takes_back_by_undo(desk, workplace, qtbot):
    key = desk.table.current_id()
    no = loose_step(desk, key)
    go_to(desk, key, no)
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Space)
    assert item(workplace, key, no).state == "完成"
    desk.window().messages._toast.take_back()
    assert item(workplace, key, no).state == "待办"


def test_space_on_a_step_the_register_holds_open_is_refused_with_its_reason(desk, qtbot):
    key = desk.table.current_id()
    held = next(s.item.no for s in view(desk, key).shown if s.contrary)
    go_to(desk, key, held)
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Space)
    assert "不能手工打勾" in band_of(desk.window())


def test_a_column_is_ticked_for_those_selected_as_one_operation(desk, workplace):
    keys = list(desk.table.model.shown_ids())
    no = loose_step(desk, keys[0])
    Checklists(workplace).take_up(keys[1], no)
    desk.context.refresh()
    desk.table.view.selectAll()
    before = len(workplace.journal.operations(200))

    def choose(dialog):
        fill(dialog, no=no)
        press(dialog, "给 2 人打勾")

    with answering(choose):
        desk.tick_column()
    assert [item(workplace, key, no).state for key in keys] == ["完成", "完成"]
    assert len(workplace.journal.operations(200)) == before + 1
    assert toast_of(desk.window()) == "已给 2 人打勾"


def test_who_is_refused_in_a_column_is_named(desk):
    held = next(s.item.no for s in view(desk, desk.table.current_id()).shown if s.contrary)
    desk.table.view.selectAll()
    with answering(lambda dialog: (fill(dialog, no=held), press(dialog, "给 2 人打勾"))):
        desk.tick_column()
    assert band_of(desk.window()).startswith("2 人没有打勾：")


def test_what_blocks_stands_on_top_with_its_remedy(owner, desk, workplace):
    key = list_of(workplace, owner)
    desk.open(key)
    assert any("的群主" in text for text in said(desk))
    button(desk, "办理群主转让")
    with answering(lambda dialog: press(dialog, "知道了")) as seen:
        button(desk, "为什么").click()
    assert seen.sentences == ["群主转让办完才能办结"]


def test_the_groups_go_to_those_proposed_and_the_step_is_proven(owner, desk, workplace):
    key = list_of(workplace, owner)
    desk.open(key)
    owned = Handover(workplace).transfers(owner.id)
    assert owned[0].successor is not None
    with answering(lambda dialog: press(dialog, "采用并登记转让")):
        button(desk, "办理群主转让").click()
    assert Handover(workplace).transfers(owner.id) == ()
    assert toast_of(desk.window()) == f"已登记转让 {len(owned)} 个群"


def test_another_successor_may_be_picked_for_a_group(owner, desk, workplace):
    key = list_of(workplace, owner)
    desk.open(key)
    group = Handover(workplace).transfers(owner.id)[0].group
    proposed = Handover(workplace).transfers(owner.id)[0].successor
    other = next(
        p for p in workplace.store.all(Employee)
        if p.in_service(workplace.today) and p.id not in (owner.id, proposed.id)
    )  # fmt: skip

    def pick(dialog):
        dialog.findChild(RecordPicker).search(other.emp_no)
        dialog.findChild(RecordPicker).decided.emit()
        press(dialog, "采用并登记转让")

    with answering(pick):
        button(desk, "办理群主转让").click()
    assert Duties(workplace, Picture(workplace)).owner(group.id).employee_id == other.id


def test_the_hand_over_slip_is_drafted_and_shown_at_the_desk_of_forms(owner, desk, workplace):
    desk.open(list_of(workplace, owner))
    with answering(lambda dialog: press(dialog, "打印交接单")):
        button(desk, "办理群主转让").click()
    shown = desk.window().current()
    assert shown.objectName() == "forms"
    assert shown.view.form.employee_id == owner.id
    proposed = Handover(workplace).transfers(owner.id)[0].successor
    assert f"{proposed.name}（{proposed.emp_no}）" in shown.view.form.value("owned_groups")


def test_closing_is_refused_with_the_list_of_what_is_open(owner, desk, workplace):
    key = list_of(workplace, owner)
    desk.open(key)
    with answering(lambda dialog: press(dialog, "回到办理单")) as seen:
        button(desk, "办结").click()
    assert seen.sentences[0].startswith("还不能办结：")
    assert workplace.store.get(Checklist, key).is_open


def test_a_leavers_account_is_closed_from_its_step(desk, workplace):
    desk.toolbar.filters.choose("offboarding")
    key = desk.table.current_id()
    person = workplace.store.get(Checklist, key).employee_id

    def settle_it(dialog):
        press(dialog, "就这样定")

    step = next(s for s in view(desk, key).shown if s.act == "dispose_account")
    with answering(lambda dialog: press(dialog, "定账号去向"), settle_it):
        step_acts.settle(desk, view(desk, key), step)
    assert not any(a.live for a in workplace.store.find(Account, holder_id=person))


def test_passing_an_account_on_needs_somebody_to_take_it(desk, workplace):
    from ui.checklists import fates

    desk.toolbar.filters.choose("offboarding")
    key = desk.table.current_id()
    person = workplace.store.get(Checklist, key).employee_id
    to = next(p for p in workplace.store.all(Employee)
              if p.in_service(workplace.today) and not workplace.store.find(Account, holder_id=p.id)
              and p.id != person)  # fmt: skip

    def give(dialog):
        fill(dialog, fate="转交接替者")
        dialog.findChild(RecordForm).changed.emit("fate")
        press(dialog, "就这样定")
        assert dialog.isVisible()
        dialog.findChild(RecordPicker).search(to.emp_no)
        press(dialog, "就这样定")

    with answering(give):
        fates.decide(desk, view(desk, key))
    assert workplace.store.find(Account, holder_id=to.id)


def test_groups_left_are_recorded_as_one_act(desk, workplace):
    desk.toolbar.filters.choose("offboarding")
    key = desk.table.current_id()
    with answering(lambda dialog: press(dialog, "登记")):
        button(desk, "登记进出群").click()
    person = workplace.store.get(Checklist, key).employee_id
    assert Handover(workplace).group_moves(person).leave == ()
    assert next(s for s in view(desk, key).shown if s.item.title == "移出各群").settled


def test_the_groups_of_a_mover_are_listed_and_copied(desk):
    desk.toolbar.filters.choose("transfer")
    assert {"退出", "1 个", "莆田一厂"} <= set(said(desk))
    with answering(lambda dialog: press(dialog, "复制清单")) as seen:
        button(desk, "清单").click()
    assert "退出 1 个" in seen.sentences[0]
    assert "退出：莆田一厂" in QGuiApplication.clipboard().text()


def test_a_step_is_waived_with_its_reason_only(desk, workplace):
    desk.toolbar.filters.choose("transfer")
    key = desk.table.current_id()

    def waive(dialog):
        press(dialog, "免办")
        assert dialog.isVisible()
        fill(dialog, note="群主已确认保留")
        press(dialog, "免办")

    with answering(waive):
        button(desk, "免办（写明原因）").click()
    waived = [i for i in workplace.store.find(ChecklistItem, checklist_id=key) if i.state == "豁免"]
    assert [i.note for i in waived] == ["群主已确认保留"]


def test_then_the_checklist_closes_and_can_be_opened_again(desk, workplace):
    test_a_step_is_waived_with_its_reason_only(desk, workplace)
    key = desk.table.current_id()
    assert button(desk, "办结").kind == "filled"
    button(desk, "办结").click()
    assert not workplace.store.get(Checklist, key).is_open
    desk.open(key)
    with answering(lambda dialog: press(dialog, "重新打开")):
        button(desk, "重新打开").click()
    assert workplace.store.get(Checklist, key).is_open


def test_a_step_done_without_the_leaver_names_head_and_witness(owner, desk, workplace):
    key = list_of(workplace, owner)
    desk.open(key)
    step = next(s for s in view(desk, key).shown if s.item.needs_leaver and not s.settled)

    def stand_in(dialog):
        fill(dialog, head="何经理", witness="何经理", note="自离")
        press(dialog, "登记单方办理")
        assert dialog.refused == "代签人和监交人不能是同一个人。"
        fill(dialog, witness="钱人事")
        press(dialog, "登记单方办理")

    with answering(lambda dialog: press(dialog, "单方办理"), stand_in):
        step_acts.settle(desk, view(desk, key), step)
    kept = item(workplace, key, step.item.no)
    assert (kept.stand_in, kept.witness, kept.note) == ("何经理", "钱人事", "自离")


def test_a_folded_step_is_unfolded_and_taken_up(desk, workplace):
    key = desk.table.current_id()
    count = len(view(desk, key).folded)
    assert f"不适用 {count} 步" in said(desk)
    button(desk, "展开").click()
    folded = view(desk, key).folded[0]
    assert folded.item.title in said(desk)
    with answering(lambda dialog: press(dialog, "改回待办")):
        step_acts.settle(desk, view(desk, key), folded)
    assert item(workplace, key, folded.item.no).state == "待办"


def test_a_checklist_is_started_by_hand_for_who_was_found(desk, workplace):
    who = next(p for p in workplace.store.all(Employee) if p.in_service(workplace.today))

    def start(dialog):
        fill(dialog, kind="transfer", on=LEFT)
        dialog.findChild(RecordPicker).search(who.emp_no)
        press(dialog, "发起")

    with answering(start):
        desk.new()
    made = workplace.store.get(Checklist, list_of(workplace, who, "transfer"))
    assert (made.event_on, desk.template) == (LEFT, "transfer")
    assert desk.table.current_id() == made.id


def test_a_group_has_its_checklist_too(desk, workplace):
    def start(dialog):
        fill(dialog, kind="dissolution")
        dialog.findChild(RecordForm).changed.emit("kind")
        dialog.findChild(RecordPicker).search("莆田一厂")
        press(dialog, "发起")

    with answering(start):
        desk.new()
    assert desk.template == "dissolution"
    assert desk.other.value() == "dissolution"
    assert desk.header.facts().startswith("群解散办理")


def test_a_checklist_is_dropped_with_the_reason(desk, workplace):
    key = desk.table.current_id()
    with answering(lambda dialog: (fill(dialog, note="不来了"), press(dialog, "作废清单"))):
        whole_acts.void(desk, desk.current())
    assert workplace.store.get(Checklist, key).state == "作废"
    assert key not in desk.table.model.shown_ids()


def test_the_remedy_of_a_paper_step_leads_to_its_form(desk):
    button(desk, "登记签回").click()
    shown = desk.window().current()
    assert (shown.objectName(), shown.view.form.number) == ("forms", "QWSQ-202611-002")


def test_selected_checklists_are_printed_each_on_its_own_page(desk, monkeypatch, tmp_path: Path):
    path = tmp_path / "办理单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    desk.table.view.selectAll()
    with answering(lambda dialog: press(dialog, "存为PDF")):
        papers.print_chosen(desk)
    settle(desk.window())
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2


def test_the_leavers_of_a_month_are_printed(desk, monkeypatch, tmp_path: Path):
    path = tmp_path / "名册"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    assert not desk.head.month_list.isVisibleTo(desk)
    desk.toolbar.filters.choose("offboarding")
    assert desk.head.month_list.isVisibleTo(desk)
    with answering(
        lambda dialog: (fill(dialog, month=date(2026, 10, 1)), press(dialog, "打印")),
        lambda dialog: press(dialog, "存为PDF"),
    ):
        desk.head.month_list.click()
    settle(desk.window())
    assert path.with_name("名册.pdf").exists()


def test_a_line_is_found_by_the_initials_of_a_name(desk):
    first = desk.current()
    desk.search("kzj")
    assert [desk.views[key].name for key in desk.table.model.shown_ids()] == ["柯子衿"]
    desk.toolbar.search_box.clear()
    assert first.id in desk.table.model.shown_ids()


def test_in_a_large_office_the_facts_are_read_beside_the_window(desk, monkeypatch):
    monkeypatch.setattr("ui.checklists.desk.MANY", 10)
    key = desk.table.current_id()
    desk.refresh()
    desk.open(key)
    settle(desk.window())
    assert desk.table.current_id() == key


def test_every_part_of_the_desk_has_a_name_and_shows_text_literally(owner, desk, workplace):
    for key in (desk.table.current_id(), list_of(workplace, owner)):
        desk.open(key)
        assert nameless(desk) == []
        assert rich(desk) == []
    found = []

    def look(dialog):
        found.extend(nameless(dialog))

    with answering(look, look, look):
        button(desk, "办理群主转让").click()
        desk.new()
        desk.tick_column()
    assert found == []


def test_the_groups_of_several_are_handed_over_in_one_act(owner, desk, workplace):
    desk.open(list_of(workplace, owner))
    desk.table.view.selectAll()
    many = len(desk.chosen())
    before = len(workplace.journal.operations(300))
    with answering(
        lambda d: press(d, f"给 {many} 人打勾"),
        lambda d: press(d, "采用并登记转让"),
    ) as seen:
        desk.tick_column()
    assert "先转让" in seen.sentences[1]
    assert len(workplace.journal.operations(300)) == before + 1
    assert "已登记转让" in toast_of(desk.window())
