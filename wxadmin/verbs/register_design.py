"""`form design` of a register: which columns are printed, how wide, how called."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_design import ColumnDesign, RegisterDesign, bare
from wxadmin.services.designs import DEFAULT
from wxadmin.services.register_designs import RegisterDesigns
from wxadmin.verbs.call import Outcome, Table
from wxadmin.verbs.design_words import NO, SIDES, YES, number_of

WORDS = {
    "title": "标题", "control_no": "受控表号", "body_pt": "字号", "signers": "签名处",
    "top": "上边", "right": "右边", "bottom": "下边", "left": "左边",
}  # fmt: skip


def run(designs: RegisterDesigns, kind: str, words: Namespace) -> Outcome:
    """Show a register's design, or change it and keep the former one."""
    if words.default or words.version:
        designs.use(kind, DEFAULT if words.default else words.version)
    elif words.set or words.row or words.label:
        designs.save(kind, _changed(designs.design(kind), words))
    return _shown(designs, kind)


def _changed(design: RegisterDesign, words: Namespace) -> RegisterDesign:
    for name, value in words.set:
        design = _set(design, name, value)
    for name, value in words.row:
        design = _column(design, name, _sized(name, value))
    for name, value in words.label:
        design = _column(design, name, {"label": value})
    return design


def _set(design: RegisterDesign, name: str, value: str) -> RegisterDesign:
    name = {word: key for key, word in WORDS.items()}.get(name, name)
    if name not in WORDS:
        known = "、".join(f"{key}（{word}）" for key, word in WORDS.items())
        raise UserError(f"台账样式没有“{name}”这一项，可用的有：{known}。", "unknown_setting")
    if name in SIDES:
        margins = dict(zip(SIDES, design.margins, strict=True)) | {name: number_of(name, value)}
        top, right, bottom, left = (margins[side] for side in SIDES)
        return replace(design, margins=(top, right, bottom, left))
    read: Any = value
    if name == "signers":
        read = tuple(one for one in value.replace("，", "、").split("、") if one)
    if name == "body_pt":
        read = number_of(name, value)
    return replace(design, **{name: read})


def _sized(name: str, value: str) -> dict[str, Any]:
    if value in YES | NO:
        return {"printed": value in YES}
    return {"width": number_of(name, value)}


def _column(design: RegisterDesign, name: str, change: dict[str, Any]) -> RegisterDesign:
    found = [one for one in design.columns if bare(one.label) == bare(name)]
    if not found:
        known = "、".join(bare(one.label) for one in design.columns)
        raise UserError(f"这份台账没有“{name}”这一列，有的是：{known}。", "unknown_column")
    columns: tuple[ColumnDesign, ...] = tuple(
        replace(one, **change) if one in found else one for one in design.columns
    )
    return replace(design, columns=columns)


def _shown(designs: RegisterDesigns, kind: str) -> Outcome:
    design, in_use = designs.design(kind), designs.in_use(kind)
    data = {"kind": kind, "version": in_use, "own": in_use != DEFAULT, "design": asdict(design)}
    rows: list[Sequence[object]] = [
        (bare(one.label), f"{one.width:g}", "是" if one.printed else "否") for one in design.columns
    ]
    own = "自己的样式" if in_use != DEFAULT else "程序自带的样式"
    return Outcome(data, [f"{design.title}（{own}）", *Table(("列", "宽", "印"), rows).lines()])
