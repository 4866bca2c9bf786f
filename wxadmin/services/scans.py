"""Scans: the tray of pages that wait, one look that files each, and what is settled by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import FINAL, MAIL, REJECT, REJECTED, SIGNED, WITHDRAWN, Form
from wxadmin.domain.form_definition import paper_code
from wxadmin.domain.incoming import (
    FILED,
    IN_TRAY,
    NOT_USED,
    TO_LOOK_AT,
    TO_SETTLE,
    Incoming,
    Scan,
)
from wxadmin.progress import Progress, silent
from wxadmin.services.form_board import FormLine
from wxadmin.services.form_decisions import approvals_given
from wxadmin.services.form_moves import FormMoves, Wish
from wxadmin.services.forms import Forms
from wxadmin.services.incomings import WAYS, Incomings, next_incoming_no
from wxadmin.services.scan_folder import ScanFolder
from wxadmin.services.scan_taking import ScanTaking, Taken
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

_OUT = ("待签回", "待打印")


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A piece in the tray, with the form it belongs to or probably belongs to."""

    id: int
    state: str
    reason: str
    source: str
    number: str
    name: str
    title: str
    form_state: str
    file: Path
    pages: int
    taken_on: date | None


@dataclass(frozen=True, slots=True)
class Filing:
    """What a look at some pieces came to: forms moved, and why others were not."""

    filed: tuple[str, ...]
    refused: tuple[tuple[int, UserError], ...]
    operation: int | None


