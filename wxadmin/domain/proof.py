"""What the register may answer when asked whether a step is done, and what remedies it."""

from __future__ import annotations

from collections.abc import Iterable

from wxadmin.domain.frozen import dataclass

PROVEN = "proven"
NOTHING = "nothing"
CONTRARY = "contrary"
UNKNOWN = "unknown"

BY_PROOF = "已办，依据："
"""How the sentence of a step begins that the register has proven."""

ACTS = {
    "import_roster": "导入花名册",
    "import_leavers": "导入离职清单",
    "import_directory": "导入通讯录",
    "import_members": "登记群成员",
    "record_members": "登记进出群",
    "new_form": "起草表单",
    "print_form": "打印表单",
    "sign_form": "登记签回",
    "receive_form": "登记收件",
    "open_account": "开通账号",
    "settle_accounts": "处理多余账号",
    "put_in_directory": "加入通讯录",
    "correct_directory": "更新通讯录",
    "take_out_of_directory": "从通讯录删除",
    "close_account": "停用账号",
    "dispose_account": "定账号去向",
    "transfer_owner": "办理群主转让",
    "end_admin": "终止群管理员",
    "hand_over_number": "登记管理号交接",
    "set_owner": "指定群主",
    "bind_number": "绑定群管理号",
    "register_group": "补全群台账",
    "check_group": "核查群成员",
    "dissolve_group": "登记解散",
    "release_number": "释放群管理号",
}
"""The acts that remedy what a step lacks, by id: what the window and the verb call them."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the register says about a step.

    PROVEN: done, `sentence` says by what. NOTHING: there was nothing to do. CONTRARY: it is not
    done, so nobody can tick it. UNKNOWN: the register cannot tell; a person may tick.
    `waiting` means that it lies with somebody else, `holds_up` that another thing must be settled
    first; `act` is the remedy and `things` what it concerns.
    """

    finding: str
    sentence: str
    waiting: bool = False
    holds_up: bool = False
    act: str = ""
    things: tuple[str, ...] = ()

    @property
    def settles(self) -> bool:
        """Say whether nothing is left to do."""
        return self.finding in {PROVEN, NOTHING}


def proven(by: str) -> Proof:
    """The step is done, and this is by what."""
    return Proof(PROVEN, BY_PROOF + by)


def nothing(why: str) -> Proof:
    """There is nothing to do."""
    return Proof(NOTHING, f"不适用：{why}")


def contrary(
    what: str,
    act: str = "",
    *,
    things: Iterable[str] = (),
    waiting: bool = False,
    holds_up: bool = False,
) -> Proof:
    """The register says it is not done."""
    return Proof(CONTRARY, what, waiting, holds_up, act, tuple(things))


def unknown(why: str, act: str = "") -> Proof:
    """The register cannot tell."""
    return Proof(UNKNOWN, f"{why}，请人工核对后打勾", act=act)


def listed(names: Iterable[str], most: int = 3) -> str:
    """Name a few things and count the rest: 莆田一厂、经理群组等5个."""
    known = list(names)
    text = "、".join(known[:most])
    return text if len(known) <= most else f"{text}等{len(known)}个"
