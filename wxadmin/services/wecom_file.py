"""The console's own import file: who is written, checked cell by cell, into the user's template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.wecom import ACTIVE, WecomIssue
from wxadmin.domain.wecom_rows import ConsoleRow, Unwritable, sorted_out
from wxadmin.services.people import person_called
from wxadmin.services.wecom_rows import Candidate, ConsoleRows
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Filling:
    """What would be written, in the order of the file, and who cannot be.

    `named` are accounts that get their userid by being written; `first` says that no export of
    the address book was ever taken in, so that everybody counts as new.
    """

    rows: tuple[ConsoleRow, ...]
    skipped: tuple[Unwritable, ...]
    named: tuple[tuple[Account, str], ...]
    new: int
    changed: int
    unchanged: int
    first: bool


class WecomFile:
    """Fills the template of the console; only naming an account for the first time writes."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def draft(self, *, everyone: bool = False, emp_nos: Sequence[str] = ()) -> Filling:
        """Return who would be written: the new and changed ones, everyone, or those named.

        Raises `UserError` for a 工号 nobody has.
        """
        wanted = {person_called(self._workplace, number).id for number in emp_nos}
        reading = ConsoleRows(self._workplace)
        candidates, skipped = reading.candidates(wanted)
        chosen = [one for one in candidates if everyone or wanted or one.due]
        rows: list[ConsoleRow] = []
        for one in chosen:
            objections = reading.objections(one)
            only_mobile = one.differing == ("mobile",) and not (everyone or wanted)
            if only_mobile and one.member is not None and one.member.status == ACTIVE:
                objections = [("mobile", _OWN_NUMBER)]
            skipped += [Unwritable(one.row.emp_no, one.row.name, *each) for each in objections]
            if not objections:
                rows.append(one.row)
        good, bad = sorted_out(rows)
        return self._filling(chosen, len(candidates), good, [*skipped, *bad])

    def _filling(
        self,
        chosen: Sequence[Candidate],
        total: int,
        good: Sequence[ConsoleRow],
        skipped: Sequence[Unwritable],
    ) -> Filling:
        written = {id(row) for row in good}
        kept = [one for one in chosen if id(one.row) in written]
        new = sum(1 for one in kept if one.member is None)
        changed = sum(1 for one in kept if one.member is not None and one.differing)
        named = tuple((o.account, o.row.wecom_userid) for o in kept if not o.account.wecom_userid)
        first = not self._workplace.store.count(WecomIssue)
        rest = total - len(chosen)
        return Filling(tuple(good), tuple(skipped), named, new, changed, rest, first)

    def write(self, filling: Filling, template: Path, out: Path) -> Path | None:
        """Fill the template with what was drafted; None, and no file, where there is nobody.

        An account that had no userid yet keeps the one it was written with, as one act: what was
        given to the console once is never given again. It is kept before the file takes its
        place: cut short between, the next file holds the same ones. Raises `UserError` for a
        template that cannot be filled; then nothing is written.
        """
        from wxadmin.policy.console_template import FILE, read_console_columns
        from wxadmin.sheets.template import fill_template, open_template

        own = self._workplace.user_policies
        mine = own / FILE if own else None
        names = read_console_columns(mine if mine and mine.exists() else paths.RESOURCES / FILE)
        opened = open_template(template, names.vocabulary, names.required, names.foreign)
        if not filling.rows:
            return None
        if not {"mobile", "email"} & opened.columns.keys():
            raise UserError(
                f"《{template.name}》里既没有手机列也没有邮箱列，填了也导不进去；请重新下载模板。"
                "没有生成文件。",
                "missing_columns",
            )
        has_company_mail = "company_email" in opened.columns
        cells = [_cells(row, has_company_mail) for row in filling.rows]
        changes: list[AnyChange] = [
            Change(account, replace(account, wecom_userid=userid))
            for account, userid in filling.named
        ]
        fill_template(opened, cells, out, lambda: self._keep(changes))
        return out

    def _keep(self, changes: Sequence[AnyChange]) -> None:
        if changes:
            with self._workplace.act(f"填企业微信导入表，拟定账号：{len(changes)}个") as operation:
                operation.write(changes)


_OWN_NUMBER = "成员已激活，后台改不了手机号；请本人在企业微信里改。"


def _cells(row: ConsoleRow, has_company_mail: bool) -> dict[str, str]:
    """The cells of a row; without a column of its own the company's address goes under 邮箱."""
    if not has_company_mail and not row.email:
        row = replace(row, email=row.company_email)
    return row.cells()
