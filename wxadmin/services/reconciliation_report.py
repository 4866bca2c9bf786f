"""The outcome of 三方核对 on paper and in a workbook: one line per person, the rest beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.reconciliation_finding import KINDS
from wxadmin.domain.reconciliation_words import ACTS
from wxadmin.services.checklist_paper import register_definition
from wxadmin.services.reconciliation_view import Age, Item, Reconciled
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

HEADINGS = (
    "姓名", "工号", "部门", "类别", "字段", "人事", "台账", "企业微信", "群组", "说明", "怎么办",
    "标记",
)  # fmt: skip
WIDTHS = (12.0, 12.0, 24.0, 10.0, 10.0, 20.0, 20.0, 20.0, 20.0, 48.0, 14.0, 12.0)
TITLE = "三方核对"


def summary_text(seen: Reconciled) -> str:
    """Return the counts in one line: 待开通3、待清理1……一致293."""
    parts = [f"{word}{seen.summary[kind]}" for kind, word in KINDS.items() if seen.summary[kind]]
    return "、".join([*parts, f"一致{seen.summary['ok']}"])


def age_text(age: Age) -> str:
    """Return how old a list is: 莆田一厂人事：12天前（11-08）."""
    if age.on is None or age.days is None:
        return f"{age.name}：还没有"
    when = "今天" if age.days <= 0 else f"{age.days}天前（{age.on:%m-%d}）"
    return f"{age.name}：{when}"


def lists_text(seen: Reconciled) -> str:
    """Return the age of HR's lists, the register and the export, and how many groups are old."""
    parts = [age_text(age) for age in seen.ages if age.side != "群"]
    old = sum(age.old for age in seen.ages if age.side == "群")
    groups = sum(age.side == "群" for age in seen.ages)
    return "　".join([*parts, f"群成员名单：{groups}个群，{old}个过期或没有"])


def oldest_text(seen: Reconciled) -> str:
    """Return the age of the lists in few words, for the head of a page: the oldest one of HR's."""
    hr = [age for age in seen.ages if age.side == "人事"]
    dated = [age for age in hr if age.days is not None]
    parts = []
    if dated:
        parts.append(f"花名册最旧的{max(age.days or 0 for age in dated)}天前")
    if len(dated) < len(hr):
        parts.append(f"{len(hr) - len(dated)}个人事来源没有花名册")
    export = next(age for age in seen.ages if age.side == "企业微信")
    parts.append("没有通讯录导出" if export.days is None else f"通讯录{export.days}天前")
    old = sum(age.old for age in seen.ages if age.side == "群")
    return "、".join([*parts, *([f"{old}个群的名单过期或没有"] if old else [])])


class ReconciliationReport:
    """Writes what was found; looks at nothing anew."""

    def __init__(self, workplace: Workplace, seen: Reconciled) -> None:
        self._workplace = workplace
        self._seen = seen

    def write(self, path: Path) -> int:
        """Write the workbook: every finding and what is set aside; returns the number of rows."""
        from wxadmin.sheets.writing import write_table

        return write_table(path, TITLE, HEADINGS, list(self._cells()), WIDTHS)

    def _cells(self) -> Iterator[list[str]]:
        for item in (*self._seen.items, *self._seen.set_aside):
            yield _cells_of(item)
        for wrong in self._seen.wrong_hr:
            said = f"人事写的是“{wrong.hr or '（空）'}”，等人事更正"
            yield [
                wrong.name, wrong.emp_no, "", "人事数据", wrong.label, wrong.hr, wrong.right, "",
                "", said, "请人事更正", wrong.mark.mark,
            ]  # fmt: skip

    def pages(self, measure: Measure) -> tuple[Page, ...]:
        """Return the report on A4 landscape; a person's name stands once."""
        from wxadmin.paper.register import RegisterSheet, register_pages
        from wxadmin.paper.values import chinese_date

        today = self._workplace.today
        company = self._workplace.office().company_name
        values = {
            "as_of": chinese_date(today),
            "summary": summary_text(self._seen),
            "lists": oldest_text(self._seen),
        }
        sheet = RegisterSheet(list(self._rows()), company, values, today, self._workplace.by)
        definition = register_definition(self._workplace, "reconciliation")
        return register_pages(definition, sheet, measure)

    def _rows(self) -> Iterator[Mapping[str, object]]:
        for number, line in enumerate(self._seen.lines, start=1):
            for place, item in enumerate(line.items):
                first = place == 0
                yield {
                    "no": str(number) if first else "",
                    "name": item.name if first else "",
                    "emp_no": item.emp_no if first else "",
                    "dept": item.org_unit if first else "",
                    "kind": KINDS[item.kind],
                    "field": item.group_shown or item.label,
                    "hr": item.hr,
                    "register": item.register,
                    "wecom": item.wecom,
                    "reason": item.reason,
                }


def _cells_of(item: Item) -> list[str]:
    act = f"{ACTS[item.acts[0]]} {item.under_way}".strip() if item.acts else ""
    mark = item.mark.mark if item.mark else ""
    return [
        item.name, item.emp_no, item.org_unit, KINDS[item.kind], item.label, item.hr,
        item.register, item.wecom, item.group_shown, item.reason, act, mark,
    ]  # fmt: skip
