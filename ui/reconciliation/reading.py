"""What 三方核对 reads beside the window, all at once: the comparison, words to search, the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wxadmin.domain.person import Employee
from wxadmin.domain.search import search_line
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.reconciliation_view import Item, Reconciled
from wxadmin.services.wecom_file import Filling, WecomFile
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading of the three lists, with who would stand in the console's file."""

    reconciliation: Reconciliation
    view: Reconciled
    words: Mapping[int, str]
    filling: Filling
    userids: Mapping[int, str]

    def userid(self, item: Item) -> str:
        """The id in WeCom of somebody who is nobody's own."""
        one = item.finding
        return "" if one.group_id is not None else self.userids.get(one.member_id or 0, "")

    def more_words(self, person_id: int) -> str:
        """What a person is found by besides what the line shows: pinyin, number."""
        return self.words.get(person_id, "")


def read(workplace: Workplace) -> Seen:
    """Compare the lists as they are now."""
    reconciliation = Reconciliation(workplace)
    view = reconciliation.view()
    wanted = {line.person_id for line in view.lines} | {
        item.finding.person_id for item in view.set_aside
    }
    words = {
        person_id: search_line(mobile, pinyin=pinyin)
        for person_id, pinyin, mobile in workplace.store.columns(Employee, "id", "pinyin", "mobile")
        if person_id in wanted
    }
    strangers = {line.items[0].finding.member_id for line in view.lines if line.person_id is None}
    userids = {
        member_id: userid
        for member_id, userid in workplace.store.columns(WecomMember, "id", "userid")
        if member_id in strangers
    }
    return Seen(reconciliation, view, words, WecomFile(workplace).draft(), userids)
