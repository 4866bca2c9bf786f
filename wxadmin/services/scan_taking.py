"""Take scans in: read, sorted by their codes, kept beside the register, entered as one act."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.form_definition import read_paper_code
from wxadmin.domain.incoming import DUPLICATE, FILED, TO_LOOK_AT, TO_SETTLE, Scan
from wxadmin.domain.scan_sorting import (
    KnownForm,
    PageSeen,
    Piece,
    Sorted,
    numbers_on,
    sort_pages,
)
from wxadmin.progress import Progress, silent
from wxadmin.services.forms import Forms
from wxadmin.services.scan_folder import ScanFolder, digest, file_name
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.scans.reading import ScanReader

WAITING = "待认"  # the folder of pieces nobody has given to a form yet


@dataclass(frozen=True, slots=True)
class CutPiece:
    """A piece of a scan, cut out."""

    piece: Piece
    pdf: bytes


@dataclass(frozen=True, slots=True)
class ReadScan:
    """A scan as it was read: its pieces, its bare pages, the pages nobody can read."""

    source_name: str
    pages: int
    pieces: tuple[CutPiece, ...]
    bare: tuple[int, ...]
    unreadable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some scans; `refused` holds a sentence for each file that was not taken."""

    scans: tuple[Scan, ...]
    read: tuple[ReadScan, ...]
    refused: tuple[tuple[str, UserError], ...]
    operation: int | None

    def summary(self) -> str:
        """Return it as one sentence."""
        pages = sum(one.pages for one in self.read)
        ready = sum(scan.state == TO_LOOK_AT for scan in self.scans)
        twice = sum(scan.state == DUPLICATE for scan in self.scans)
        bare = sum(len(one.bare) for one in self.read)
        bad = sum(len(one.unreadable) for one in self.read)
        counts = (
            ("认出{}张", ready), ("重复{}张", twice),
            ("待处理{}张", len(self.scans) - ready - twice),
            ("空白{}页", bare), ("读不出{}页", bad),
        )  # fmt: skip
        said = [words.format(count) for words, count in counts if count]
        return f"扫描件{pages}页：{'，'.join(said) or '一页也没有收下'}。"


class ScanTaking:
    """Reads scans and enters them; no form is moved by it."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._forms = Forms(workplace)
        self._folder = ScanFolder(workplace)

    def take(self, paths: Sequence[Path], progress: Progress = silent) -> Taken:
        """Take in files as one act; one that cannot be read keeps none of the others back."""
        self._folder.path  # noqa: B018 - refused before anything is read
        read: list[ReadScan] = []
        refused: list[tuple[str, UserError]] = []
        for path in paths:
            try:
                read.append(self._read(path, progress))
            except UserError as refusal:
                refused.append((path.name, refusal))
        if not any(one.pieces for one in read):
            return Taken((), tuple(read), tuple(refused), None)
        scans, operation = self._enter(read)
        return Taken(tuple(scans), tuple(read), tuple(refused), operation)

    # -- reading --------------------------------------------------------------------------------
    def _read(self, path: Path, progress: Progress, reader: ScanReader | None = None) -> ReadScan:
        from wxadmin.scans.reading import Scan as Opened

        with Opened(path, progress, reader) as opened:
            pages = opened.pages()
            found = self.sorted(pages)
            pieces = tuple(CutPiece(one, opened.cut(one.pages)) for one in found.pieces)
        return ReadScan(path.name, len(pages), pieces, found.bare, found.unreadable)

    def sorted(self, pages: Sequence[PageSeen]) -> Sorted:
        """Sort pages by the forms the register knows."""
        return sort_pages(pages, self._known(numbers_on(pages)))

    def _known(self, numbers: set[str]) -> dict[str, KnownForm]:
        forms = self._store.find(Form, number=numbers) if numbers else []
        ids = {form.id for form in forms}
        scanned = set()
        for scan in self._store.find(Scan, form_id=ids) if ids else ():
            code = read_paper_code(scan.code)
            if code is not None and scan.state in (FILED, TO_LOOK_AT):
                scanned.add((scan.form_id, code.sheet))
        return {
            form.number: KnownForm(
                form.id, form.number, form.state, form.definition_version, form.sheet,
                (form.id, form.sheet) in scanned,
            )
            for form in forms
        }  # fmt: skip

    # -- entering -------------------------------------------------------------------------------
    def _enter(self, read: Sequence[ReadScan]) -> tuple[list[Scan], int | None]:
        ids = self._store.ids()
        seen = {(scan.sha256, scan.code): scan for scan in self._store.all(Scan)}
        written: set[str] = set()
        scans: list[Scan] = []
        title = read[0].source_name if len(read) == 1 else f"{len(read)}个文件"
        try:
            for one in read:
                for cut in one.pieces:
                    scan = self._scan(ids.next(Scan), one, cut, written)
                    scans.append(_twice(scan, seen.get((scan.sha256, scan.code))))
                    seen.setdefault((scan.sha256, scan.code), scan)
            changes: list[AnyChange] = [Change(None, scan) for scan in scans]
            with self._workplace.act(f"收扫描件：{title}") as operation:
                operation.write(changes, ids)
        except BaseException:
            self._forget(written)
            raise
        return scans, operation.id

    def _scan(self, id_: int, read: ReadScan, cut: CutPiece, written: set[str]) -> Scan:
        piece = cut.piece
        stored, fresh = self._folder.put(cut.pdf, self._name(read, piece))
        if fresh:
            written.add(stored)
        return Scan(
            id_,
            digest(cut.pdf),
            stored,
            read.source_name,
            piece.pages[0],
            len(piece.pages),
            form_id=piece.form_id,
            code=piece.code,
            state=piece.state,
            reason=piece.reason,
            taken_on=self._workplace.today,
        )

    def _name(self, read: ReadScan, piece: Piece) -> str:
        if piece.form_id is not None and piece.state == TO_LOOK_AT:
            return self.form_name(self._forms.called(piece.number))
        stem = Path(read.source_name).stem
        day = f"{self._workplace.today:%Y%m%d}"
        return f"{WAITING}/{file_name(day, stem, f'第{piece.pages[0]}页')}"

    def form_name(self, form: Form) -> str:
        """Return the name a form's scan is kept by: QWSQ-202611-042_李四_申请表."""
        line = self._forms.line(form)
        word = self._forms.shelf.definition(form.form_kind).file_name or "表单"
        again = f"第{form.sheet}版" if form.sheet > 1 else ""
        return file_name(form.number, line.name, word, again)

    def _forget(self, written: set[str]) -> None:
        """Nothing was entered: what was put into the folder for it goes again."""
        for stored in written:
            with contextlib.suppress(OSError):
                self._folder.path_of(stored).unlink(missing_ok=True)


def _twice(scan: Scan, earlier: Scan | None) -> Scan:
    """A page that waits for a hand and came in before, in whatever file, is a duplicate."""
    if earlier is None or scan.state != TO_SETTLE:
        return scan
    said = f"同一页已收过（{earlier.source_name}）"
    return replace(scan, state=DUPLICATE, reason=said)
