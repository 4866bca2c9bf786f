"""What --decide and --strike said: what there is not is refused, an idle answer is warned of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wxadmin.domain import import_plan as plans
from wxadmin.domain.consequences import CHECKLIST, FORM
from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.person import Employee
from wxadmin.services.import_preview import Preview, Struck
from wxadmin.services.workplace import Workplace

_WORDS = frozenset({plans.NEW_PERSON, plans.LATER})


def refuse_unknown_people(workplace: Workplace, answers: Mapping[int, str]) -> None:
    """Refuse an answer that names nobody in the register, before anything is planned."""
    named = {row: answer for row, answer in answers.items() if answer not in _WORDS}
    if not named:
        return
    people = workplace.store.columns(Employee, "id", "emp_no")
    known = {text for id_, no in people for text in (no, plans.person_answer(id_))}
    for row, answer in named.items():
        if answer not in known:
            raise UserError(
                f"--decide 的“{row}={answer}”：登记里没有工号“{answer}”，没有改动。"
                "可写在册的工号、new 或 skip。",
                "no_person",
            )


def struck_out(preview: Preview, said: Sequence[str]) -> Struck:
    """Return what is struck out: "3" or "00012" a whole line, "3:form" one of its consequences."""
    keys = {name: line.key for line in preview.plan.lines for name in (line.key, line.emp_no)}
    lines, parts = set(), set()
    for text in said:
        name, _, part = text.partition(":")
        if name not in keys or not name:
            raise UserError(f"--strike 的“{name}”不是预览里的行号或工号，没有改动。", "no_line")
        if part and part not in (CHECKLIST, FORM):
            raise UserError(
                f"--strike 只能划掉 {CHECKLIST}（办理）或 {FORM}（附件一），没有“{part}”。",
                "wrong_words",
            )
        if part:
            parts.add((keys[name], part))
        else:
            lines.add(keys[name])
    return Struck(frozenset(lines), frozenset(parts))


def undecided(preview: Preview, struck: Struck) -> bool:
    """Say whether something is still to be decided; a line that is struck out is not."""
    asked = preview.plan.of_kind(plans.DISPUTED)
    return preview.plan.undecided > sum(line.key in struck.lines for line in asked)


def without_effect(preview: Preview) -> list[Problem]:
    """Return a warning for every answer that decided nothing."""
    plan = preview.plan
    kinds = {line.row: line.kind for line in plan.lines}
    return [
        Problem(row, "", "--decide", answer, _why(row, kinds.get(row), answer))
        for row, answer in preview.said.answers.rows.items()
        if row not in plan.answered
    ]


def _why(row: int, kind: str | None, answer: str) -> str:
    if kind is None:
        return f"--decide 的第{row}行不在名单的有效行里，没有用上。"
    if kind == plans.DISPUTED:
        return f"--decide 的“{answer}”不是第{row}行可选的人，没有用上。"
    return f"第{row}行不用确认，--decide 没有用上。"
