"""`form design KIND`: how a form looks, shown and changed without a window."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import FieldType
from wxadmin.domain.form_design import EXTRA_TYPES, Design, ExtraField, RowDesign
from wxadmin.services.form_designs import DEFAULT, FormDesigns
from wxadmin.services.register_designs import RegisterDesigns
from wxadmin.services.workplace import Workplace
from wxadmin.verbs import register_design
from wxadmin.verbs.call import Call, Outcome, Table
from wxadmin.verbs.design_words import NO, SIDES, YES, number_of, truth_of

HELP = "表单和台账的样式：看和改"
WORDS = {
    "title": "标题", "mark": "附件号", "letterhead": "标题上面一行", "control_no": "受控表号",
    "number": "编号规则", "copies": "份数", "qr": "二维码", "strike": "空白栏画/",
    "top": "上边", "right": "右边", "bottom": "下边", "left": "左边", "logo": "标志",
}  # fmt: skip
QR_SIZE = 13.0


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument(
        "--set", type=pair, action="append", default=[], metavar="NAME=VALUE",
        help="、".join(f"{name} {word}" for name, word in WORDS.items()),
    )  # fmt: skip
    parser.add_argument(
        "--row", type=pair, action="append", default=[], metavar="ROW=MM|否|是",
        help="一行的高度（清单是行数），台账一列的宽度，或印不印",
    )  # fmt: skip
    parser.add_argument("--label", type=pair, action="append", default=[], metavar="旧名=新名")
    parser.add_argument(
        "--field", action="append", metavar="名称[:类型[:选项]]",
        help="加的栏（写几次是几栏，空着是一栏也不要）：" + "、".join(EXTRA_TYPES.values()),
    )  # fmt: skip
    parser.add_argument("--approver", action="append", metavar="称呼", help="审批栏，写几次是几栏")
    parser.add_argument("--foot", action="append", metavar="一句", help="表下的话")
    former = parser.add_mutually_exclusive_group()
    former.add_argument("--default", action="store_true", help="改回程序自带的样式")
    former.add_argument("--version", type=int, metavar="N", help="改回以前的一版")


def pair(text: str) -> tuple[str, str]:
    """Read one NAME=VALUE; the value may be empty."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ArgumentTypeError(f"“{text}”应写成 名称=内容")
    return name.strip(), value.strip()


def run(call: Call, workplace: Workplace) -> Outcome:
    """Show a design, or change it and keep the former one."""
    words = call.words
    registers = RegisterDesigns(workplace)
    if words.kind in [line.kind for line in registers.kinds()]:
        return register_design.run(registers, words.kind, words)
    designs = FormDesigns(workplace)
    kind = designs.kind(words.kind)
    if words.default or words.version:
        designs.use(kind, DEFAULT if words.default else words.version)
    elif changes := _changes(words):
        design = designs.design(kind)
        for change in changes:
            design = change(designs, design)
        designs.save(kind, design)
    return _shown(designs, kind)


def _changes(words: Namespace) -> list[Callable[[FormDesigns, Design], Design]]:
    """Return what the words ask for, in their order."""
    changes: list[Callable[[FormDesigns, Design], Design]] = []
    changes += [_setting(name, value) for name, value in words.set]
    changes += [_row(name, value) for name, value in words.row]
    changes += [_label(old, new) for old, new in words.label]
    for key, texts in (("approvers", words.approver), ("foot", words.foot)):
        if texts is not None:
            changes.append(_texts(key, texts))
    if words.field is not None:
        extras = tuple(_field(text) for text in words.field if text.strip())
        changes.append(lambda _, design: replace(design, extras=extras))
    return changes


def _texts(key: str, texts: list[str]) -> Callable[[FormDesigns, Design], Design]:
    kept: dict[str, Any] = {key: tuple(text for text in texts if text.strip())}
    return lambda _, design: replace(design, **kept)


def _setting(name: str, value: str) -> Callable[[FormDesigns, Design], Design]:
    name = {word: key for key, word in WORDS.items()}.get(name, name)
    if name not in WORDS:
        known = "、".join(f"{key}（{word}）" for key, word in WORDS.items())
        raise UserError(f"表单样式没有“{name}”这一项，可用的有：{known}。", "unknown_setting")

    def change(designs: FormDesigns, design: Design) -> Design:
        if name in SIDES:
            margins = dict(zip(SIDES, design.margins, strict=True)) | {name: number_of(name, value)}
            top, right, bottom, left = (margins[side] for side in SIDES)
            return replace(design, margins=(top, right, bottom, left))
        if name == "logo":
            return replace(design, logo=designs.take_logo(Path(value)) if value else "")
        if name == "qr":
            size = design.qr_size or QR_SIZE
            return replace(design, qr_size=size if truth_of(name, value) else 0.0)
        if name == "strike":
            return replace(design, strike_blank=truth_of(name, value))
        read: Any = int(number_of(name, value)) if name == "copies" else value
        return replace(design, **{name: read})

    return change


def _row(name: str, value: str) -> Callable[[FormDesigns, Design], Design]:
    def changed(row: RowDesign) -> RowDesign:
        if value in YES | NO:
            return replace(row, printed=value in YES)
        if row.lines:
            return replace(row, lines=int(number_of(name, value)))
        return replace(row, height=number_of(name, value))

    def change(_: FormDesigns, design: Design) -> Design:
        found = [row for row in design.rows if name in (row.id, row.name)]
        if not found:
            known = "、".join(f"{row.id}（{row.name}）" for row in design.rows)
            raise UserError(f"这张表没有“{name}”这一行，有的是：{known}。", "unknown_row")
        rows = tuple(changed(row) if row in found else row for row in design.rows)
        return replace(design, rows=rows)

    return change


def _label(old: str, new: str) -> Callable[[FormDesigns, Design], Design]:
    from wxadmin.domain.form_design import bare

    def change(_: FormDesigns, design: Design) -> Design:
        if not any(bare(label) == bare(old) for row in design.rows for label in row.labels):
            raise UserError(f"这张表上没有写着“{old}”的格子。", "unknown_label")
        rows = tuple(
            replace(row, labels=tuple(new if bare(one) == bare(old) else one for one in row.labels))
            for row in design.rows
        )
        return replace(design, rows=rows)

    return change


def _field(text: str) -> ExtraField:
    label, _, rest = text.partition(":")
    word, _, choices = rest.partition(":")
    kinds = {said: kind for kind, said in EXTRA_TYPES.items()}
    if word and word not in kinds:
        raise UserError(f"“{word}”应是：{'、'.join(kinds)}。", "unknown_type")
    chosen = tuple(one.strip() for one in choices.replace(",", "、").split("、") if one.strip())
    return ExtraField(label.strip(), kinds.get(word, FieldType.TEXT), choices=chosen)


def _shown(designs: FormDesigns, kind: str) -> Outcome:
    design = designs.design(kind)
    former = [
        {"version": one.version, "saved_on": one.saved_on, "in_use": one.is_current}
        for one in designs.versions(kind)
    ]
    in_use = designs.in_use(kind)
    data = {"kind": kind, "version": in_use, "own": in_use != DEFAULT,
            "design": asdict(design), "former": former}  # fmt: skip
    rows: list[Sequence[object]] = [
        (row.id, row.name, row.lines or f"{row.height:g}", "是" if row.printed else "否")
        for row in design.rows
    ]
    own = "自己的样式" if in_use != DEFAULT else "程序自带的样式"
    head = [f"{design.title}（{own}）", f"编号：{design.number}　页边：{design.margins}"]
    return Outcome(data, [*head, *Table(("行", "名称", "高", "印"), rows).lines()])
