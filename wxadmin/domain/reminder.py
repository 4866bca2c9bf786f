"""A thing to be seen to, with its mark and its day: what the 今日 desk is made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.proof import ACTS

BAND_LATE, BAND_STUCK, BAND_TODAY, BAND_WEEK, BAND_LATER = "late", "stuck", "today", "week", "later"
BANDS: tuple[tuple[str, str], ...] = (
    (BAND_LATE, "逾期"),
    (BAND_STUCK, "卡住"),
    (BAND_TODAY, "今天到期"),
    (BAND_WEEK, "本周"),
    (BAND_LATER, "下周以后"),
)
"""The headings of the desk, in their order."""

MARKS = {
    BAND_LATE: "late",
    BAND_STUCK: "stuck",
    BAND_TODAY: "due",
    BAND_WEEK: "empty",
    BAND_LATER: "empty",
}
WEEK = timedelta(days=7)
WEEKDAYS = "一二三四五六日"

REMINDER_ACTS = {
    **ACTS,
    "open_checklist": "打开办理单",
    "open_form": "打开表单",
    "look_at_scans": "看扫描件",
    "open_group": "打开群组",
    "open_person": "打开人员",
    "copy_urge": "复制催办文字",
    "report_order": "登记回报",
    "make_order": "生成通知单",
    "extend_exception": "续期或移出",
    "extend_account": "续期或注销",
    "tick_recurring": "登记已办",
    "back_up": "立即备份",
    "choose_custodian": "指定保管人",
    "go_on_round": "接着核查",
    "begin_round": "开始核查",
    "mend_check": "登记整改",
    "confirm_login": "登记登录日期",
    "correct_number": "更正SIM卡登记",
    "end_group": "登记解散",
    "decide_account": "恢复或注销",
}
"""What can be done from a line of the desk, by id."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of the desk: about whom, what, since when or until when, and where it is done.

    `since` is the day something began where nothing is due; `desk` and `key` are the place.
    """

    kind: str
    subject: str
    sentence: str
    detail: str
    band: str
    due_on: date | None
    when: str
    act: str
    desk: str
    key: str

    @property
    def mark(self) -> str:
        """Return the mark of the line."""
        return MARKS[self.band]

    @property
    def act_label(self) -> str:
        """Return what the act is called."""
        return REMINDER_ACTS.get(self.act, "")


def reminder(
    kind: str,
    subject: str,
    sentence: str,
    *,
    on: date,
    due_on: date | None = None,
    since: date | None = None,
    detail: str = "",
    stuck: bool = False,
    act: str = "",
    desk: str = "",
    key: object = "",
) -> Reminder:
    """Make a line; its band follows from the day, or from being stuck."""
    band = BAND_STUCK if stuck else band_of(due_on, on)
    when = _since(since, on) if stuck else when_word(due_on, on)
    return Reminder(kind, subject, sentence, detail, band, due_on, when, act, desk, str(key))


def band_of(due_on: date | None, on: date) -> str:
    """Say under which heading a day falls; what has no day is for this week."""
    if due_on is None:
        return BAND_WEEK
    if due_on < on:
        return BAND_LATE
    if due_on == on:
        return BAND_TODAY
    return BAND_WEEK if due_on <= on + WEEK else BAND_LATER


def when_word(due_on: date | None, on: date) -> str:
    """Say when: 逾期 15 天, 今天, 周五 11-27; "" for no day."""
    if due_on is None:
        return ""
    if due_on < on:
        return f"逾期 {(on - due_on).days} 天"
    if due_on == on:
        return "今天"
    day = f"{due_on:%m-%d}" if due_on.year == on.year else due_on.isoformat()
    return f"周{WEEKDAYS[due_on.weekday()]} {day}"


def _since(since: date | None, on: date) -> str:
    if since is None:
        return ""
    return f"自 {since:%m-%d}" if since.year == on.year else f"自 {since.isoformat()}"


def in_order(reminders: Iterable[Reminder]) -> list[Reminder]:
    """Sort by heading, then by day, then by subject."""
    place = {band: index for index, (band, _) in enumerate(BANDS)}
    return sorted(
        reminders,
        key=lambda r: (place[r.band], r.due_on or date.max, r.kind, r.subject, r.key),
    )
