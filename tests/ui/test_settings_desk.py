"""设置: what the company decides, each change an act; nothing is lost, nothing is dead."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtWidgets import QLabel

from ui import style
from ui.settings.desk import PAGES
from ui.settings.setting_fields import shown_value
from wxadmin.domain.organisation import HrSource, OrgUnit, Position
from wxadmin.services.policy_choices import PolicyChoices


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "settings", "policy")


def words_of(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def page(desk, key):
    desk.open(key)
    return desk.page


def unit(workplace, name):
    return next(u for u in workplace.store.all(OrgUnit) if u.name == name)


def test_every_setting_of_the_pack_is_listed_by_section(desk, workplace):
    assert desk.page.table.hits() == len(workplace.pack.settings)
    desk.search("离职清单")
    shown = desk.page.table.model.shown_ids()
    assert "leaver_list_day" in shown


@pytest.mark.parametrize("key", [key for key, _, _ in PAGES])
def test_every_page_opens_and_has_names(desk, office_window, key):
    page(desk, key)
    settle(office_window)
    assert desk.stack.currentWidget() is desk.page
    assert nameless(desk) == []
    assert rich(desk) == []


def test_a_setting_is_changed_for_the_company_and_taken_back_to_its_default(desk, workplace):
    default = workplace.number("leaver_list_day")
    with answering(lambda dialog: (fill(dialog, value=8), press(dialog, "保存"))):
        desk.page.change("leaver_list_day")
    assert workplace.number("leaver_list_day") == 8
    assert desk.page.lines["leaver_list_day"].origin == "全公司"
    desk.page.take_default("leaver_list_day")
    assert workplace.number("leaver_list_day") == default


def test_a_wrong_value_is_said_under_its_field_and_nothing_is_written(desk, workplace):
    before = len(workplace.journal.operations())

    def wrong(dialog):
        fill(dialog, value=99)
        press(dialog, "保存")
        assert dialog.isVisible()
        assert "“每人账号上限”应填1到9之间的整数，不能是“99”。" in words_of(dialog)

    with answering(wrong):
        desk.page.change("max_personal_accounts")
    assert len(workplace.journal.operations()) == before


def test_a_setting_may_differ_for_one_unit_and_that_place_can_be_dropped(desk, workplace):
    def differs(dialog):
        fill(dialog, place="unit:莆田一厂", value=2)
        press(dialog, "保存")

    with answering(differs):
        desk.page.change("max_personal_accounts")
    line = PolicyChoices(workplace).line("max_personal_accounts")
    assert line.overrides == (("unit:莆田一厂", "2"),)
    desk.page.table.select("max_personal_accounts")
    assert "单位：莆田一厂" in words_of(desk.page.panel)
    with answering(lambda dialog: (fill(dialog, drop=True), press(dialog, "保存"))):
        desk.page.change("max_personal_accounts", "unit:莆田一厂")
    assert PolicyChoices(workplace).line("max_personal_accounts").overrides == ()


def test_every_kind_of_setting_can_be_opened_and_left_unchanged(desk, workplace):
    before = len(workplace.journal.operations())
    kinds = {setting.kind: setting.key for setting in workplace.pack.settings}
    for key in kinds.values():
        with answering(lambda dialog: press(dialog, "取消")):
            desk.page.change(key)
    assert len(workplace.journal.operations()) == before


def test_a_unit_renamed_keeps_its_old_name_as_an_alias(desk, workplace):
    units = page(desk, "units")
    with answering(lambda dialog: (fill(dialog, name="莆田第二厂"), press(dialog, "保存"))):
        units.change(unit(workplace, "莆田二厂").id)
    renamed = unit(workplace, "莆田第二厂")
    assert "莆田二厂" in renamed.aliases
    with answering(lambda dialog: (fill(dialog, aliases="莆二、莆田二厂", support=True),
                                   press(dialog, "保存"))):  # fmt: skip
        units.change(renamed.id)
    renamed = unit(workplace, "莆田第二厂")
    assert renamed.aliases == ("莆二", "莆田二厂")
    assert renamed.support


def test_a_name_already_taken_is_refused_in_the_dialog(desk, workplace):
    units = page(desk, "units")

    def taken(dialog):
        fill(dialog, name="莆田一厂")
        press(dialog, "保存")
        assert "“莆田一厂”已是“莆田一厂”的名称或别名" in dialog.refused

    with answering(taken):
        units.change(unit(workplace, "莆田二厂").id)
    assert unit(workplace, "莆田二厂").name == "莆田二厂"


def test_an_hr_source_is_added_changed_and_retired(desk, workplace):
    sources = page(desk, "sources")
    plant = unit(workplace, "莆田二厂")

    def added(dialog):
        fill(dialog, name="福州人事", contact="林小姐 163 0000 0001", due_day=6,
             covers=(plant.id,))  # fmt: skip
        press(dialog, "保存")

    with answering(added):
        sources.edit(None)
    made = workplace.store.find(HrSource, name="福州人事")[0]
    assert (made.contact, made.due_day, made.covers) == ("林小姐 163 0000 0001", 6, (plant.id,))
    assert unit(workplace, "莆田二厂").hr_source_id == made.id
    with answering(lambda dialog: press(dialog, "停用")):
        sources.edit(made.id)
    assert not workplace.store.get(HrSource, made.id).active
    with answering(lambda dialog: press(dialog, "重新启用")):
        sources.edit(made.id)
    assert workplace.store.get(HrSource, made.id).active


def test_a_post_is_given_its_rank(desk, workplace):
    posts = page(desk, "posts")
    post = workplace.store.all(Position)[-1]
    rank = workplace.pack.ranks_by_name()[2]
    with answering(lambda dialog: (fill(dialog, rank=rank), press(dialog, "保存"))):
        posts.change(post.id)
    assert workplace.store.get(Position, post.id).rank == rank


def test_the_user_gets_a_copy_of_the_pack_and_can_have_it_checked(
    desk, workplace, office_window, monkeypatch
):
    opened = []
    monkeypatch.setattr("ui.settings.types_page.QDesktopServices.openUrl", opened.append)
    types = page(desk, "types")
    types.open_folder()
    copy = workplace.user_policies / "southeast" / "pack.toml"
    assert copy.exists()
    assert opened
    types.check()
    assert "没有问题" in toast_of(office_window)
    copy.write_text(copy.read_text(encoding="utf-8") + "\n[[\n", encoding="utf-8")
    types.check()
    assert "pack.toml" in band_of(office_window)


def test_light_dark_and_text_size_change_at_once(desk, office_window):
    look = page(desk, "look")
    look.modes.choose("dark")
    assert style.look.is_dark
    look.sizes.choose("large")
    settle(office_window)
    assert style.look.text_size == "large"
    assert office_window.current().key == "look"
    office_window.current().page.sizes.choose("standard")
    settle(office_window)
    office_window.current().page.modes.choose("light")
    assert not style.look.is_dark


def test_the_company_name_is_changed_as_an_act(desk, workplace):
    about = page(desk, "about")
    with answering(lambda dialog: (fill(dialog, name="东南事业部（试）"), press(dialog, "保存"))):
        about.rename()
    assert workplace.office().company_name == "东南事业部（试）"


def test_a_nought_that_means_none_is_said_in_words(workplace):
    shown = {line.setting.label: shown_value(line) for line in PolicyChoices(workplace).lines()}
    assert shown["闲置天数"] == "不查"
    assert shown["密码更换周期"] == "不要求"
    assert not [label for label, text in shown.items() if text == "0 天"]
