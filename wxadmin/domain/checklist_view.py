"""A checklist as it stands on a day: every step with its mark, its proof, and what remedies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wxadmin.domain.checklist import (
    NOT_APPLICABLE,
    OPEN,
    TICKED,
    WAIVED,
    Checklist,
    ChecklistItem,
)
from wxadmin.domain.evidence import OFFBOARDING, ONBOARDING, TRANSFER, Evidence
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import ACTS, BY_PROOF, CONTRARY, NOTHING, PROVEN, UNKNOWN, Proof
from wxadmin.domain.proofs import judge

TICK, PROOF, WAITING, EMPTY = "tick", "proof", "waiting", "empty"
DUE, LATE, STUCK, WAIVE, SLASH = "due", "late", "stuck", "waived", "slash"
LEGEND: tuple[tuple[str, str], ...] = (
    (TICK, "已办"),
    (PROOF, "有据自动勾"),
    (WAITING, "等签回"),
    (EMPTY, "未办"),
    (DUE, "今天到期"),
    (LATE, "逾期"),
    (STUCK, "卡住"),
    (WAIVE, "免办"),
    (SLASH, "不适用"),
)
"""Every mark a step may have, in the order of the legend, with its word."""

MARK_WORDS: Mapping[str, str] = dict(LEGEND)
SETTLED = frozenset({TICK, PROOF, WAIVE, SLASH})


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as it stands. `sentence` is its proof, its note, or what is missing.

    `when` is a short word for the right edge (今天, 逾期3天, 11-25前); `act` is the remedy's id.
    `provable` steps cannot be ticked while the register says otherwise (`contrary`).
    """

    item: ChecklistItem
    mark: str
    sentence: str
    when: str
    act: str = ""
    things: tuple[str, ...] = ()
    contrary: bool = False
    holds_up: bool = False
    finding: str = ""

    @property
    def settled(self) -> bool:
        """Say whether nothing is left to do."""
        return self.mark in SETTLED

    @property
    def counts(self) -> bool:
        """Say whether the step counts in n/m; what does not apply does not."""
        return self.mark != SLASH

    @property
    def state(self) -> str:
        """Return the step's state in the words of the register (待办 完成 不适用 豁免)."""
        by_mark = {TICK: TICKED, PROOF: TICKED, WAIVE: WAIVED, SLASH: NOT_APPLICABLE}
        return by_mark.get(self.mark, OPEN)

    @property
    def word(self) -> str:
        """Return the word beside the mark."""
        return MARK_WORDS[self.mark]

    @property
    def act_label(self) -> str:
        """Return what the remedy is called, "" where there is none."""
        return ACTS.get(self.act, "")


@dataclass(frozen=True, slots=True)
class Look:
    """A checklist on a day: its steps, how far it is, and what holds it up."""

    checklist: Checklist
    steps: tuple[StepView, ...]

    @property
    def done(self) -> int:
        """Count the steps that are settled and count."""
        return sum(step.settled and step.counts for step in self.steps)

    @property
    def total(self) -> int:
        """Count the steps that count."""
        return sum(step.counts for step in self.steps)

    @property
    def open_steps(self) -> tuple[StepView, ...]:
        """Return the steps still to be done, those that block first."""
        left = [step for step in self.steps if not step.settled]
        return tuple(sorted(left, key=lambda s: (not s.item.blocking, s.item.no)))

    @property
    def obstacle(self) -> StepView | None:
        """Return the step that stands in the way of closing, worst first."""
        left = [step for step in self.open_steps if step.item.blocking]
        return min(left, key=lambda s: (not s.holds_up, s.item.no), default=None)

    @property
    def worst(self) -> StepView | None:
        """Return the open step to be shown for the whole list: stuck, late, due, the next."""
        rank = {STUCK: 0, LATE: 1, DUE: 2, WAITING: 3, EMPTY: 4}
        held = {s.item.no: 0 if s.mark == STUCK and s.holds_up else 1 for s in self.open_steps}
        return min(
            self.open_steps,
            key=lambda s: (
                held[s.item.no],
                rank[s.mark] if s.mark != STUCK or s.holds_up else rank[LATE],
                s.item.due_on or date.max,
                s.item.no,
            ),
            default=None,
        )


def look_at(
    checklist: Checklist, items: Iterable[ChecklistItem], evidence: Evidence | None, on: date
) -> Look:
    """Judge every step on a day. A closed checklist is shown as it was left."""
    ordered = sorted(items, key=lambda item: item.no)
    if not checklist.is_open or evidence is None:
        return Look(checklist, tuple(_as_left(item, on) for item in ordered))
    proofs = {item.no: judge(item.proof_kind, evidence) for item in ordered}
    settled = {item.no: _settled_mark(item, proofs[item.no]) for item in ordered}
    by_no = {item.no: item for item in ordered}
    steps = []
    for item in ordered:
        mark = settled[item.no]
        if mark:
            steps.append(_settled_step(item, mark, proofs[item.no], on))
        else:
            first = [by_no[no] for no in item.prerequisites if not settled.get(no, SLASH)]
            steps.append(_open_step(item, first, proofs[item.no], on))
    return Look(checklist, tuple(steps))


