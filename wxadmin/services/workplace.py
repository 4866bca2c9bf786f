"""What every service stands on: the open register, the policy in force, today, and who acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Office, OrgUnit, PolicyOverride, Position
from wxadmin.domain.policy_settings import Scope, Value, resolve

if TYPE_CHECKING:
    from wxadmin.domain.policy import Pack
    from wxadmin.storage.journal import Journal
    from wxadmin.storage.operation import Operation
    from wxadmin.storage.register import Register
    from wxadmin.storage.store import Store


class Workplace:
    """One open register and the person working in it.

    `clock` gives "today" (`--as-of`, or the clock); `by` stands in the journal.
    """

    def __init__(
        self,
        register: Register,
        *,
        by: str,
        clock: Callable[[], date] = date.today,
        user_policies: Path | None = None,
        backups: Path | None = None,
    ) -> None:
        self.register = register
        self.by = by
        self.user_policies = user_policies
        self.backups = backups
        self._clock = clock

    @property
    def today(self) -> date:
        """Return the day everything is judged by."""
        return self._clock()

    @property
    def store(self) -> Store:
        """Return the store of the open register."""
        return self.register.store

    @property
    def journal(self) -> Journal:
        """Return the journal of the open register."""
        return self.register.journal

    @contextmanager
    def act(
        self, title: str, *, source: str = "", undoes: int | None = None
    ) -> Iterator[Operation]:
        """Open one act for today in the name of who works here (see `Store.operation`).

        Raises `UserError` where this copy was handed over and may only be read.
        """
        self.refuse_if_handed_over()
        with self.store.operation(
            title, by=self.by, on=self.today, source=source, undoes=undoes
        ) as operation:
            yield operation

    def refuse_if_handed_over(self) -> None:
        """Refuse to write in a copy that was given away."""
        for office in self.store.all(Office):
            if office.handed_over_on is not None:
                raise UserError(
                    f"这份登记库已于 {office.handed_over_on} 交给“{office.handed_over_to}”，"
                    "只能查看。请用交出去的那一份。",
                    "handed_over",
                )

    def office(self) -> Office:
        """Return the office this register is kept for. Raises `UserError` before first run."""
        offices = self.store.all(Office)
        if not offices:
            raise UserError("登记库还没有初始化。请先选择制度包。", "not_set_up")
        return offices[0]

    @cached_property
    def pack(self) -> Pack:
        """Return the policy pack in force (制度包), the user's copy first."""
        from wxadmin.policy.packs import load_pack

        return load_pack(self.office().pack_id, self.user_policies)

    def setting(self, key: str, scope: Scope | None = None) -> Value:
        """Return a setting in force: group → class → department → company → pack default."""
        return resolve(key, scope or Scope(), self.overrides(), self.pack).value

    def number(self, key: str, scope: Scope | None = None) -> int:
        """Return a setting that is a whole number."""
        value = self.setting(key, scope)
        assert isinstance(value, int), f"{key} is no number"
        return value

    def overrides(self) -> dict[tuple[str, str], str]:
        """Return what the user changed of the pack's settings, by (scope, key)."""
        return {(o.scope, o.key): o.value for o in self.store.all(PolicyOverride)}

    def units(self) -> OrgTree:
        """Return the units as they stand now."""
        return OrgTree(self.store.all(OrgUnit))

    def positions(self) -> dict[int, Position]:
        """Return the posts as they stand now, by id."""
        return {position.id: position for position in self.store.all(Position)}

    def close(self) -> None:
        """Let go of the register."""
        self.register.close()
