"""What HR's lists and signed paper prove about a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from wxadmin.domain import form as forms
from wxadmin.domain.evidence import OFFBOARDING, PersonEvidence
from wxadmin.domain.form import Form
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import Proof, contrary, proven, unknown

LEAVING_REQUESTS = frozenset({"停用", "注销", "停用/注销", "转交"})
APPLICATION, BATCH, HANDOVER = "account_request", "account_request_batch", "account_handover"
FILED = "已归档"
STILL_COUNTS = timedelta(days=60)
"""A form that was finished longer ago than this before day 0 belongs to another occasion."""


def _on_roster(e: PersonEvidence) -> Proof:
    if e.person.has_left(e.on):
        return contrary(f"已于{short_date(e.person.leave_date, e.on)}离职", "import_roster")
    if e.person.emp_no.startswith("临-") or not e.roster:
        return unknown("人事的花名册上还没有此人的工号", "import_roster")
    return proven(f"{e.roster}在册")


def _form_drafted(e: PersonEvidence) -> Proof:
    form = _form(e)
    if form is None:
        return contrary("还没有起草申请表", "new_form")
    return proven(f"{form.number}（{form.state}）")


def _form_signed(e: PersonEvidence) -> Proof:
    form = _form(e)
    if form is None:
        return contrary("还没有起草表单", "new_form")
    state = form.paper_state()
    if state in {"已签回", FILED}:
        return proven(f"{form.number}{_dated('已签回', form.signed_on, e.on)}")
    if form.printed_on is not None:
        days = (e.on - form.printed_on).days
        waited = f"（已{days}天）" if days > 0 else ""
        return contrary(f"{form.number}待签回{waited}", "sign_form", waiting=True)
    return contrary(f"{form.number}{state}", "print_form")


def _form_mailed(e: PersonEvidence) -> Proof:
    form = _form(e)
    if form is None:
        return contrary("还没有起草申请表", "new_form")
    arrived = {forms.MAILED, forms.ACCEPTED, forms.OPENED, forms.CLOSED}
    if form.received_on is not None or form.state in arrived:
        sender = f"，{form.received_from}发来" if form.received_from else ""
        return proven(f"{form.number}{_dated('已收件', form.received_on, e.on)}{sender}")
    return contrary(f"{form.number}还没有收到", "receive_form", waiting=True)


def _form_filed(e: PersonEvidence) -> Proof:
    """What was filed is proven; filing the sheet in a drawer may still be ticked by hand."""
    form = _form(e)
    if form is None or form.paper_state() != FILED:
        return unknown(f"{form.number}还没有归档" if form else "登记库里没有申请表")
    return proven(
        f"{form.number}{_dated('已归档', form.archived_on or form.notified_holder_on, e.on)}"
    )


def _leaver_list_settled(e: PersonEvidence) -> Proof:
    if e.leaver_row:
        return proven(e.leaver_row)
    if not e.leaver_source:
        return unknown("此人不属于任何一家人事的离职清单")
    month = f"{e.event_on.month}月"
    missing = f"{e.leaver_source}的{month}离职清单上还没有此人"
    return contrary(missing, "import_leavers", waiting=True)


def _dated(what: str, day: date | None, on: date) -> str:
    return f"于{short_date(day, on)}{what}" if day else what


def _form(e: PersonEvidence) -> Form | None:
    """The form of this occasion: an open one first, else the latest that was not refused."""
    fitting = [f for f in e.forms if _fits(f, e)]
    return max(fitting, key=lambda f: (f.is_open, f.id), default=None)


def _fits(form: Form, e: PersonEvidence) -> bool:
    if form.state in {forms.REJECTED, forms.WITHDRAWN}:
        return False
    if form.form_kind not in {APPLICATION, BATCH, HANDOVER}:
        return False
    for_leaving = form.form_kind == HANDOVER or form.request_kind in LEAVING_REQUESTS
    if for_leaving != (e.template == OFFBOARDING):
        return False
    last = max(
        (d for d in (form.applied_on, form.signed_on, form.notified_holder_on) if d), default=None
    )
    return form.is_open or last is None or last >= e.event_on - STILL_COUNTS


PAPER_JUDGES: dict[str, Callable[[PersonEvidence], Proof]] = {
    "on_roster": _on_roster,
    "form_drafted": _form_drafted,
    "form_signed": _form_signed,
    "form_mailed": _form_mailed,
    "form_filed": _form_filed,
    "leaver_list_settled": _leaver_list_settled,
}
