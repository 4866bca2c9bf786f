"""Reminders for `list`: what the 今日 desk shows, as plain values."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.reminder import BANDS, Reminder
from wxadmin.domain.search import folded
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace

WORDS = dict(BANDS)
HEADS = {
    "state": "状态",
    "subject": "对象",
    "sentence": "事项",
    "detail": "说明",
    "when": "期限",
    "act_label": "办法",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return everything to be seen to, in the order of the desk."""
    words = folded(search).split()
    return [
        row_of(each)
        for each in Reminders(workplace).all()
        if all(word in folded(f"{each.subject} {each.sentence} {each.detail}") for word in words)
    ]


def row_of(each: Reminder) -> dict[str, Any]:
    """Return a reminder as one line."""
    return {
        "kind": each.kind,
        "band": each.band,
        "state": WORDS[each.band],
        "mark": each.mark,
        "subject": each.subject,
        "sentence": each.sentence,
        "detail": each.detail,
        "due_on": each.due_on,
        "when": each.when,
        "act": each.act,
        "act_label": each.act_label,
        "desk": each.desk,
        "key": each.key,
    }
