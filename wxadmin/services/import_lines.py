"""A plan as it is looked at: every line in words, what it changes field by field, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change, FieldChange
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.identity_numbers import masked
from wxadmin.domain.import_plan import Candidate, Line
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource, OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.domain.sheet import shown
from wxadmin.domain.sheet_kind import MEMBERS, WECOM
from wxadmin.domain.wecom import WecomMember
from wxadmin.domain.words import field_label, value_text
from wxadmin.services.import_line_words import (
    effect_words,
    question_word,
    with_likely,
    word_of,
)
from wxadmin.services.imports import Preview
from wxadmin.services.workplace import Workplace

QUIET = frozenset({"pinyin", "entry", "hr_source_id"})
"""Fields that follow from others and are not shown."""
NOT_SHOWN = frozenset({"seen_on", "employee_id", "account_id", "match_state", "match_how"})
"""What an address book's record keeps for itself."""
ASKED_BY = ("org_unit", "position", "mobile", "hire_date", "leave_date")
"""What of a disputed row helps to decide, in this order."""
LEAVING = frozenset({"leave_date", "leave_type"})
"""Fields of somebody who leaves that stand beside his unit, on one line."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a line: its name, what it is called, the old value, the new one."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line. `word` says what kind of change it is, `about` and `note` who a new person is."""

    key: str
    kind: str
    name: str
    emp_no: str
    row: int
    word: str
    about: str = ""
    note: str = ""
    fields: tuple[ShownField, ...] = ()
    why: str = ""
    question: str = ""
    candidates: tuple[Candidate, ...] = ()
    answered: bool = False

    @property
    def other_name(self) -> bool:
        """Say whether everybody it may mean has another name: renamed, or somebody else?"""
        return bool(self.candidates) and all(c.name != self.name for c in self.candidates)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a line sets in motion, in words."""

    checklist: str = ""
    form: bool = False
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()


class ImportLines:
    """Puts one preview into words; reads names in bulk once."""

    def __init__(self, workplace: Workplace, preview: Preview) -> None:
        self._workplace = workplace
        self._preview = preview
        units, posts, sources = _as_planned(workplace, preview)
        self._tree = OrgTree(units.values())
        self._posts, self._sources = posts, sources
        self._groups: dict[int, str] | None = None
        self._rows: dict[int, tuple[Any, ...]] | None = None

    def all(self) -> list[ShownLine]:
        """Return every line of the plan, in the plan's order."""
        return [self._line(line) for line in self._preview.plan.lines]

    def effects(self, key: str) -> Effects:
        """Return what a line sets in motion."""
        found = self._preview.consequences.get(key)
        if found is None:
            return Effects()
        return Effects(
            self._workplace.pack.checklist(found.checklist).title if found.checklist else "",
            found.form,
            self._group_names(found.joins),
            self._group_names(found.leaves),
            self._group_names(found.owns),
        )

    def effect_words(self, key: str, struck: frozenset[str] = frozenset()) -> str:
        """Return what a line sets in motion in a few words: 入职办理，附件一，加 1 群."""
        found = self._preview.consequences.get(key)
        return effect_words(found, self._titles(), struck) if found is not None else ""

    def made(self) -> list[tuple[str, str]]:
        """Return the units, posts and sources the plan makes or changes: (what, name)."""
        found = []
        for change in self._preview.plan.organisation:
            record = change.record
            if isinstance(record, OrgUnit):
                what = "新部门" if change.before is None else "部门变更"
                found.append((what, self._unit_change(change)))
            elif isinstance(record, Position):
                rank = f"（{record.rank}）" if record.rank else ""
                found.append(("新职务", f"{record.name}{rank}"))
            elif isinstance(record, HrSource):
                found.append(("新人事来源", record.name))
        return [*found, *self._preview.tally.get("notes", ())]

    def ranks(self) -> tuple[str, ...]:
        """Return the ranks a title may be given."""
        return self._workplace.pack.ranks_by_name()

    # -- one line ------------------------------------------------------------------------------
    def _line(self, line: Line) -> ShownLine:
        answered = line.row in self._preview.said.answers.rows
        plain = (line.key, line.kind, line.name, line.emp_no, line.row)
        if line.kind == plans.DISPUTED:
            said = self._row_values(line.row)
            return ShownLine(
                *plain,
                question_word(line),
                "　".join(value_text(said[name]) for name in ASKED_BY if said.get(name)),
                question=line.question,
                candidates=with_likely(line.candidates, str(said.get("org_unit") or "")),
            )
        if self._preview.plan.kind in {WECOM, MEMBERS}:
            about, note = self._new_record(line)
            return ShownLine(*plain, line.kind, about, note, self._recorded(line.key),
                             "" if about else line.why, answered=answered)  # fmt: skip
        if line.kind == plans.NEW and line.change and line.change.after:
            about, note = self._who(line.change.after)
            return ShownLine(*plain, line.kind, about, note, why=line.why, answered=answered)
        fields = self._fields(line)
        if line.kind == plans.LEFT and line.change and line.change.after:
            about, _ = self._who(line.change.after)
            fields = tuple(one for one in fields if one.name not in LEAVING)
            note = f"{line.event_on or ''} 离职　{line.change.after.leave_type}".strip()
            return ShownLine(*plain, line.kind, about, note, fields, line.why, answered=answered)
        return ShownLine(
            *plain,
            word_of(line, [one.name for one in fields]),
            fields=fields,
            why=line.why,
            answered=answered,
        )

    def _new_record(self, line: Line) -> tuple[str, str]:
        """Say who a new member of the address book is, and by what he was known."""
        for change in self._preview.records.get(line.key, ()):
            if change.before is None and isinstance(change.after, WecomMember):
                member = change.after
                about = "　".join(filter(None, (member.userid, *member.departments[:1])))
                linked = f"按{line.why}对上" if line.why else "花名册里没有"
                return about, line.question or linked
        return "", ""

    def _recorded(self, key: str) -> tuple[ShownField, ...]:
        """Return what an address book or a member list writes for a line, where it knew him."""
        return tuple(
            ShownField(one.name, field_label(change.record.kind, one.name),
                       self._text(one.name, one.old), self._text(one.name, one.new))
            for change in self._preview.records.get(key, ())
            if change.before is not None and change.after is not None
            for one in change.differences()
            if one.name not in NOT_SHOWN
        )  # fmt: skip

    def _fields(self, line: Line) -> tuple[ShownField, ...]:
        if line.change is None or line.change.before is None or line.kind == plans.UNCHANGED:
            return ()
        return tuple(self._field(one) for one in line.change.differences() if one.name not in QUIET)

    def _field(self, one: FieldChange) -> ShownField:
        label = field_label(Employee.kind, one.name)
        return ShownField(one.name, label, self._text(one.name, one.old),
                          self._text(one.name, one.new))  # fmt: skip

    def _text(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if name == "org_unit_id":
            return self._tree.text(value)
        if name == "position_id":
            return self._posts[value].name if value in self._posts else ""
        if name == "id_no":
            return masked(str(value))
        return value_text(value)

    def _who(self, person: Employee) -> tuple[str, str]:
        unit = self._tree.text(person.org_unit_id)
        post = self._text("position_id", person.position_id)
        parts = [unit, post, person.employment_type]
        hired = f"{person.hire_date} 入职" if person.hire_date else ""
        return "　".join(part for part in parts if part), hired

    def _row_values(self, row: int) -> dict[str, Any]:
        """Return what the list itself says in a row."""
        parsed = self._preview.reading.parsed
        if self._rows is None:
            self._rows = dict(parsed.rows)
        return dict(zip(parsed.fields, self._rows.get(row, ()), strict=False))

    def name_at(self, row: int) -> str:
        """Return the name a row of the file gives, also one that could not be taken."""
        table = self._preview.reading.table
        at = next((column for column, key in table.taken if key == "name"), None)
        inside = table.first_row <= row < table.first_row + table.height
        return shown(table.row(row)[at]).strip() if at is not None and inside else ""

    def _unit_change(self, change: Change[Any]) -> str:
        after = self._tree.text(change.record.id)
        if change.before is None:
            return after
        if not change.record.active:
            return f"{change.before.name}（停用，旧名仍可认）"
        if change.before.name == change.record.name:
            return f"{after}（添别名 {'、'.join(change.record.aliases)}）"
        return f"{change.before.name} → {after}"

    def _titles(self) -> Mapping[str, str]:
        return {one.id: one.title for one in self._workplace.pack.checklists}

    def _group_names(self, ids: tuple[int, ...]) -> tuple[str, ...]:
        if self._groups is None:
            rows = self._workplace.store.columns(Group, "id", "name", "side")
            self._groups = {int(group_id): f"{name}（{side}）" for group_id, name, side in rows}
        return tuple(self._groups.get(one, "") for one in ids)


def _as_planned(
    workplace: Workplace, preview: Preview
) -> tuple[dict[int, OrgUnit], dict[int, Position], dict[int, HrSource]]:
    units = dict(workplace.units().units)
    posts = dict(workplace.positions())
    sources = {one.id: one for one in workplace.store.all(HrSource)}
    for change in preview.plan.organisation:
        if isinstance(change.after, OrgUnit):
            units[change.after.id] = change.after
        elif isinstance(change.after, Position):
            posts[change.after.id] = change.after
        elif isinstance(change.after, HrSource):
            sources[change.after.id] = change.after
    return units, posts, sources
