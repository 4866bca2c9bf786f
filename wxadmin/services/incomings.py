"""来件登记: what came in without our code, such as a photo or a Word file, until it is settled."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.incoming import FILED, NOT_USED, TO_SETTLE, Incoming
from wxadmin.files import reason_of, replace_file
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource
from wxadmin.storage.store import Store

FOLDER = paths.INCOMINGS
LONGEST = 50 * 1024 * 1024  # bytes of a file that is taken in
WAYS = ("文件", "邮件", "微信", "纸质", "口头")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One entry with the form it belongs to."""

    incoming: Incoming
    form_number: str
    days: int


class Incomings:
    """What came in, entry by entry."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def lines(self, *, waiting: bool = False) -> list[IncomingLine]:
        """Return what came in, the newest first; only what is still to be settled."""
        found = (
            self._store.find(Incoming, state=TO_SETTLE) if waiting else self._store.all(Incoming)
        )
        ids = {one.form_id for one in found if one.form_id is not None}
        numbers = dict(self._store.columns(Form, "id", "number", id=ids)) if ids else {}
        today = self._workplace.today
        return [
            IncomingLine(one, str(numbers.get(one.form_id, "")), (today - one.received_on).days)
            for one in sorted(found, key=lambda one: one.id, reverse=True)
        ]

    def take(
        self,
        path: Path,
        *,
        from_whom: str = "",
        way: str = WAYS[0],
        on: date | None = None,
        note: str = "",
    ) -> Incoming:
        """Enter a file and keep it beside the register (来件); one that is there is refused."""
        data = _bytes(path)
        sha256 = hashlib.sha256(data).hexdigest()
        known = known_file(self._store, sha256)
        if known is not None:
            raise UserError(f"“{path.name}”已经收过（{known.number}），没有再收。", "twice")
        day = on or self._workplace.today
        if day > self._workplace.today:
            raise UserError(f"来件日期{day}还没有到，没有登记。", "bad_date")
        ids = self._store.ids()
        number = next_incoming_no(ids, day)
        stored = self.keep(path, number)
        entry = Incoming(
            ids.next(Incoming), number, day, from_whom, way, path.name, stored, sha256, note=note
        )
        with self._workplace.act(f"来件登记：{path.name}") as operation:
            operation.write([Change(None, entry)], ids)
        return entry

    def settle(self, number: str, *, form: Form | None = None, note: str = "") -> Incoming:
        """Give an entry to the form it belongs to; without one it is not used, and says why."""
        found = self._store.find(Incoming, number=number.strip())
        if not found:
            raise UserError(f"没有编号为“{number}”的来件。", "no_incoming")
        if form is None and not note.strip():
            raise UserError("不用的来件要写明原因，没有改动。", "no_reason")
        after = replace(
            found[0],
            form_id=form.id if form is not None else None,
            state=FILED if form is not None else NOT_USED,
            note=note.strip() or found[0].note,
        )
        what = form.number if form is not None else NOT_USED
        with self._workplace.act(f"来件处理：{found[0].number} {what}") as operation:
            operation.write([Change(found[0], after)])
        return after

    def file_of(self, entry: Incoming) -> Path:
        """Return where an entry's file lies."""
        return self._folder / entry.stored_name

    @property
    def _folder(self) -> Path:
        path = self._workplace.register.path
        if path is None:
            raise UserError("登记库在数据库服务器上，没有存来件的文件夹，没有收下。", "no_folder")
        return path.parent / FOLDER

    def keep(self, path: Path, number: str) -> str:
        """Copy a file to the folder of what came in; return the name it has there."""
        name = f"{number}_{_FORBIDDEN.sub('_', path.name)[-80:].rstrip(' .')}"
        replace_file(self._folder / name, lambda fresh: _copy(path, fresh))
        return name


def known_file(store: Store, sha256: str) -> Incoming | None:
    """Return the entry of a file that was taken in before and is still in use."""
    found = [one for one in store.find(Incoming, sha256=sha256) if one.state != NOT_USED]
    return found[-1] if found else None


def next_incoming_no(ids: IdSource, on: date) -> str:
    """Return the next number of 来件登记: LJ-202611-001."""
    series = f"LJ-{on:%Y%m}"
    return f"{series}-{ids.next(series):03d}"


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LONGEST:
            raise UserError(f"“{path.name}”超过50兆，没有收下。", "too_large")
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}”读不了（{reason_of(error)}），没有收下。", "unreadable"
        ) from error


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
