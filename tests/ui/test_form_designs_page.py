"""设置 › 表单样式: somebody who knows only Excel changes a form and sees the sheet meanwhile."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, press, settle, toast_of
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from wxadmin.domain.form_definition import FieldType
from wxadmin.services.form_designs import FormDesigns
from wxadmin.services.forms import Forms
from wxadmin.services.own_templates import OwnTemplates


@pytest.fixture
def page(office_window):
    found = desk_of(office_window, "settings", "forms").page
    found.show_kind("account_request")
    return found


def type_in(page, part: str, **values: object) -> None:
    """Type into fields of a part as a user would, and wait until the sheet is drawn."""
    for key, value in values.items():
        box = page.parts[part].form.boxes[key].input
        box.set_value(value)
        box.edited.emit()
    page.draw()


def row(page, name: str):
    return next(line for line in page.rows.lines if line.row.id == name)


def words_on(page) -> str:
    from ui import printing

    drawn = page.designs.draw(page.kind, page.typed())
    return "\n".join(t for p in page.designs.sheet(drawn, printing.measure) for t in p.texts())


def test_every_field_has_a_name_and_the_sheet_is_there(page) -> None:
    assert nameless(page) == []
    assert rich(page) == []
    assert page.preview._pages.sizes
    assert page.said.text() == "用的是程序自带的样式。"
    assert not page.save_button.isEnabled()


def test_a_form_becomes_the_offices_own_within_a_minute(page, office_window, workplace) -> None:
    old = Forms(workplace).draft("account_request")
    type_in(page, "head", title="企业微信账号申请单", control_no="QR-XZ-012", number="ZH-{nnn}")
    type_in(page, "sheet", left="30", foot="一人一张。", copies=2, strike=True)
    type_in(page, "opinions", approvers="车间主任\n总经理")
    row(page, "email").printed.click()
    row(page, "mobile").names[0].set_value("联系电话")
    line = page.extras.add()
    line.label.set_value("工作服尺码")
    line.kind.set_value(FieldType.CHOICE.value)
    line.choices.set_value("S、M、L")
    line.kind.edited.emit()
    page.draw()
    assert "压低" in page.said.text() or "改了还没保存" in page.said.text()
    for words in ("企业微信账号申请单", "QR-XZ-012", "车间主任", "联系电话", "工作服尺码", "□S"):
        assert words in words_on(page).replace("☑", "□")
    page.save_button.click()
    settle(office_window)
    assert "已保存样式" in toast_of(office_window)
    forms = Forms(workplace)
    fresh = forms.draft("account_request")
    assert fresh.number == "ZH-001"
    assert forms.called(old.number).definition_version == 1
    assert forms.view(fresh.number).definition.has("own_1")


def test_undo_brings_the_former_look_back(page, office_window, workplace) -> None:
    type_in(page, "head", title="改过的标题")
    page.save()
    settle(office_window)
    assert FormDesigns(workplace).design("account_request").title == "改过的标题"
    office_window.messages._toast._undo()
    assert FormDesigns(workplace).design("account_request").title != "改过的标题"
    assert "程序自带" in page.said.text()


def test_former_designs_and_ours_are_one_click_away(page, office_window, workplace) -> None:
    type_in(page, "head", title="甲")
    page.save()
    type_in(page, "head", title="乙")
    page.save()
    words, versions = zip(*page.former(), strict=True)
    assert words[0] == "程序自带的样式"
    assert len(words) == 3
    page.use(versions[2])
    assert page.head.form.values()["title"] == "甲"
    page.use(versions[0])
    assert "{公司名称}" in page.head.form.values()["title"]


def test_what_cannot_be_printed_is_said_and_nothing_is_lost(page, workplace) -> None:
    type_in(page, "head", number="没有流水号")
    assert "流水号" in page.said.text()
    assert not page.save_button.isEnabled()
    assert page.preview._pages.sizes
    type_in(page, "head", number="ZH-{nnn}")
    type_in(page, "sheet", top="很宽")
    assert "应是毫米数" in page.said.text()
    type_in(page, "sheet", top="18")
    line = row(page, "name")
    line.height_box.set_value("250")
    page.draw()
    assert "超出纸高" in page.said.text()
    page.drop()
    assert page.said.text() == "用的是程序自带的样式。"


def test_what_is_filled_in_is_named_in_chinese_and_typed_in_chinese(page) -> None:
    shown = page.head.form.values()
    assert shown["number"] == "QWSQ-{年月}-{三位流水号}"
    assert "打印日期：{打印日期|22}" in page.sheet.form.values()["foot"]
    assert not page.save_button.isEnabled()
    type_in(page, "head", number="ZH-{年}-｛三位流水号｝", title="{公司名称}申请单")
    design = page.typed()
    assert (design.number, design.title) == ("ZH-{YYYY}-{nnn}", "{company}申请单")
    type_in(page, "head", number="ZH-{年月}")
    assert "{三位流水号}" in page.said.text()
    assert "{nnn}" not in page.said.text()


def test_unsaved_work_on_one_form_waits_while_another_is_looked_at(page) -> None:
    type_in(page, "head", title="改了一半")
    page.show_kind("account_handover")
    assert "交接单" in page.head.form.values()["title"]
    page.refresh()
    page.show_kind("account_request")
    assert page.head.form.values()["title"] == "改了一半"
    assert page.save_button.isEnabled()


def test_the_company_is_renamed_on_every_form_and_in_the_journal(page, workplace) -> None:
    type_in(page, "head", company="闽南事业部")
    page.save()
    assert workplace.office().company_name == "闽南事业部"
    assert "修改公司名称" in workplace.journal.operations(1)[-1].title
    page.context.messages._toast._undo()
    assert workplace.office().company_name == "东南事业部"
    assert page.head.form.values()["company"] == "东南事业部"


def test_a_logo_that_is_no_picture_is_refused_in_one_sentence(
    page, office_window, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "标志.png"
    path.write_text("不是图片", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page.head.choose_logo()
    assert "不是图片" in band_of(office_window)
    assert page.head.logo == ""


def test_a_mistyped_file_is_told_of_and_the_program_goes_on(office_window, workplace) -> None:
    folder = workplace.user_policies / "forms"
    folder.mkdir(parents=True)
    (folder / "account_request.toml").write_text('id = "account_request"\nnumber =', "utf-8")
    page = desk_of(office_window, "settings", "forms").page
    assert "第2行" in band_of(office_window)
    assert "先用程序自带的" in band_of(office_window)
    assert page.kinds.count() >= 2


def test_typing_is_followed_by_the_sheet_without_a_button(page, qtbot) -> None:
    box = page.head.form.boxes["title"].input
    box.set_value("边打边看")
    box.edited.emit()
    clock: QTimer = page._clock
    assert clock.isActive()
    qtbot.waitUntil(lambda: not clock.isActive())
    assert page.save_button.isEnabled()


def word(path, *lines: str):
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_the_companys_own_form_is_taken_and_filled_from_the_forms_desk(
    page, office_window, workplace, tmp_path, monkeypatch
) -> None:
    import docx

    from ui.forms.own_template import fill_template

    page.words.choose("templates")
    page.templates.take(word(tmp_path / "受控表.docx", "{{姓名}}　{{编号}}"))
    assert "已采用《受控表.docx》" in toast_of(office_window)
    desk = desk_of(office_window, "forms")
    line = next(line for line in desk.lines if line.kind == "account_request")
    desk.open(line.number)
    settle(office_window)
    out = tmp_path / "好了.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    fill_template(desk)
    settle(office_window)
    assert docx.Document(str(out)).paragraphs[0].text == f"{line.name}　{line.number}"
    assert Forms(workplace).called(line.number).printed_on is not None


def test_wrong_tags_are_listed_and_a_removed_template_comes_back(
    page, office_window, tmp_path
) -> None:
    def look(dialog) -> None:
        words = "\n".join(label.accessibleName() or label.text() for label in dialog.findChildren(
            QLabel)) + str([w.accessibleName() for w in dialog.findChildren(QWidget)])  # fmt: skip
        assert "是不是 {{姓名}}" in words
        press(dialog, "知道了")

    with answering(look):
        page.templates.take(word(tmp_path / "a.docx", "{{姓明}}"))
    page.templates.take(word(tmp_path / "a.docx", "{{姓名}}"))
    (line,) = OwnTemplates(page.services).lines("account_request")
    page.templates.remove(line)
    assert OwnTemplates(page.services).lines("account_request") == []
    office_window.messages._toast._undo()
    assert len(OwnTemplates(page.services).lines("account_request")) == 1


def test_one_tick_puts_the_logo_on_every_form_and_undo_takes_it_off_again(
    page, office_window, tmp_path
) -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0x2A56A8)
    image.save(str(tmp_path / "标志.png"))
    page.head.set_logo(page.designs.take_logo(tmp_path / "标志.png"))
    page.head.everywhere.click()
    page.draw()
    page.save_button.click()
    settle(office_window)
    designs = FormDesigns(page.services)
    assert all(designs.design(line.kind).logo for line in designs.kinds())
    assert f"{len(designs.kinds())} 种表都换了标志" in toast_of(office_window)
    office_window.messages._toast._undo()
    designs = FormDesigns(page.services)
    assert not any(line.is_own for line in designs.kinds())


def test_the_forms_desk_tells_of_a_mistyped_form_too(office_window, workplace) -> None:
    folder = workplace.user_policies / "forms"
    folder.mkdir(parents=True)
    (folder / "account_request.toml").write_text('id = "account_request"\nnumber =', "utf-8")
    desk = desk_of(office_window, "forms")
    assert "第2行" in band_of(office_window)
    assert desk.lines
