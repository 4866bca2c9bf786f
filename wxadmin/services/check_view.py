"""One check of a group with its lines, as the log, the round and the paper show it."""

from __future__ import annotations

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import GroupCheck, GroupCheckLine
from wxadmin.domain.group_checks import COUNTING, open_lines


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check with its lines, as the log shows it."""

    check: GroupCheck
    lines: tuple[GroupCheckLine, ...]

    def of(self, finding: str) -> tuple[GroupCheckLine, ...]:
        """Return one of the four lists, or the anomalies."""
        return tuple(line for line in self.lines if line.finding == finding)

    @property
    def open_lines(self) -> tuple[GroupCheckLine, ...]:
        """Return what is still to be mended."""
        return open_lines(self.lines)

    @property
    def off_by(self) -> int:
        """Return how many more there are than should be (fewer: below zero); 0 uncounted."""
        return 0 if self.check.actual is None else self.check.actual - self.check.expected

    @property
    def needs_list(self) -> bool:
        """Say whether the count was off and the list of members is wanted."""
        return self.check.state == COUNTING and self.off_by != 0
