"""What is still to be done in WeCom's console for people who leave, join or move, one by one."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.checklist_view import StepView
from wxadmin.domain.evidence import OFFBOARDING, ONBOARDING
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.services.checklist_views import ChecklistView, ChecklistViews
from wxadmin.services.settling import Settling
from wxadmin.services.workplace import Workplace

TAKE_OUT, PUT_IN, CORRECT = "take_out_of_directory", "put_in_directory", "correct_directory"
_IN_CONSOLE = (TAKE_OUT, PUT_IN, CORRECT)
_KINDS = {OFFBOARDING: "离职", ONBOARDING: "入职"}


@dataclass(frozen=True, slots=True)
class ConsoleTask:
    """One thing to do in the console. `first` says what must be settled before it, "" if nothing;
    `what` is the step in one sentence."""

    checklist_id: int
    step_no: int
    employee_id: int
    kind: str
    act: str
    what: str
    name: str
    emp_no: str
    place: str
    position: str
    mobile: str
    userid: str
    event_on: date
    first: str = ""

    @property
    def key(self) -> tuple[int, int]:
        """Return what tells the task from all others."""
        return (self.checklist_id, self.step_no)


class ConsoleTasks:
    """Reads what is open in the console, and records it as done."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def all(self) -> list[ConsoleTask]:
        """Return every open task: what can be done before what must wait, leavers first."""
        views = [
            view
            for view in ChecklistViews(self._workplace).open_ones()
            if view.look.checklist.employee_id is not None
        ]
        due = [
            (view, step)
            for view in views
            for step in view.look.open_steps
            if step.act in _IN_CONSOLE
        ]
        wanted = {view.look.checklist.employee_id for view, _ in due}
        store = self._workplace.store
        people = {person.id: person for person in store.find(Employee, id=wanted)}
        userids = {
            account.holder_id: account
            for account in store.find(Account, holder_id=wanted, state=LIVE)
        }
        tasks = [_task(view, step, people, userids) for view, step in due]
        return sorted(tasks, key=_urgency)

    def done(self, task: ConsoleTask) -> int | None:
        """Record that a task was done in the console, as one act."""
        settling = Settling(self._workplace, task.employee_id)
        acts = {
            TAKE_OUT: settling.take_out_of_directory,
            PUT_IN: settling.put_into_directory,
            CORRECT: settling.update_directory,
        }
        return acts[task.act]()


def _urgency(task: ConsoleTask) -> tuple[bool, int, date, str]:
    return (bool(task.first), _IN_CONSOLE.index(task.act), task.event_on, task.name)


def _task(
    view: ChecklistView,
    step: StepView,
    people: dict[int, Employee],
    accounts: dict[int | None, Account],
) -> ConsoleTask:
    checklist = view.look.checklist
    person = people[checklist.employee_id or 0]
    account = accounts.get(person.id)
    return ConsoleTask(
        checklist.id,
        step.item.no,
        person.id,
        _KINDS.get(checklist.template, "调岗"),
        step.act,
        step.item.text,
        person.name,
        person.emp_no,
        view.unit,
        view.position,
        account.mobile if account and account.mobile else person.mobile,
        account.wecom_userid if account else "",
        checklist.event_on,
        _first(view, step),
    )


def _first(view: ChecklistView, step: StepView) -> str:
    """What must be settled before: a leaver's groups before his account is taken away."""
    before = [view.step(no) for no in step.item.prerequisites]
    open_ones = [one for one in before if one is not None and not one.settled]
    return "；".join(f"先办“{one.item.title}”：{one.sentence}" for one in open_ones)
