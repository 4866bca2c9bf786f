"""The questions of 账号: new, change, a move with its reason, a hand-over, an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.shared.acting import ask_and_act
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Check, Field, Verdict, wrong
from wxadmin.domain import account_moves as moves
from wxadmin.domain.account import Account
from wxadmin.domain.account_rules import (
    EXCEPTION_KINDS,
    email_problem,
    mobile_problem,
    userid_problem,
)
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.accounts import Accounts
from wxadmin.services.history import History
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from ui.accounts.desk import AccountsDesk

_SAID = {
    moves.OPEN: "开通后本人就能登录；平时由附件一办结时自动开通，这里只补登。",
    moves.SUSPEND: "停用后本人不能登录，随时可以恢复；群主、群管理号不受影响，请另看。",
    moves.RESTRICT: "限制使用：还能登录，权限收紧。",
    moves.RESTORE: "恢复后和停用前一样。",
    moves.RECLAIM: "发起回收后等交还，收回了再确认。",
    moves.TAKE_BACK: "确认号已交还公司。",
    moves.BEGIN_CLOSING: "发起注销后等后台办理，办好了再点注销。",
    moves.CLOSE: "注销即了结，不能再用；仍是群主的，要先办群主转让。",
    moves.BAR: "永久取消使用资格：解除之前不能再开账号。",
    moves.LIFT: "解除后可以重新申请账号。",
}
_REASON_ASKED = frozenset({moves.SUSPEND, moves.RESTRICT, moves.RECLAIM, moves.BEGIN_CLOSING,
                           moves.CLOSE, moves.BAR, moves.LIFT})  # fmt: skip


def plain_check(problem_of: Any) -> Check:
    """A check out of one of the rules' sentences."""

    def check(value: Any, values: Any) -> Verdict | None:
        problem = problem_of(str(value))
        return wrong(problem) if problem else None

    return check


def person_check(services: Workplace) -> Check:
    """Whether a 工号 or name is somebody's."""

    def check(value: Any, values: Any) -> Verdict | None:
        try:
            person_called(services, str(value))
        except UserError as refusal:
            return wrong(refusal.message)
        return None

    return check


_PERIODS = frozenset({moves.SUSPEND, moves.RESTRICT})
_UNTIL = Field(
    "until", "到哪一天为止", "date", half=True, hint="到期后今日会提醒恢复；没有期限就空着"
)


def move(desk: AccountsDesk, account: Account, wanted: str) -> None:
    """Ask for day and reason, then move the account."""
    accounts, word = Accounts(desk.context.services), moves.MOVES[wanted]

    def not_later(value: Any, values: Any) -> Verdict | None:
        return wrong("还没到这一天。") if value > desk.context.services.today else None

    ask_and_act(
        desk.context, f"{word}：{account.name}",
        [
            Field("reason", "原因", required=wanted in _REASON_ASKED,
                  placeholder="例如 离职、长期不用、违规"),
            Field("on", "日期", "date", required=True, value=desk.context.services.today,
                  check=not_later, half=True),
            *([_UNTIL] if wanted in _PERIODS else []),
        ],
        word, lambda answer: accounts.move(account, wanted, reason=answer["reason"],
                                           on=answer["on"], until=answer.get("until") or None),
        lambda after: f"已{word} {after.name} 的账号，现在是“{after.state}”",
        _SAID.get(wanted, ""),
    )  # fmt: skip


def hand_over(desk: AccountsDesk, account: Account) -> None:
    """Give the account to a successor, on the paper that says so."""
    services = desk.context.services
    ask_and_act(
        desk.context, f"转交：{account.name}",
        [
            Field("to", "接收人（工号或姓名）", required=True, check=person_check(services)),
            Field("basis", "依据（交接单或附件一编号）", required=True),
            Field("on", "转交日期", "date", required=True, value=services.today),
        ],
        "转交账号",
        lambda answer: Accounts(services).hand_over(
            account, person_called(services, answer["to"]), basis=answer["basis"],
            on=answer["on"]),
        lambda after: f"已转交，{account.account_no}现在由{after.name}使用",
        "接收人也要守一人一号；原来由谁用过，台账里一直看得到。",
    )  # fmt: skip


def change(desk: AccountsDesk, account: Account, only: str = "") -> None:
    """Change fields of an account; who has it and the state have acts of their own."""
    services = desk.context.services
    fields = [field for field in _changeable(desk, account) if not only or field.key == only]
    now = {field.key: field.value for field in fields}
    fields.append(Field("reason", "变更依据", placeholder="例如 附件一编号、本人来电"))

    def do(answer: dict[str, Any]) -> Account:
        changed = {key: answer[key] for key in now if (answer[key] or "") != (now[key] or "")}
        for key in ("responsible_id", "custodian_id"):
            if key in changed:
                changed[key] = _person_id(services, changed[key])
        return Accounts(services).change(account, changed, reason=answer["reason"])

    ask_and_act(desk.context, f"变更：{account.name}", fields, "保存变更", do,
                f"已变更 {account.name} 的账号",
                "使用人变了请用“转交”，状态变了请用停用、恢复。")  # fmt: skip


