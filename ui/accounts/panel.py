"""What the panel says of one account: state, who has it, groups and why, history, lawful acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.accounts.columns import NONE_YET, state_of
from ui.shared.buttons import plain
from ui.shared.detail_panel import Act, Details, Line, Section
from ui.shared.person_lines import event_of, places_section
from ui.shared.text import spaced_phone
from wxadmin.domain import account_moves as moves
from wxadmin.domain.account import Account, AccountException
from wxadmin.services.account_register import AccountRow, PersonWithoutAccount
from wxadmin.services.accounts import Keeping
from wxadmin.services.dispositions import Disposition
from wxadmin.services.history import RecordLine
from wxadmin.services.person_file import Place

if TYPE_CHECKING:
    from ui.accounts.desk import AccountsDesk

SHOWN = 6
_FIRST = (moves.OPEN, moves.RESTORE, moves.TAKE_BACK, moves.SUSPEND, moves.LIFT, moves.CLOSE)
"""Which lawful move stands at the foot of the panel; the others are behind ⋯."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account with everything the panel shows; `places` is None where they are not read."""

    account: Account
    row: AccountRow
    position: str
    keepings: Sequence[Keeping]
    exceptions: Sequence[AccountException]
    history: Sequence[RecordLine]
    places: Sequence[Place] | None
    form: str
    decision: Disposition | None = None


def details_of(desk: AccountsDesk, view: AccountView) -> Details:
    """All that the panel shows of an account."""
    row, state = view.row, state_of(view.row)
    sections = []
    if row.holder_id is not None:
        sections.append(_groups(desk, view))
    if len({k.emp_no for k in view.keepings}) > 1 or any(k.to_on for k in view.keepings):
        sections.append(_keepings(view.keepings))
    if view.exceptions:
        sections.append(_exceptions(desk, view.exceptions))
    more = len(view.history) - SHOWN
    return Details(
        row.holder or row.name,
        f"工号 {row.emp_no}" if row.emp_no else row.account_no,
        chip=(state.mark, state.word),
        kind=f"{row.type_name}　{'本人使用' if row.holder_id else row.ownership}",
        facts=_facts(view),
        sections=sections,
        history=[event_of(told, f"登记账号 {row.wecom_userid}") for told in view.history[:SHOWN]],
        history_link=(f"全部 {len(view.history)} 条", desk.show_history) if more > 0 else None,
        acts=_acts(desk, view.account),
        more=_more(desk, view),
    )


def details_of_person(desk: AccountsDesk, person: PersonWithoutAccount) -> Details:
    """Somebody in service who should have an account and has none."""
    return Details(
        person.name,
        f"工号 {person.emp_no}",
        chip=("ask", NONE_YET),
        kind="在职，按制度应有账号",
        facts=[
            ("部门", " / ".join(person.unit.split("/"))),
            ("职务", person.position),
            ("手机号码", spaced_phone(person.mobile)),
            ("入职", str(person.hire_date or "")),
            ("来历", person.entry),
        ],
        acts=[
            plain("起草附件一", "form", on_click=desk.draft),
            plain("补登账号", "plus", on_click=desk.new),
        ],
        more=[("看这个人", desk.go_to_holder)],
    )


def _facts(view: AccountView) -> list[tuple[str, str]]:
    row, account = view.row, view.account
    number = "公司号码" if account.mobile_is_company else "本人号码"
    facts = [
        ("账号", row.wecom_userid),
        ("手机号码", f"{spaced_phone(row.mobile)}　{number}" if row.mobile else ""),
        ("部门", " / ".join(row.unit.split("/"))),
        ("职务", view.position),
        ("责任人", _answers(view)),
        ("开通", "　".join(filter(None, (_day(row.opened_on), view.form, row.entry)))),
        ("通讯录", "在通讯录" if row.in_directory else "不在通讯录"),
        ("资料核实", _day(row.verified_on) or "还没有核实过"),
    ]
    if row.holder_id is None:
        facts = [fact for fact in facts if fact[0] != "职务"]
    more = [
        ("离职处理", _decision(view.decision)),
        ("停用", "　".join(filter(None, (_day(row.closed_on), row.close_reason)))),
        ("停用到", _day(account.state_until)),
        ("邮箱", row.company_email),
        ("权限", row.permission_level),
        ("范围", account.usage_scope),
        ("备注", row.remark),
        ("台账编号", row.account_no if row.emp_no else ""),
    ]
    return facts + [(label, text) for label, text in more if text]


