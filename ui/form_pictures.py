"""The contact sheet of paper: every form blank and filled beside each other, every register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui import printing
from ui.dated_pdf import dated_pdf
from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.group import MOBILE, OWNER, Group
from wxadmin.domain.person import Employee
from wxadmin.services.form_batch import BatchForms
from wxadmin.services.form_facts import person_text
from wxadmin.services.form_shelf import ACCOUNT_BATCH, ACCOUNT_REQUEST
from wxadmin.services.forms import Forms
from wxadmin.services.group_checks import About, GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.register_paper import RegisterPaper
from wxadmin.services.registers import REGISTERS
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Page

PIXELS_PER_MM = 3.6
GAP = 12  # pixels between two sheets
GREYS = [QColor(level, level, level).rgb() for level in range(0, 256, 17)]
FORMS_PDF, BLANKS_PDF, REGISTERS_PDF = "表单（已填）.pdf", "表单（空白）.pdf", "台账.pdf"

OF_GROUP: Mapping[str, Mapping[str, str]] = {
    "group_rename": {
        "new_name": "三明啤酒工厂",
        "reason_kind": "机构更名",
        "explanation": "三明工厂自12月1日起改称三明啤酒工厂，群名称随之更改。",
    },
    "group_dissolution": {
        "reason_kind": "工作结束",
        "explanation": "专项检查已结束，群内不再有工作安排。",
        "archive_place": "综合办公室档案柜三号",
    },
    "group_admin_filing": {},
    "group_check": {"result": "已通知群主移出，昵称不符的当天改好。"},
    "group_removal_notice": {"basis": "11月群成员核查，名单外和不符合准入范围的人员请移出。"},
}
"""What is typed into forms about a group, beside what is known of it."""
OF_PERSON: Mapping[str, Mapping[str, str]] = {
    "account_change_request": {"new_mobile": "13900001234", "reason": "本人更换手机号码。"},
    "group_owner_transfer": {"reason_kind": "岗位变化"},
    "group_request": {
        "group_name": "安全生产委员会",
        "group_class": "工厂群组",
        "purpose": "布置安全检查，通报隐患和整改情况。",
        "necessity": "安委会成员分属各车间，现有群不能覆盖。",
        "admission": "莆田一厂主任以上及安全员",
        "content_scope": "安全检查安排、隐患通报、整改回复；不发与安全无关的信息。",
    },
}
"""What is typed into forms about a person."""


OWNERS = frozenset({"group_owner_transfer", "account_handover"})
"""Forms that show most of somebody who runs groups."""


def contact_sheet(workplace: Workplace, folder: Path) -> Iterator[Path]:
    """Fill an empty register with the sample office, lay out everything it prints, and write
    pictures and PDFs."""
    printing.ensure_application()
    folder.mkdir(parents=True, exist_ok=True)
    Setup(workplace).from_pack("southeast", company_name="东南事业部", sample=True)
    SampleOffice(workplace).fill()
    yield from _forms(workplace, folder)
    yield from _registers(workplace, folder)


def _forms(workplace: Workplace, folder: Path) -> Iterator[Path]:
    forms = Forms(workplace)
    blank_pages: list[Page] = []
    filled_pages: list[Page] = []
    for kind, number in filled_forms(workplace).items():
        blank = list(forms.blank_pages(kind, printing.measure))
        filled = list(forms.pages([number], printing.measure))
        blank_pages += blank
        filled_pages += filled
        yield _picture([blank[0], filled[0]], folder / f"{kind}.png")
    for pages, name in ((filled_pages, FORMS_PDF), (blank_pages, BLANKS_PDF)):
        yield dated_pdf(pages, folder / name, workplace.today)


def _registers(workplace: Workplace, folder: Path) -> Iterator[Path]:
    paper = RegisterPaper(workplace, printing.measure)
    first: list[Page] = []
    month = workplace.today.replace(day=1) - timedelta(days=1)  # whose leavers are all known
    drawn = {kind.id: kind.draw(paper, month) for kind in REGISTERS.values()}
    drawn["forms"] = paper.forms(ACCOUNT_REQUEST)
    for name, pages in drawn.items():
        if pages:
            first.append(pages[0])
            yield _picture([pages[0]], folder / f"{name}.png")
    yield dated_pdf(first, folder / REGISTERS_PDF, workplace.today)


def filled_forms(workplace: Workplace) -> dict[str, str]:
    """Draft one form of every kind for somebody of the sample office; numbers by kind."""
    forms = Forms(workplace)
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    group = _checked(workplace, picture, duties)
    holder, owner = _holder(workplace), _owner(workplace, picture, duties)
    newcomer = _without_account(workplace)[-1]
    other = person_text(holder)
    typed: dict[str, Mapping[str, str]] = {
        **OF_PERSON,
        "group_owner_transfer": {**OF_PERSON["group_owner_transfer"], "successor_all": other},
        "group_request": {**OF_PERSON["group_request"], "owner": other, "responsible": other},
        "account_handover": {"leave_date": f"{workplace.today}", "leave_kind": "辞职"},
    }
    numbers: dict[str, str] = {}
    for kind in forms.kinds():
        if kind.id in OF_GROUP:
            form = forms.draft(kind.id, group=group, typed=OF_GROUP[kind.id])
        elif kind.id == ACCOUNT_BATCH:
            form = BatchForms(workplace).draft(_without_account(workplace))
        else:
            who = {ACCOUNT_REQUEST: newcomer}.get(kind.id, owner if kind.id in OWNERS else holder)
            form = forms.draft(kind.id, person=who, typed=typed.get(kind.id, {}))
        numbers[kind.id] = form.number
    return numbers


def _checked(workplace: Workplace, picture: Picture, duties: Duties) -> Group:
    """The mobile group with most to mend, checked on the list of its members."""
    groups = [g for g in workplace.store.find(Group, side=MOBILE) if g.members_on is not None]

    def extra(group: Group) -> int:
        return len(picture.difference(group.id, duties.running(group.id)).extra)

    group = max(groups, key=lambda one: (extra(one), -one.id))
    GroupChecks(workplace).with_list(group, picture, duties, About("抽查"))
    return Groups(workplace).find(group.group_no)


def _owner(workplace: Workplace, picture: Picture, duties: Duties) -> Employee:
    """Who has most groups to hand on."""
    owned = {
        person_id: sum(duty.what == OWNER for duty in duties.of_person(person_id))
        for person_id in picture.facts
    }
    found = workplace.store.get(Employee, max(owned, key=lambda one: (owned[one], -one)))
    assert found is not None
    return found


def _holder(workplace: Workplace) -> Employee:
    """Who came last of those who have an account."""
    held = workplace.store.columns(Account, "holder_id", state=LIVE)
    ids = {holder for (holder,) in held if holder is not None}
    people = workplace.store.find(Employee, id=ids)
    serving = [person for person in people if person.in_service(workplace.today)]
    return max(serving, key=lambda person: (person.hire_date or date.min, -person.id))


def _without_account(workplace: Workplace) -> list[Employee]:
    """People of one plant who came last, as if they were the season's workers."""
    held = {holder for (holder,) in workplace.store.columns(Account, "holder_id", state=LIVE)}
    people = [p for p in workplace.store.all(Employee) if p.in_service(workplace.today)]
    free = [person for person in people if person.id not in held]
    return sorted(free, key=lambda person: (person.hire_date or date.min, person.id))[-9:]


def _picture(pages: Sequence[Page], path: Path) -> Path:
    """Put pages beside each other on grey, in sixteen greys so that the file stays small."""
    shots = [printing.render_page(page, PIXELS_PER_MM).toImage() for page in pages]
    width = sum(shot.width() + GAP for shot in shots) + GAP
    height = max(shot.height() for shot in shots) + 2 * GAP
    sheet = QImage(width, height, QImage.Format.Format_RGB32)
    sheet.fill(QColor(221, 221, 221))
    painter = QPainter(sheet)
    at = GAP
    for shot in shots:
        painter.drawImage(at, GAP, shot)
        at += shot.width() + GAP
    painter.end()
    flat = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    sheet.convertToFormat(QImage.Format.Format_Indexed8, GREYS, flat).save(str(path))
    return path
