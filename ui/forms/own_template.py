"""填进公司的模板: the current form, or those ticked, into the company's own Word or Excel form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ui import memory
from ui.shared.record_form import Field
from wxadmin.domain.errors import UserError
from wxadmin.services.own_templates import OwnTemplates, TemplateLine

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

KEPT = "folder/saving"


def has_template(desk: FormsDesk, kind: str) -> bool:
    """Say whether the company has a form of its own for a kind."""
    return bool(OwnTemplates(desk.context.services).lines(kind))


def fill_template(desk: FormsDesk) -> None:
    """Ask which template and where; the forms then count as printed."""
    assert desk.view is not None
    kind = desk.view.form.form_kind
    numbers = _numbers(desk, kind)
    line = _chosen(desk, OwnTemplates(desk.context.services).lines(kind))
    out = line and _place(desk, line, numbers)
    if line is None or out is None:
        return
    templates, name = OwnTemplates(desk.context.services), line.path.name

    def done(written: list[Path]) -> None:
        desk.context.refresh()
        first = written[0]
        target = first if len(written) == 1 else first.parent
        said = f"已填好 {first.name}" if len(written) == 1 else f"已填好 {len(written)} 份"
        desk.context.messages.toast(
            said, lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))), "打开"
        )

    desk.context.jobs.run(
        lambda progress, cancelled: templates.fill(numbers, out, name, progress), done,
        caption=f"正在填 {name}", unit="份", written="填好的留着，可以随时取消。",
    )  # fmt: skip


def _numbers(desk: FormsDesk, kind: str) -> list[str]:
    """The forms ticked of the same kind, else the current one."""
    assert desk.view is not None
    ticked = {str(number) for number in desk.table.ticked_ids()}
    same = [line.number for line in desk.lines if line.number in ticked and line.kind == kind]
    return same or [desk.view.form.number]


def _chosen(desk: FormsDesk, lines: Sequence[TemplateLine]) -> TemplateLine | None:
    if len(lines) == 1:
        return lines[0]
    choices = [(line.path.name, line.path.name) for line in lines]
    field = Field("name", "模板", "choice", True, choices[0][0], choices)
    answer = desk.context.messages.ask_form("用哪份模板？", [field], "填好")
    return None if answer is None else next(x for x in lines if x.path.name == answer["name"])


def _place(desk: FormsDesk, line: TemplateLine, numbers: Sequence[str]) -> Path | None:
    window, folder = desk.context.messages.window(), str(memory.value(KEPT, ""))
    if len(numbers) > 1:
        chosen = QFileDialog.getExistingDirectory(window, "填好的放在哪个文件夹", folder)
        return Path(chosen) if chosen else None
    templates = OwnTemplates(desk.context.services)
    try:
        name = templates.file_name(desk.forms.called(numbers[0]), line)
    except UserError as refusal:
        desk.context.messages.error(refusal)
        return None
    suffix = line.path.suffix
    kind = f"{'Word' if suffix == '.docx' else 'Excel'} 文件 (*{suffix})"
    chosen, _ = QFileDialog.getSaveFileName(
        window, "填好的存到哪里", str(Path(folder) / name), kind
    )
    return Path(chosen) if chosen else None
