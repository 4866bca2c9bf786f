"""What settling findings of 三方核对 would do, ready to be looked at and written as one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wxadmin.domain.change import AnyChange
from wxadmin.domain.reconciliation_finding import Finding


@dataclass(frozen=True, slots=True)
class SettlingBrake:
    """More people would be changed at once than the policy allows without a second look."""

    people: int
    limit: int
    limit_percent: int

    @property
    def sentence(self) -> str:
        """Return what is shown above the simulation."""
        over = f"超过{self.limit}人" if self.people > self.limit else f"超过{self.limit_percent}%"
        return f"本次要改动{self.people}人，{over}，已暂停。请看通讯录导出、花名册是否拿错。"


@dataclass(slots=True)
class Settlement:
    """What settling would do. `outside` must be done in WeCom's console; `left_over` needs a
    person (a form, an answer, an order); `refused` cannot be done, each with its sentence."""

    changes: list[AnyChange] = field(default_factory=list)
    people: int = 0
    settled: list[Finding] = field(default_factory=list)
    outside: list[Finding] = field(default_factory=list)
    left_over: list[Finding] = field(default_factory=list)
    refused: list[tuple[Finding, str]] = field(default_factory=list)
    brake: SettlingBrake | None = None
    ids: Any = None
