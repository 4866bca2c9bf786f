"""The small questions of 人员: correct a field, leave and stay, 特批, 借调, 兼任."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ui.shared.acting import act, ask_and_act
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Check, Field, Verdict, doubtful, wrong
from wxadmin.domain.group import MOBILE, Group
from wxadmin.domain.person import Employee
from wxadmin.services.departures import Departures
from wxadmin.services.exceptions import Exceptions
from wxadmin.services.history import History
from wxadmin.services.joiner import Joiners
from wxadmin.services.people import People
from wxadmin.services.person_file import PersonFile

if TYPE_CHECKING:
    from ui.people.desk import PeopleDesk

CORRECTED = {
    "name": "姓名",
    "emp_no": "工号",
    "org_unit": "部门",
    "position": "职务",
    "mobile": "手机号码",
    "employment_type": "用工类型",
    "status": "在职状态",
    "hire_date": "入职日期",
    "contract_end": "合同到期",
    "region": "销售区域",
    "company_email": "公司邮箱",
    "remark": "备注",
}
"""What may be corrected by hand, in the order of the dialog."""
DATES = ("hire_date", "contract_end")
_OF_COLUMN = {"unit": "org_unit", "standing": "status", "account": ""}


def checked(joiners: Joiners, field: str) -> Check:
    """A check that reads a typed value by the importer's own rules."""

    def check(value: Any, values: Any) -> Verdict | None:
        text = value.isoformat() if isinstance(value, date) else str(value)
        problem = joiners.problem(field, text)
        return wrong(problem) if problem else None

    return check


def correct(desk: PeopleDesk, file: PersonFile, column: str = "") -> None:
    """Correct one field (F2 on a cell) or any of them."""
    if column == "leave_date":
        leave(desk, file.person)
        return
    joiners, now = Joiners(desk.context.services), _as_typed(file)
    first = _OF_COLUMN.get(column, column)
    keys = [first] if first in CORRECTED else list(CORRECTED)
    fields = [
        Field(
            key, CORRECTED[key], "date" if key in DATES else "phone" if key == "mobile" else "text",
            required=key in ("name", "emp_no"), value=now[key], check=checked(joiners, key),
            half=len(keys) > 1 and key not in ("company_email", "remark"),
        )
        for key in keys
    ]  # fmt: skip
    ask_and_act(
        desk.context, f"更正{file.person.name}的资料", fields, "保存更正",
        lambda answer: People(desk.context.services).change(file.person, _changed(answer, now)),
        f"已更正 {file.person.name} 的资料",
        "人事下次来表若还是旧的，导入时会再问。改动记在日志里，可以撤销。",
    )  # fmt: skip


def _changed(answer: dict[str, Any], now: dict[str, Any]) -> dict[str, str]:
    typed = {key: _text(value) for key, value in answer.items()}
    return {key: text for key, text in typed.items() if text != _text(now[key])}


def _as_typed(file: PersonFile) -> dict[str, Any]:
    person, line = file.person, file.line
    own = {key: getattr(person, key, "") for key in CORRECTED}
    return {**own, "org_unit": line.org_unit, "position": line.position}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


# -- leaving ------------------------------------------------------------------------------------


def leave(desk: PeopleDesk, person: Employee) -> None:
    """Ask for the leave date; 离职办理 starts in the same act."""
    departures, today = Departures(desk.context.services), desk.context.services.today

    def check(value: Any, values: Any) -> Verdict | None:
        if person.hire_date is not None and value < person.hire_date:
            return wrong(f"早于入职日期 {person.hire_date}，请核对年份。")
        if abs((value - today).days) > 92:
            return doubtful("离今天超过三个月，请再看一眼。")
        return None

    fields = [
        Field("on", "离职日期", "date", required=True, value=person.leave_date or today,
              check=check, half=True),
        Field("kind", "离职类型", "choice", value=person.leave_type or None,
              choices=[(kind, kind) for kind in departures.kinds()], half=True),
    ]  # fmt: skip
    ask_and_act(
        desk.context, f"登记{person.name}离职", fields, "登记并开始离职办理",
        lambda answer: departures.leave(person, answer["on"], answer["kind"] or ""),
        f"已登记 {person.name} 离职，离职办理已开始",
        "在职状态随日期走；离职办理单马上开出，群主、账号、群都在单上。",
    )  # fmt: skip


def stay(desk: PeopleDesk, person: Employee) -> None:
    """Ask why a leave is taken back."""
    why = desk.context.messages.ask_text(f"撤销{person.name}的离职", "原因", "撤销离职")
    if why is not None:
        act(desk.context, f"已撤销 {person.name} 的离职",
            lambda: Departures(desk.context.services).stay(person, why))  # fmt: skip


