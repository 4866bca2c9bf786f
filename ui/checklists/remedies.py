"""The remedy of a step: the act that makes the register say it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wxadmin.domain.checklist_view import StepView
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.settling import Settling

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

Do = Callable[[], Any]
_OF_GROUPS = frozenset({
    "import_members", "end_admin", "set_owner", "bind_number", "register_group", "check_group",
    "dissolve_group", "release_number",
})  # fmt: skip
_OF_FORMS = frozenset({"print_form", "sign_form", "receive_form", "open_account"})
_OF_IMPORTS = frozenset({"import_roster", "import_leavers", "import_directory"})
_FATES = frozenset({"dispose_account", "close_account"})


def remedy_of(desk: ChecklistsDesk, view: ChecklistView, step: StepView) -> Do | None:
    """Return what the remedy's button does, None where the step has no remedy."""
    if not step.act or not view.look.checklist.is_open:
        return None
    person = view.look.checklist.employee_id
    context = desk.context
    if step.act in _OF_IMPORTS:
        return lambda: context.navigate("imports")
    if person is not None:
        return _of_person(desk, view, step, person)
    group = view.look.checklist.group_id
    return lambda: context.navigate("groups", group)


def _of_person(desk: ChecklistsDesk, view: ChecklistView, step: StepView, person: int) -> Do | None:
    from ui.checklists import fates, group_moves, handing_over

    settling = Settling(desk.context.services, person)
    name = view.name
    own: dict[str, Do] = {
        "transfer_owner": lambda: handing_over.transfer_groups(desk, view),
        "hand_over_number": lambda: handing_over.give_numbers(desk, view),
        "record_members": lambda: group_moves.record_moves(desk, view),
        "new_form": lambda: _draft(desk, view, person),
        "put_in_directory": lambda: desk.acted(
            f"已登记{name}加入通讯录", settling.put_into_directory
        ),
        "correct_directory": lambda: desk.acted(
            f"已登记{name}的通讯录更新", settling.update_directory
        ),
        "take_out_of_directory": lambda: desk.acted(
            f"已登记{name}移出通讯录", settling.take_out_of_directory
        ),
    }
    if step.act in own:
        return own[step.act]
    if step.act == "settle_accounts":
        return lambda: desk.context.navigate("accounts", step.things[0])
    if step.act in _FATES:
        return lambda: fates.decide(desk, view)
    if step.act in _OF_FORMS:
        return lambda: _to_form(desk, person)
    return _to_groups(desk, step) if step.act in _OF_GROUPS else None


def _to_groups(desk: ChecklistsDesk, step: StepView) -> Do:
    first = step.things[0] if step.things else None
    return lambda: desk.context.navigate("groups", first)


def _to_form(desk: ChecklistsDesk, person: int) -> None:
    """The person's open form at the desk of forms; the newest if there are several."""
    found = desk.context.services.store.find(Form, employee_id=person)
    open_ones = [form for form in found if form.is_open] or found
    if open_ones:
        desk.context.navigate("forms", max(open_ones, key=lambda form: form.id).number)
    else:
        desk.context.navigate("forms")


def _draft(desk: ChecklistsDesk, view: ChecklistView, person_id: int) -> None:
    """Draft the form that fits the occasion, and go to it."""
    from ui.shared.acting import newest, tell
    from wxadmin.domain.errors import UserError
    from wxadmin.domain.evidence import OFFBOARDING
    from wxadmin.services.form_shelf import ACCOUNT_HANDOVER, ACCOUNT_REQUEST
    from wxadmin.services.forms import Forms

    leaving = view.look.checklist.template == OFFBOARDING
    person = desk.context.services.store.get(Employee, person_id)
    before = newest(desk.context)
    try:
        kind = ACCOUNT_HANDOVER if leaving else ACCOUNT_REQUEST
        form = Forms(desk.context.services).draft(kind, person=person)
    except UserError as refusal:
        desk.context.messages.error(refusal)
        return
    tell(desk.context, f"已起草 {form.number}", form, before)
    desk.context.navigate("forms", form.number)
