"""Ask of which company an outsider is and who brought him into the group; asked once."""

from __future__ import annotations

from ui.desk import Context
from ui.shared.record_form import Field
from wxadmin.domain.group import Group
from wxadmin.services.membership_picture import Picture
from wxadmin.services.outsiders import Told, told_of

FORBIDDEN = "“{group}”不允许外部人员：登记后列在“不应在群”，写进给群主的通知单。"
COUNTED = "单独计数，以后不再问。"


def ask_outsider(context: Context, name: str, picture: Picture, group: Group) -> Told | None:
    """Ask for 单位 and 谁拉入; None where she turned back."""
    known = told_of(name)
    fields = [
        Field("org", "单位", required=True, value=known.org, placeholder="顺达物流"),
        Field("brought_by", "谁拉入的", placeholder="姓名，不知道就空着"),
    ]
    allowed = picture.takes_outsiders(group)
    reason = COUNTED if allowed else FORBIDDEN.format(group=group.name) + COUNTED
    answer = context.messages.ask_form(f"“{name}”是哪个单位的？", fields, "标为外部人员", reason)
    if answer is None:
        return None
    return Told(known.name or name, answer["org"].strip(), (answer["brought_by"] or "").strip())
