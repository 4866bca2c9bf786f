"""表单样式: how a form looks and what it asks, changed beside a live sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.settings.design_page import DesignPage
from ui.settings.form_parts import HeadPart, OpinionPart, SheetPart
from ui.settings.form_rows import ExtrasPart, RowsPart
from ui.settings.form_templates import TemplatesPart
from ui.shared.acting import take_back
from wxadmin.domain.errors import UserError
from wxadmin.domain.form_design import Design
from wxadmin.services.form_designs import FormDesigns
from wxadmin.services.organisation import Organisation

if TYPE_CHECKING:
    from ui.desk import Desk


class FormPage(DesignPage):
    """A kind of form is named by its id: `navigate("settings", "forms:account_request")`."""

    designs: FormDesigns

    def __init__(self, desk: Desk) -> None:
        self.head = HeadPart(self._take_logo)
        self.sheet, self.rows = SheetPart(), RowsPart()
        self.opinions, self.extras = OpinionPart(), ExtrasPart()
        self.templates = TemplatesPart(desk.context)
        self._renamed: int | None = None
        parts = (
            ("head", "抬头", self.head), ("sheet", "纸面", self.sheet), ("rows", "各行", self.rows),
            ("opinions", "审批栏", self.opinions), ("extras", "加的栏", self.extras),
            ("templates", "公司模板", self.templates),
        )  # fmt: skip
        super().__init__(desk, parts, "哪一种表")

    def make_designs(self) -> FormDesigns:
        designs = FormDesigns(self.services)
        self.rows.asked = designs.asked()
        return designs

    def show_besides(self) -> None:
        self.head.form.set_values({"company": self.services.office().company_name})
        self.templates.show_kind(self.kind)

    def is_changed(self, design: Design) -> bool:
        company = self.head.form.values()["company"]
        besides = self.head.everywhere.value() or company != self.services.office().company_name
        return besides or super().is_changed(design)

    def save_all(self, design: Design) -> dict[str, int]:
        """Save this form's design, the company's name, and the logo on all forms if wanted."""
        self._renamed = self._rename_company()
        kinds = [self.kind]
        if self.head.everywhere.value():
            kinds += [line.kind for line in self.designs.kinds() if line.kind != self.kind]
        before: dict[str, int] = {}
        for kind in kinds:
            own = self.designs.design(kind)
            head = replace(own, logo=design.logo, letterhead=design.letterhead)
            in_use = self.designs.in_use(kind)
            self.designs.save(kind, design if kind == self.kind else head)
            if self.designs.in_use(kind) != in_use:
                before[kind] = in_use
        return before

    def take_back(self, before: Mapping[str, int]) -> None:
        """Undo a save; the company's name with it, which is an act of the register."""
        renamed, self._renamed = self._renamed, None
        if before:
            super().take_back(before)
        if renamed is not None:
            take_back(self.context, renamed)

    def _rename_company(self) -> int | None:
        name = self.head.form.values()["company"]
        if name == self.services.office().company_name:
            return None
        return Organisation(self.services).rename_office(name)

    def _take_logo(self, path: Path) -> str:
        try:
            return self.designs.take_logo(path)
        except UserError as refusal:
            self.context.messages.error(refusal)
            return self.head.logo
