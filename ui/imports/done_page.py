"""The end of an import: what was written, how to take it back, where to go on."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui import style
from ui.imports.journey import Journey
from ui.imports.kinds import words_of
from ui.shared.buttons import Button, filled, plain, words
from ui.shared.chip import StateWord
from ui.shared.layouts import across, cleared, down
from ui.shared.text import Text
from wxadmin.domain import import_plan as plans


class DonePage(QWidget):
    """`undone()`, `results_asked()`, `another_asked()`, `gone(desk, key)`."""

    undone = Signal()
    results_asked = Signal()
    another_asked = Signal()
    gone = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.journey: Journey | None = None
        self.operation: int | None = None
        self._onward: Button | None = None
        self._column = down(gap=10, margins=(20, 28, 20, 20))
        self.setLayout(self._column)

    def show_done(self, journey: Journey, operation: int | None, waiting: int) -> None:
        """Say what was written; `waiting` files are still to come."""
        self.journey, self.operation, self._waiting = journey, operation, waiting
        self._fill(in_effect=True)

    def show_undone(self) -> None:
        """The import was taken back."""
        self._fill(in_effect=False)

    def take_focus(self) -> None:
        """The next file while some wait, else what the import set in motion."""
        onward = None if self._waiting else self._onward
        (onward or self.next).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, in_effect: bool) -> None:
        cleared(self._column)
        self._onward = None
        assert self.journey is not None
        name = self.journey.path.name
        sentence = f"已导入 {name}" if in_effect else f"已撤销：导入 {name}"
        if self.operation is None:
            sentence = f"{name} 与登记一致，什么也没有改"
        mark = StateWord("proof" if in_effect else "stopped", "")
        self._column.addLayout(across(mark, Text(sentence, 20, True), None, gap=10))
        for line in self._facts() if in_effect else ["数据回到了导入之前，这份文件可以再导入。"]:
            self._column.addWidget(Text(line, 14, tone="ink2", wrap=True))
        if in_effect:
            self._links()
        self._column.addSpacing(style.px(12))
        self._column.addLayout(across(*self._acts(in_effect), None, gap=10))
        self._column.addStretch(1)

    def _facts(self) -> list[str]:
        assert self.journey is not None
        plan, struck = self.journey.preview.plan, self.journey.struck_lines
        parts = []
        words = words_of(plan.kind)
        kinds = (plans.NEW, words.new), (plans.CHANGED, words.changed), (
            plans.LEFT, words.left), (plans.RETURNED, "撤销离职")  # fmt: skip
        for kind, word in kinds:
            many = sum(one.key not in struck for one in plan.of_kind(kind))
            if many:
                parts.append(f"{word} {many} 人")
        facts = ["写入：" + ("、".join(parts) if parts else "名单已收下，人员没有变化") + "。"]
        left = [f"划掉 {self.journey.struck_count()} 行" if self.journey.struck_count() else "",
                f"以后再说 {plan.count(plans.SKIPPED)} 行" if plan.count(plans.SKIPPED) else "",
                f"有问题没导入 {len(plan.problems)} 处" if plan.problems else ""]  # fmt: skip
        left = [one for one in left if one]
        return [*facts, f"没有处理：{'、'.join(left)}。"] if left else facts

    def _links(self) -> None:
        assert self.journey is not None
        lines, parts = self.journey.struck_lines, self.journey.struck_parts
        found = [c for c in self.journey.preview.consequences.values() if c.key not in lines]
        forms = sum(c.form and (c.key, "form") not in parts for c in found)
        lists = Counter(
            c.checklist for c in found if c.checklist and (c.key, "checklist") not in parts
        )
        groups = {group for c in found for group in (*c.joins, *c.leaves)}
        done = words_of(self.journey.preview.plan.kind).done
        links: list[tuple[str, str, str | None]] = [(text, desk, None) for text, desk in done]
        if lists:
            links.append((f"办理 {lists.total()} 人", "checklists", lists.most_common(1)[0][0]))
        if forms:
            links.append((f"附件一 {forms} 张待打印", "forms", None))
        if groups:
            links.append((f"{len(groups)} 个群的成员要调整", "groups", None))
        if links:
            self._column.addSpacing(style.px(8))
            self._column.addWidget(Text("接下来", 14, True))
        for text, desk, key in links:
            link = words(f"{text} ›", on_click=lambda d=desk, k=key: self.gone.emit(d, k))
            self._onward = self._onward or link
            self._column.addLayout(across(link, None))

    def _acts(self, in_effect: bool) -> list[Button]:
        more = f"下一个文件（还有 {self._waiting} 个）" if self._waiting else "再导入一个文件"
        self.next = filled(more, "import", self.another_asked.emit)
        acts = [self.next]
        if in_effect and self.journey is not None:
            if not words_of(self.journey.preview.plan.kind).done:  # HR wants its list back
                acts.append(plain("导出处理结果", "export", self.results_asked.emit))
            if self.operation is not None:
                acts.append(plain("撤销这次导入", "undo", self.undone.emit))
        return acts
