"""A new computer or a colleague: one file out, and this copy may only be read from then on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.services.backups import Backups
from wxadmin.services.workplace import Workplace
from wxadmin.storage.backup import Backup


class Transfer:
    """Gives the register away whole. The receiver puts the file in with `put_back` (restore)."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def hand_over(self, target: Path, to: str) -> Backup:
        """Write the whole register into one file, then close this copy for writing.

        `to` is the colleague or computer it goes to. The file is checked before anything is
        closed. Raises `UserError` where either cannot be written; then this copy stays as it was
        and there is no file: two registers that may be written would part ways unseen.
        """
        if not to.strip():
            raise UserError("请写明交给谁（同事姓名或新电脑）。", "missing_receiver")
        made = Backups(self._workplace).make(target)
        office = self._workplace.office()
        closed = replace(office, handed_over_on=self._workplace.today, handed_over_to=to.strip())
        try:
            with self._workplace.act(f"交出登记库：{to.strip()}", source=target.name) as operation:
                operation.write([Change(office, closed)])
        except BaseException:
            with suppress(OSError):
                target.unlink(missing_ok=True)
            raise
        return made

    def take_back(self) -> None:
        """Open this copy for writing again, where the hand-over did not take place after all.

        The one act a handed-over copy allows; it stands in the journal like any other.
        """
        office = self._workplace.office()
        if office.handed_over_on is None:
            raise UserError("这份登记库没有交出去，不用收回。", "not_handed_over")
        opened = replace(office, handed_over_on=None, handed_over_to="")
        with self._workplace.store.operation(
            "收回登记库", by=self._workplace.by, on=self._workplace.today
        ) as operation:
            operation.write([Change(office, opened)])