# -- exceptions -----------------------------------------------------------------------------------


def _groups(desk: PeopleDesk) -> dict[int, Group]:
    return desk.files.picture.groups


def _units(desk: PeopleDesk) -> list[tuple[int, str]]:
    tree = desk.context.services.units()
    units = sorted(tree.units, key=lambda unit: (len(tree.path(unit)), tree.text(unit)))
    return [(unit, tree.text(unit)) for unit in units]


def _period(desk: PeopleDesk, must_end: bool) -> list[Field]:
    def after_start(value: Any, values: Any) -> Verdict | None:
        start = values.get("from_on")
        return wrong("截止日早于起始日。") if isinstance(start, date) and value < start else None

    today = desk.context.services.today
    return [
        Field("from_on", "起", "date", required=True, value=today, half=True),
        Field("until", "止", "date", required=must_end, half=True, check=after_start,
              hint="" if must_end else "不填就是长期"),
    ]  # fmt: skip


def grant(desk: PeopleDesk, person: Employee) -> None:
    """特批: into a group or out of it, on whose word, until when."""
    groups = _groups(desk)
    choices = [
        (group.id, group.name + ("" if group.side == MOBILE else "（后台）"))
        for group in sorted(groups.values(), key=lambda g: (g.side != MOBILE, g.sort_no))
    ]
    ask_and_act(
        desk.context,
        f"特批：{person.name}",
        [
            Field("group", "群组", "choice", required=True, choices=choices),
            Field("allowed", "怎样", "choice", required=True, value="in", half=True,
                  choices=[("in", "入群"), ("out", "不入群")]),
            Field("granted_by", "谁批准", required=True, half=True),
            *_period(desk, must_end=False),
            Field("reason", "原因"),
        ],
        "登记特批",
        lambda answer: Exceptions(desk.context.services).grant(
            person, groups[answer["group"]], allowed=answer["allowed"] == "in",
            granted_by=answer["granted_by"], until=answer["until"], from_on=answer["from_on"],
            reason=answer["reason"],
        ),
        lambda granted: f"已特批 {person.name} {'入' if granted.allowed else '不入'}"
                        f"“{groups[granted.group_id].name}”",
        "特批只管这一个人和这一个群，规则照旧；到期自动失效。",
    )  # fmt: skip


def second(desk: PeopleDesk, person: Employee) -> None:
    """借调: to another unit, from–to; the groups of both units meanwhile."""
    units = desk.context.services.units().units
    ask_and_act(
        desk.context,
        f"借调：{person.name}",
        [
            Field("unit", "借调到", "choice", required=True, choices=_units(desk)),
            *_period(desk, must_end=True),
            Field("basis", "依据", placeholder="例如 调令、经理签字"),
        ],
        "登记借调",
        lambda answer: Exceptions(desk.context.services).second(
            person, units[answer["unit"]], answer["until"], from_on=answer["from_on"],
            basis=answer["basis"]),
        lambda loan: f"已登记 {person.name} 借调到{units[loan.org_unit_id].name}，至 {loan.until}",
        "借调期间两个单位的群都在；到期那天出移出通知单。",
    )  # fmt: skip


def add_post(desk: PeopleDesk, person: Employee) -> None:
    """兼任: a second post beside the main one."""
    services = desk.context.services
    units, posts = services.units().units, services.positions()
    ask_and_act(
        desk.context,
        f"兼任：{person.name}",
        [
            Field("unit", "兼任部门", "choice", choices=_units(desk), hint="与职务至少填一项"),
            Field("post", "兼任职务", "choice",
                  choices=[(post.id, post.name) for post in posts.values()],
                  hint="不填就是本职务"),
            *_period(desk, must_end=False),
            Field("basis", "依据"),
        ],
        "登记兼任",
        lambda answer: Exceptions(services).add_post(
            person, unit=units.get(answer["unit"]), position=posts.get(answer["post"]),
            from_on=answer["from_on"], until=answer["until"], basis=answer["basis"]),
        f"已登记 {person.name} 的兼任",
    )  # fmt: skip


def show_history(desk: PeopleDesk, person: Employee) -> None:
    """List everything that ever happened to the record, and offer the journal."""
    told = History(desk.context.services).of_record(person)
    things = [
        Thing(one.operation.title, one.operation.source, f"{one.operation.on:%Y-%m-%d}")
        for one in told
    ]
    answer = desk.context.messages.ask(
        f"{person.name}的历史", "", things,
        acts=[Choice("知道了", kind="filled")], left=[Choice("看日志", "journal")],
    )  # fmt: skip
    if answer == "journal" and told:
        desk.context.navigate("journal", told[0].operation.id)
