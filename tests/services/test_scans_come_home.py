"""Scans find their forms, wait for one look, and what is doubtful waits for a hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.builders import office, person
from tests.scans.scanned_paper import save_pdf, scanned, sheet
from wxadmin.domain.errors import Cancelled, UserError
from wxadmin.domain.form import REJECTED, Form, FormStep
from wxadmin.domain.form_definition import paper_code
from wxadmin.domain.incoming import DUPLICATE, FILED, NOT_USED, TO_LOOK_AT, TO_SETTLE, Scan
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.incomings import Incomings
from wxadmin.services.paper_files import PaperFiles
from wxadmin.services.scans import Scans
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def requested(workplace: Workplace, emp_no: str, name: str, why: str = "日常联络。") -> Form:
    """A printed request that is out to be signed."""
    who = person(workplace, emp_no, name)
    forms = Forms(workplace)
    form = forms.draft("account_request", person=who, typed={"purposes": why})
    forms.mark_printed([form.number])
    return forms.called(form.number)


def code_of(form: Form) -> str:
    return paper_code(form.number, form.definition_version, form.sheet)


def page_of(form: Form, degrees: float = 1.0) -> Image.Image:
    return scanned(sheet(code_of(form)), degrees)


def faults(workplace: Workplace) -> list[str]:
    return [fault.sentence for fault in PaperFiles(workplace).faults()]


def states(workplace: Workplace) -> list[str]:
    return [scan.state for scan in workplace.store.all(Scan)]


def test_a_scan_finds_its_form_and_moves_nothing_before_it_is_looked_at(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    taken = Scans(workplace).take([save_pdf(tmp_path / "SCAN001.pdf", [page_of(form)])])
    assert taken.summary() == "扫描件1页：认出1张。"
    (line,) = Scans(workplace).tray()
    assert (line.number, line.name, line.state) == (form.number, "李四", TO_LOOK_AT)
    assert line.source == "SCAN001.pdf 第1页"
    assert Forms(workplace).called(form.number) == form


def test_one_look_files_the_scan_and_the_form_is_signed(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    scans = Scans(workplace)
    taken = scans.take([save_pdf(tmp_path / "SCAN001.pdf", [page_of(form)])])
    filing = scans.confirm([taken.scans[0].id], on=date(2026, 11, 19))
    assert filing.filed == (form.number,) and not filing.refused
    after = Forms(workplace).called(form.number)
    assert after.paper_state() == "已签回"
    assert after.signed_on == date(2026, 11, 19)
    (scan,) = workplace.store.all(Scan)
    approvals = workplace.store.find(FormStep, form_id=form.id, move="approve")
    assert approvals and all(step.scan_id == scan.id for step in approvals)
    assert scan.state == FILED and scans.tray() == []


def test_the_stored_file_is_named_for_people_and_known_by_its_hash(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "A&B <研发>")
    scans = Scans(workplace)
    scans.take([save_pdf(tmp_path / "SCAN001.pdf", [page_of(form)])])
    (line,) = scans.tray()
    assert line.file == tmp_path / "扫描件" / f"{form.number}_A&B ＜研发＞_申请表.pdf"
    assert line.file.is_file() and faults(workplace) == []
    line.file.write_bytes(b"%PDF-1.4 something else")
    assert faults(workplace) == [f"扫描件《{line.file.name}》被改动过"]
    line.file.unlink()
    assert faults(workplace) == [f"扫描件《{line.file.name}》不见了"]


def test_filing_is_taken_back_by_one_undo(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    scans = Scans(workplace)
    taken = scans.take([save_pdf(tmp_path / "SCAN001.pdf", [page_of(form)])])
    filing = scans.confirm([taken.scans[0].id])
    History(workplace).undo(filing.operation)
    assert Forms(workplace).called(form.number) == form
    assert states(workplace) == [TO_LOOK_AT]
    assert scans.confirm([taken.scans[0].id]).filed == (form.number,)


def test_several_forms_in_one_scan_each_become_a_file(workplace: Workplace, tmp_path: Path) -> None:
    forms = [requested(workplace, f"0010{at}", name) for at, name in enumerate(("甲", "乙", "丙"))]
    pages = [page_of(forms[0], 2), scanned(sheet(code_of(forms[1]), code_of(forms[2])), -3)]
    scans = Scans(workplace)
    taken = scans.take([save_pdf(tmp_path / "一叠.pdf", pages)])
    assert [scan.form_id for scan in taken.scans] == [form.id for form in forms]
    filing = scans.confirm([scan.id for scan in taken.scans])
    assert filing.filed == tuple(form.number for form in forms)
    assert len(list((tmp_path / "扫描件").glob("*_申请表.pdf"))) == 3


def test_the_pages_of_one_form_stay_together(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    second = paper_code(form.number, form.definition_version, 1, 2)
    pages = [page_of(form), scanned(sheet(second))]
    (scan,) = Scans(workplace).take([save_pdf(tmp_path / "两页.pdf", pages)]).scans
    assert (scan.page, scan.pages, scan.state) == (1, 2, TO_LOOK_AT)


def test_foreign_codes_are_passed_over(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    both = scanned(sheet("https://example.cn/pay?id=1", code_of(form)))
    foreign = scanned(sheet("https://example.cn/pay?id=1"))
    first, other = Scans(workplace).take([save_pdf(tmp_path / "混.pdf", [both, foreign])]).scans
    assert (first.state, first.form_id) == (TO_LOOK_AT, form.id)
    assert other.state == TO_SETTLE and other.reason.startswith("只有别处的二维码")


def test_an_old_sheet_is_named_as_superseded(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    forms = Forms(workplace)
    forms.move(form.number, "submit")
    forms.move(form.number, "return", note="工号写错了")
    path = save_pdf(tmp_path / "旧表.pdf", [page_of(form)])
    (scan,) = Scans(workplace).take([path]).scans
    assert (scan.state, scan.reason) == (TO_SETTLE, "这是第1版，已被第2版取代")
    again = save_pdf(tmp_path / "新表.pdf", [page_of(forms.called(form.number))])
    (scan,) = Scans(workplace).take([again]).scans
    assert scan.state == TO_LOOK_AT and scan.stored_name.endswith("_申请表_第2版.pdf")


def test_a_second_scan_of_the_same_form_is_a_duplicate(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    scans = Scans(workplace)
    pages = [page_of(form, 1), page_of(form, -2)]
    taken = scans.take([save_pdf(tmp_path / "两遍.pdf", pages)])
    assert [scan.state for scan in taken.scans] == [TO_LOOK_AT, DUPLICATE]
    scans.confirm([taken.scans[0].id])
    (third,) = scans.take([save_pdf(tmp_path / "又一遍.pdf", [page_of(form, 3)])]).scans
    assert (third.state, third.reason) == (DUPLICATE, "这张表已有扫描件")
    scans.drop([taken.scans[1].id, third.id])
    assert scans.waiting() == 0
    assert [scan.state for scan in workplace.store.all(Scan)] == [FILED, NOT_USED, NOT_USED]


def test_the_same_page_without_a_code_comes_in_once(workplace: Workplace, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "无码.pdf", [scanned(sheet())])
    scans = Scans(workplace)
    scans.take([path])
    (again,) = scans.take([path]).scans
    assert (again.state, again.reason) == (DUPLICATE, "同一页已收过（无码.pdf）")


def test_a_page_without_a_code_is_settled_by_hand(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    scans = Scans(workplace)
    (scan,) = scans.take([save_pdf(tmp_path / "撕了角.pdf", [scanned(sheet())])]).scans
    assert (scan.state, scan.reason) == (TO_SETTLE, "没有找到二维码")
    assert scans.settle(scan.id, form.number) == form.number
    (line,) = scans.of_form(form.id)
    assert line.file.name == f"{form.number}_李四_申请表.pdf" and line.file.is_file()
    assert Forms(workplace).called(form.number).paper_state() == "已签回"
    with pytest.raises(UserError, match="已经处理过"):
        scans.settle(scan.id, form.number)


def test_a_page_behind_a_form_is_probably_its_own(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    path = save_pdf(tmp_path / "两页.pdf", [page_of(form), scanned(sheet())])
    _, behind = Scans(workplace).take([path]).scans
    assert behind.reason == f"没有找到二维码；前一页是{form.number}"


def test_a_page_may_be_filed_without_moving_its_form(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    scans = Scans(workplace)
    (scan,) = scans.take([save_pdf(tmp_path / "附件.pdf", [scanned(sheet())])]).scans
    scans.settle(scan.id, form.number, signed=False)
    assert Forms(workplace).called(form.number) == form
    assert [line.number for line in scans.of_form(form.id)] == [form.number]


def test_a_number_nobody_knows_waits_with_its_reason(workplace: Workplace, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "外地.pdf", [scanned(sheet("QWSQ-209901-777/1"))])
    (scan,) = Scans(workplace).take([path]).scans
    assert scan.reason == "登记库里没有编号为QWSQ-209901-777的表"


def test_the_paper_of_a_refused_form_waits(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    Forms(workplace).move(form.number, "submit")
    Forms(workplace).move(form.number, "reject", note="不需要")
    (scan,) = Scans(workplace).take([save_pdf(tmp_path / "a.pdf", [page_of(form)])]).scans
    assert (scan.state, scan.reason) == (TO_SETTLE, f"这张表已“{REJECTED}”")
    with pytest.raises(UserError, match="驳回"):
        Scans(workplace).settle(scan.id, form.number)


def test_a_form_received_before_its_scan_gets_the_page_with_its_approvals(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    Forms(workplace).receive_signed(form.number)
    signed = Forms(workplace).called(form.number)
    scans = Scans(workplace)
    (scan,) = scans.take([save_pdf(tmp_path / "后到.pdf", [page_of(form)])]).scans
    assert scans.confirm([scan.id]).filed == (form.number,)
    assert Forms(workplace).called(form.number) == signed
    steps = workplace.store.find(FormStep, form_id=form.id, move="approve")
    assert {step.scan_id for step in steps} == {scan.id}


def test_the_signature_owed_for_a_spoken_yes_is_confirmed_by_the_scan(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    forms, scans = Forms(workplace), Scans(workplace)
    forms.move(form.number, "submit")
    forms.move(form.number, "approve", way="口头", by="陈经理")
    forms.move(form.number, "mail")
    forms.move(form.number, "complete")
    opened = forms.called(form.number)
    (scan,) = scans.take([save_pdf(tmp_path / "补签.pdf", [page_of(form)])]).scans
    assert scans.confirm([scan.id]).filed == (form.number,)
    (step,) = workplace.store.find(FormStep, form_id=form.id, move="approve")
    assert (step.is_owed, step.confirmed_on, step.scan_id) == (False, workplace.today, scan.id)
    assert forms.called(form.number).state == opened.state


def test_a_form_that_cannot_be_moved_keeps_none_of_the_others_back(
    workplace: Workplace, tmp_path: Path
) -> None:
    good = requested(workplace, "00042", "李四")
    bad = requested(workplace, "00043", "王五", why="")
    path = save_pdf(tmp_path / "两张.pdf", [page_of(good), page_of(bad)])
    scans = Scans(workplace)
    filing = scans.confirm([scan.id for scan in scans.take([path]).scans])
    assert filing.filed == (good.number,)
    (line,) = scans.tray()
    assert line.state == TO_SETTLE and "还不能提交" in line.reason


def test_a_no_on_the_paper_refuses_the_form(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    scans = Scans(workplace)
    (scan,) = scans.take([save_pdf(tmp_path / "不同意.pdf", [page_of(form)])]).scans
    with pytest.raises(UserError, match="原因"):
        scans.refuse(scan.id, " ")
    assert scans.refuse(scan.id, "岗位不需要") == form.number
    after = Forms(workplace).called(form.number)
    assert (after.state, after.note) == (REJECTED, "岗位不需要")
    (step,) = workplace.store.find(FormStep, form_id=form.id, move="reject")
    assert step.scan_id == scan.id and states(workplace) == [FILED]


def test_a_page_nobody_knows_becomes_an_entry_of_its_own(
    workplace: Workplace, tmp_path: Path
) -> None:
    scans = Scans(workplace)
    (scan,) = scans.take([save_pdf(tmp_path / "手写申请.pdf", [scanned(sheet())])]).scans
    number = scans.to_incoming(scan.id, "王五")
    (line,) = Incomings(workplace).lines(waiting=True)
    assert (line.incoming.number, line.incoming.from_whom) == (number, "王五")
    assert Incomings(workplace).file_of(line.incoming).is_file()
    assert scans.waiting() == 0
    (kept,) = workplace.store.all(Scan)
    assert (kept.state, kept.reason) == (NOT_USED, f"登记为来件{number}")


def test_forms_whose_paper_is_out_are_offered_first(workplace: Workplace) -> None:
    out, signed = requested(workplace, "00043", "李四光"), requested(workplace, "00042", "李四")
    Forms(workplace).receive_signed(signed.number)
    assert [line.number for line in Scans(workplace).candidates()] == [out.number, signed.number]


def test_bare_backs_are_not_kept(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    back = scanned(Image.new("L", (1240, 1754), 252))
    taken = Scans(workplace).take([save_pdf(tmp_path / "双面.pdf", [page_of(form), back])])
    assert taken.summary() == "扫描件2页：认出1张，空白1页。"
    assert len(taken.scans) == 1


def test_a_scan_of_three_hundred_pages_is_one_sentence(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    path = save_pdf(tmp_path / "三百页.pdf", [page_of(form)])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for _ in range(299):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    told: list[tuple[int, int]] = []
    taken = Scans(workplace).take([path], lambda done, total: told.append((done, total)))
    assert taken.summary() == "扫描件300页：认出1张，空白299页。"
    assert (300, 300) in told


def test_stopping_in_the_middle_leaves_nothing_behind(workplace: Workplace, tmp_path: Path) -> None:
    form = requested(workplace, "00042", "李四")
    path = save_pdf(tmp_path / "两页.pdf", [page_of(form), page_of(form)])

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        Scans(workplace).take([path], stop)
    assert workplace.store.all(Scan) == []
    assert not (tmp_path / "扫描件").exists()


def test_a_file_that_cannot_be_read_keeps_the_others_not_back(
    workplace: Workplace, tmp_path: Path
) -> None:
    form = requested(workplace, "00042", "李四")
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    taken = Scans(workplace).take([broken, save_pdf(tmp_path / "好.pdf", [page_of(form)])])
    assert [name for name, _ in taken.refused] == ["坏.pdf"]
    assert [scan.form_id for scan in taken.scans] == [form.id]


def test_nothing_is_left_behind_when_the_register_refuses(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = requested(workplace, "00042", "李四")
    workplace.close()
    from wxadmin.bootstrap import open_workplace

    reading = open_workplace(str(tmp_path / "登记库.db"), writing=False, by="测试")
    try:
        with pytest.raises(UserError):
            Scans(reading).take([save_pdf(tmp_path / "a.pdf", [page_of(form)])])
    finally:
        reading.close()
    assert not [path for path in (tmp_path / "扫描件").rglob("*") if path.is_file()]
