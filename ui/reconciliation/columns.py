"""The columns of 三方核对: who, what differs, the three sides with the odd value on its ground."""

from __future__ import annotations

from datetime import date

from ui.reconciliation.lines import CLEAR_MARK, OPEN_PERSON, SAME, Row, shown
from ui.shared.columns import Cell, Column, Person, State
from wxadmin.domain import reconciliation_finding as r
from wxadmin.domain.reconciliation_values import HR, REGISTER, WECOM, same_value
from wxadmin.domain.reconciliation_words import ACTS
from wxadmin.services.reconciliation_view import Age, Item, Reconciled

HEADS = {"hr": HR, "register": REGISTER, "wecom": WECOM}
_WORDS = {
    r.NO_ACCOUNT: ("plus", "无账号"),
    r.NOT_OPENED: ("plus", "未入通讯录"),
    r.NOT_LISTED: ("plus", "通讯录里没有"),
    r.LEFT: ("late", "离职未停"),
    r.STRANGER: ("due", "查不出是谁"),
    r.STATE: ("due", "账号状态"),
    r.NOT_REGISTERED: ("due", "台账没登记"),
    r.NOT_MARKED_LISTED: ("due", "未记入通讯录"),
    r.UNSURE: ("ask", "是哪一位"),
    r.SWAPPED: ("ask", "可能对调了"),
    r.SECOND: ("ask", "有两个账号"),
    r.LEFT_IN_GROUP: ("late", "离职还在群"),
    r.NOT_EXPECTED: ("due", "不应在群"),
    r.UNLISTED_IN_GROUP: ("due", "群里有、通讯录无"),
    r.OUTSIDER: ("due", "外部人员"),
    r.EXPECTED: ("plus", "应在群"),
}
_BAD = {r.LEFT: "red", r.LEFT_IN_GROUP: "red", r.NO_ACCOUNT: "accent", r.NOT_OPENED: "accent",
        r.NOT_LISTED: "accent", r.EXPECTED: "accent"}  # fmt: skip
_ACT_WORDS = {CLEAR_MARK: "取消标记", OPEN_PERSON: "打开人员"}


def act_words(act: str) -> str:
    """What an act is called at the end of a line."""
    return _ACT_WORDS.get(act) or ACTS[act]


def first_act(row: Row) -> str:
    """What Enter does on a line: who wins, or the way to it."""
    if row.mark is not None:
        return CLEAR_MARK
    if row.item is not None:
        return row.item.acts[0] if row.item.acts else ""
    return OPEN_PERSON if row.group == SAME else ""


def _difference(row: Row) -> object:
    if row.wrong is not None:
        return State("due", row.wrong.label)
    if row.item is None:
        return State("tick", "一致") if row.group == SAME else None
    mark, word = _WORDS.get(row.item.finding.cause, ("", row.item.label))
    fold = f"{'收起' if row.unfolded else '还有'} {row.further} 处" if row.further else ""
    if not mark:
        return Cell(word, fold)
    return Cell(word, fold, tone=_tone(mark), mark=mark)


def _tone(mark: str) -> str:
    from ui import marks

    return marks.word_token(mark)


def _side(row: Row, side: str) -> object:
    if row.item is None:
        text = row.texts[tuple(HEADS).index(side)]
        if row.wrong is not None and side == "hr":
            return Cell(text, ground="amber")
        return Cell(text, "按您写的" if row.wrong is not None and side == "register" else "")
    if row.item.finding.cause in (r.FIELD, r.SWAPPED):
        return _of_field(row.item, side)
    return _of_state(row.item, side)


def _of_field(item: Item, side: str) -> Cell:
    sides = {"hr": item.hr, "register": item.register, "wecom": item.wecom}
    text = sides[side]
    right = {HR: item.hr, REGISTER: item.register, WECOM: item.wecom}.get(item.winner, "")
    absent = side == "register" and item.finding.account_id is None
    absent = absent or (side == "wecom" and item.finding.member_id is None)
    if absent or (side == "hr" and item.field == "wecom_userid"):
        return Cell("—", tone="ink3")
    odd = not same_value(item.field, text, right) if text else side == "wecom"
    said, note = shown(item.field, text) or "（空）", ""
    if item.field == "org_unit" and "/" in text:  # the last level first: cutting costs least
        above, _, said = text.rpartition("/")
        note = above.replace("/", " / ")
    if odd:
        return Cell(said, note, ground="amber")
    return Cell(said, note, tone="ink" if text else "ink3")


