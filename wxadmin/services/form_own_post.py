"""Whether who applies has himself the post whose signature a form waits for."""

from __future__ import annotations

import re

from wxadmin.domain.form import APPROVE, DRAFTS, MAIL, SUBMIT, Form
from wxadmin.domain.person import Employee, UnitRole
from wxadmin.services.form_moves import FormMoves, Wish
from wxadmin.services.workplace import Workplace

IN_DEPARTMENT = "部门"
"""What stands before a post of one's own department: 部门经理 is its 经理."""
_ASKS_FOR_A_DECISION = frozenset({SUBMIT, APPROVE, MAIL})
_EMP_NO = re.compile(r"[（(](?P<emp_no>[^（()）]+)[）)]$")


def warning_before(workplace: Workplace, form: Form, moves: FormMoves, wish: Wish) -> str:
    """Say the same of a move that asks for a decision, where nobody said whose it was."""
    if wish.move not in _ASKS_FOR_A_DECISION or wish.by or wish.note:
        return ""
    return own_post_note(workplace, form, moves)


def own_post_note(workplace: Workplace, form: Form, moves: FormMoves) -> str:
    """Say that the applicant's own post is the one to decide, "" where it is not.

    Nobody types a name under a signature on paper, so that it is only said, never refused.
    """
    number = _EMP_NO.search(form.value("applicant_id").strip())
    if number is None or not form.is_open:
        return ""
    roles = moves.first_roles(form) if form.state in DRAFTS else moves.next_roles(form)
    for person in workplace.store.find(Employee, emp_no=number["emp_no"]) if roles else ():
        posts = _posts(workplace, person)
        own = next((role for role in roles if role.removeprefix(IN_DEPARTMENT) in posts), "")
        if own:
            return f"申请人{person.name}自己就是{own}，请由上一级签批，或在意见里写明理由。"
    return ""


def _posts(workplace: Workplace, person: Employee) -> set[str]:
    """Return what a person is: his post, its rank, and his duties for units."""
    post = workplace.positions().get(person.position_id or 0)
    words = {post.name, post.rank} if post is not None else set()
    for duty in workplace.store.find(UnitRole, employee_id=person.id):
        if duty.until is None or workplace.today <= duty.until:
            words.add(duty.role)
    return {word.removeprefix(IN_DEPARTMENT) for word in words if word}
