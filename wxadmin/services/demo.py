"""A whole month of the sample office, played without a window: every file it leaves is a proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from wxadmin.services.demo_console import DemoConsole
from wxadmin.services.demo_leavers import DemoLeavers
from wxadmin.services.demo_month import DemoMonth
from wxadmin.services.demo_papers import DemoPapers
from wxadmin.services.demo_scan import DemoScan
from wxadmin.services.forms import Printing
from wxadmin.services.sample_month import SampleMonth
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

PACK = "southeast"


@dataclass(slots=True)
class Diary:
    """What the demo did, step by step: a sentence each, and the files made."""

    folder: Path
    files: list[Path] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def made(self, sentence: str, *files: Path) -> None:
        """Note a step and its files."""
        self.lines.append(sentence)
        self.files += files

    def room(self, folder: str) -> Path:
        """Return a folder of the demo; it is there afterwards."""
        target = self.folder / folder
        target.mkdir(parents=True, exist_ok=True)
        return target

    def place(self, folder: str, name: str) -> Path:
        """Return where a file goes."""
        return self.room(folder) / name


class Demo:
    """Plays the month on a fresh register in the order in which an office would."""

    def __init__(self, workplace: Workplace, folder: Path, printing: Printing) -> None:
        self._workplace = workplace
        self._printing = printing
        self.diary = Diary(folder)

    def play(self) -> Diary:
        """Set the sample office up, take a month of lists in, work it off, print everything."""
        self._found_office()
        files = SampleMonth(self._workplace, self.diary.room("1 人事来表")).write()
        arrived = [*files.rosters, *files.leavers, files.corrected]
        self.diary.made(
            f"人事来表 {len(arrived)} 份：花名册、离职清单和一份更正版。",
            *(f.path for f in arrived),
        )
        month = DemoMonth(self._workplace, self.diary)
        papers = DemoPapers(self._workplace, self._printing, self.diary)
        console = DemoConsole(self._workplace, self._printing, self.diary)
        console.last_export()
        joiners = month.take_rosters(files.rosters)
        printed, numbers = papers.forms(joiners)
        DemoScan(self._workplace, self.diary).come_home(printed, len(numbers))
        month.open_accounts(numbers)
        console.fill_template()
        leavers = month.take_leavers([*files.leavers, files.corrected])
        papers.checklists()
        papers.handovers(leavers)
        leaving = DemoLeavers(self._workplace, self.diary, leavers)
        leaving.hand_over()
        papers.orders()
        leaving.work_off()
        console.next_export(leavers)
        console.reconcile()
        papers.registers()
        papers.report()
        papers.keep()
        return self.diary

    def _found_office(self) -> None:
        made = Setup(self._workplace).from_pack(PACK, sample=True)
        filled = SampleOffice(self._workplace).fill()
        register = self._workplace.register.path
        assert register is not None
        self.diary.made(
            f"建库：{made.groups} 个群组，示例人员 {filled.people} 人（均为编造）。", register
        )