def _of_state(item: Item, side: str) -> Cell:
    """The sides of a finding that is no field: at work or gone, its account, where he still is."""
    one = item.finding
    ground = _BAD.get(one.cause, "amber")
    if side == "hr":
        return _hr(item)
    if side == "register":
        return _register(item)
    if one.group_id is not None:
        word = "不在群" if one.cause == r.EXPECTED else "在群"
        return Cell(f"{word} {item.group_shown}", ground=ground)
    if item.wecom:
        quiet = one.cause == r.NOT_MARKED_LISTED
        said = shown(item.field, item.wecom)
        return Cell(said) if quiet else Cell(said, ground=ground)
    if one.cause == r.LEFT:
        return Cell("—", tone="ink3")
    return Cell("没有", ground=ground)


def _hr(item: Item) -> Cell:
    one = item.finding
    if one.cause in (r.LEFT, r.SECOND) and item.hr:
        return Cell(f"离职 {item.hr}")
    if one.person_id is None:
        return Cell("外部人员" if one.cause == r.OUTSIDER else "没有此人", tone="ink3")
    if one.cause == r.LEFT_IN_GROUP:
        return Cell("已离职")
    if one.group_id is not None:
        return Cell(item.reason or "在职", tone="ink2")
    return Cell("在职", item.org_unit.replace("/", " / "))


def _register(item: Item) -> Cell:
    one = item.finding
    if item.register:
        live_leaver = one.cause == r.LEFT and one.account_id is not None and not item.wecom
        odd = one.cause in (r.STATE, r.NOT_MARKED_LISTED) or live_leaver
        ground = "red" if live_leaver else "amber"
        said = shown(item.field, item.register)
        return Cell(said, ground=ground) if odd else Cell(said)
    if one.group_id is not None:
        return Cell("应在" if one.cause == r.EXPECTED else "不应在")
    return Cell("没有账号", tone="ink3")


def columns(view: Reconciled | None) -> tuple[Column, ...]:
    """The columns with the age of each list in its head."""
    titles = heads(view) if view is not None else HEADS
    return (
        Column("who", "姓名 / 工号", 150, kind="person", sortable=False,
               value=lambda row: Person(row.name, row.note) if row.name else None),
        Column("difference", "差别", 172, sortable=False, value=_difference),
        Column("hr", titles["hr"], 190, stretch=2, sortable=False,
               value=lambda row: _side(row, "hr")),
        Column("register", titles["register"], 170, stretch=1, sortable=False,
               value=lambda row: _side(row, "register")),
        Column("wecom", titles["wecom"], 190, stretch=2, sortable=False,
               value=lambda row: _side(row, "wecom")),
        Column("act", "", 132, kind="act", sortable=False,
               value=lambda row: act_words(first_act(row)) if first_act(row) else ""),
    )  # fmt: skip


def heads(view: Reconciled) -> dict[str, str]:
    """Name each side with the day of its list and how many days that is ago."""
    found = dict(HEADS)
    newest: dict[str, Age] = {}
    for age in view.ages:
        before = newest.get(age.side)
        if before is None or (age.on or date.min) > (before.on or date.min):
            newest[age.side] = age
    for key, side in HEADS.items():
        age = newest.get(side)
        found[key] = f"{side}　{_day(age)}"
    found["register"] = f"{REGISTER}　现在"
    return found


def _day(age: Age | None) -> str:
    if age is None or age.on is None:
        return "还没有导入"
    return f"{age.on:%m-%d}（{ago(age.days)}）"


def ago(days: int | None) -> str:
    """How long ago, in words."""
    if not days:
        return "今天"
    return f"{days:,} 天前"
