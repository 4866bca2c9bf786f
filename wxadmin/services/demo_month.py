"""The acts of the demo's month: HR's lists taken in, forms carried through, accounts opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wxadmin.domain import import_plan as plans
from wxadmin.domain.form import ACCEPT, APPROVE, COMPLETE, MAIL, NOTIFY, SUBMIT
from wxadmin.domain.import_plan import Line, Plan
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_planner import Answers
from wxadmin.services.forms import Forms
from wxadmin.services.imports import Imports, Preview, Said
from wxadmin.services.sample_month import HrFile
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.demo import Diary

RESULTS = "2 导入结果"
ROUTE = (SUBMIT, APPROVE, MAIL, ACCEPT, COMPLETE, NOTIFY)
STAY_OPEN = 1
"""So many of the new forms are left waiting for their signature."""


class DemoMonth:
    """Does what the administrator would do; every act is one operation of the journal."""

    def __init__(self, workplace: Workplace, diary: Diary) -> None:
        self._workplace = workplace
        self._diary = diary
        self._imports = Imports(workplace)

    # -- HR's lists ---------------------------------------------------------------------------
    def take_rosters(self, files: Sequence[HrFile]) -> list[Employee]:
        """Take the rosters in; returns the joiners."""
        joined: list[Employee] = []
        for file in files:
            preview = self._take(file)
            joined += [
                line.change.after
                for line in preview.plan.of_kind(plans.NEW)
                if line.change is not None and line.change.after is not None
            ]
        return joined

    def take_leavers(self, files: Sequence[HrFile]) -> list[Employee]:
        """Take the leaver lists in, the correction last; returns who really leaves."""
        lists = {entry.id for entry in self._workplace.store.all(LeaverList)}
        left: dict[int, Employee] = {}
        for file in files:
            for line in self._take(file).plan.lines:
                if line.change is None or line.change.after is None:
                    continue
                person = line.change.after
                if line.kind == plans.RETURNED:
                    left.pop(person.id, None)
                elif line.kind in {plans.LEFT, plans.CHANGED, plans.UNCHANGED}:
                    left[person.id] = person
        new = self._workplace.store.count(LeaverList) - len(lists)
        self._diary.made(f"离职清单 {new} 份入库，实际离职 {len(left)} 人。")
        return list(left.values())

    def _take(self, file: HrFile) -> Preview:
        """Read a list, decide what must be decided, apply it, and write HR's own file back."""
        reading = self._imports.read(file.path)
        said = Said(file.source, file.month)
        plan = self._imports.plan(reading, said).plan
        rows = {line.row: _decision(line, file.source) for line in plan.of_kind(plans.DISPUTED)}
        titles = dict.fromkeys(plan.titles_asked, self._lowest_rank())
        said = Said(file.source, file.month, answers=Answers(rows=rows, titles=titles))
        preview = self._imports.plan(reading, said)
        self._imports.apply(preview)
        self._write_back(file, preview)
        return preview

    def _lowest_rank(self) -> str:
        return self._workplace.pack.ranks_by_name()[-1]

    def _write_back(self, file: HrFile, preview: Preview) -> None:
        from wxadmin.sheets.writing import write_problem_rows, write_result_column

        table, plan = preview.reading.table, preview.plan
        back = self._diary.place(RESULTS, f"{file.path.stem}_处理结果.xlsx")
        write_result_column(back, table, preview.results())
        made = [back]
        if plan.problems:
            bad = self._diary.place(RESULTS, f"{file.path.stem}_问题行.xlsx")
            write_problem_rows(bad, table, plan.problems)
            made.append(bad)
        self._diary.made(f"导入{file.path.name}：{_counts(plan)}。", *made)

    # -- forms and accounts -------------------------------------------------------------------
    def open_accounts(self, numbers: Sequence[str]) -> None:
        """Take the joiners' forms along their route to the open account; one stays waiting."""
        forms = Forms(self._workplace)
        mails = [self._run_through(forms, number) for number in numbers[STAY_OPEN:]]
        target = self._diary.place("3 表单", "已开通通知邮件.txt")
        target.write_text("\n\n----\n\n".join(mails), encoding="utf-8", newline="\r\n")
        self._diary.made(f"附件一办结 {len(mails)} 张，开通账号并加入通讯录。", target)

    def _run_through(self, forms: Forms, number: str) -> str:
        """Make every move of the route that this form has; returns the mail that says so."""
        name = forms.line(forms.called(number)).name
        mail = ""
        for move in ROUTE:
            lawful = forms.moves.lawful(forms.called(number))
            while move in lawful:
                sender = name if move == MAIL else ""
                moved = forms.move(number, move, received_from=sender)
                lawful = moved.moves if move == APPROVE else ()
            if move == COMPLETE:
                mail = forms.mail(number).text
        return mail


def _decision(line: Line, source: str) -> str:
    """Answer as the sample office would: the one of that source's own unit, else another day."""
    unit = source.removesuffix("人事")
    own = [c for c in line.candidates if c.org_unit.startswith(unit)]
    likely = [c for c in own if c.likely] or own
    return likely[-1].emp_no if likely else plans.LATER


def _counts(plan: Plan) -> str:
    words = (plans.NEW, plans.CHANGED, plans.LEFT, plans.RETURNED)
    parts = [f"{word}{plan.count(word)}人" for word in words if plan.count(word)]
    problems = f"，问题 {len(plan.problems)} 处" if plan.problems else ""
    return ("、".join(parts) or "没有变动") + problems