class Scans:
    """Pages that came home; every act is one operation with one undo."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._forms = Forms(workplace)
        self._taking = ScanTaking(workplace)
        self._folder = ScanFolder(workplace)

    # -- reading --------------------------------------------------------------------------------
    def waiting(self) -> int:
        """Return how many pieces lie in the tray."""
        return self._store.count(Scan, state=set(IN_TRAY))

    def tray(self) -> list[ScanLine]:
        """Return what lies in the tray: to be looked at first, then what must be settled."""
        scans = self._store.find(Scan, state=set(IN_TRAY))
        return self._lines(sorted(scans, key=lambda one: (IN_TRAY.index(one.state), one.id)))

    def of_form(self, form_id: int) -> list[ScanLine]:
        """Return the scans filed with a form, the newest first."""
        scans = self._store.find(Scan, form_id=form_id, state=FILED)
        return self._lines(sorted(scans, key=lambda one: one.id, reverse=True))

    def _lines(self, scans: Sequence[Scan]) -> list[ScanLine]:
        ids = {scan.form_id for scan in scans if scan.form_id is not None}
        forms = self._store.find(Form, id=ids) if ids else []
        shown = {line.number: line for line in self._forms.lines(forms)}
        numbers = {form.id: form.number for form in forms}
        return [self._line(scan, shown.get(numbers.get(scan.form_id or 0, ""))) for scan in scans]

    def _line(self, scan: Scan, form: FormLine | None) -> ScanLine:
        last = scan.page + scan.pages - 1
        where = f"第{scan.page}页" if scan.pages == 1 else f"第{scan.page}至{last}页"
        return ScanLine(
            scan.id, scan.state, scan.reason, f"{scan.source_name} {where}",
            form.number if form else "", form.name if form else "", form.title if form else "",
            form.state if form else "", self._folder.path_of(scan.stored_name), scan.pages,
            scan.taken_on,
        )  # fmt: skip

    def candidates(self) -> list[FormLine]:
        """Return the forms a piece may belong to, those whose paper is still out first."""
        return sorted(self._forms.lines(), key=lambda line: line.paper_state not in _OUT)

    # -- taking in ------------------------------------------------------------------------------
    def take(self, paths: Sequence[Path], progress: Progress = silent) -> Taken:
        """Take scans in: each piece finds its form and waits for one look; nothing else moves."""
        return self._taking.take(paths, progress)

    # -- one look -------------------------------------------------------------------------------
    def confirm(self, scan_ids: Collection[int], on: date | None = None, note: str = "") -> Filing:
        """Looked at and signed: file the pieces and move their forms to 已签, as one act.

        A form that cannot be moved keeps none of the others back; its piece stays and says why.
        """
        ids = self._store.ids()
        changes: list[AnyChange] = []
        filed: list[str] = []
        refused: list[tuple[int, UserError]] = []
        taken: set[int] = set()
        moves = self._forms.moves  # one judge for all: what one opens is seen by the next
        for scan in self._called(scan_ids):
            try:
                form = self._form_of(scan, taken)
                changes += self._plan_signed(scan, form, Wish(MAIL, on=on, note=note), ids, moves)
                filed.append(form.number)
            except UserError as refusal:
                refused.append((scan.id, refusal))
                waits = replace(scan, state=TO_SETTLE, reason=refusal.message)
                changes += [Change(scan, waits)] if waits != scan else []
        return Filing(tuple(filed), tuple(refused), self._written(changes, filed, ids))

    def settle(
        self, scan_id: int, number: str, *, on: date | None = None, signed: bool = True
    ) -> str:
        """Give a piece to a form by hand; unless `signed` it is only filed, the form stays.

        Returns the form's number. Raises `UserError` where the form cannot be moved.
        """
        ids = self._store.ids()
        (scan,) = self._called([scan_id])
        form = self._forms.called(number)
        changes: list[AnyChange]
        if signed:
            changes = self._plan_signed(scan, form, Wish(MAIL, on=on), ids, self._forms.moves)
        else:
            changes = [Change(scan, self._filed(scan, form))]
        self._written(changes, [form.number], ids)
        return form.number

    def refuse(self, scan_id: int, reason: str, on: date | None = None) -> str:
        """The paper says no (不同意): file the piece and refuse its form; returns its number."""
        ids = self._store.ids()
        (scan,) = self._called([scan_id])
        form = self._form_of(scan, set())
        wish = Wish(REJECT, on=on, note=reason, scan_id=scan.id)
        changes, _ = self._forms.moves.plan_refused(form, wish, ids)
        self._written([Change(scan, self._filed(scan, form)), *changes], [form.number], ids)
        return form.number

    def to_incoming(self, scan_id: int, from_whom: str = "", note: str = "") -> str:
        """Nobody's form yet: enter a piece as 来件; returns the number it has there."""
        ids = self._store.ids()
        (scan,) = self._called([scan_id])
        day = self._workplace.today
        number = next_incoming_no(ids, day)
        stored = Incomings(self._workplace).keep(self._folder.path_of(scan.stored_name), number)
        entry = Incoming(
            ids.next(Incoming), number, day, from_whom, WAYS[0], scan.source_name, stored,
            scan.sha256, note=note or scan.reason,
        )  # fmt: skip
        settled = replace(scan, state=NOT_USED, reason=f"登记为来件{number}", settled_on=day)
        with self._workplace.act(f"来件登记：{scan.source_name}") as operation:
            operation.write([Change(scan, settled), Change(None, entry)], ids)
        return number

    def drop(self, scan_ids: Collection[int], reason: str = "") -> int | None:
        """Put pieces aside: they are not used, their files stay."""
        day = self._workplace.today
        changes: list[AnyChange] = [
            Change(
                scan, replace(scan, state=NOT_USED, settled_on=day, reason=reason or scan.reason)
            )
            for scan in self._called(scan_ids)
        ]
        with self._workplace.act(f"扫描件不用：{len(changes)}份") as operation:
            operation.write(changes)
        return operation.id

    # -- planning -------------------------------------------------------------------------------
    def _called(self, scan_ids: Collection[int]) -> list[Scan]:
        found = {scan.id: scan for scan in self._store.find(Scan, id=set(scan_ids))}
        scans = [found[one] for one in scan_ids if one in found]
        if len(scans) != len(scan_ids) or any(scan.state not in IN_TRAY for scan in scans):
            raise UserError("这份扫描件已经处理过了，没有改动。", "scan_settled")
        return scans

    def _form_of(self, scan: Scan, taken: set[int]) -> Form:
        """Return the form a piece belongs to, once in an act."""
        form = self._store.get(Form, scan.form_id) if scan.form_id is not None else None
        if form is None or scan.state != TO_LOOK_AT:
            raise UserError(scan.reason or "不知道是哪张表的，请选一张。", "no_form")
        if form.id in taken:
            raise UserError("同一份里已有这张表", "twice")
        taken.add(form.id)
        return form

    def _plan_signed(
        self, scan: Scan, form: Form, wish: Wish, ids: IdSource, moves: FormMoves
    ) -> list[AnyChange]:
        """The sheet is signed: the moves up to its receipt, each with the page that shows it."""
        if form.state in (REJECTED, WITHDRAWN):
            raise UserError(f"{form.number}已“{form.state}”，不用再签回。", "unlawful_move")
        filed: AnyChange = Change(scan, self._filed(scan, form))
        if form.state in SIGNED | FINAL and not _waits_for_paper(form, moves):
            return [filed, *self._shown_late(scan, form, moves)]
        line = self._forms.line(form)
        sender = form.received_from or form.value("applicant_id") or line.name
        signed = replace(wish, scan_id=scan.id, received_from=sender)
        changes, _ = moves.plan_signed(form, signed, ids)
        return [filed, *changes]

    def _shown_late(self, scan: Scan, form: Form, moves: FormMoves) -> list[AnyChange]:
        """The form went on before its paper was scanned: the page goes with its approvals."""
        given = approvals_given(moves.steps(form))
        shown: list[AnyChange] = [
            Change(step, replace(step, scan_id=scan.id)) for step in given if step.scan_id is None
        ]
        if form.signed_on is None:
            day = self._workplace.today
            signed = replace(form, signed_on=day, printed_on=form.printed_on or day)
            shown.append(Change(form, signed))
        return shown

    def _filed(self, scan: Scan, form: Form) -> Scan:
        """Return the piece as filed with a form, under that form's name."""
        stored = scan.stored_name
        name = self._taking.form_name(form)
        if not stored.startswith(name):
            stored, _ = self._folder.put(self._folder.read(stored), name)
        return replace(
            scan,
            form_id=form.id,
            code=paper_code(form.number, form.definition_version, form.sheet),
            stored_name=stored,
            state=FILED,
            reason="",
            settled_on=self._workplace.today,
        )

    def _written(self, changes: list[AnyChange], filed: Sequence[str], ids: IdSource) -> int | None:
        if not changes:
            return None
        what = filed[0] if len(filed) == 1 else f"{len(filed)}张表"
        title = f"扫描件归到：{what}" if filed else "扫描件转待处理"
        with self._workplace.act(title) as operation:
            operation.write(combined(changes), ids)
        return operation.id


def _waits_for_paper(form: Form, moves: FormMoves) -> bool:
    """Whether an approved form is still to be received, or a signature on it is owed."""
    return any(step.is_owed for step in moves.steps(form)) or MAIL in moves.lawful(form)
