"""What stops a member list until somebody looks again: another group's list, many people out."""

from __future__ import annotations

from dataclasses import dataclass

from wxadmin.domain.import_plan import Brake

FEW = 3
"""Fewer people tell little about which group a list is of, and so few out are no mass change."""
STRANGE = 3
"""Less than one in so many belonging here: a list of another group."""


@dataclass(frozen=True, slots=True)
class OtherGroupBrake(Brake):
    """Few of the list belong to the group: most likely it is the list of another one."""

    group: str = ""
    likely: str = ""

    @property
    def sentence(self) -> str:
        """Return what is shown above the preview."""
        other = f"，更像“{self.likely}”的" if self.likely else ""
        return (
            f"名单里认出{self.limit}人，只有{self.people}人应在或在“{self.group}”"
            f"{other}，已暂停。请看是否选错了群。"
        )


@dataclass(frozen=True, slots=True)
class ManyOutBrake(Brake):
    """The list lacks many who are in the group: most likely it is not whole."""

    group: str = ""

    @property
    def sentence(self) -> str:
        """Return what is shown above the preview."""
        over = f"超过{self.limit}人" if self.people > self.limit else f"超过{self.limit_percent}%"
        return (
            f"“{self.group}”有{self.people}人不在名单里，会记为退群，{over}，已暂停。"
            "请看名单是否抄全了。"
        )
