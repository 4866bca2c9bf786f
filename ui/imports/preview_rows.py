"""The rows of the preview: one per line, further ones per field, problems, questions, headings."""

from __future__ import annotations

from collections.abc import Hashable, Set
from dataclasses import dataclass, replace
from typing import Any

from ui.imports.kinds import words_of
from ui.imports.planned import DONE_KINDS, Planned
from ui.shared.columns import Cell, Changed, Column, Person, State
from ui.shared.table_model import GroupHeading
from ui.shared.text import spaced_phone
from wxadmin.domain import import_plan as plans
from wxadmin.domain.errors import Problem
from wxadmin.domain.identity_numbers import masked
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.sheet_kind import MEMBERS
from wxadmin.domain.words import field_label
from wxadmin.services.import_lines import ShownField, ShownLine
from wxadmin.services.imports import Preview
from wxadmin.services.leaver_grid import month_word

ASK, PROBLEM, ORGANISATION, WARNING = "ask", "problem", "organisation", "warning"
NEW, CHANGED, LEFT, RETURNED = "new", "changed", "left", "returned"
LATER, SAME = "later", "same"
GROUP_OF = {
    plans.DISPUTED: ASK,
    plans.NEW: NEW,
    plans.CHANGED: CHANGED,
    plans.LEFT: LEFT,
    plans.RETURNED: RETURNED,
    plans.SKIPPED: LATER,
    plans.UNCHANGED: SAME,
}
MARK_OF = {NEW: "plus", CHANGED: "arrow", LEFT: "minus", RETURNED: "plus", LATER: "waiting",
           SAME: "empty"}  # fmt: skip
