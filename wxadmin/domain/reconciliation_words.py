"""What is said of a finding: its reason in one sentence, and the acts that settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from wxadmin.domain import reconciliation_finding as r
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.reconciliation_values import HR, REGISTER, WECOM
from wxadmin.domain.words import field_label

TAKE_HR, TAKE_REGISTER, TAKE_WECOM = "take_hr", "take_register", "take_wecom"
OPEN_ACCOUNT = "open_account"
ADD_TO_WECOM = "add_to_wecom"
CLOSE_ACCOUNT = "close_account"
CLEAR_MEMBER = "clear_member"
REGISTER_ACCOUNT = "register_account"
SET_LISTED = "set_listed"
ISSUE_ORDER = "issue_order"
LOOK_INTO_GROUP = "look_into_group"
SEE_ORDER, SEE_REQUEST = "see_order", "see_request"
SEE_ACCOUNT = "see_account"
DECIDE = "decide"

ACTS: Final[Mapping[str, str]] = {
    TAKE_HR: "以人事为准",
    TAKE_REGISTER: "以台账为准",
    TAKE_WECOM: "以企业微信为准",
    OPEN_ACCOUNT: "填表开通",
    ADD_TO_WECOM: "交后台加入",
    CLOSE_ACCOUNT: "收回账号",
    CLEAR_MEMBER: "交后台清理",
    REGISTER_ACCOUNT: "登记到台账",
    SET_LISTED: "记为已入通讯录",
    ISSUE_ORDER: "开通知单",
    LOOK_INTO_GROUP: "看这个群",
    SEE_ORDER: "看通知单",
    SEE_REQUEST: "看附件一",
    SEE_ACCOUNT: "转给新工号",
    DECIDE: "是哪一位",
}
"""What can be done about a finding at once, by the name the desk calls it by."""

TAKES: Final[Mapping[str, str]] = {TAKE_HR: HR, TAKE_REGISTER: REGISTER, TAKE_WECOM: WECOM}
IN_WINDOW: Final = frozenset(
    {OPEN_ACCOUNT, LOOK_INTO_GROUP, DECIDE, SEE_ORDER, SEE_REQUEST, SEE_ACCOUNT}
)
"""Acts that lead elsewhere first: the desk opens the form, the group, or the candidates."""
_UNDER_WAY: Final[Mapping[str, str]] = {ISSUE_ORDER: SEE_ORDER, OPEN_ACCOUNT: SEE_REQUEST}
"""What is left to do about an act once it was done: to look how far it is."""

_BY_CAUSE: Final[Mapping[str, tuple[str, ...]]] = {
    r.NO_ACCOUNT: (OPEN_ACCOUNT,),
    r.NOT_OPENED: (ADD_TO_WECOM,),
    r.NOT_LISTED: (ADD_TO_WECOM,),
    r.LEFT: (CLOSE_ACCOUNT,),
    r.STRANGER: (CLEAR_MEMBER, DECIDE),
    r.STATE: (TAKE_REGISTER, TAKE_WECOM),
    r.NOT_REGISTERED: (REGISTER_ACCOUNT,),
    r.NOT_MARKED_LISTED: (SET_LISTED,),
    r.UNSURE: (DECIDE,),
    r.SWAPPED: (TAKE_HR, TAKE_WECOM),
    r.SECOND: (CLEAR_MEMBER,),
    r.LEFT_IN_GROUP: (ISSUE_ORDER,),
    r.NOT_EXPECTED: (ISSUE_ORDER,),
    r.UNLISTED_IN_GROUP: (ISSUE_ORDER,),
    r.OUTSIDER: (ISSUE_ORDER,),
    r.EXPECTED: (ISSUE_ORDER,),
}


def acts_of(finding: r.Finding, *, under_way: bool = False) -> tuple[str, ...]:
    """Return the acts that settle a finding, the one the policy prefers first; where its order
    or form is `under_way`, the way to that instead of another one."""
    acts = _acts_of(finding)
    return tuple(_UNDER_WAY.get(act, act) for act in acts) if under_way else acts


def _acts_of(finding: r.Finding) -> tuple[str, ...]:
    if finding.follows:
        return (LOOK_INTO_GROUP,)
    if finding.cause == r.LEFT and finding.namesake_id is not None:
        return (SEE_ACCOUNT,)  # he is back: the account is his under his new number
    if finding.cause == r.LEFT and finding.account_id is None:
        return (CLEAR_MEMBER,)  # the register has closed his account already
    if finding.cause != r.FIELD:
        return _BY_CAUSE[finding.cause]
    sides = {HR: finding.hr, REGISTER: finding.register, WECOM: finding.wecom}
    able = [act for act, side in TAKES.items() if sides[side]]
    return tuple(sorted(able, key=lambda act: TAKES[act] != finding.winner))


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence needs to know beside the finding itself."""

    today: date
    has_export: bool = True
    group_names: Callable[[int], str] = str
    why: Callable[[r.Finding], str] = lambda _: ""
    called: Callable[[int], str] = str


def reason_of(finding: r.Finding, told: Told) -> str:
    """Say in one sentence what differs and why it matters."""
    if finding.cause == r.FIELD:
        return _of_field(finding)
    sentence = _SENTENCES[finding.cause](finding, told)
    return f"{sentence}；已交后台，新的导出里仍是这样" if finding.tried else sentence


