"""人员: everybody, found by any word; one person with groups and why, exceptions, what is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.people import dialogs
from ui.people.columns import COLUMNS
from ui.people.panel import details_of
from ui.shared.acting import act
from ui.shared.buttons import filled, plain
from ui.shared.detail_panel import DetailPanel, Details
from ui.shared.empty_state import EmptyState
from ui.shared.roll_source import RollSource, bring_facts
from ui.shared.saving import export_list
from ui.shared.table import Table
from ui.shared.text import thousands
from ui.shared.toolbar import Toolbar
from wxadmin.domain.person import Employee
from wxadmin.services.exceptions import Exceptions, Granted
from wxadmin.services.people_roll import FILTERS, NO_ACCOUNT, SERVING, PeopleRoll
from wxadmin.services.person_file import PersonFile, PersonFiles


class PeopleDesk(Desk):
    """A person is named by its id: `navigate("people", employee_id)` (工号 works too)."""

    title = "人员"
    about = (
        "人事花名册上的每个人：部门、职务、用工类型、在职状态。右侧是他的账号、各群和为什么在群、"
        "特批借调兼任、正在办的单子。Ctrl+N 登记新员工，可粘贴人事发来的一行。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_acts(
            plain("导出", "export", on_click=self.export),
            filled("登记新员工", "plus", on_click=self.new),
        )
        self.toolbar = Toolbar(
            "姓名、拼音、工号、手机尾号", list(FILTERS.items()), unit="人", keeps=True
        )
        empty = EmptyState(
            "people", "这里放公司的每一个人", "导入人事花名册后就有了；也可以先登记一位新员工。",
            plain("导入花名册", "import", on_click=lambda: context.navigate("imports")),
        )  # fmt: skip
        self.table = Table(COLUMNS, "人员", empty=empty, search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.put(self.toolbar, self.table)
        self.panel = DetailPanel()
        self.set_side(self.panel)
        self.source: RollSource | None = None
        self.files = PersonFiles(context.services)
        self.file: PersonFile | None = None
        self.table.current_changed.connect(self.show_person)
        self.table.opened.connect(lambda _: self.show_side(True))
        self.table.edit_asked.connect(lambda _, column: self.correct(column))
        self.table.end_asked.connect(lambda _: self.leave())

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        roll = PeopleRoll(self.context.services)
        ids = roll.ids()
        self.files = PersonFiles(self.context.services)
        before = self.source
        self.source = RollSource(ids, roll.facts, lambda keys: roll.page(list(keys)))
        self.header.set_facts(f"{thousands(len(ids))} 人")
        bring_facts(self.context, self.source, before, roll.facts, self._taken)
        self.table.show_rows(self.source)
        if self.table.current_id() is None and self.table.hits():
            self.table.select(self.table.model.id_at(0))
        else:
            self.show_person(self.table.current_id())

    def _taken(self, source: RollSource) -> None:
        """The facts are here: counts, and what she searched for meanwhile."""
        if source is not self.source:
            return
        counts = source.facts().counts
        self.toolbar.filters.set_counts(counts)
        self.header.set_facts(f"{thousands(counts[''])} 人", f"在职 {counts[SERVING]:,}")
        if source.is_long():
            self.table.model.show()
            self.toolbar.show_hits(self.table.hits())

    def open(self, key: Any) -> None:
        """Show a person by id or 工号, whatever is filtered."""
        person_id = self._id_of(key)
        if person_id is not None and not self.table.select(person_id):
            self.toolbar.clear()
            self.table.select(person_id)
        self.show_side(True)

    def _id_of(self, key: Any) -> int | None:
        if isinstance(key, int):
            return key
        found = self.context.services.store.find(Employee, emp_no=str(key))
        return found[0].id if found else None

    def show_person(self, person_id: Any) -> None:
        """Fill the panel; the groups follow from the worker where there are many people."""
        self.file = self.files.of(person_id) if isinstance(person_id, int) else None
        file = self.file
        if file is None:
            self.panel.show_details(Details("没有选中", facts=()))
            return
        if self.source is None or not self.source.is_long():
            self._show_whole(file)
            return
        self.panel.show_details(details_of(self, file, None, ()))
        files = self.files
        self.context.jobs.run(
            lambda progress, cancelled: files.picture.facts and None,
            on_done=lambda _: self._show_whole(file) if self.file is file else None,
            caption="正在看各群的规则", unit="人", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def _show_whole(self, file: PersonFile) -> None:
        places = self.files.places(file.person.id)
        self.panel.show_details(details_of(self, file, places, self.files.checklists(file)))

    def status_text(self) -> str:
        facts = self.source.facts() if self.source is not None and self.source.has_facts else None
        if facts is None:
            return ""
        missing = facts.counts[NO_ACCOUNT]
        text = f"{facts.counts['']:,} 人，在职 {facts.counts[SERVING]:,}"
        return f"{text}，其中无账号 {missing:,}" if missing else text

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("new", "登记新员工", self.new),
            DeskAct("print", "打印附件一", self.print_form),
            DeskAct("export", "导出人员表", self.export),
            DeskAct("correct", "更正这个人", self.correct, "Ctrl+D"),
        ]

    # -- acts -----------------------------------------------------------------------------------

    def person(self) -> Employee | None:
        """The person shown."""
        return self.file.person if self.file is not None else None

    def new(self) -> None:
        """Register a newcomer: HR's line pasted, number, checklist and 附件一 in one act."""
        from ui.people.joiner_dialog import JoinerDialog

        JoinerDialog.run_for(self)

    def correct(self, field: str = "") -> None:
        """Correct what HR got wrong."""
        if self.file is not None:
            dialogs.correct(self, self.file, field)

    def leave(self) -> None:
        """Record a leave date; 离职办理 starts in the same act."""
        if self.file is not None:
            dialogs.leave(self, self.file.person)

    def stay(self) -> None:
        """Take a leave back."""
        if self.file is not None:
            dialogs.stay(self, self.file.person)

    def grant(self) -> None:
        """特批 into a group or out of it."""
        if self.file is not None:
            dialogs.grant(self, self.file.person)

    def second(self) -> None:
        """借调 to another unit."""
        if self.file is not None:
            dialogs.second(self, self.file.person)

    def add_post(self) -> None:
        """兼任 of a second post."""
        if self.file is not None:
            dialogs.add_post(self, self.file.person)

    def end(self, granted: Granted) -> None:
        """End an exception today."""
        act(
            self.context, f"已结束 {granted.name} 的{granted.kind}",
            lambda: Exceptions(self.context.services).end(granted.kind, granted.id),
        )  # fmt: skip

    def draft(self) -> None:
        """Draft 附件一 for the person."""
        from wxadmin.services.form_shelf import ACCOUNT_REQUEST
        from wxadmin.services.forms import Forms

        person = self.person()
        if person is not None:
            forms = Forms(self.context.services)
            act(self.context, lambda form: f"已起草 {form.number}：{person.name}",
                lambda: forms.draft(ACCOUNT_REQUEST, person=person))  # fmt: skip

    def print_form(self) -> None:
        """Go to the person's newest form on the forms desk, where it is printed."""
        if self.file is None:
            return
        if self.file.forms:
            self.context.navigate("forms", self.file.forms[0].key)
        else:
            self.context.messages.error(
                f"{self.file.line.name}还没有表单可打印。", ("起草附件一", self.draft)
            )

    def copy_mobile(self) -> None:
        """Put the number into the clipboard, without blanks."""
        person = self.person()
        if person is not None:
            QGuiApplication.clipboard().setText(person.mobile)
            self.context.messages.toast(f"已复制 {person.name} 的手机号码")

    def show_history(self, person: Employee) -> None:
        """Everything that ever happened to the record."""
        dialogs.show_history(self, person)

    def export(self) -> None:
        """Write everybody into a workbook of her choice."""
        export_list(self, self.context, "people", "人员", "人")
