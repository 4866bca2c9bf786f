"""Explain what WeCom refused: a failure list or pasted text becomes person, cause, next step."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.services.wecom_errors import ErrorLine, Explained, WecomErrors
from wxadmin.verbs.call import Call, Outcome

HELP = "企业微信的失败清单或报错：是谁、什么原因、下一步怎么办"
FROM_INPUT = "-"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("file", metavar="FILE|-", help="失败清单（表格或文字），- 为从输入读")


def run(call: Call) -> Outcome:
    """Explain the file, or what is given on standard input."""
    with closing(call.open(False)) as workplace:
        service = WecomErrors(workplace)
        if call.words.file == FROM_INPUT:
            explained = service.explain(sys.stdin.read())
        else:
            explained = service.explain_file(Path(call.words.file))
    return Outcome(_plain(explained), _said(explained))


def _plain(explained: Explained) -> dict[str, object]:
    return {
        "errors": [
            {
                "row": line.row,
                "code": line.code or None,
                "emp_no": line.emp_no or None,
                "name": line.name or None,
                "wecom_userid": line.userid or None,
                "field": line.field,
                "cause": line.cause,
                "next": line.next_step,
                "found": line.found,
            }
            for line in explained.lines
        ],
        "unread": [{"row": row, "text": text} for row, text in explained.unread],
    }


def _said(explained: Explained) -> list[str]:
    lines = [text for line in explained.lines for text in _sentences(line)]
    if explained.unread:
        rows = "、".join(str(row) for row, _ in explained.unread)
        lines.append(f"没认出来的行：{rows}")
    return lines or ["没有认出报错。"]


def _sentences(line: ErrorLine) -> list[str]:
    who = f"{line.emp_no} {line.name}".strip() or f"第{line.row}行（没认出是谁）"
    code = f"（{line.code}）" if line.code else ""
    return [f"{who}：{line.cause}{code}{line.found}", f"　　→ {line.next_step}"]
