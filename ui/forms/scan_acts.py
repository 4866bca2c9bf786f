"""What is done with a scan in the tray: signed, refused, given to another form, put aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.forms.columns import found_by
from ui.shared.acting import act, ask_and_act, newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import Field
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.frozen import dataclass
from wxadmin.services.form_board import FormLine
from wxadmin.services.scan_taking import Taken
from wxadmin.services.scans import Scans

if TYPE_CHECKING:
    from ui.desk import Context
    from ui.forms.scan_tray import ScanTray

SIGNED, KEPT = "signed", "kept"
MOST_HITS = 40


class ScanActs:
    """The acts of the tray."""

    def __init__(self, tray: ScanTray, context: Context) -> None:
        self._tray, self._context = tray, context

    @property
    def _scans(self) -> Scans:
        return Scans(self._context.services)

    def _day(self) -> date | None:
        return self._tray.sheet.signed_on()

    def take(self, paths: Sequence[Path]) -> None:
        """Read scans beside the window and lay them into the tray."""
        before = newest(self._context)
        name = paths[0].name if len(paths) == 1 else f"{len(paths)}个扫描件"
        self._context.jobs.run(
            lambda progress, cancelled: self._scans.take(paths, progress),
            lambda taken: self._taken(taken, before),
            caption=f"正在认 {name}", unit="页", writes=True,
            written="还没有收下，可以随时取消。",
        )  # fmt: skip

    def _taken(self, taken: Taken, before: int) -> None:
        if taken.operation is not None:
            tell(self._context, taken.summary(), taken, before)
        elif not taken.refused:
            self._context.messages.toast(taken.summary())
        self._tray.refresh()
        self._tray.table.setFocus()
        if taken.refused:
            more = len(taken.refused) - 1
            said = taken.refused[0][1].message + (f"另有{more}个文件也没有收下。" if more else "")
            details = "\n".join(refusal.message for _, refusal in taken.refused)
            self._context.messages.error(said, details=details if more else "")

    def confirm(self) -> None:
        """看过，已签: the form goes on to 已签, the page is filed with it."""
        line = self._tray.current()
        if line is None:
            return

        def do() -> Any:
            filing = self._scans.confirm([line.id], self._day())
            for _, refusal in filing.refused:
                raise refusal
            return filing

        if not act(self._context, f"{line.number} 已登记签回，扫描件已归档", do):
            self._tray.refresh()  # what kept it back stands with the page now
        self._tray.table.setFocus()

    def refuse(self) -> None:
        """不同意: the paper says no."""
        line = self._tray.current()
        if line is None:
            return
        ask_and_act(
            self._context, f"纸上写的是不同意：{line.name} {line.number}",
            [Field("reason", "审批人写的理由", "lines", required=True, lines=2)],
            "登记驳回",
            lambda answer: self._scans.refuse(line.id, answer["reason"], self._day()),
            f"已驳回 {line.number}，扫描件已归档",
            "只是要补正的，请先点“归到别的表”只存档，再到这张表上退回补正。",
        )  # fmt: skip

    def drop(self) -> None:
        """不用: put aside; the file stays in the folder."""
        line = self._tray.current()
        if line is not None:
            act(self._context, f"已放到一边：{line.source}", lambda: self._scans.drop([line.id]))
            self._tray.table.setFocus()

    def enter(self) -> None:
        """登记为来件: nobody's form yet, but it came in."""
        line = self._tray.current()
        if line is None:
            return
        ask_and_act(
            self._context, f"登记为来件：{line.source}",
            [
                Field("whom", "谁送来的", half=True, hint="写姓名，可带工号"),
                Field("note", "是什么", half=True, hint="如：手写的申请"),
            ],
            "登记来件",
            lambda answer: self._scans.to_incoming(
                line.id, answer["whom"] or "", answer["note"] or ""
            ),
            lambda number: f"已登记为来件 {number}",
        )  # fmt: skip

    def settle(self) -> None:
        """归到别的表: whose page it is, found by typing."""
        line = self._tray.current()
        if line is None:
            return
        picker = FormPicker(self._scans.candidates(), line.number)
        dialog = ActingDialog(
            self._context.messages.window(),
            f"{line.source} 是哪一张表的？",
            picker.body,
            (
                Choice("取消"),
                Choice("只存档", KEPT),
                Choice("已签，归到这张", SIGNED, kind="filled"),
            ),
            lambda answer: self._scans.settle(
                line.id, answer[0], on=self._day(), signed=answer[1] == SIGNED
            ),
            picker.answer,
            "“只存档”不动这张表，只把这一页留在它名下。",
        )
        picker.find.decided.connect(lambda: dialog.buttons[-1].click())
        picker.find.setFocus()
        before = newest(self._context)
        if dialog.run() is not None:
            tell(self._context, f"扫描件已归到 {dialog.outcome}", dialog.outcome, before)
            self._tray.table.setFocus()


@dataclass(frozen=True, slots=True)
class Hit:
    """A form as the picker shows it."""

    id: str
    name: str
    note: str


class FormPicker:
    """The body of the dialog: a field and the forms it finds."""

    def __init__(self, lines: Sequence[FormLine], number: str) -> None:
        self._lines = [(found_by(line).lower(), line) for line in lines]
        self.find = RecordPicker("哪一张表", self._hits, "编号、姓名、工号")
        self.body = region(down(self.find))
        if number:
            self.find.search(number)

    def _hits(self, typed: str) -> list[Hit]:
        words = (typed or "").lower().split()
        found = (line for text, line in self._lines if all(word in text for word in words))
        return [_hit(line) for line in islice(found, MOST_HITS)]

    def answer(self, choice: str) -> tuple[str, str] | None:
        """The form's number and what is to be done."""
        number = self.find.value()
        if number is None:
            self.find.say("请先找到这张表：打编号或姓名，再选一行。")
            self.find.setFocus()
            return None
        return str(number), choice


def _hit(line: FormLine) -> Hit:
    return Hit(line.number, f"{line.number} {line.name}", f"{line.title}　{line.paper_text}")


def ways_to_scans(context: Context, form_id: int) -> list[tuple[str, str, Callable[[], Any]]]:
    """Return an act for each scan filed with a form: look at it in the system's own viewer."""

    def looking(file: Path) -> Callable[[], Any]:
        return lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    return [
        (f"看扫描件（{line.taken_on}）", "scan", looking(line.file))
        for line in Scans(context.services).of_form(form_id)
    ]
