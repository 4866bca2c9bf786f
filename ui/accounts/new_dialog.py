"""新建账号: one that is in use already, or a department's; what is known is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.accounts.dialogs import person_check, plain_check
from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog, accepted_values
from ui.shared.dialog import Choice
from ui.shared.record_form import Field, RecordForm, good
from wxadmin.domain.account import IN_USE, PENDING, Account
from wxadmin.domain.account_rules import mobile_problem, userid_problem
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import AS_FOUND, Employee
from wxadmin.services.accounts import Accounts
from wxadmin.services.people import person_called

if TYPE_CHECKING:
    from ui.accounts.desk import AccountsDesk

BASIS = "补登"


class NewAccountDialog(ActingDialog):
    """`run_for(desk, keeper)`; a refusal (一人一号 …) stands in the dialog."""

    def __init__(self, desk: AccountsDesk, keeper: Employee | None = None) -> None:
        self._services = desk.context.services
        self._types = {kind.id: kind for kind in self._services.pack.account_types}
        self.form = RecordForm(self._fields())
        super().__init__(
            desk.window(), "新建账号", self.form,
            (Choice("取消", None), Choice("登记账号", self.form, kind="filled")),
            self.register, accepted_values,
            "新员工开号请走附件一；这里登记已经在用的号，和部门号、官方号、群管理号。",
            left=(Choice("改为起草附件一", "draft", icon="form"),),
        )  # fmt: skip
        self.form.boxes["keeper"].input.left.connect(self.propose)
        self.form.boxes["keeper"].input.setFocus()
        if keeper is not None:
            self.form.set_values({"keeper": keeper.emp_no})
            self.propose()

    def _fields(self) -> list[Field]:
        tree = self._services.units()
        units = sorted(tree.units, key=lambda unit: (len(tree.path(unit)), tree.text(unit)))
        kinds = [(kind.id, kind.name) for kind in self._types.values()]
        states = [(IN_USE, "已经在用（补登）"), (PENDING, "待开通")]
        return [
            Field("account_type", "类型", "choice", required=True, value=kinds[0][0],
                  choices=kinds, half=True),
            Field("keeper", "使用人、责任人或保管人（工号）", required=True, half=True,
                  check=person_check(self._services)),
            Field("name", "账户名称", required=True, half=True),
            Field("wecom_userid", "账号", half=True, check=plain_check(userid_problem)),
            Field("mobile", "手机号码", "phone", half=True, check=plain_check(mobile_problem)),
            Field("unit", "部门", "choice", half=True,
                  choices=[(unit, tree.text(unit)) for unit in units]),
            Field("state", "现状", "choice", required=True, value=IN_USE, choices=states,
                  half=True),
            Field("opened_on", "开通日期", "date", half=True, hint="记不清可以不填"),
            Field("remark", "备注"),
        ]  # fmt: skip

    def propose(self) -> None:
        """Fill in what follows from who has it, where nothing was typed yet."""
        values = self.form.values()
        try:
            person = person_called(self._services, values["keeper"])
        except UserError:
            return
        if values["unit"] is None:
            self.form.set_values({"unit": person.org_unit_id})
        if self._types[values["account_type"]].keeper != "holder":
            return
        known = {
            "name": person.name,
            "mobile": person.mobile,
            "wecom_userid": Accounts(self._services).proposed_userid(person),
        }
        self.form.set_values({key: text for key, text in known.items() if not values[key]})
        if not values["wecom_userid"]:
            self.form.say("wecom_userid", good("按姓名拼音建议，没人用过；在用的号请照实填。"))

    def register(self, values: dict[str, Any]) -> Account:
        """Register the account as it was typed."""
        kind = self._types[values["account_type"]]
        person = person_called(self._services, values["keeper"])
        fields = {
            "account_type": kind.id,
            "name": values["name"],
            "wecom_userid": values["wecom_userid"],
            "mobile": values["mobile"],
            "org_unit_id": values["unit"],
            "state": values["state"],
            "opened_on": values["opened_on"],
            "remark": values["remark"],
            f"{kind.keeper}_id": person.id,
            "in_directory": values["state"] == IN_USE,
            "entry": AS_FOUND if values["state"] == IN_USE else "",
        }
        return Accounts(self._services).add(fields, basis=BASIS)

    def _choose(self, value: Any) -> None:
        if value == "draft":
            self.answer = value
            self.accept()
            return
        super()._choose(value)

    @classmethod
    def run_for(cls, desk: AccountsDesk, keeper: Employee | None = None) -> None:
        """Ask, register, say so; the new account is then the one shown."""
        before = newest(desk.context)
        dialog = cls(desk, keeper)
        answer = dialog.run()
        if answer == "draft":
            desk.draft_for(dialog.form.values()["keeper"])
        elif answer is not None:
            made: Account = dialog.outcome
            tell(desk.context, f"已登记 {made.name} 的账号 {made.account_no}", made, before)
            desk.open(made.id)
