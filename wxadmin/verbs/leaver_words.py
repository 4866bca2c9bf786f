"""What a leaver list is beside the one before it, in words and as data: 更正版, 撤销离职, 补报."""

from __future__ import annotations

from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.import_plan import Line, Plan
from wxadmin.domain.leaver_planner import EARLIER
from wxadmin.domain.leavers import LeaverList


def leaver_data(plan: Plan) -> dict[str, Any]:
    """Return the list's version (1 the first), who is withdrawn, and who left earlier than said."""
    return {
        "version": _version(plan),
        "withdrawn": [_who(line) for line in plan.of_kind(plans.RETURNED)],
        "earlier": [_who(line) for line in plan.lines if line.why == EARLIER],
    }


def leaver_lines(plan: Plan) -> list[str]:
    """Return the same for people to read; nothing where there is nothing to say."""
    version = _version(plan)
    lines = [f"更正版{version}，与上一版对照："] if version > 1 else []
    told = [line for line in plan.lines if line.kind == plans.RETURNED or line.why == EARLIER]
    return lines + [f"  {line.name}（{line.emp_no}）：{line.why}" for line in told]


def _version(plan: Plan) -> int:
    made = [c.after for c in plan.records if isinstance(c.after, LeaverList)]
    return made[0].version_no if made else 1


def _who(line: Line) -> dict[str, str]:
    return {"emp_no": line.emp_no, "name": line.name}
