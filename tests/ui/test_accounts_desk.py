"""账号: the register, its filters and four lists, every lawful act, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from access import nameless, rich
from builders import write
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.accounts.new_dialog import NewAccountDialog
from wxadmin.domain import account_moves as moves
from wxadmin.domain.account import Account, AccountException
from wxadmin.domain.change import Change
from wxadmin.domain.group import BY_PERSON, OWNER, Group, GroupRole
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.person import Employee
from wxadmin.services.account_roll import LIST_FILTERS, STATE_FILTERS


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "accounts")


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def account_of(workplace, name="卢秀岚") -> Account:
    person = workplace.store.find(Employee, name=name)[0]
    return workplace.store.find(Account, holder_id=person.id)[0]


def answer_form(button, **values):
    return lambda dialog: (fill(dialog, **values), press(dialog, button))


def state_of(workplace, account) -> str:
    return workplace.store.get(Account, account.id).state


def test_every_filter_shows_as_many_as_it_counts(desk):
    words = desk.toolbar.filters._words
    assert set(words) == {"", *STATE_FILTERS, *LIST_FILTERS}
    for key, word in words.items():
        desk.toolbar.filters.choose(key)
        assert desk.table.hits() == word.count
    desk.toolbar.filters.choose("")
    assert desk.table.hits() == 311


def test_an_account_is_found_by_name_reading_number_and_digits(desk):
    for typed in ("卢秀岚", "lxl", "luxiulan", "ZH-00147", "00028", "2051"):
        desk.search(typed)
        rows = [desk.table.model.row(key).row for key in desk.table.model.shown_ids()]
        assert "luxiulan" in [row.wecom_userid for row in rows], typed


def test_every_column_sorts_and_goes_both_ways(desk):
    for place, column in enumerate(desk.table.model.columns):
        desk.table.model.sort(place)
        up = desk.table.model.shown_ids()
        desk.table.model.sort(place, Qt.SortOrder.DescendingOrder)
        assert len(desk.table.model.shown_ids()) == len(up) == 311, column.key


def test_somebody_without_an_account_is_shown_with_what_to_do(desk, office_window, workplace):
    desk.toolbar.filters.choose("without")
    desk.table.select(desk.table.model.id_at(0))
    assert desk.without is not None
    said = words_of(desk.panel)
    assert desk.without.name in said
    assert "在职，按制度应有账号" in said


def test_an_account_of_somebody_who_left_says_so_before_its_state(desk, workplace):
    desk.toolbar.filters.choose("gone")
    line = desk.table.model.row(desk.table.model.id_at(0))
    column = next(c for c in desk.table.model.columns if c.key == "state")
    assert (column.of(line).mark, column.of(line).word) == ("late", "离职未停")


def test_the_panel_tells_groups_with_why_and_history(desk, workplace):
    desk.open(account_of(workplace).id)
    said = words_of(desk.panel)
    assert "单位为莆田一厂/仓储部" in said
    assert "登记账号 luxiulan" in said
    assert "本人" in said


def test_an_account_is_suspended_and_restored_with_reason_and_undo(desk, office_window, workplace):
    account = account_of(workplace)
    desk.open(account.id)
    with answering(answer_form("停用", reason="长期不用")) as seen:
        desk.move(moves.SUSPEND)
    assert seen.sentences == ["停用：卢秀岚"]
    assert state_of(workplace, account) == "停用"
    assert toast_of(office_window) == "已停用 卢秀岚 的账号，现在是“停用”"
    with answering(answer_form("恢复使用")):
        desk.move(moves.RESTORE)
    assert state_of(workplace, account) == "在用"
    office_window.messages._toast.take_back()
    assert state_of(workplace, account) == "停用"


def test_every_lawful_move_from_a_state_is_offered_and_no_other(desk, workplace):
    account = account_of(workplace)
    desk.open(account.id)
    offered = {text for text, _ in offered_acts(desk)}
    for move in moves.account_moves_from("在用"):
        assert any(moves.MOVES[move] in text for text in offered), move
    assert not any("恢复使用" in text for text in offered)


def offered_acts(desk):
    from ui.accounts.panel import details_of

    details = details_of(desk, desk.view)
    return [*details.more, *((button.text(), None) for button in details.acts)]


def test_del_suspends_and_never_deletes(desk, workplace, qtbot):
    account = account_of(workplace)
    desk.open(account.id)
    with answering(answer_form("停用", reason="不用了")):
        qtbot.keyClick(desk.table.view, Qt.Key.Key_Delete)
    assert state_of(workplace, account) == "停用"


def test_the_account_of_a_group_owner_is_not_closed_and_the_dialog_says_why(desk, workplace):
    account = account_of(workplace)
    group = workplace.store.find(Group, name="莆田一厂")[0]
    ids = workplace.store.ids()
    owner = GroupRole(ids.next(GroupRole), group.id, OWNER, BY_PERSON, account.holder_id, None, "",
                      date(2026, 11, 1))  # fmt: skip
    write(workplace, owner)
    desk.open(account.id)
    told = []

    def close(dialog) -> None:
        fill(dialog, reason="离职")
        press(dialog, "注销")
        told.append(dialog.refused)
        assert dialog.isVisible()

    with answering(close):
        desk.move(moves.CLOSE)
    assert "仍是1个群的群主，不能注销账号" in told[0]
    assert state_of(workplace, account) == "在用"


def test_a_second_live_personal_account_is_refused_with_its_sentence(desk, workplace):
    person = workplace.store.find(Employee, name="卢秀岚")[0]
    told = []

    def second(dialog: NewAccountDialog) -> None:
        fill(dialog, keeper=person.emp_no)
        fill(dialog, wecom_userid="luxiulan9", mobile="16300088888")
        press(dialog, "登记账号")
        told.append(dialog.refused)
        assert dialog.form.values()["wecom_userid"] == "luxiulan9"

    with answering(second):
        desk.new()
    assert "卢秀岚（00028）已有账号ZH-00147" in told[0]
    assert "多账号" in told[0]
    assert len(workplace.store.find(Account, holder_id=person.id)) == 1


def test_an_approved_exception_allows_the_second_account(desk, office_window, workplace):
    account = account_of(workplace)
    desk.open(account.id)
    with answering(answer_form("登记例外", granted_by="林总", until=date(2026, 12, 31),
                               reason="两地轮岗")):  # fmt: skip
        desk.grant()
    assert workplace.store.find(AccountException, employee_id=account.holder_id)
    with answering(lambda dialog: (fill(dialog, keeper="00028"),
                                   fill(dialog, wecom_userid="luxiulan9", mobile="16300088888"),
                                   press(dialog, "登记账号"))):  # fmt: skip
        desk.new()
    assert len(workplace.store.find(Account, holder_id=account.holder_id)) == 2
    assert toast_of(office_window).startswith("已登记 卢秀岚 的账号")
    desk.end_exception(desk.view.exceptions[0])
    assert desk.view.exceptions[0].until == date(2026, 11, 20)


def test_what_is_known_of_the_holder_is_filled_in(desk, workplace):
    desk.toolbar.filters.choose("without")
    desk.table.select(desk.table.model.id_at(0))
    wanted = desk.without

    def known(dialog: NewAccountDialog) -> None:
        values = dialog.form.values()
        assert (values["name"], values["mobile"]) == (wanted.name, wanted.mobile)
        assert values["wecom_userid"]
        press(dialog, "登记账号")

    with answering(known):
        desk.new()
    assert workplace.store.find(Account, holder_id=wanted.employee_id)


def test_a_department_account_has_somebody_responsible(desk, workplace):
    unit = next(u for u in workplace.units().units.values() if u.name == "莆田二厂")

    def made(dialog: NewAccountDialog) -> None:
        fill(dialog, account_type="department", keeper="00028", name="莆田二厂办公室",
             unit=unit.id, mobile="16400077777", wecom_userid="ptec")  # fmt: skip
        press(dialog, "登记账号")
        assert not dialog.refused

    with answering(made):
        desk.new()
    account = workplace.store.find(Account, wecom_userid="ptec")[0]
    assert account.holder_id is None
    assert workplace.store.get(Employee, account.responsible_id).name == "卢秀岚"


def test_an_account_is_handed_over_on_paper_and_the_former_holder_stays_on_record(
    desk, office_window, workplace
):
    desk.toolbar.filters.choose("without")
    successor = desk.table.model.row(desk.table.model.id_at(0)).person
    desk.toolbar.filters.choose("")
    account = account_of(workplace)
    desk.open(account.id)
    with answering(answer_form("转交账号", to=successor.emp_no, basis="LZJJ-202611-001")):
        desk.hand_over()
    assert workplace.store.get(Account, account.id).holder_id == successor.employee_id
    assert "谁用过" in words_of(desk.panel)
    assert "卢秀岚" in words_of(desk.panel)


def test_fields_are_changed_and_a_bad_one_is_refused_under_its_field(
    desk, office_window, workplace
):
    account = account_of(workplace)
    desk.open(account.id)

    def changed(dialog) -> None:
        fill(dialog, mobile="1630000")
        press(dialog, "保存变更")
        assert dialog.isVisible()
        fill(dialog, mobile="16300055555", remark="换号")
        press(dialog, "保存变更")

    with answering(changed):
        desk.change()
    after = workplace.store.get(Account, account.id)
    assert (after.mobile, after.remark) == ("16300055555", "换号")


def test_in_and_out_of_the_address_book_and_checked(desk, office_window, workplace):
    account = account_of(workplace)
    desk.open(account.id)
    desk.turn_directory()
    assert workplace.store.get(Account, account.id).in_directory is not account.in_directory
    desk.turn_directory()
    assert workplace.store.get(Account, account.id).in_directory is account.in_directory
    desk.verify()
    assert workplace.store.get(Account, account.id).verified_on == date(2026, 11, 20)


def test_several_accounts_are_closed_as_one_act(desk, workplace):
    desk.search("仓储部 吉水")
    desk.table.view.selectAll()
    chosen = desk.selected_accounts()
    assert len(chosen) > 1
    before = len(workplace.journal.operations())
    with answering(answer_form(f"注销 {len(chosen)} 个", reason="撤点")):
        desk.close_selected()
    assert {workplace.store.get(Account, key).state for key in chosen} == {"已注销"}
    assert len(workplace.journal.operations()) == before + 1


def test_an_account_without_paper_offers_to_draft_it(desk, office_window, workplace):
    desk.open(account_of(workplace).id)
    desk.print_form()
    assert "没有附件一可打印" in band_of(office_window)


def test_it_opens_by_number_and_userid_too_and_names_what_it_cannot_find(
    desk, office_window, workplace
):
    for key in ("ZH-00147", "luxiulan", "00028"):
        desk.toolbar.filters.choose("ended")
        office_window.go("accounts", key)
        assert desk.view.row.wecom_userid == "luxiulan"
    office_window.go("accounts", "niemand")
    assert "niemand" in band_of(office_window)


def test_the_register_goes_into_a_workbook(desk, office_window, tmp_path, monkeypatch):
    target = tmp_path / "台账"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName",
                        lambda *_: (str(target), ""))  # fmt: skip
    desk.export()
    settle(office_window)
    assert target.with_name("台账.xlsx").exists()


def test_everything_that_takes_the_focus_has_a_name(desk, workplace):
    desk.open(account_of(workplace).id)
    assert nameless(desk) == []
    assert rich(desk) == []
    dialog = NewAccountDialog(desk)
    assert nameless(dialog) == []
    dialog.deleteLater()


def test_a_suspension_may_have_a_last_day(desk, workplace):
    account = account_of(workplace)
    desk.open(account.id)
    last = workplace.today + timedelta(days=14)
    with answering(answer_form("停用", reason="违规", until=last)):
        desk.move(moves.SUSPEND)
    assert workplace.store.get(Account, account.id).state_until == last


def test_accounts_nobody_signed_in_to_for_long_have_a_filter(desk, workplace):
    account = account_of(workplace)
    long_ago = replace(account, last_login_on=workplace.today - timedelta(days=400))
    ids = workplace.store.ids()
    asked = PolicyOverride(ids.next(PolicyOverride), "company", "idle_days", "90")
    with workplace.act("登录日期") as operation:
        operation.write([Change(account, long_ago), Change(None, asked)], ids)
    desk.refresh()
    desk.toolbar.filters.choose("idle")
    assert desk.table.model.shown_ids() == [account.id]


def test_closing_many_wants_the_number_typed(desk, workplace):
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", "brake_count", "1"))
    desk.search("仓储部 吉水")
    desk.table.view.selectAll()
    chosen = desk.selected_accounts()
    button = f"注销 {len(chosen)} 个"

    def answer(dialog):
        fill(dialog, reason="撤点", count=len(chosen) + 1)
        press(dialog, button)
        assert dialog.isVisible()
        fill(dialog, count=len(chosen))
        press(dialog, button)

    with answering(answer):
        desk.close_selected()
    assert {workplace.store.get(Account, key).state for key in chosen} == {"已注销"}


def test_the_panel_tells_by_when_a_leavers_account_is_decided_and_how_long_it_is_stopped(
    desk, workplace
):
    desk.open(account_of(workplace, "魏荣根").id)
    assert "逾期 25 天" in words_of(desk.panel) and "回收待分配" in words_of(desk.panel)
    account = account_of(workplace)
    desk.open(account.id)
    until = date(2026, 12, 31)
    with answering(answer_form("限制使用", reason="外传截图", until=until)):
        desk.move(moves.RESTRICT)
    assert until.isoformat() in words_of(desk.panel)