def _changeable(desk: AccountsDesk, account: Account) -> list[Field]:
    services = desk.context.services
    names = _numbers_of(services, account)
    levels = [(level.name, level.name) for level in services.pack.permission_levels]
    check = person_check(services)
    return [
        Field("name", "账户名称", required=True, value=account.name, half=True),
        Field("wecom_userid", "账号", value=account.wecom_userid, half=True,
              check=plain_check(userid_problem)),
        Field("mobile", "手机号码", "phone", value=account.mobile, half=True,
              check=plain_check(mobile_problem)),
        Field("company_email", "公司邮箱", value=account.company_email, half=True,
              check=plain_check(email_problem)),
        Field("mobile_is_company", "公司提供的号码", "tick", value=account.mobile_is_company),
        Field("responsible_id", "责任人（工号）", value=names["responsible_id"], half=True,
              check=check),
        Field("custodian_id", "保管人（工号）", value=names["custodian_id"], half=True,
              check=check),
        Field("permission_level", "权限等级", "choice", value=account.permission_level or None,
              choices=levels, half=True),
        Field("directory_title", "通讯录岗位", value=account.directory_title, half=True),
        Field("remark", "备注", value=account.remark),
    ]  # fmt: skip


def _numbers_of(services: Workplace, account: Account) -> dict[str, str]:
    found = {}
    for key in ("responsible_id", "custodian_id"):
        person_id = getattr(account, key)
        person = services.store.get(Employee, person_id) if person_id is not None else None
        found[key] = person.emp_no if person else ""
    return found


def _person_id(services: Workplace, text: str) -> int | None:
    return person_called(services, text).id if text else None


def grant(desk: AccountsDesk, holder: Employee) -> None:
    """Record an approved exception for the holder: 多账号 or 私用, with its last day."""
    services = desk.context.services

    def ahead(value: Any, values: Any) -> Verdict | None:
        return wrong("已经过去了。") if value < services.today else None

    ask_and_act(
        desk.context, f"批准账号例外：{holder.name}",
        [
            Field("kind", "例外", "choice", required=True, value=EXCEPTION_KINDS[0],
                  choices=[(kind, kind) for kind in EXCEPTION_KINDS], half=True),
            Field("granted_by", "谁批准", required=True, half=True),
            Field("until", "有效到", "date", required=True, check=ahead, half=True),
            Field("basis", "依据", half=True),
            Field("reason", "理由", required=True),
        ],
        "登记例外",
        lambda answer: Accounts(services).grant(
            holder, answer["kind"], granted_by=answer["granted_by"], until=answer["until"],
            reason=answer["reason"], basis=answer["basis"]),
        lambda made: f"已批准 {holder.name} 的{made.exception_kind}，至 {made.until}",
        "有效期内可以再开一个号；到期前请收回或续批。",
    )  # fmt: skip


def close_many(desk: AccountsDesk, chosen: list[Account]) -> None:
    """Close several accounts as one act; all or none."""
    count, accounts = len(chosen), Accounts(desk.context.services)
    names = "、".join(account.name for account in chosen[:8])
    more = f"等{count}个" if count > 8 else ""
    fields = [Field("reason", "原因", required=True, value="离职")]
    if accounts.is_mass(count):
        no = wrong(f"选中的是 {count} 个。")
        fields.append(Field("count", "个数较多，请填要注销几个", "number", required=True,
                            check=lambda value, _: None if value == count else no))  # fmt: skip
    ask_and_act(
        desk.context, f"注销 {count} 个账号", fields, f"注销 {count} 个",
        lambda answer: accounts.close_many(
            chosen, reason=answer["reason"], brake_released=answer.get("count") == count),
        lambda count: f"已注销 {count} 个账号",
        f"{names}{more}。有一个不能注销，就一个也不注销。",
    )  # fmt: skip


def show_history(desk: AccountsDesk, account: Account) -> None:
    """Everything that ever happened to the account, and the way to the journal."""
    told = History(desk.context.services).of_record(account)
    things = [
        Thing(one.operation.title, one.operation.source, f"{one.operation.on:%Y-%m-%d}")
        for one in told
    ]
    answer = desk.context.messages.ask(
        f"{account.name}的历史", account.account_no, things,
        acts=[Choice("知道了", kind="filled")], left=[Choice("看日志", "journal")],
    )  # fmt: skip
    if answer == "journal" and told:
        desk.context.navigate("journal", told[0].operation.id)