def _settled_mark(item: ChecklistItem, proof: Proof | None) -> str:
    """The mark of a step that is settled, "" for one that is open."""
    if item.state == NOT_APPLICABLE:
        return SLASH
    if item.state == WAIVED:
        return WAIVE
    if proof is not None and proof.finding == PROVEN:
        return PROOF
    if proof is not None and proof.finding == NOTHING:
        return SLASH
    alone = bool(item.stand_in) and not item.blocking
    by_hand = proof is None or proof.finding == UNKNOWN or alone
    return TICK if item.state == TICKED and by_hand else ""


def _settled_step(item: ChecklistItem, mark: str, proof: Proof | None, on: date) -> StepView:
    said = proof.sentence if proof is not None and proof.settles and not item.settled else ""
    when = _settled_when(item, mark, on)
    finding = proof.finding if proof else ""
    return StepView(item, mark, said or _note(item), when, finding=finding)


def _note(item: ChecklistItem) -> str:
    """What somebody wrote when settling a step; for 单方办理 who did it and who looked on."""
    if not item.stand_in:
        return item.note
    return f"单方办理：{item.stand_in}代办，{item.witness}监交。{item.note}"


def _settled_when(item: ChecklistItem, mark: str, on: date) -> str:
    if mark == TICK and item.done_on:
        return _day(item.done_on, on)
    return MARK_WORDS[mark] if mark in {WAIVE, SLASH} else ""


def _open_step(
    item: ChecklistItem, first: list[ChecklistItem], proof: Proof | None, on: date
) -> StepView:
    mark = _open_mark(item, first, proof, on)
    sentence = proof.sentence if proof else item.note
    if first and not (proof and proof.holds_up):
        before = "、".join(i.title for i in first)
        missing = [sentence] if proof and proof.finding == CONTRARY else []
        sentence = "；".join([*missing, f"先办：{before}"])
    return StepView(
        item,
        mark,
        sentence,
        _open_when(item, mark, first, on),
        proof.act if proof else "",
        proof.things if proof else (),
        contrary=proof is not None and proof.finding == CONTRARY,
        holds_up=proof is not None and proof.holds_up,
        finding=proof.finding if proof else "",
    )


def _open_mark(
    item: ChecklistItem, first: list[ChecklistItem], proof: Proof | None, on: date
) -> str:
    if proof and proof.holds_up and item.blocking and item.due_on and item.due_on <= on:
        return STUCK
    if first:
        return EMPTY  # the late one is its forerunner; a column of alarms would hide it
    if item.due_on is not None and item.due_on <= on:
        return LATE if item.due_on < on else DUE
    return WAITING if proof and proof.waiting else EMPTY


def _open_when(item: ChecklistItem, mark: str, first: list[ChecklistItem], on: date) -> str:
    if mark == STUCK:
        return "办完才能办结"
    return "先办别的" if first else due_word(item.due_on, on)


def due_word(due_on: date | None, on: date) -> str:
    """Say when something is due: 逾期3天, 今天, 11-25前; "" for no date."""
    if due_on is None:
        return ""
    days = (on - due_on).days
    if days > 0:
        return f"逾期{days}天"
    return "今天" if days == 0 else f"{_day(due_on, on)}前"


def _day(day: date, on: date) -> str:
    return day.isoformat() if day.year != on.year else f"{day:%m-%d}"


def _as_left(item: ChecklistItem, on: date) -> StepView:
    """A step of a checklist nobody works on any more, from its record alone."""
    marks = {WAIVED: WAIVE, NOT_APPLICABLE: SLASH, OPEN: EMPTY}
    by_proof = item.state == TICKED and item.note.startswith(BY_PROOF)
    mark = PROOF if by_proof else marks.get(item.state, TICK)
    return StepView(item, mark, _note(item), _settled_when(item, mark, on))


def blocked_sentence(name: str, look: Look) -> str:
    """Say why a checklist cannot be closed, "" where nothing blocks: 还不能办结：林××仍是4个…"""
    obstacle = look.obstacle
    if obstacle is None:
        return ""
    said = obstacle.sentence
    if obstacle.contrary and not said.startswith("先办"):
        title = obstacle.item.title
        text = f"{name}{said}" if said.startswith("仍") else f"{name}的“{title}”没办完，{said}"
    else:
        text = f"{name}的“{obstacle.item.title}”还没有办"
    return f"还不能办结：{text}。"


EVENT_WORDS = {ONBOARDING: "入职", TRANSFER: "调岗", OFFBOARDING: "离职"}


def event_text(checklist: Checklist, on: date) -> str:
    """Say what a checklist is about: 11月18日离职."""
    return f"{short_date(checklist.event_on, on)}{EVENT_WORDS.get(checklist.template, '')}"


def event_short(checklist: Checklist, on: date) -> str:
    """Say the same for a narrow column: 11-18 离职."""
    word = EVENT_WORDS.get(checklist.template, "")
    return f"{_day(checklist.event_on, on)} {word}".rstrip()
