"""What the panel says of one person: facts, account, groups and why, exceptions, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.people.columns import contract_text, standing_mark
from ui.shared.buttons import plain
from ui.shared.detail_panel import Details, Line, Section
from ui.shared.person_lines import event_of, places_section
from ui.shared.text import spaced_phone
from wxadmin.domain.identity_numbers import masked
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.exceptions import Granted
from wxadmin.services.person_file import PersonFile, Place

if TYPE_CHECKING:
    from ui.people.desk import PeopleDesk


def details_of(
    desk: PeopleDesk,
    file: PersonFile,
    places: Sequence[Place] | None,
    checklists: Sequence[ChecklistView],
) -> Details:
    """All that the panel shows; `places` is None while the groups are still being read."""
    line = file.line
    sections = [_accounts(desk, file), _places(desk, places)]
    if file.exceptions:
        sections.append(_exceptions(desk, file.exceptions))
    if checklists or any(paper.open for paper in file.forms):
        sections.append(_under_way(desk, file, checklists))
    return Details(
        line.name,
        line.emp_no,
        chip=(standing_mark(line.standing), line.standing),
        kind=contract_text(line),
        facts=_facts(file),
        sections=sections,
        history=[event_of(told, "登记入册") for told in file.history],
        history_link=_all_of(desk, file),
        acts=_acts(desk, file),
        more=[
            ("特批入群、不入群", desk.grant),
            ("借调", desk.second),
            ("兼任", desk.add_post),
            ("撤销离职", desk.stay) if file.person.leave_date else ("登记离职", desk.leave),
            ("复制手机号码", desk.copy_mobile),
        ],
    )


def _facts(file: PersonFile) -> list[tuple[str, str]]:
    line, person = file.line, file.person
    unit = " / ".join(line.org_unit.split("/"))
    facts = [
        ("部门", unit),
        ("职务", line.position),
        ("手机号码", spaced_phone(line.mobile)),
        ("入职", str(line.hire_date or "")),
    ]
    if person.leave_date:
        kind = f"　{person.leave_type}" if person.leave_type else ""
        facts.append(("离职", f"{person.leave_date}{kind}"))
    more = (
        ("区域", line.region),
        ("邮箱", person.company_email),
        ("身份证", masked(person.id_no) if person.id_no else ""),
        ("曾用名", "、".join(person.former_names)),
        ("备注", person.remark),
    )
    facts += [(label, text) for label, text in more if text]
    return [*facts, ("来源", f"{line.source or '手工登记'}　{person.entry}")]


def _accounts(desk: PeopleDesk, file: PersonFile) -> Section:
    lines = [
        Line(
            row.wecom_userid or row.name,
            "late" if row.amiss else "tick" if row.state == "在用" else "stopped",
            row.state,
            note=f"{row.type_name}　{row.account_no}"
            + (f"　{'、'.join(row.amiss)}" if row.amiss else ""),
            on_click=lambda key=row.id: desk.context.navigate("accounts", key),
        )
        for row in file.accounts
    ]
    if not lines:
        lines = [Line("没有登记账号", tone="ink2")]
    return Section("账号", lines=lines)


def _places(desk: PeopleDesk, places: Sequence[Place] | None) -> Section:
    if places is None:
        return Section("群组", lines=[Line("正在看各群的规则…", tone="ink2")])
    return places_section(places, lambda group: desk.context.navigate("groups", group))


def _exceptions(desk: PeopleDesk, granted: Sequence[Granted]) -> Section:
    lines = [
        Line(
            f"{one.what}{f'“{one.group}”' if one.group else ''}",
            "proof" if one.in_force else "stopped",
            f"至 {one.until}" if one.until else "未定",
            note=_word_of(one),
            on_click=(lambda one=one: desk.end(one)) if one.in_force else None,
        )
        for one in granted
    ]
    return Section("特批、借调、兼任", lines=lines)


def _word_of(one: Granted) -> str:
    who = f"{one.basis}批准" if one.group and one.basis else one.basis
    said = "，".join(part for part in (who, one.reason) if part)
    return f"{said}　按回车结束" if one.in_force else said


def _under_way(desk: PeopleDesk, file: PersonFile, checklists: Sequence[ChecklistView]) -> Section:
    lines = [
        Line(
            view.title,
            "stuck" if view.blocked else "late" if view.state == "逾期" else "waiting",
            view.progress,
            note=view.blocked or view.event,
            on_click=lambda key=view.id: desk.context.navigate("checklists", key),
        )
        for view in checklists
    ]
    lines += [
        Line(
            f"{paper.title}",
            "waiting",
            paper.detail,
            note=f"{paper.key}　{paper.state}",
            on_click=lambda key=paper.key: desk.context.navigate("forms", key),
        )
        for paper in file.forms
        if paper.open
    ]
    return Section("正在办", lines=lines)


def _acts(desk: PeopleDesk, file: PersonFile) -> list[QWidget]:
    held = any(row.state in _LIVE for row in file.accounts)
    waits = any(paper.open for paper in file.forms)
    here = file.person.in_service(desk.context.services.today)
    acts: list[QWidget] = []
    if here and not held and not waits:
        acts.append(plain("起草附件一", "form", on_click=desk.draft))
    acts.append(plain("更正", "edit", on_click=desk.correct))
    if file.person.leave_date is None:
        acts.append(plain("登记离职", "leave", on_click=desk.leave))
    return acts


_LIVE = ("待开通", "在用", "停用", "限制使用", "待回收", "待注销")


def _all_of(desk: PeopleDesk, file: PersonFile) -> tuple[str, object] | None:
    if file.happened <= len(file.history):
        return None
    return (f"全部 {file.happened} 条", lambda: desk.show_history(file.person))
