"""Fill the console's own import template with new and changed members."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.domain.wecom_rows import Unwritable
from wxadmin.services.wecom_file import Filling, WecomFile
from wxadmin.verbs.call import Call, Outcome

HELP = "填企业微信后台的批量导入模板：只写新增和有改动的成员（--all 写全部）"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="从后台下载的模板")
    parser.add_argument("out", type=Path, metavar="OUT.xlsx", help="填好的文件")
    parser.add_argument("--all", action="store_true", help="写全部在用和待开通的成员")
    parser.add_argument(
        "--person", action="append", default=[], metavar="EMP_NO", help="只写这些人"
    )


def run(call: Call) -> Outcome:
    """Fill the template; the register is only written to where an account is first named."""
    words = call.words
    with closing(call.open(False)) as workplace:
        service = WecomFile(workplace)
        filling = service.draft(everyone=words.all, emp_nos=words.person)
        if not filling.named:
            return _outcome(filling, service.write(filling, words.template, words.out))
    with closing(call.open(True)) as workplace:
        service = WecomFile(workplace)
        filling = service.draft(everyone=words.all, emp_nos=words.person)
        return _outcome(filling, service.write(filling, words.template, words.out))


def _outcome(filling: Filling, file: Path | None) -> Outcome:
    data = {
        "written": len(filling.rows),
        "new": filling.new,
        "changed": filling.changed,
        "unchanged": filling.unchanged,
        "skipped": [_plain(one) for one in filling.skipped],
        "file": file,
    }
    return Outcome(data, [*_said(filling, file), *map(_line, filling.skipped)])


def _plain(one: Unwritable) -> dict[str, str]:
    return {"emp_no": one.emp_no, "name": one.name, "field": one.field, "reason": one.reason}


def _said(filling: Filling, file: Path | None) -> list[str]:
    if file is None:
        return ["没有要新增或修改的成员，没有生成文件。"]
    same = len(filling.rows) - filling.new - filling.changed
    alike = f"，与通讯录一致{same}人" if same else ""
    counts = f"新增{filling.new}人，修改{filling.changed}人{alike}"
    lines = [f"已写{len(filling.rows)}人（{counts}）：{file}"]
    if filling.first:
        lines.append("还没有导入过企业微信通讯录，所以都算新增；先导入一份，下次就只写有改动的。")
    if filling.named:
        lines.append(f"其中{len(filling.named)}人新拟了账号，已记入台账。")
    return lines


def _line(one: Unwritable) -> str:
    return f"没有写　{one.emp_no} {one.name}：{one.reason}"
