"""People for `list`, `show` and `set`: the roll, one person with all of his own, corrections.

`set person NEW name=林国栋 org_unit=莆田一厂/包装车间 …` takes a newcomer in,
`set person E00012 leave_date=2026-11-30 leave_type=辞职` records a leave (empty takes it back).
"""

from __future__ import annotations

from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.identity_numbers import masked
from wxadmin.domain.person import Employee
from wxadmin.domain.words import field_label
from wxadmin.services.departures import Departures
from wxadmin.services.exceptions import Exceptions
from wxadmin.services.group_duties import Duty
from wxadmin.services.joiner import Joiners
from wxadmin.services.people import People, PersonLine, person_called
from wxadmin.services.person_file import PersonFile, PersonFiles
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds import account, checklist, exception
from wxadmin.verbs.kinds.written import read_date, read_yes

NEW = "NEW"
_SWITCHES = frozenset({"checklist", "form", "as_new"})
LEAVE = frozenset({"leave_date", "leave_type", "reason"})
HEADS = {
    "emp_no": "工号",
    "name": "姓名",
    "org_unit": "部门",
    "position": "职务",
    "employment_type": "用工类型",
    "status": "状态",
    "mobile": "手机号码",
    "hire_date": "入职日期",
    "leave_date": "离职日期",
    "wecom_userid": "账号",
}
LABELS = {
    **HEADS,
    "region": "销售区域",
    "contract_end": "合同到期",
    "leave_type": "离职类型",
    "hr_source": "人事来源",
    "company_email": "公司邮箱",
    "id_no": "身份证号",
    "superior": "直接上级",
    "former_names": "曾用名",
    "entry": "登记方式",
    "remark": "备注",
    "group_lines": "群组",
    "duties": "要移交的",
    "operation": "日志第几步",
}
_MORE = ("leave_type", "company_email", "personal_wechat", "telephone", "superior", "entry",
         "remark")  # fmt: skip


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return everybody, in the order they were entered."""
    people = People(workplace)
    found = people.index().find(search) if search else None
    if found is None:
        return [_row(line) for line in people.lines()]
    by_id = {line.id: line for line in people.lines(found)}
    return [_row(by_id[person_id]) for person_id in found]


def _row(line: PersonLine) -> dict[str, Any]:
    return {
        "emp_no": line.emp_no,
        "name": line.name,
        "pinyin": line.pinyin,
        "org_unit": line.org_unit,
        "position": line.position,
        "region": line.region,
        "employment_type": line.employment_type,
        "status": line.standing,
        "mobile": line.mobile,
        "hire_date": line.hire_date,
        "leave_date": line.leave_date,
        "contract_end": line.contract_end,
        "hr_source": line.source,
        "wecom_userid": line.account,
    }


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one person with accounts, groups and why, exceptions, forms, checklists, history."""
    files = PersonFiles(workplace)
    file = files.of(person_called(workplace, key).id)
    assert file is not None  # it was found a line above
    places = files.places(file.person.id)
    return {
        **_row(file.line),
        **_own(file.person),
        "accounts": [account.row_of(row) for row in file.accounts],
        "groups": [
            {
                "group_no": place.group.group_no,
                "group": place.group.name,
                "standing": place.standing,
                "sentence": place.sentence,
                "exception": place.exception,
            }
            for place in places
        ],
        "group_lines": [{"standing": p.standing, "sentence": p.sentence} for p in places],
        "duties": [_duty(duty) for duty in files.duties(file.person.id)],
        **_papers(workplace, files, file),
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "what": duty.what,
        "group": duty.group.name if duty.group else None,
        "admin_number": duty.admin_number.seq if duty.admin_number else None,
        "since": duty.since,
    }


def _own(person: Employee) -> dict[str, Any]:
    return {
        **{name: getattr(person, name) for name in _MORE},
        "hr_status": person.status,
        "id_no": masked(person.id_no) if person.id_no else "",
        "tags": list(person.tags),
        "former_names": list(person.former_names),
    }


def _papers(workplace: Workplace, files: PersonFiles, file: PersonFile) -> dict[str, Any]:
    """Return what was granted, what is under way and what happened."""
    granted = Exceptions(workplace).all(employee_id=file.person.id)
    return {
        "exceptions": [exception.row_of(each) for each in granted],
        "forms": [
            {"number": form.key, "title": form.title, "state": form.state, "open": form.open}
            for form in file.forms
        ],
        "checklists": [checklist.row_of(view) for view in files.checklists(file)],
        "history": [
            {
                "operation": line.operation.id,
                "on": line.operation.on,
                "by": line.operation.by,
                "title": line.operation.title,
                "changes": [
                    {"label": field.label, "old": field.old, "new": field.new}
                    for field in line.fields
                ],
            }
            for line in file.history
        ],
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Take a newcomer in, correct somebody, or record that he leaves."""
    if key == NEW:
        joined = Joiners(workplace).register(
            {name: text for name, text in fields.items() if name not in _SWITCHES},
            checklist=read_yes("checklist", fields.get("checklist", "是")),
            form=read_yes("form", fields.get("form", "是")),
            as_new=read_yes("as_new", fields.get("as_new", "否")),
        )
        more = {"checklist": joined.checklist_id, "form": joined.form_number or None}
        made = one(workplace, _key(workplace, joined.person))
        return {**made, **more, "operation": joined.operation}
    person = person_called(workplace, key)
    before = workplace.journal.count()
    if "leave_date" in fields:
        _leave(workplace, person, fields)
    else:
        person = People(workplace).change(person, fields)
    after = workplace.journal.count()
    operation = workplace.journal.operations(1)[-1].id if after > before else None
    return {**one(workplace, _key(workplace, person)), "operation": operation}


def _leave(workplace: Workplace, person: Employee, fields: dict[str, str]) -> None:
    """Record a leave, move its day, or take it back."""
    more = [name for name in fields if name not in LEAVE]
    if more:
        what = "、".join(field_label(Employee.kind, name) for name in more)
        raise UserError(f"登记离职和修改{what}请分两次做，没有改动。", "bad_field")
    on = read_date("leave_date", fields["leave_date"])
    departures = Departures(workplace)
    if on is None:
        departures.stay(person, fields.get("reason", ""))
    elif on != person.leave_date or fields.get("leave_type", person.leave_type) != (
        person.leave_type
    ):
        departures.leave(person, on, fields.get("leave_type", person.leave_type))


def _key(workplace: Workplace, person: Employee) -> str:
    """Return the words that name this person and nobody else."""
    same = workplace.store.columns(Employee, "id", emp_no=person.emp_no)
    if len(same) == 1:
        return person.emp_no
    source = People(workplace).lines([person.id])[0].source
    return f"{source}:{person.emp_no}"
