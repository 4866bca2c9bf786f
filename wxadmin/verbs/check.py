"""Check the register: the file, its references, the journal's chain, the scans beside it."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing

from wxadmin.services.backups import Backups
from wxadmin.services.scans import Scans
from wxadmin.verbs.call import Call, Outcome, RefusalWithData

HELP = "检查登记库：文件、引用、日志链、扫描件"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes: none."""


def run(call: Call) -> Outcome:
    """Check; the exit code is 1 where anything was found."""
    with closing(call.open(False)) as workplace:
        findings = [*Backups(workplace).check(), *Scans(workplace).faults()]
    data = {"ok": not findings, "findings": findings}
    if findings:
        refusal = RefusalWithData(
            f"登记库有{len(findings)}处问题，没有动它。请从备份恢复。", "findings", data
        )
        refusal.details = tuple(findings)
        raise refusal
    return Outcome(data, ["登记库完好。"])
