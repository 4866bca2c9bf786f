"""公司模板: the company's own Word and Excel forms, taken into use after a look at their tags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.shared.buttons import icon_button, plain, words
from ui.shared.dialog import Thing
from ui.shared.layouts import across, cleared, down
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.services.own_templates import OwnTemplates, TemplateLine

if TYPE_CHECKING:
    from ui.desk import Context

KINDS = "Word 或 Excel 模板 (*.docx *.xlsx)"
INTRO = (
    "公司有自己的表（如质量体系的受控表）就用它：在要填的地方写上栏目名称，如 {{姓名}}，"
    "存成 .docx 或 .xlsx 加进来。在“表单”里选“填进公司的模板”。"
)


class TemplatesPart(QWidget):
    """The templates of one kind of form; each change is done at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.kind = ""
        self._column = down(gap=4)
        acts = across(
            plain("加一份模板", "plus", on_click=self.add),
            plain("复制全部标签", "copy", on_click=self.copy_tags), None,
        )  # fmt: skip
        self.setLayout(
            down(Text(INTRO, size=12, tone="ink3", wrap=True), acts, self._column, None, gap=10)
        )

    def show_kind(self, kind: str) -> None:
        """Show the templates of a kind."""
        self.kind = kind
        cleared(self._column)
        lines = OwnTemplates(self._context.services).lines(kind)
        if not lines:
            self._column.addWidget(Text("还没有模板。", tone="ink2"))
        for line in lines:
            self._column.addLayout(self._line(line))

    def _line(self, line: TemplateLine) -> object:
        name = Text(line.path.name, elide=True)
        look = words("看标签", on_click=lambda: self.check(line.path))
        drop = icon_button("close", f"不再用：{line.path.name}", lambda: self.remove(line))
        shown = across(name, look, drop, gap=6)
        shown.setStretch(0, 1)
        return shown

    def add(self) -> None:
        """Ask for files and take them into use."""
        for path in self._context.messages.ask_files(KINDS):
            self.take(path)

    def take(self, path: Path) -> None:
        """Take a template into use; what is wrong with it is listed with its places."""
        templates = OwnTemplates(self._context.services)
        try:
            found = templates.add(path, self.kind)
        except UserError as refusal:
            if refusal.details:
                self._show_faults(path, refusal.details, "没有采用")
            else:
                self._context.messages.error(refusal)
            return
        self._context.messages.clear_error()
        self.show_kind(self.kind)
        self._context.messages.toast(f"已采用《{path.name}》，会填 {len(found.known)} 种标签")

    def check(self, path: Path) -> None:
        """Say which tags a template has."""
        try:
            found = OwnTemplates(self._context.services).check(path, self.kind)
        except UserError as refusal:
            self._context.messages.error(refusal)
            return
        if found.faults:
            self._show_faults(path, found.faults, "填不了")
            return
        things = [Thing(said, mark="tick") for said in found.known]
        self._context.messages.ask(f"《{path.name}》会填这些栏", things=things)

    def _show_faults(self, path: Path, faults: tuple[str, ...], outcome: str) -> None:
        self._context.messages.ask(
            f"《{path.name}》有 {len(faults)} 处标签要改，{outcome}",
            "在 Word 或 Excel 里改好，存盘后再加一次。",
            things=[Thing(fault, mark="late") for fault in faults],
        )

    def remove(self, line: TemplateLine) -> None:
        """Take a template out of use; one click brings it back."""
        templates = OwnTemplates(self._context.services)
        try:
            kept = templates.remove(line.kind, line.name)
        except UserError as refusal:
            self._context.messages.error(refusal)
            return
        self.show_kind(self.kind)

        def bring_back() -> None:
            templates.add(kept, line.kind, line.name)
            self.show_kind(self.kind)

        self._context.messages.toast(f"已不再用《{line.path.name}》", bring_back)

    def copy_tags(self) -> None:
        """Put every tag on the clipboard, to be pasted into a template."""
        tags = OwnTemplates(self._context.services).words(self.kind)
        self._context.messages.copied("\n".join(tags), f" {len(tags)} 个标签")