COUNTERS = (
    (NEW, "plus", "新增"),
    (CHANGED, "arrow", "变更"),
    (LEFT, "minus", "离职"),
    (ASK, "ask", "待确认"),
    (PROBLEM, "late", "问题"),
    (SAME, "empty", "不变"),
)
PICK = Cell("选定 ›", tone="accent")
AGAIN = Cell("重新定 ›", tone="accent")
RANKS = Cell("定级别 ›", tone="accent")
Parts = Set[tuple[str, str]]
NOTHING: frozenset[str] = frozenset()
PATHS = frozenset({"org_unit_id"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `strikes` says that it has a box and may be struck out."""

    id: Hashable
    group: str
    line: str = ""
    name: str = ""
    note: str = ""
    mark: str = ""
    word: str = ""
    what: Any = ""
    effect: Any = ""
    strikes: bool = False
    about: Any = None


COLUMNS = (
    Column("who", "姓名 / 工号", 164, kind="person", sortable=False,
           value=lambda row: Person(row.name, row.note) if row.name else None),
    Column("kind", "类别", 126, kind="state", sortable=False,
           value=lambda row: State(row.mark, row.word) if row.mark else None),
    Column("what", "改什么（原 → 新）", 400, kind="change", stretch=1, sortable=False,
           value=lambda row: row.what),
    Column("effect", "会引起", 236, when_struck="已划掉", sortable=False,
           value=lambda row: row.effect),
)  # fmt: skip


def headings(planned: Planned) -> list[GroupHeading]:
    """The group headings of a preview with their sentences."""
    plan, many = planned.preview.plan, counts(planned)
    rows = "这一行" if plan.undecided == 1 else f"这 {plan.undecided} 行"
    words = words_of(plan.kind)
    return [
        GroupHeading(ASK, "待确认", words.ask.format(rows=rows)),
        GroupHeading(PROBLEM, "问题", "这几行不导入，其余照常"),
        GroupHeading(ORGANISATION, words.made, "随这次导入一起登记"),
        GroupHeading(NEW, words.new, _new_sentence(planned), count=many[NEW]),
        GroupHeading(CHANGED, words.changed, count=plan.count(plans.CHANGED)),
        GroupHeading(LEFT, words.left, count=many[LEFT]),
        GroupHeading(RETURNED, "撤销离职"),
        GroupHeading(LATER, "以后再说", words.later),
        GroupHeading(WARNING, "提醒", "照常导入，请看一眼", foldable=True, folded=True),
        GroupHeading(SAME, "不变", foldable=True, folded=True),
    ]


def _new_sentence(planned: Planned) -> str:
    plan = planned.preview.plan
    if plan.first and plan.kind == "roster":
        return "第一份花名册是建账：全部按历史导入登记，不发起办理"
    return ""


def rows_of(planned: Planned, struck: Parts = frozenset()) -> list[Row]:
    """All rows of a preview, in the order they are shown."""
    rows = _unit_rows(planned)
    for line in planned.lines:
        rows += _line_rows(planned, line, struck)
    rows += _problem_rows(planned)
    rows += _organisation_rows(planned)
    return rows


def counts(planned: Planned) -> dict[str, int]:
    """The numbers of the counters."""
    plan = planned.preview.plan
    return {
        NEW: plan.count(plans.NEW),
        CHANGED: plan.count(plans.CHANGED) + plan.count(plans.RETURNED),
        LEFT: plan.count(plans.LEFT),
        ASK: plan.count(plans.DISPUTED) + sum(not one.answer for one in plan.units_asked),
        PROBLEM: len(plan.problems),
        SAME: plan.count(plans.UNCHANGED),
    }


def effect_of(planned: Planned, line: ShownLine, struck: Parts) -> Any:
    """What stands in 会引起; in ink, for a column full of accent would shout.

    `struck` are the consequences struck out, as (line, part).
    """
    parts = frozenset(part for key, part in struck if key == line.key) if struck else NOTHING
    words = planned.words.effect_words(line.key, parts)
    note = f"划掉 {len(parts)} 项" if parts else ""
    if not words and words_of(planned.preview.plan.kind).done:
        return ""  # an address book, a list of members: nothing follows by itself
    if not words and line.answered:
        return Cell("您选定的", tone="ink3")
    return Cell(words or "无", note, tone="ink" if words else "ink3")


def _line_rows(planned: Planned, line: ShownLine, struck: Parts) -> list[Row]:
    group = GROUP_OF[line.kind]
    if group == ASK:
        return [_question_row(line)]
    strikes = line.kind in DONE_KINDS
    word = words_of(planned.preview.plan.kind).of(line.word)
    facts = (line.key, line.name, line.emp_no, MARK_OF[group], word)
    effect = effect_of(planned, line, struck) if strikes else _quiet_effect(line)
    first = Row(line.key, group, *facts, _what(line), effect, strikes, line)
    further = line.fields if line.about else line.fields[1:]
    more = [Row((line.key, n), group, line.key, what=changed(one))
            for n, one in enumerate(further)]  # fmt: skip
    return [first, *more]


def _quiet_effect(line: ShownLine) -> Any:
    return Cell("重新选", tone="ink2") if line.answered else ""


def _question_row(line: ShownLine) -> Row:
    row = f"第 {line.row} 行"
    asked = "请选是哪一位" if line.candidates and not line.other_name else line.question
    return Row(line.key, ASK, line.key, line.name, row, "ask", line.word,
               Cell(spaced(line.about), note=asked), PICK, False, line)  # fmt: skip


def _what(line: ShownLine) -> Any:
    if line.about:
        note = "　".join(filter(None, (line.note, line.why)))
        return Cell(line.about.replace("/", " / "), note=note)
    if line.fields:
        return changed(line.fields[0])
    return Cell(line.why, tone="ink2") if line.why else ""


def changed(field: ShownField) -> Changed:
    """One field as 原 → 新."""
    old, new = field.old, field.new
    if field.name in PATHS:
        old, new = old.replace("/", " / "), new.replace("/", " / ")
    if field.name == "mobile":
        old, new = spaced_phone(old), spaced_phone(new)
    return Changed(field.label, old, new)


def spaced(text: str) -> str:
    """A sentence with its phone numbers in groups and its paths with air."""
    parts = [spaced_phone(part) for part in text.split("　")]
    return "　".join(parts).replace("/", " / ")


def _problem_rows(planned: Planned) -> list[Row]:
    plan, words = planned.preview.plan, planned.words
    fields = planned.preview.reading.table.columns
    rows = []
    for group, found in ((PROBLEM, plan.problems), (WARNING, plan.warnings)):
        for number, one in enumerate(found):
            name = words.name_at(one.row) or ("整张表" if not one.row else "（没有姓名）")
            secret = "id_no" in (fields.get(one.column), one.column)
            shown = replace(one, value=masked(one.value)) if secret and one.value else one
            rows.append(_problem_row(group, number, shown, name))
    return rows


def _problem_row(group: str, number: int, one: Problem, name: str) -> Row:
    column = field_label("employee", one.column)
    value = spaced_phone(one.value)
    what = Cell(f"{column} {value}".strip(), note=one.reason)
    place = one.cell or (f"第 {one.row} 行" if one.row else "")
    if group == WARNING:
        return Row((group, number), group, "", name, place, "due", "提醒", what, "")
    word = "重复" if "同一个人" in one.reason or "相同" in one.reason else f"{column or '这行'}不对"
    return Row((group, number), group, "", name, place, "late", word, what,
               Cell("不导入" if one.skips or one.row else "", tone="ink2"))  # fmt: skip


def _unit_rows(planned: Planned) -> list[Row]:
    rows = []
    for one in planned.preview.plan.units_asked:
        what = Cell(f"{one.old} → {one.new}".replace("/", " / "),
                    note=f"{one.of} 人中有 {one.people} 人到了那里")  # fmt: skip
        if one.answer:
            said = {plans.RENAME: "更名", plans.MERGE: "合并", plans.MOVE: "真调动"}[one.answer]
            facts = (one.old.split("/")[-1], "", "arrow", said)
            rows.append(
                Row(("unit", one.old_id), ORGANISATION, "", *facts, what, AGAIN, False, one)
            )
        else:
            facts = (one.old.split("/")[-1], f"{one.people} 人", "ask", "更名了吗")
            rows.append(Row(("unit", one.old_id), ASK, "", *facts, what, PICK, False, one))
    return rows


def _organisation_rows(planned: Planned) -> list[Row]:
    asked = planned.preview.plan.titles_asked
    rows = []
    if asked:
        what = Cell("、".join(asked), note="定一次，以后都记住；也可以以后在设置里定")
        facts = (f"{len(asked)} 个新职务", "", "ask", "职务级别")
        rows.append(Row(("titles",), ORGANISATION, "", *facts, what, RANKS, False, tuple(asked)))
    for number, (what, name) in enumerate(planned.words.made()):
        mark = "arrow" if what == "部门变更" else "plus"
        rows.append(Row(("made", number), ORGANISATION, "", "", "", mark, what,
                        Cell(name.replace("/", " / "))))  # fmt: skip
    return rows


def version_of(preview: Preview) -> str:
    """Which month and version a leaver list is, of which day a roster; twice the same says so."""
    if preview.plan.kind == MEMBERS:
        return f"实有 {preview.tally['actual']} 人，应有 {preview.tally['expected']} 人"
    if preview.plan.kind != "leavers":
        return f"{preview.issued_on} 的名单"
    month = month_word(preview.said.month)
    kept = [c.record for c in preview.plan.records if isinstance(c.record, LeaverList)]
    if not kept:
        return f"{month}清单，这份文件已导入过"
    return f"{month}更正版{kept[0].version_no}" if kept[0].version_no > 1 else f"{month}清单"
