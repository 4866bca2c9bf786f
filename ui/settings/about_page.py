"""关于: company, policy, register and program; taking the sample office out."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion

from ui.settings.page import SettingsPage, article, section
from ui.shared.acting import act_beside, ask_and_act
from ui.shared.buttons import danger, plain
from ui.shared.detail_panel import facts_grid
from ui.shared.dialog import Choice
from ui.shared.layouts import across, cleared, down, region
from ui.shared.record_form import Field
from wxadmin.services.organisation import Organisation
from wxadmin.services.sample_clearing import SampleClearing, SampleStock

if TYPE_CHECKING:
    from ui.desk import Desk


class AboutPage(SettingsPage):
    """What a colleague or whoever helps would ask first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._facts = down(gap=0)
        self._sample = down(gap=0)
        rename = plain("改公司名称", "edit", on_click=self.rename)
        self.setLayout(
            down(
                article(region(self._facts), 8, across(rename, None), 16, region(self._sample)),
                gap=0,
            )
        )

    def refresh(self) -> None:
        office, pack = self.services.office(), self.services.pack
        path = self.services.register.path
        cleared(self._facts)
        self._facts.addLayout(
            facts_grid(
                [
                    ("公司", office.company_name),
                    ("制度", f"{pack.title}　{pack.version}"),
                    ("依据", pack.source),
                    ("登记库", str(path) if path else self.services.register.location),
                    ("日志", f"{self.services.journal.count():,} 步，全部可查"),
                    ("谁在用", self.services.by),
                    ("程序", f"wxadmin　Python {platform.python_version()}　Qt {qVersion()}"),
                ]
            )
        )
        self._show_sample(SampleClearing(self.services).stock())

    def _show_sample(self, stock: SampleStock | None) -> None:
        cleared(self._sample)
        if stock is None:
            return
        text = f"登记库里是 {stock.people:,} 个编造的人，供试用；清除后可以导入真花名册。"
        button = danger("清除示例办公室", on_click=self.clear_sample)
        self._sample.addWidget(section("示例办公室", text, button))

    def rename(self) -> None:
        """Change the company's name as it stands on paper."""
        organisation = Organisation(self.services)
        name = self.services.office().company_name
        ask_and_act(
            self.context, "公司名称",
            [Field("name", "印在表单和台账上的名称", required=True, value=name)], "保存",
            lambda typed: organisation.rename_office(typed["name"]), "已改公司名称",
        )  # fmt: skip

    def clear_sample(self) -> None:
        """Ask, then take the sample out with everything tried out on it, as one act."""
        clearing = SampleClearing(self.services)
        stock = clearing.stock()
        if stock is None:
            return
        since = f"连同之后试做的 {stock.acts_since} 步一起，" if stock.acts_since else ""
        sentence = "清除示例办公室？"
        reason = (f"{since}示例的 {stock.people:,} 个人、他们的账号、群成员、表单和办理单都会清除；"
                  "制度的单位、群组和你改过的设定留着。清除后还能撤销。")  # fmt: skip
        acts = [Choice("留着", None), Choice("清除", True, kind="danger")]
        if self.context.messages.ask(sentence, reason, acts=acts):
            act_beside(self.context, "已清除示例办公室，可以导入真花名册了",
                       lambda progress, cancelled: clearing.clear(),
                       busy="正在清除示例办公室")  # fmt: skip
