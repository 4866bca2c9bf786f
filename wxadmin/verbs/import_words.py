"""What `import` tells of a plan: counts, rows that are asked about, problems and reminders."""

from __future__ import annotations

from wxadmin.domain import import_plan as plans
from wxadmin.domain.import_plan import Line, Plan
from wxadmin.domain.sheet_kind import LEAVERS, MEMBERS, WECOM
from wxadmin.domain.wecom import MATCH_STATES
from wxadmin.services.imports import Preview
from wxadmin.verbs.call import Table
from wxadmin.verbs.leaver_words import leaver_lines

_WORDS = {MEMBERS: ("入群", "改昵称", "退群"), WECOM: ("首次列入", "变更", "不在了")}
"""What new, changed and gone is called in lists that are not of HR's."""
_MOST = 200
"""So many problems and reminders are told in words; `--json` has them all."""


def preview_lines(
    preview: Preview, stopped: str, operation: int | None, *, applied: bool
) -> list[str]:
    """Return what is told of a plan: counts, rows that are asked about or wrong, and the end."""
    plan = preview.plan
    new, changed, left = _WORDS.get(plan.kind, ("新增", "变更", "离职"))
    parts = [f"{new}{plan.count(plans.NEW)}人", f"{changed}{plan.count(plans.CHANGED)}人"]
    parts.append(f"{left}{plan.count(plans.LEFT)}人")
    if withdrawn := plan.count(plans.RETURNED):
        parts.append(f"撤销离职{withdrawn}人")
    parts.append(f"待确认{plan.undecided}人")
    lines = [f"导入预览：{'、'.join(parts)}，问题{len(plan.problems)}处{_reminders(plan)}。"]
    lines += leaver_lines(plan) if plan.kind == LEAVERS else _tally(preview)
    if plan.first and plan.kind == "roster":
        lines.append(f"这是“{preview.source.name}”的第一份花名册：全部按历史导入建账，不发起办理。")
    table = Table(["行", "类别", "姓名", "工号", "说明"])
    for line in plan.lines:
        if line.kind == plans.DISPUTED:
            table.rows.append([line.row, line.kind, line.name, line.emp_no, _question(line)])
    told = [("问题", problem) for problem in plan.problems]
    told += [("提醒", problem) for problem in plan.warnings]
    for word, problem in told[:_MOST]:
        about = "：".join(filter(None, (problem.column, problem.value)))
        place = f"（{problem.cell}）" if problem.cell else ""
        table.rows.append([problem.row, word, about, problem.emp_no, f"{problem.reason}{place}"])
    lines += table.lines() if table.rows else []
    if len(told) > _MOST:
        lines.append(f"还有{len(told) - _MOST}处问题和提醒，用 --json 看全部。")
    lines += [
        _unit_question(q.old, q.new, q.people, q.of) for q in plan.units_asked if not q.answer
    ]
    if plan.titles_asked:
        lines.append(f"没见过的职务（请定职务级别）：{'、'.join(plan.titles_asked)}")
    if plan.brake:
        lines.append(plan.brake.sentence)
    return [*lines, _end(stopped, operation, applied=applied)]


def _tally(preview: Preview) -> list[str]:
    """Say in a line what only this kind of list has."""
    tally = preview.tally
    if "states" in tally:
        states = "、".join(f"{MATCH_STATES[key]}{n}个" for key, n in tally["states"].items())
        return [f"通讯录成员：{states}。"]
    if "group" in tally:
        return [
            f"“{tally['group']}”应在{tally['expected']}人，名单{tally['actual']}人，"
            f"其中外部人员{tally['outsiders']}人、认不出{tally['unknown']}人。",
            *(f"{what}：{sentence}" for what, sentence in tally["notes"]),
        ]
    return []


def _question(line: Line) -> str:
    who = "；".join(f"{c.emp_no} {c.name} {c.org_unit}" for c in line.candidates)
    return f"{line.question}{'可能是：' + who if who else ''}"


def _unit_question(old: str, new: str, people: int, of: int) -> str:
    return f"“{old}”的{of}人中有{people}人到了“{new}”，是更名、合并还是真调动？（--unit）"


def _end(stopped: str, operation: int | None, *, applied: bool) -> str:
    if stopped:
        return "没有写入：还要人来决定。" if stopped == "disputed" else "没有写入：已暂停。"
    if not applied:
        return "以上是预览，没有改动任何数据。"
    return f"已写入（第 {operation} 步，可撤销）。" if operation else "与登记一致，没有改动。"


def _reminders(plan: Plan) -> str:
    return f"，提醒{len(plan.warnings)}处" if plan.warnings else ""
