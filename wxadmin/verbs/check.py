"""Check the register: the file, its references, the journal's chain, the paper beside it."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from wxadmin.services.backups import Backups
from wxadmin.services.paper_files import Mended, PaperFiles
from wxadmin.verbs.call import Call, Outcome, RefusalWithData

HELP = "检查登记库：文件、引用、日志链、扫描件和来件"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument(
        "--mend", action="store_true", help="不见了、被改动过的扫描件和来件，从备份里找回来"
    )


def run(call: Call) -> Outcome:
    """Check; the exit code is 1 where anything was found."""
    with closing(call.open(False)) as workplace:
        files = PaperFiles(workplace)
        mended = files.mend() if call.words.mend else Mended((), tuple(files.faults()))
        findings = Backups(workplace).check()
    paper = [fault.sentence for fault in mended.lost]
    findings += paper
    data: dict[str, Any] = {"ok": not findings, "findings": findings}
    if call.words.mend:
        data["fetched"] = mended.fetched
    if findings:
        refusal = RefusalWithData(
            f"登记库有{len(findings)}处问题，没有动它。{_way(findings, paper)}", "findings", data
        )
        refusal.details = tuple(findings)
        raise refusal
    said = [f"已从备份找回：{path}" for path in mended.fetched]
    return Outcome(data, [*said, "登记库完好。"])


def _way(findings: list[str], paper: list[str]) -> str:
    """Say what to do: files are fetched back, a register is restored."""
    if len(findings) > len(paper):
        return "请从备份恢复。"
    return "备份里有的用 check --mend 找回，其余的请重新扫描。"
