"""WeCom's address book as last exported, the exports taken in, and marks kept between runs."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

ACTIVE = "已激活"
DISABLED = "已禁用"
QUIT = "退出企业"
ENABLED = "启用"

LINKED = "linked"
NEW = "new"
DISPUTED = "disputed"
UNMATCHED = "unmatched"
MATCH_STATES: dict[str, str] = {
    LINKED: "已对应",
    NEW: "新成员",
    DISPUTED: "待确认",
    UNMATCHED: "未对应",
}
"""The states of a match, and what each is called."""

HANDS_OFF = "不动"
NOT_NOW = "以后再说"
HR_IS_WRONG = "人事数据有误"
MARKS = (HANDS_OFF, NOT_NOW, HR_IS_WRONG)


@dataclass(frozen=True, slots=True)
class WecomMember(Record):
    """A member of WeCom's address book (通讯录成员): one record per userid ever seen.

    `status` is what the export says (已激活 未激活 已禁用 退出企业 启用), "" where it is silent;
    `seen_on` is the day of the last export that said something new of the member, `gone_on` of the
    first one that no longer held him. How fresh the whole list is, `WecomIssue` says.
    """

    kind: ClassVar[str] = "wecom_member"

    userid: str
    name: str
    alias: str = ""
    mobile: str = ""
    departments: tuple[str, ...] = ()
    position: str = ""
    gender: str = ""
    telephone: str = ""
    email: str = ""
    company_email: str = ""
    address: str = ""
    status: str = ""
    employee_id: int | None = None
    account_id: int | None = None
    match_state: str = UNMATCHED
    match_how: str = ""
    seen_on: date | None = None
    gone_on: date | None = None

    @property
    def present(self) -> bool:
        """Say whether the member stood in the last export and had not left the company's WeCom."""
        return self.gone_on is None and self.status != QUIT

    @property
    def usable(self) -> bool:
        """Say whether the member can sign in: there, and not disabled."""
        return self.present and self.status != DISABLED


@dataclass(frozen=True, slots=True)
class WecomIssue(Record):
    """An export of the address book that was taken in (通讯录导出): its hash, not its rows.

    `corp_key` are the top departments, sorted: they tell one company's exports from another's.
    """

    kind: ClassVar[str] = "wecom_issue"

    file_name: str
    sha256: str
    taken_on: date
    row_count: int
    corp_key: str = ""


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """What somebody said about a finding (标记), kept between runs.

    `subject` is person, account, wecom or member and `subject_id` the record's id; `field` is ""
    for the whole of it. `value` is, for 人事数据有误, the value that holds until HR mends its own.
    """

    kind: ClassVar[str] = "mark"

    subject: str
    subject_id: int
    field: str
    mark: str
    value: str = ""
    set_on: date | None = None
    until: date | None = None
    reason: str = ""

    def in_force(self, on: date) -> bool:
        """Say whether the mark still holds on that day."""
        return self.until is None or on <= self.until
