"""The company's own Word and Excel forms are filled as they are, and can run nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest
from builders import office, person

from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.services.forms import Forms
from wxadmin.services.own_templates import OwnTemplates
from wxadmin.services.workplace import Workplace

REQUEST, HANDOVER = "account_request", "account_handover"
AWKWARD = "A&B <研发>·𠮷"


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with closing(office(tmp_path)) as opened:
        yield opened


@pytest.fixture
def templates(workplace: Workplace) -> OwnTemplates:
    return OwnTemplates(workplace)


@pytest.fixture
def form(workplace: Workplace) -> Form:
    who = person(workplace, "00012", AWKWARD)
    return Forms(workplace).draft(REQUEST, person=who)


def word(path: Path, *lines: str, rows: tuple[tuple[str, ...], ...] = (), head: str = "") -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    if head:
        document.sections[0].header.paragraphs[0].text = head
    document.save(str(path))
    return path


def in_pieces(path: Path, *pieces: str) -> Path:
    """A tag typed with a change of font in its middle lies in several runs."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = bool(number % 2)
    document.save(str(path))
    return path


def sheet(path: Path, cells: dict[str, str]) -> Path:
    book = openpyxl.Workbook()
    for place, text in cells.items():
        book.active[place] = text
    book.active["B1"].font = openpyxl.styles.Font(bold=True)
    book.active.merge_cells("D1:E2")
    book.save(path)
    book.close()
    return path


def said(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    head = [p.text for p in document.sections[0].header.paragraphs]
    return "\n".join([p.text for p in document.paragraphs] + cells + head)


def test_a_word_form_is_filled_with_what_was_typed(templates, form, tmp_path) -> None:
    path = word(
        tmp_path / "申请.docx", "姓名：{{姓名}}　编号 {{编号}}", "{{ 部门（班组） }}/{{公司}}",
        "{{申请类别：框}}", "{{账号用途及申请事由}}", head="{{公司名称}}内部",
    )  # fmt: skip
    check = templates.add(path, REQUEST)
    assert "{{姓名}}" in check.known
    assert check.is_sound
    (out,) = templates.fill([form.number], tmp_path / "好了.docx")
    words = said(out)
    assert f"姓名：{AWKWARD}　编号 {form.number}" in words
    assert "☑新增　　□变更" in words
    assert "东南事业部内部" in words
    assert "{{" not in words


def test_a_tag_in_pieces_is_one_tag(templates, form, tmp_path) -> None:
    path = in_pieces(tmp_path / "a.docx", "姓名：{", "{姓", "名}", "}。")
    assert templates.add(path, REQUEST).known == ("{{姓名}}",)
    (out,) = templates.fill([form.number], tmp_path / "b.docx")
    assert said(out).strip() == f"姓名：{AWKWARD}。"


def test_the_row_of_a_list_is_repeated_for_each_line(templates, workplace, tmp_path) -> None:
    rows = '[{"account": "甲&乙", "mobile": "1"}, {"account": "丙", "mobile": "2"}]'
    who = person(workplace)
    form = Forms(workplace).draft(HANDOVER, person=who, typed={"accounts": rows})
    table = (("序号", "账号"), ("{{账号.序号}}", "{{账号.账号}} {{账号.手机号码}} {{姓名}}"))
    templates.add(word(tmp_path / "a.docx", "{{姓名}}", rows=table), HANDOVER)
    (out,) = templates.fill([form.number], tmp_path / "b.docx")
    document = docx.Document(str(out))
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == [
        ["序号", "账号"], ["1", "甲&乙 1 林国栋"], ["2", "丙 2 林国栋"],
    ]  # fmt: skip


def test_lines_of_a_long_text_stay_lines(templates, form, workplace, tmp_path) -> None:
    Forms(workplace).set_fields(form.number, {"purposes": "第一行\n第二行 {{姓名}} {% x %}"})
    templates.add(word(tmp_path / "a.docx", "{{账号用途及申请事由}}"), REQUEST)
    (out,) = templates.fill([form.number], tmp_path / "b.docx")
    assert said(out).strip() == "第一行\n第二行 {{姓名}} {% x %}"


def test_the_code_of_the_form_stands_in_a_word_form(templates, form, tmp_path) -> None:
    templates.add(word(tmp_path / "a.docx", "{{二维码}}{{编号}}"), REQUEST)
    (out,) = templates.fill([form.number], tmp_path / "b.docx")
    with zipfile.ZipFile(out) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{姓明}}", "是不是 {{姓名}}"),
        ("｛｛姓名｝｝", "用了全角括号，请改成 {{姓名}}"),
        ("{｛姓名}}", "用了全角括号"),
        ("{{天气}}", "这种表没有这一栏"),
        ("{{姓名", "括号没有成对"),
        ("{{账号.手机号码}}", "要放在表格的一行里"),
        ("{{账号}}", "是一张清单"),
        ("{{账号.手机}}", "是不是 {{账号.手机号码}}"),
        ("{% for x in y %}", "模板里不能写程序"),
        ("{# 说明 #}", "模板里不能写程序"),
        ("{{ ''.__class__.__mro__ }}", "不是标签"),
        ("{{ 姓名.__class__ }}", "认不出"),
        ("{{ 7*7 }}", "不是标签"),
        ("{{ 姓名|upper }}", "不是标签"),
        ("{{ open('/etc/passwd').read() }}", "不是标签"),
    ],
)
def test_a_wrong_tag_is_named_and_the_template_not_taken(templates, tmp_path, text, reason) -> None:
    path = word(tmp_path / "a.docx", "{{姓名}}", text)
    check = templates.check(path, HANDOVER)
    assert any(reason in fault for fault in check.faults)
    assert check.known == ("{{姓名}}",)
    with pytest.raises(UserError, match="没有采用"):
        templates.add(path, HANDOVER)
    assert templates.lines() == []