def _of_field(finding: r.Finding) -> str:
    what = label_of(finding.field)
    sides = {HR: finding.hr, REGISTER: finding.register, WECOM: finding.wecom}
    right = sides[finding.winner]
    may_be_blank = {WECOM} if finding.member_id is not None else set()
    off = [n for n, value in sides.items() if value != right and (value or n in may_be_blank)]
    sentence = f"{'、'.join(off) or REGISTER}的{what}不同，以{finding.winner}为准"
    if not finding.tried:
        return sentence
    if finding.field == "mobile":
        return f"{sentence}；已交后台，新的导出里仍没改：激活后的手机号要本人在企业微信里改"
    return f"{sentence}；已交后台，新的导出里仍没改"


def label_of(name: str) -> str:
    """Return what a compared field is called."""
    if name in {"org_unit", "position"}:
        return field_label("employee", f"{name}_id")
    return {"account": "账号", "": ""}.get(name) or field_label("account", name)


def _no_account(finding: r.Finding, told: Told) -> str:
    before = f"（原账号{finding.register}）" if finding.register else ""
    where = "台账和企业微信都没有账号" if told.has_export else "台账没有账号"
    back = ""
    if finding.namesake_id is not None:
        back = f"；原工号的账号还在（{told.called(finding.namesake_id)}），转过来即可"
    return f"在职，按制度应有账号，{where}{before}{back}{_inside(finding, told)}"


def _not_opened(finding: r.Finding, told: Told) -> str:
    return f"台账待开通，通讯录里还没有{_inside(finding, told)}"


def _not_listed(finding: r.Finding, told: Told) -> str:
    where = "最近一次导出的通讯录里没有" if told.has_export else "还没有加入通讯录"
    return f"台账{finding.register}，{where}{_inside(finding, told)}"


def _inside(finding: r.Finding, told: Told) -> str:
    if not finding.groups:
        return ""
    names = "、".join(map(told.group_names, finding.groups[:3]))
    more = f"等{len(finding.groups)}个群" if len(finding.groups) > 3 else ""
    return f"；人却在{names}{more}里"


def _left(finding: r.Finding, told: Told) -> str:
    days = (told.today - date.fromisoformat(finding.hr)).days
    still = []
    if finding.account_id is not None:
        still.append(f"台账{finding.register}")
    if finding.wecom:
        still.append(f"企业微信{finding.wecom}")
    back = ""
    if finding.namesake_id is not None:
        back = f"；本人已重新入职（{told.called(finding.namesake_id)}），账号转给新工号，不要注销"
    return f"离职{days}天，{'、'.join(still)}{back}"


def _stranger(finding: r.Finding, _: Told) -> str:
    return "通讯录里有，花名册和台账都没有此人，请查明是谁"


def _unsure(finding: r.Finding, _: Told) -> str:
    return "通讯录里的这一位对不上唯一一人，请选是谁"


def _swapped(finding: r.Finding, told: Told) -> str:
    other = told.called(finding.namesake_id or 0)
    return f"企业微信的手机号是同名的{other}的，两人可能对调了，请核对"


def _second(finding: r.Finding, _: Told) -> str:
    return f"同一人在通讯录里还有一个账号{finding.wecom}，台账没有登记"


def _state(finding: r.Finding, _: Told) -> str:
    return f"台账{finding.register}，企业微信{finding.wecom}"


def _not_registered(finding: r.Finding, _: Told) -> str:
    now = f"台账{finding.register}" if finding.register else "台账没有登记"
    return f"在职，企业微信里有账号{finding.wecom}，{now}"


def _not_marked(finding: r.Finding, _: Told) -> str:
    return "已在通讯录里，台账还记着未入通讯录"


def _left_in_group(finding: r.Finding, told: Told) -> str:
    return f"已离职，还在群里{told.why(finding)}"


def _by_why(finding: r.Finding, told: Told) -> str:
    sentence = told.why(finding)
    return f"{sentence}；群随通讯录自动调整，请核对" if finding.follows else sentence


def _unlisted(finding: r.Finding, _: Told) -> str:
    return "在群里，却不在通讯录"


def _outsider(finding: r.Finding, _: Told) -> str:
    return "外部人员，本群不准外部人员加入"


_SENTENCES: Final[Mapping[str, Callable[[r.Finding, Told], str]]] = {
    r.NO_ACCOUNT: _no_account,
    r.NOT_OPENED: _not_opened,
    r.NOT_LISTED: _not_listed,
    r.LEFT: _left,
    r.STRANGER: _stranger,
    r.UNSURE: _unsure,
    r.SWAPPED: _swapped,
    r.SECOND: _second,
    r.STATE: _state,
    r.NOT_REGISTERED: _not_registered,
    r.NOT_MARKED_LISTED: _not_marked,
    r.LEFT_IN_GROUP: _left_in_group,
    r.NOT_EXPECTED: _by_why,
    r.EXPECTED: _by_why,
    r.UNLISTED_IN_GROUP: _unlisted,
    r.OUTSIDER: _outsider,
}
