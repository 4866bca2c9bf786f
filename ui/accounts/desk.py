"""账号: the register of accounts, the four lists of what is amiss, and every lawful act."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from ui.accounts import dialogs, paper
from ui.accounts.columns import COLUMNS
from ui.accounts.panel import AccountView, details_of, details_of_person
from ui.accounts.reading import AccountReading
from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.shared.acting import act
from ui.shared.buttons import filled, plain
from ui.shared.detail_panel import DetailPanel, Details
from ui.shared.empty_state import EmptyState
from ui.shared.layouts import across, region
from ui.shared.roll_source import AFTER_PAINT, RollSource, bring_facts
from ui.shared.saving import export_list
from ui.shared.table import Table
from ui.shared.text import Text, thousands
from ui.shared.toolbar import Toolbar
from wxadmin.domain import account_moves as moves
from wxadmin.domain.account import Account, AccountException
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.account_register import PersonWithoutAccount
from wxadmin.services.account_roll import (
    LIST_FILTERS,
    STATE_FILTERS,
    AccountFacts,
    AccountRoll,
)
from wxadmin.services.accounts import Accounts

_EDITED = {"name": "name", "userid": "wecom_userid", "mobile": "mobile"}


class AccountsDesk(Desk):
    """An account is named by its id, its number or userid; somebody without one by his id."""

    title = "账号"
    about = (
        "登记每个企业微信账号：谁在用、谁负责、是什么状态、以前是谁用的。第二行是四张例外清单。"
        "每人一个号，再开要先批“多账号”。停用、恢复、回收、注销、转交都在右侧，都能撤销。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_acts(
            plain("导出", "export", on_click=self.export),
            filled("新建账号", "plus", on_click=lambda: self.new()),
        )
        words = [("", "全部"), *((key, word) for key, (word, _) in STATE_FILTERS.items())]
        self.toolbar = Toolbar("姓名、拼音、工号、手机尾号", words, unit="个", keeps=True)
        lists = [self.toolbar.filters.another(key, word) for key, word in LIST_FILTERS.items()]
        line = across(Text("例外清单", size=12, tone="ink3"), *lists, None, gap=4,
                      margins=(20, 0, 16, 4))  # fmt: skip
        empty = EmptyState(
            "list", "这里登记公司的每一个企业微信账号", "附件一办结时自动登记；在用的号可以补登。",
            plain("补登一个账号", "plus", on_click=lambda: self.new()),
        )  # fmt: skip
        self.table = Table(COLUMNS, "账号", empty=empty, search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.put(self.toolbar, region(line), self.table)
        self.panel = DetailPanel()
        self.set_side(self.panel, 328)
        self.source: RollSource | None = None
        self.view: AccountView | None = None
        self.without: PersonWithoutAccount | None = None
        self._reading = AccountReading(context.services, AccountRoll(context.services))
        self._fills = QTimer(self, singleShot=True, interval=AFTER_PAINT)
        self._fills.timeout.connect(lambda: self._fill(self.table.current_id()))
        self.table.current_changed.connect(self.show_one)
        self.table.opened.connect(lambda _: self.show_side(True))
        self.table.edit_asked.connect(lambda _, column: self.change(_EDITED.get(column, "")))
        self.table.end_asked.connect(lambda _: self.suspend())

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        roll = AccountRoll(self.context.services)
        ids = roll.ids()
        self._reading = AccountReading(self.context.services, roll)
        before = self.source
        self.source = RollSource(ids, roll.facts, lambda keys: roll.page(list(keys), self._facts()))
        self.header.set_facts(f"{thousands(len(ids))} 个")
        bring_facts(self.context, self.source, before, roll.facts, self._taken)
        self.table.show_rows(self.source)
        if self.table.current_id() is None and self.table.hits():
            self.table.select(self.table.model.id_at(0))
        else:
            self.show_one(self.table.current_id())

    def _facts(self) -> AccountFacts | None:
        source = self.source
        return source.facts() if source is not None and source.has_facts else None

    def _taken(self, source: RollSource) -> None:
        """The facts are here: counts, and what she searched for meanwhile."""
        if source is not self.source:
            return
        counts = source.facts().counts
        self.toolbar.filters.set_counts(counts)
        self.header.set_facts(f"{thousands(counts[''])} 个", f"在用 {counts['in_use']:,}")
        if source.is_long():
            self.table.model.show()
            self.toolbar.show_hits(self.table.hits())

    def open(self, key: Any) -> None:
        """Show an account by id, number, userid or its holder's 工号, whatever is filtered."""
        wanted = self._key_of(key)
        if wanted is None:
            return
        if not self.table.select(wanted):
            self.toolbar.clear()
            if isinstance(wanted, tuple):
                self.toolbar.filters.choose("without")
            self.table.select(wanted)
        self.show_side(True)

    def _key_of(self, key: Any) -> Any:
        if isinstance(key, (int, tuple)):
            return key
        try:
            return Accounts(self.context.services).called(str(key)).id
        except UserError as refusal:
            self.context.messages.error(refusal)
            return None

    def show_one(self, key: Any) -> None:
        """Fill the panel with an account, or with somebody who has none.

        Of a long list once it is painted, so that a held arrow key fills the panel only once.
        """
        self.view, self.without = None, None
        if self.source is not None and self.source.is_long():
            self._fills.start()
        else:
            self._fill(key)

    def _fill(self, key: Any) -> None:
        if isinstance(key, tuple):
            facts = self._facts()
            self.without = facts.without.get(key[1]) if facts is not None else None
            if self.without is not None:
                self.panel.show_details(details_of_person(self, self.without))
                return
        account = self.context.services.store.get(Account, key) if isinstance(key, int) else None
        if account is None:
            self.panel.show_details(Details("没有选中"))
            return
        few = self.source is not None and not self.source.is_long()
        self.view = self._reading.view(account, with_groups=few)
        self.panel.show_details(details_of(self, self.view))

    def status_text(self) -> str:
        facts = self._facts()
        if facts is None:
            return ""
        chosen = len(self.table.selected_ids())
        text = f"{facts.counts['']:,} 个账号"
        return f"{text}，选中 {chosen} 个" if chosen else text

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("new", "新建账号", self.new),
            DeskAct("print", "打印附件一", self.print_form),
            DeskAct("export", "导出账号台账", self.export),
            DeskAct("change", "变更", self.change, "Ctrl+D"),
            DeskAct("hand_over", "转交", self.hand_over, "Ctrl+T"),
        ]

    # -- acts -----------------------------------------------------------------------------------

    def account(self) -> Account | None:
        """The account shown."""
        return self.view.account if self.view is not None else None

    def holder(self) -> Employee | None:
        """Who has the account shown, or the person shown who has none."""
        wanted = self.without.employee_id if self.without is not None else None
        if self.view is not None:
            wanted = self.view.account.holder_id
        return self.context.services.store.get(Employee, wanted) if wanted is not None else None

    def new(self) -> None:
        """Register an account that is in use already, or a department's."""
        from ui.accounts.new_dialog import NewAccountDialog

        NewAccountDialog.run_for(self, self.holder() if self.without is not None else None)

    def change(self, field: str = "") -> None:
        """Change fields."""
        if (account := self.account()) is not None:
            dialogs.change(self, account, field)

    def move(self, wanted: str) -> None:
        """Suspend, restore, reclaim, close … with reason and day."""
        if (account := self.account()) is not None:
            dialogs.move(self, account, wanted)

    def suspend(self) -> None:
        """Del: the harmless end."""
        account = self.account()
        if account is not None and moves.SUSPEND in moves.account_moves_from(account.state):
            self.move(moves.SUSPEND)

    def hand_over(self) -> None:
        """Give it to a successor."""
        if (account := self.account()) is not None:
            dialogs.hand_over(self, account)

    def turn_directory(self) -> None:
        """Into the address book, or out of it."""
        account, accounts = self.account(), Accounts(self.context.services)
        if account is None:
            return
        if account.in_directory:
            act(self.context, f"已把 {account.name} 移出通讯录",
                lambda: accounts.take_out_of_directory(account))  # fmt: skip
        else:
            act(self.context, f"已把 {account.name} 加入通讯录",
                lambda: accounts.put_into_directory(account))  # fmt: skip

    def verify(self) -> None:
        """The particulars were checked today."""
        if (account := self.account()) is not None:
            act(self.context, f"已核实 {account.name} 的账号资料",
                lambda: Accounts(self.context.services).verify(account))  # fmt: skip

    def grant(self) -> None:
        """Record an approved exception for the holder."""
        if (holder := self.holder()) is not None:
            dialogs.grant(self, holder)

    def end_exception(self, exception: AccountException) -> None:
        """Let an exception run out today."""
        act(self.context, f"已终止{exception.exception_kind}，今天是最后一天",
            lambda: Accounts(self.context.services).end_exception(exception))  # fmt: skip

    def selected_accounts(self) -> list[int]:
        """The ids of the accounts selected."""
        return [key for key in self.table.selected_ids() if isinstance(key, int)]

    def close_selected(self) -> None:
        """Close all that are selected, as one act."""
        chosen = self.context.services.store.find(Account, id=set(self.selected_accounts()))
        dialogs.close_many(self, chosen)

    def copy_userid(self) -> None:
        """Put the userid into the clipboard."""
        if (account := self.account()) is not None:
            QGuiApplication.clipboard().setText(account.wecom_userid)
            self.context.messages.toast(f"已复制 {account.wecom_userid}")

    def show_history(self) -> None:
        """Everything that happened to the account."""
        if (account := self.account()) is not None:
            dialogs.show_history(self, account)

    def go_to_holder(self) -> None:
        """The person, with all groups and why."""
        if (holder := self.holder()) is not None:
            self.context.navigate("people", holder.id)

    def draft(self) -> None:
        """Draft 附件一 for the person shown."""
        if (holder := self.holder()) is not None:
            self.draft_for(holder.emp_no)

    def draft_for(self, key: str) -> None:
        """Draft 附件一 for a 工号 or name and show it."""
        paper.draft(self, key)

    def print_form(self) -> None:
        """Go to the 附件一 of this account on the forms desk, where it is printed."""
        if (account := self.account()) is not None:
            paper.show(self, account)
        else:
            self.draft()

    def export(self) -> None:
        """Write the register into a workbook of her choice."""
        export_list(self, self.context, "accounts", "账号台账", "个账号")