def test_nothing_of_a_template_is_ever_run(templates, form, tmp_path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document(str(word(path, "{{姓名}}")))
    document.core_properties.title = "{{ 7*7 }}{% raise %}"
    document.save(str(path))
    templates.add(path, REQUEST)
    line = templates.called(REQUEST)
    word(line.path, "{{姓名}}", "{{ 7*7 }}")  # put there behind the program's back
    with pytest.raises(UserError, match="要先改好"):
        templates.fill([form.number], tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()


def test_the_properties_of_a_document_are_no_template(templates, form, tmp_path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document(str(word(path, "{{姓名}}")))
    document.core_properties.title = "{{ 7*7 }}{% raise %}"
    document.save(str(path))
    templates.add(path, REQUEST)
    (out,) = templates.fill([form.number], tmp_path / "b.docx")
    assert docx.Document(str(out)).core_properties.title == "{{ 7*7 }}{% raise %}"


def test_an_excel_form_keeps_everything_but_its_tags(templates, form, tmp_path) -> None:
    path = sheet(
        tmp_path / "表.xlsx", {"A1": "姓名", "B1": "{{姓名}}", "A2": "{{编号}}号", "C9": "=1+1"}
    )
    templates.add(path, REQUEST)
    (out,) = templates.fill([form.number], tmp_path / "好了.xlsx")
    book = openpyxl.load_workbook(out)
    assert book.active["B1"].value == AWKWARD
    assert book.active["B1"].font.bold
    assert book.active["A2"].value == f"{form.number}号"
    assert book.active["C9"].value == "=1+1"
    assert "D1:E2" in [str(merged) for merged in book.active.merged_cells.ranges]
    book.close()


def test_what_looks_like_a_formula_stays_a_text(templates, workplace, tmp_path) -> None:
    form = Forms(workplace).draft(REQUEST, person=person(workplace, "00012", "=1+1"))
    templates.add(sheet(tmp_path / "a.xlsx", {"A1": "{{姓名}}"}), REQUEST)
    (out,) = templates.fill([form.number], tmp_path / "b.xlsx")
    book = openpyxl.load_workbook(out)
    assert (book.active["A1"].value, book.active["A1"].data_type) == ("=1+1", "s")
    book.close()


def test_a_list_in_excel_fills_the_rows_there_are(templates, workplace, tmp_path) -> None:
    rows = '[{"account": "甲"}, {"account": "乙"}]'
    form = Forms(workplace).draft(HANDOVER, person=person(workplace), typed={"accounts": rows})
    cells = {f"A{row}": "{{账号.账号}}" for row in (3, 4, 5)}
    templates.add(sheet(tmp_path / "a.xlsx", cells), HANDOVER)
    (out,) = templates.fill([form.number], tmp_path / "b.xlsx")
    book = openpyxl.load_workbook(out)
    assert [book.active[f"A{row}"].value for row in (3, 4, 5)] == ["甲", "乙", None]
    book.close()
    templates.remove(HANDOVER, "a")
    templates.add(sheet(tmp_path / "c.xlsx", {"A3": "{{账号.账号}}"}), HANDOVER)
    with pytest.raises(UserError, match="只有1行，这张表有2行"):
        templates.fill([form.number], tmp_path / "d.xlsx")
    assert not (tmp_path / "d.xlsx").exists()


def test_a_code_cannot_stand_in_an_excel_form(templates, tmp_path) -> None:
    check = templates.check(sheet(tmp_path / "a.xlsx", {"A1": "{{二维码}}"}), REQUEST)
    assert "只能放在 Word 模板里" in check.faults[0]


def _zip(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"", "不是 Word 文档"),
        ("a.docx", "文字".encode(), "不是 Word 文档"),
        ("a.docx", b"PK\x03\x04rubbish", "已损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        ("a.docx", _zip(xl__workbook_xml="<a/>"), "不是 Word 文档"),
        ("a.docx", _zip(word__document_xml="<!DOCTYPE a><a/>"), "夹带"),
        ("a.docx", _zip(word__document_xml="<w>"), "已损坏"),
        ("a.xlsx", b"PK\x03\x04rubbish", "已损坏"),
        ("a.xlsx", "文字".encode(), "不是表格"),
        ("a.doc", b"", "另存为 .docx"),
        ("a.docm", b"", "另存为 .docx"),
        ("a.pdf", b"", "不是模板"),
    ],
)
def test_what_is_no_template_is_refused_in_one_sentence(
    templates, tmp_path, name, data, reason
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=reason) as refused:
        templates.add(path, REQUEST)
    assert "\n" not in refused.value.message
    with pytest.raises(UserError, match="找不到"):
        templates.check(tmp_path / "没有.docx", REQUEST)


def test_a_template_without_tags_is_not_taken(templates, tmp_path) -> None:
    with pytest.raises(UserError, match="没有标签"):
        templates.add(word(tmp_path / "a.docx", "姓名："), REQUEST)


def test_a_replaced_template_is_kept_aside(templates, tmp_path) -> None:
    path = word(tmp_path / "表.docx", "{{姓名}}")
    templates.add(path, REQUEST)
    templates.add(word(path, "{{姓名}}{{工号}}"), REQUEST)
    folder = tmp_path / "制度" / "模板" / REQUEST
    assert [p.name for p in folder.glob("*.docx")] == ["表.docx"]
    assert len(list((folder / "旧版").iterdir())) == 1
    templates.remove(REQUEST, "表")
    assert templates.lines() == []
    assert len(list((folder / "旧版").iterdir())) == 2


def test_several_forms_go_into_a_folder_and_count_as_printed(
    templates, workplace, tmp_path
) -> None:
    forms = Forms(workplace)
    numbers = [
        forms.draft(REQUEST, person=person(workplace, f"0001{n}", f"甲/乙{n}")).number
        for n in range(3)
    ]
    templates.add(word(tmp_path / "a.docx", "{{姓名}}"), REQUEST)
    seen: list[tuple[int, int]] = []
    written = templates.fill(numbers, tmp_path / "出", progress=lambda *at: seen.append(at))
    assert written[0].name == f"{numbers[0]}_甲＿乙0_申请表.docx"
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert all(forms.called(number).printed_on for number in numbers)


def test_the_tags_there_are_can_be_listed_for_copying(templates) -> None:
    words = templates.words(HANDOVER)
    assert {"{{姓名}}", "{{编号}}", "{{账号.手机号码}}", "{{二维码}}"} <= set(words)
