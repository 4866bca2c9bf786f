"""What the comparison of the three lists can find, and what a mark on it hangs on."""

from __future__ import annotations

from wxadmin.domain.frozen import dataclass

TO_OPEN, TO_CLOSE, TO_CHANGE = "to_open", "to_close", "to_change"
TO_ADD, TO_REMOVE, TO_DECIDE, OK = "to_add", "to_remove", "disputed", "ok"
KINDS: dict[str, str] = {
    TO_DECIDE: "待确认",
    TO_CLOSE: "待清理",
    TO_OPEN: "待开通",
    TO_CHANGE: "待更正",
    TO_REMOVE: "待移出群",
    TO_ADD: "待加入群",
}
"""The kinds of finding, the weightiest first, and what each is called."""

NO_ACCOUNT = "no_account"
NOT_OPENED = "not_opened"
NOT_LISTED = "not_listed"
LEFT = "left"
STRANGER = "stranger"
FIELD = "field"
STATE = "state"
NOT_REGISTERED = "not_registered"
NOT_MARKED_LISTED = "not_marked_listed"
UNSURE = "unsure"
SWAPPED = "swapped"
SECOND = "second"
LEFT_IN_GROUP = "left_in_group"
NOT_EXPECTED = "not_expected"
UNLISTED_IN_GROUP = "unlisted_in_group"
OUTSIDER = "outsider"
EXPECTED = "expected"

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that differs. `cause` says why; `member_id` is the WeCom member's record or, for
    an outsider in a group, the group member's. `groups` are those a person without account is in;
    `namesake_id` is who a number belongs to, or the other record of one who left and came back;
    `tried` says a correction was handed out in vain, `follows` that WeCom moves the group itself.
    """

    kind: str
    cause: str
    person_id: int | None = None
    account_id: int | None = None
    member_id: int | None = None
    group_id: int | None = None
    field: str = ""
    hr: str = ""
    register: str = ""
    wecom: str = ""
    winner: str = ""
    name: str = ""
    groups: tuple[int, ...] = ()
    namesake_id: int | None = None
    tried: bool = False
    follows: bool = False

    @property
    def key(self) -> Key:
        """Return what a mark on this finding hangs on: subject, id, field."""
        if self.cause == OUTSIDER:
            return ("member", self.member_id or 0, "")
        if self.person_id is None or self.cause in {SECOND, UNSURE}:
            return ("wecom", self.member_id or 0, "")
        if self.group_id is not None:
            return ("person", self.person_id, f"group:{self.group_id}")
        return ("person", self.person_id, self.field or "account")