def _decision(one: Disposition | None) -> str:
    """What must become of a leaver's account, and by when."""
    if one is None:
        return ""
    late = f"，逾期 {one.days_late} 天" if one.days_late else ""
    return f"期限 {_day(one.due_on)}{late}；{'、'.join(one.allowed)}"


def _answers(view: AccountView) -> str:
    row, account = view.row, view.account
    if account.responsible_id is not None and account.responsible_id == account.holder_id:
        return "本人"
    keeper = f"{row.custodian}（保管人）" if row.custodian else ""
    return "　".join(filter(None, (row.responsible, keeper)))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _groups(desk: AccountsDesk, view: AccountView) -> Section:
    link: Act = ("为什么在这些群", desk.go_to_holder)
    if view.places is None:
        return Section("群组", link=link)
    section = places_section(view.places, lambda group: desk.context.navigate("groups", group))
    return Section("群组", section.aside, section.lines, link=link)


def _keepings(keepings: Sequence[Keeping]) -> Section:
    lines = [
        Line(
            f"{k.name}　{k.role}",
            "tick" if k.to_on is None else "stopped",
            f"{k.from_on}至{k.to_on or '今'}",
            note=k.basis,
        )
        for k in reversed(keepings)
    ]
    return Section("谁用过", lines=lines)


def _exceptions(desk: AccountsDesk, exceptions: Sequence[AccountException]) -> Section:
    today = desk.context.services.today
    lines = [
        Line(
            one.exception_kind,
            "proof" if one.in_force(today) else "stopped",
            f"至 {one.until}",
            note=f"{one.granted_by}批准　{one.reason}",
            on_click=(lambda one=one: desk.end_exception(one)) if one.in_force(today) else None,
        )
        for one in exceptions
    ]
    return Section("账号例外", "按回车结束", lines)


def _acts(desk: AccountsDesk, account: Account) -> list[QWidget]:
    lawful = moves.account_moves_from(account.state)
    first = next((move for move in _FIRST if move in lawful), None)
    acts: list[QWidget] = []
    if first is not None:
        acts.append(plain(_word(first), on_click=lambda: desk.move(first)))
    if account.live:
        acts.append(plain("变更", on_click=desk.change))
    acts.append(plain("打印附件一", "print", on_click=desk.print_form))
    return acts


def _word(move: str) -> str:
    return f"{moves.MOVES[move]}账号" if move in (moves.SUSPEND, moves.CLOSE) else moves.MOVES[move]


def _more(desk: AccountsDesk, view: AccountView) -> list[Act]:
    account = view.account
    lawful = moves.account_moves_from(account.state)
    first = next((move for move in _FIRST if move in lawful), None)
    acts: list[Act] = []
    for move in lawful:
        if move == moves.HAND_OVER:
            acts.append(("转交", desk.hand_over))
        elif move != first:
            acts.append((moves.MOVES[move], lambda move=move: desk.move(move)))  # type: ignore[misc]
    if account.live:
        word = "移出通讯录" if account.in_directory else "加入通讯录"
        acts += [(word, desk.turn_directory), ("资料已核实", desk.verify)]
    if account.holder_id is not None:
        acts.append(("批准账号例外", desk.grant))
    several = len(desk.selected_accounts())
    if several > 1:
        acts.append((f"注销选中的 {several} 个", desk.close_selected))
    return [*acts, ("复制账号", desk.copy_userid)]
