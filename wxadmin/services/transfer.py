"""A new computer or a colleague: one file out, and this copy may only be read from then on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.progress import Progress, silent
from wxadmin.services.paper_files import PaperFiles
from wxadmin.services.workplace import Workplace
from wxadmin.storage.parcel import pack


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The file that was given away, how many files it carries besides the register, and a
    sentence for each that records refer to and nobody has any more."""

    path: Path
    sha256: str
    size: int
    files: int
    lost: tuple[str, ...]

    def sentence(self) -> str:
        """Say what the file carries."""
        carried = f"连同 {self.files} 个扫描件、来件和制度文件" if self.files else "没有别的文件"
        gone = f"；{self.lost[0]}等 {len(self.lost)} 个没能带上" if self.lost else ""
        return f"已交出：{self.path.name}，{carried}{gone}。这一份从现在起只能查看。"


class Transfer:
    """Gives the register away whole. The receiver takes the file in with `put_back` (restore)."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def hand_over(self, target: Path, to: str, progress: Progress = silent) -> HandedOver:
        """Write the register and the files beside it into one file, then close this copy.

        `to` is the colleague or computer it goes to. What is gone from the folders and lies in
        the backups is fetched back first; the file is checked before anything is closed. Raises
        `UserError` where either cannot be written; then this copy stays as it was and there is no
        file: two registers that may be written would part ways unseen.
        """
        if not to.strip():
            raise UserError("请写明交给谁（同事姓名或新电脑）。", "missing_receiver")
        self._refuse_unwritable()
        lost = PaperFiles(self._workplace).mend().lost
        files = PaperFiles(self._workplace).present(trusting=False)
        made = pack(self._file(), files, target, progress)
        office = self._workplace.office()
        closed = replace(office, handed_over_on=self._workplace.today, handed_over_to=to.strip())
        try:
            with self._workplace.act(f"交出登记库：{to.strip()}", source=target.name) as operation:
                operation.write([Change(office, closed)])
        except BaseException:
            with suppress(OSError):
                target.unlink(missing_ok=True)
            raise
        return HandedOver(
            made.path, made.sha256, made.size, len(files), tuple(f.sentence for f in lost)
        )

    def _file(self) -> Path:
        path = self._workplace.register.path
        if path is None:
            raise UserError("服务器上的登记库不用交文件，请由服务器管理员换人。", "no_file")
        return path

    def _refuse_unwritable(self) -> None:
        """Nothing is fetched or written for a copy that cannot be closed."""
        if not self._workplace.register.writable:
            raise UserError("登记库正以只读方式打开，没有交出。", "read_only")
        self._workplace.refuse_if_handed_over()

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
