"""The program with its window: which register it opens, what the frame asks of it, first run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.app import run_window
from ui.main_window import Links, MainWindow
from wxadmin import bootstrap, paths
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Context
    from ui.first_run.page import SetupWishes

CHECK_AFTER = 3000
"""Milliseconds after the first page before the register is checked whole."""


def run(words: Sequence[str], register: Path | None = None) -> int:
    """Open the window on the user's own register; `words` are files to take in."""
    place = register or paths.default_register()
    program = Program(place)
    return run_window(
        program.open,
        [Path(word) for word in words],
        links=program.links,
        first_run=program.first_run,
        folder=place.parent,
        on_files=take_files,
        begun=check_later,
    )


class Program:
    """One register and the window's ways to it."""

    def __init__(self, register: Path) -> None:
        self._register = register

    def open(self) -> Workplace | None:
        """Open the register for writing; None where there is none yet (first run)."""
        if not self._register.exists() and not bootstrap.was_cut_short(self._register):
            return None
        return bootstrap.open_workplace(str(self._register), writing=True)

    def links(self, workplace: Workplace) -> Links:
        """Return what the frame asks of an open register."""
        from wxadmin.services.frame import Frame

        frame = Frame(workplace)
        return Links(
            company=frame.company,
            undo=frame.undo,
            redo=frame.redo,
            counts=frame.counts,
            due=frame.due,
            backup=frame.last_backup,
            close=frame.close,
        )

    # -- first run ----------------------------------------------------------------------------
    def first_run(self, context: Context, done: Callable[..., None]) -> QWidget | None:
        """Return the first-run page, or None where a register was opened."""
        if context.services is not None:
            return None
        from ui.first_run.page import FirstRun

        def begin(workplace: Workplace, files: Sequence[Path] = ()) -> None:
            done(workplace)
            if files:
                context.navigate("imports", list(files))

        return FirstRun(context.messages, context.jobs, self._create, self._take_over, begin)

    def _create(self, wishes: SetupWishes) -> Workplace:
        """Make the register as wished; nothing half made is left where that fails."""
        from wxadmin.services.backups import Backups
        from wxadmin.services.sample_office import SampleOffice
        from wxadmin.services.setup import Setup

        workplace = bootstrap.create_workplace(str(self._register))
        try:
            Setup(workplace).from_pack(
                wishes.pack_id,
                company_name=wishes.company_name,
                support_units=wishes.support_units,
                sample=wishes.sample,
            )
            if wishes.sample:
                SampleOffice(workplace).fill()
            if wishes.backup_folder is not None:
                Backups(workplace).keep_in(wishes.backup_folder)
        except BaseException:
            workplace.close()
            self._register.unlink(missing_ok=True)
            raise
        return workplace

    def _take_over(self, backup: Path) -> Workplace:
        """Put a colleague's file, or a backup, in this program's place and open it."""
        from wxadmin.services.putting_back import put_back

        put_back(backup, self._register, paths.backup_folder(self._register))
        return bootstrap.open_workplace(str(self._register), writing=True)


def take_files(window: MainWindow, files: Sequence[Path]) -> None:
    """Scans, our blanks and letters go to 表单, everything else to 导入; the bytes decide."""
    from wxadmin.scans.reading import is_paper
    from wxadmin.services.form_workbooks import is_for_forms

    scans = [file for file in files if is_paper(file)]
    filled = [file for file in files if file not in scans and is_for_forms(file)]
    others = [file for file in files if file not in (*scans, *filled)]
    if others:
        window.go("imports", others)
    if scans or filled:
        window.go("forms", {"scans": scans, "files": filled})


def check_later(window: MainWindow, workplace: Workplace) -> None:
    """Check file, references and journal once the first page is there; say what was found."""
    from PySide6.QtCore import QTimer

    from wxadmin.services.backups import Backups
    from wxadmin.services.paper_files import PaperFiles

    def look() -> tuple[list[str], list[str]]:
        return Backups(workplace).check(), PaperFiles(workplace).missing()

    def told(found: tuple[list[str], list[str]]) -> None:
        findings, missing = found
        if findings:
            window.messages.error(
                "登记库检查发现问题，请到“设置 › 备份与交接”用最近的备份恢复。",
                details="\n".join(findings),
            )
        elif missing:
            window.messages.error(
                f"有 {len(missing)} 个扫描件或来件不见了，"
                "请到“设置 › 备份与交接”按“检查登记库”，从备份找回。",
                details="\n".join(missing),
            )

    def check() -> None:
        window.jobs.run(lambda progress, cancelled: look(), told, caption="正在检查登记库")

    QTimer.singleShot(CHECK_AFTER, window, check)
