"""An export of WeCom's address book made from the sample office, with damage done on purpose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.services.imports import Imports, Said
from wxadmin.services.workplace import Workplace

HEADS = ("姓名", "帐号", "职务", "部门", "手机", "个人邮箱", "激活状态")
Line = dict[str, str]


def good_lines(workplace: Workplace) -> list[Line]:
    """What the console would export if everything were as the register has it."""
    units, posts = workplace.units(), workplace.positions()
    people = {person.id: person for person in workplace.store.all(Employee)}
    company = workplace.office().company_name
    lines = []
    for account in workplace.store.find(Account, state=IN_USE):
        person = people.get(account.holder_id or 0)
        if person is None or not account.wecom_userid:
            continue
        post = posts.get(person.position_id or 0)
        lines.append({
            "姓名": person.name, "帐号": account.wecom_userid,
            "职务": post.name if post else "",
            "部门": f"{company}/{units.text(person.org_unit_id)}",
            "手机": person.mobile, "个人邮箱": "", "激活状态": "已激活",
        })  # fmt: skip
    return lines


def write_export(path: Path, lines: list[Line]) -> Path:
    """Write lines as the console writes its export."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "成员列表"
    sheet.append(HEADS)
    for line in lines:
        sheet.append([line[head] for head in HEADS])
    book.save(path)
    return path


def take_in(workplace: Workplace, path: Path) -> int | None:
    """Take an export in as the verb does; the brake is let go, every question put off."""
    imports = Imports(workplace)
    reading = imports.read(path, kind="wecom")
    preview = imports.plan(reading)
    put_off = {line.row: plans.LATER for line in preview.plan.of_kind(plans.DISPUTED)}
    if put_off:
        preview = imports.plan(reading, Said(answers=Answers(put_off)))
    return imports.apply(preview, brake_released=True)


def export_with(
    workplace: Workplace, folder: Path, damage: Callable[[list[Line]], object] | None = None
) -> int | None:
    """Make an export, damage it, take it in."""
    lines = good_lines(workplace)
    if damage is not None:
        damage(lines)
    return take_in(workplace, write_export(folder / "通讯录导出.xlsx", lines))


def some_damage(lines: list[Line]) -> None:
    """A dozen things that differ: phones, posts, names, a stranger, somebody missing."""
    for number in range(4):
        lines[number]["手机"] = f"1390000{number:04d}"
    for number in range(4, 8):
        lines[number]["职务"] = "副主任"
    lines[8]["部门"] = lines[8]["部门"].rsplit("/", 1)[0] + "/采购部"
    lines[9]["激活状态"] = "已禁用"
    del lines[10]
    stranger = {"姓名": "柯大伟", "帐号": "kedawei", "职务": "", "部门": lines[0]["部门"],
                "手机": "13911112222", "个人邮箱": "", "激活状态": "已激活"}  # fmt: skip
    lines.append(stranger)
