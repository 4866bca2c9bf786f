"""Read a pack's checklists and recurring tasks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wxadmin.domain.checklist_template import (
    PROOFS,
    SUBJECTS,
    ChecklistTemplate,
    DueRule,
    Step,
)
from wxadmin.domain.policy import Recurring
from wxadmin.domain.policy_settings import Setting
from wxadmin.policy.reading import Names
from wxadmin.policy.toml_table import Table

MONTH_END = "month_end"


def read_checklists(
    tables: list[Table], settings: Mapping[str, Setting]
) -> tuple[ChecklistTemplate, ...]:
    """The checklists, each with its steps in the order of their numbers."""
    names = Names("办理清单")
    templates = []
    for table in tables:
        template = ChecklistTemplate(
            id=table.text("id"),
            title=table.text("title"),
            subject=table.choice("subject", SUBJECTS),
            day_zero=table.text("day_zero"),
            trigger=table.text("trigger"),
            steps=_read_steps(table.tables("steps", required=True), settings),
        )
        names.add(table, "id", template.id)
        table.finish()
        templates.append(template)
    return tuple(templates)


def _read_steps(tables: list[Table], settings: Mapping[str, Setting]) -> tuple[Step, ...]:
    numbers = Names("步骤序号")
    for table in tables:
        numbers.add(table, "no", table.whole("no"))
    steps = [_read_step(table, numbers, settings) for table in tables]
    return tuple(sorted(steps, key=lambda step: step.no))


def _read_step(table: Table, numbers: Names, settings: Collection[str]) -> Step:
    step = Step(
        no=table.whole("no"),
        short=table.text("short"),
        title=table.text("title"),
        text=table.text("text"),
        role=table.text("role"),
        due=_read_due(table, settings),
        source=table.text("source"),
        required=table.truth("required"),
        blocking=table.truth("blocking", default=False),
        proof=table.choice("proof", PROOFS, "none"),
        needs_leaver=table.truth("needs_leaver", default=False),
        prerequisites=table.wholes("prerequisites"),
    )
    numbers.check(table, "prerequisites", *step.prerequisites)
    if step.no in step.prerequisites:
        table.refuse("prerequisites", f"第{step.no}步不能以自己为前置步骤")
    table.finish()
    return step


def _read_due(table: Table, settings: Collection[str]) -> DueRule:
    """`due` is days after day 0, "month_end", or the key of a setting that holds days."""
    written = table.raw("due")
    if written == MONTH_END:
        return DueRule(month_end=True)
    if isinstance(written, str):
        if written not in settings:
            table.refuse("due", f"“due”里的设定“{written}”不存在")
        return DueRule(setting=written)
    return DueRule(days=table.whole("due"))


def read_recurring(tables: list[Table], frequencies: Collection[str]) -> tuple[Recurring, ...]:
    """The tasks that come back."""
    names = Names("周期任务")
    items = []
    for table in tables:
        item = Recurring(
            id=table.text("id"),
            title=table.text("title"),
            every=table.choice("every", frozenset(frequencies)),
            role=table.text("role"),
            source=table.text("source"),
        )
        names.add(table, "id", item.id)
        table.finish()
        items.append(item)
    return tuple(items)
