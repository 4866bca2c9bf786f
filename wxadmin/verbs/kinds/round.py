"""Rounds of checks for `list` and `show`."""

from __future__ import annotations

from typing import Any

from wxadmin.services.check_report import report_of
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.workplace import Workplace

HEADS = {
    "id": "序号",
    "title": "批次",
    "started_on": "开始",
    "closed_on": "结束",
    "summary": "进度",
}
LABELS = {**HEADS, "groups": "各群", "tasks": "待整改"}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the rounds, the latest first."""
    rounds = CheckRounds(workplace)
    return [
        {
            "id": one.id,
            "title": one.title,
            "started_on": one.started_on,
            "closed_on": one.closed_on,
            "summary": report_of(rounds.view(one)).summary,
        }
        for one in rounds.all()
        if search in one.title
    ]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one round by its title or number."""
    report = report_of(CheckRounds(workplace).called(key))
    return {
        "title": report.title,
        "started_on": report.started_on,
        "closed_on": report.closed_on,
        "summary": report.summary,
        "groups": list(report.rows),
        "tasks": list(report.tasks),
    }
