"""`form scan FILE…`: file scans to their forms by the code on the paper."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.incoming import TO_LOOK_AT, Scan
from wxadmin.services.scan_taking import ReadScan, Taken
from wxadmin.services.scans import Filing, Scans
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

HELP = "收扫描件：按纸上的二维码归到各张表，登记签回"
NOTHING = Filing((), (), None)


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="PDF 或图片，可以几个")
    parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="签字的日期")
    parser.add_argument(
        "--tray", action="store_true", help="只收下，放着等人看过再登记签回（窗口“表单 › 扫描件”）"
    )


def scan(call: Call, workplace: Workplace) -> Outcome:
    """Take the files in; what finds its form is signed, unless it is only to lie in the tray.

    Raises the refusal of the only file; of several, each that is refused is listed.
    """
    words = call.words
    scans = Scans(workplace)
    taken = scans.take(words.files)
    if taken.refused and not taken.read:
        _, refusal = taken.refused[0]
        raise refusal
    ready = [one.id for one in taken.scans if one.state == TO_LOOK_AT]
    filing = NOTHING if words.tray or not ready else scans.confirm(ready, words.on)
    lines = [taken.summary()] if words.tray else _lines(taken, filing)
    data = _data(workplace, taken, filing, words.tray)
    return Outcome(data, [*lines, *(refusal.message for _, refusal in taken.refused)])


def _data(workplace: Workplace, taken: Taken, filing: Filing, tray: bool) -> dict[str, Any]:
    numbers = dict(_numbers(workplace, taken.scans))
    refused = {scan_id for scan_id, _ in filing.refused}
    filed, unknown = [], []
    reasons = {scan_id: refusal.message for scan_id, refusal in filing.refused}
    for one in taken.scans:
        entry = {"file": one.source_name, "page": one.page, "number": numbers.get(one.id)}
        if one.state == TO_LOOK_AT and one.id not in refused:
            filed.append({**entry, "stored": one.stored_name, "sha256": one.sha256})
        else:
            reason = reasons.get(one.id, one.reason)
            unknown.append({**entry, "state": one.state, "reason": reason})
    return {
        "filed": filed,
        "unknown": [*unknown, *_lost(taken.read, taken.refused)],
        "bare": [{"file": one.source_name, "page": p} for one in taken.read for p in one.bare],
        "pages": sum(one.pages for one in taken.read),
        "tray": tray,
        "operation": filing.operation or taken.operation,
    }


def _numbers(workplace: Workplace, scans: Sequence[Scan]) -> list[tuple[int, str]]:
    from wxadmin.domain.form import Form

    ids = {one.form_id for one in scans if one.form_id is not None}
    found = workplace.store.columns(Form, "id", "number", id=ids) if ids else []
    known = {row[0]: row[1] for row in found}
    return [(one.id, known[one.form_id]) for one in scans if one.form_id is not None]


def _lost(
    read: Sequence[ReadScan], refused: Sequence[tuple[str, UserError]]
) -> list[dict[str, Any]]:
    """Pages nobody can read, and files that were not taken at all."""
    pages = [
        {"file": one.source_name, "page": page, "number": None, "reason": "这一页读不出"}
        for one in read
        for page in one.unreadable
    ]
    files = [
        {"file": name, "page": None, "number": None, "reason": refusal.message}
        for name, refusal in refused
    ]
    return [*pages, *files]


def _lines(taken: Taken, filing: Filing) -> list[str]:
    filed = "、".join(filing.filed[:6]) + ("……" if len(filing.filed) > 6 else "")
    return [
        taken.summary(),
        f"已登记签回{len(filing.filed)}张：{filed}。" if filing.filed else "没有登记签回。",
        *(
            f"{one.source_name} 第{one.page}页：{one.reason}。"
            for one in taken.scans
            if one.state != TO_LOOK_AT
        ),
        *(refusal.message for _, refusal in filing.refused),
    ]
