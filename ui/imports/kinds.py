"""What differs from kind to kind of list in the preview: its words, its questions, what it asks."""

from __future__ import annotations

from dataclasses import dataclass

from wxadmin.domain import import_plan as plans
from wxadmin.domain.sheet_kind import MEMBERS, WECOM


@dataclass(frozen=True, slots=True)
class Words:
    """How one kind of list speaks. `none` answers a question with nobody on the roster."""

    new: str = "新增"
    changed: str = "变更"
    left: str = "离职"
    ask: str = "先定{rows}，才能确认"
    later: str = "这次不处理，下次导入再问"
    none: str = "都不是"
    none_means: str = "“是他”之后，这一行按“变更”处理；“都不是”按新增。"
    brake: str = "确实有{people}人，继续"
    sure: str = "确实有 {people} 人离职或调动？"
    done: tuple[tuple[str, str], ...] = ()
    made: str = "部门和职务"

    def of(self, word: str) -> str:
        """Return what a kind of line is called here."""
        own = {plans.NEW: self.new, plans.CHANGED: self.changed, plans.LEFT: self.left}
        return own.get(word, word)


_PEOPLE = Words()
_WORDS = {
    WECOM: Words(
        new="新成员", left="不在了", ask="先定{rows}：是他、都不是，或以后再说",
        later="照样登记；是谁，随时在三方核对里选",
        none="都不是", none_means="“是他”就记住，以后不再问；“都不是”也记住。",
        brake="确实少了{people}个成员，继续", sure="确实少了 {people} 个成员？",
        done=(("去三方核对看对不上的", "reconciliation"),),
    ),
    MEMBERS: Words(
        new="入群", changed="改昵称", left="退群", ask="先定{rows}：是谁，还是外部人员",
        none="是外部人员", none_means="“是他”就记住这个昵称；外部人员写明单位，单独计数，不再问。",
        made="随这份名单一起",
        brake="就是这个群的全部名单，继续", sure="要登记的就是这个群的全部名单？",
        done=(("去群组看应加和应移的人", "groups"),),
    ),
}  # fmt: skip


def words_of(kind: str) -> Words:
    """Return how a kind of list speaks; rosters and leaver lists speak alike."""
    return _WORDS.get(kind, _PEOPLE)
