"""Forms for `list`, `show` and `set`: whose turn it is, what stands in them, who decided what."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.form import MOVES
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.form_board import FormLine
from wxadmin.services.forms import Forms
from wxadmin.services.pinyin import syllables
from wxadmin.services.scans import Scans
from wxadmin.services.workplace import Workplace

HEADS = {
    "number": "编号",
    "title": "表单",
    "request_kind": "申请类别",
    "name": "姓名",
    "emp_no": "工号",
    "state": "状态",
    "paper_text": "纸张",
    "waits_for": "等谁",
    "waiting_days": "已等天数",
    "overdue": "逾期",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every form, the newest first."""
    lines = [_row(line) for line in Forms(workplace).lines()]
    if not search:
        return lines
    texts = ((place, _search_line(line)) for place, line in enumerate(lines))
    return [lines[place] for place in SearchIndex(texts).find(search)]


def _search_line(line: dict[str, Any]) -> str:
    said = ("number", "title", "request_kind", "name", "emp_no", "unit", "state", "paper_state")
    return search_line(
        *(str(line[name] or "") for name in said), pinyin=" ".join(syllables(line["name"]))
    )


def _row(line: FormLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "kind": line.kind,
        "title": line.title,
        "request_kind": line.request_kind,
        "emp_no": line.emp_no,
        "name": line.name,
        "unit": line.unit,
        "state": line.state,
        "paper_state": line.paper_state,
        "paper_text": line.paper_text,
        "applied_on": line.applied_on,
        "printed_on": line.printed_on,
        "signed_on": line.signed_on,
        "received_on": line.received_on,
        "received_from": line.received_from,
        "opened_on": line.opened_on,
        "waits_for": line.waits_for,
        "waiting_days": line.waiting_days,
        "due_on": line.due_on,
        "overdue": line.overdue,
        "confirm_due": line.confirm_due,
        "not_back": line.not_back,
        "moves": list(line.moves),
    }


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one form with its fields, what is wrong with them, and its decisions."""
    view = Forms(workplace).view(key)
    form = view.form
    return {
        **_row(view.line),
        "definition_version": form.definition_version,
        "notified_head_on": form.notified_head_on,
        "notified_holder_on": form.notified_holder_on,
        "archived_on": form.archived_on,
        "note": form.note,
        "sheet": form.sheet,
        "copied_from": form.copied_from,
        "lost_on": form.lost_on,
        "lost_note": form.lost_note,
        "scans": [
            {"file": str(scan.file), "source": scan.source, "taken_on": scan.taken_on}
            for scan in Scans(workplace).of_form(form.id)
        ],
        "fields": dict(view.values),
        "problems": dict(view.problems),
        "steps": [
            {
                "seq": step.seq,
                "move": step.move,
                "title": MOVES[step.move],
                "role": step.role,
                "by": step.by,
                "on": step.on,
                "note": step.note,
                "way": step.way,
                "for_whom": step.for_whom,
                "confirm_due": step.confirm_due,
                "confirmed_on": step.confirmed_on,
            }
            for step in view.steps
        ],
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Change what stands in a draft's fields."""
    before = workplace.journal.count()
    Forms(workplace).set_fields(key, fields)
    after = workplace.journal.count()
    operation = workplace.journal.operations(1)[-1].id if after > before else None
    return {**one(workplace, key), "operation": operation}
