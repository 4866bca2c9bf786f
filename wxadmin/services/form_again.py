"""Paper that goes round again: refused and repeated, lost, superseded, not yet brought back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import DRAFT, LOSE, REJECTED, WITHDRAWN, Form
from wxadmin.domain.form_definition import form_number, number_series, read_paper_code
from wxadmin.domain.frozen import dataclass
from wxadmin.services.form_board import FormLine
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.forms import Forms, Moved
from wxadmin.services.workplace import Workplace

_NOT_REPEATED = frozenset(
    {"applied_on", "mailed_on", "received_on", "opened_on", "notified_head_on",
     "notified_holder_on", "reject_reason", "operator"}
)  # fmt: skip
"""Fields that belong to the first attempt."""


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """What a code on a sheet answers: the form, whether this sheet still counts, in a sentence."""

    form: Form
    current: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class OutList:
    """What one sender has not brought back, and the words to remind him with."""

    whom: str
    lines: tuple[FormLine, ...]
    text: str


class FormsAgain:
    """What may happen to a form after its first paper went wrong."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._forms = Forms(workplace)
        self._shelf: Shelf = self._forms.shelf

    def repeat(self, number: str) -> Form:
        """复制重报: a refused or withdrawn form as a new draft with a number of its own."""
        old = self._forms.called(number)
        if old.state not in (REJECTED, WITHDRAWN):
            raise UserError(
                f"{old.number}现在是“{old.state}”，驳回或撤回的表才要重报；要改请用退回补正。",
                "unlawful_move",
            )
        ids, day = self._store.ids(), self._workplace.today
        definition = self._shelf.definition(old.form_kind)
        pattern = definition.number_pattern
        values = {n: v for n, v in old.values if n not in _NOT_REPEATED and definition.has(n)}
        if definition.has("applied_on"):
            values["applied_on"] = day.isoformat()
        fresh = Form(
            ids.next(Form),
            form_number(pattern, day, ids.next(number_series(pattern, day))),
            old.form_kind,
            definition.version,
            DRAFT,
            request_kind=old.request_kind,
            employee_id=old.employee_id,
            group_id=old.group_id,
            account_id=old.account_id,
            values=tuple((f.name, values[f.name]) for f in definition.fields if f.name in values),
            applied_on=day,
            copied_from=old.number,
        )
        with self._workplace.act(f"复制重报：{old.number} → {fresh.number}") as operation:
            operation.write([Change(None, fresh)], ids)
        return fresh

    def lose(self, number: str, note: str, *, again: bool) -> Moved:
        """The signed sheet is lost: explained with the approver's mail, or printed `again`."""
        if not again:
            return self._forms.move(number, LOSE, note=note)
        form = self._forms.called(number)
        if not form.is_open:
            raise UserError(f"{form.number}已是“{form.state}”，只能写遗失说明。", "unlawful_move")
        after = replace(
            form,
            printed_on=None,
            signed_on=None,
            sheet=form.sheet + 1,
            lost_on=self._workplace.today,
            lost_note=note.strip() or "遗失，已补打",
        )
        with self._workplace.act(f"遗失补打：{form.number}") as operation:
            operation.write([Change(form, after)])
        return Moved(after, self._forms.moves.lawful(after), operation.id)

    def answer(self, code: str) -> CodeAnswer | None:
        """Say what a code on a sheet means today; None for a foreign one."""
        read = read_paper_code(code.strip())
        found = self._store.find(Form, number=read.number) if read is not None else []
        if read is None or not found:
            return None
        form = found[0]
        if read.sheet < form.sheet:
            return CodeAnswer(
                form,
                False,
                f"{form.number}的这张是第{read.sheet}版，已被第{form.sheet}版取代，请用新的一张。",
            )
        where = self._forms.line(form).paper_text
        return CodeAnswer(form, True, f"{form.number}：{form.state}，{where}。")

    def out(self, lines: Iterable[FormLine] | None = None) -> list[OutList]:
        """Return what has not come back for too long, by whom to remind, with the words."""
        found: dict[str, list[FormLine]] = defaultdict(list)
        for line in self._forms.lines() if lines is None else lines:
            if line.not_back or line.confirm_due:
                found[line.unit or line.name].append(line)
        return [
            OutList(whom, tuple(lines), out_text(whom, lines))
            for whom, lines in sorted(found.items())
        ]


def out_text(whom: str, lines: Iterable[FormLine]) -> str:
    """Return the words that ask for forms not yet brought back."""
    said = [f"{whom}：下面这些表还没有交回，请尽快签好送来。"]
    for number, line in enumerate(lines, start=1):
        if line.confirm_due is not None:
            due = line.confirm_due
            what = f"口头同意待补签，应于{due.month}月{due.day}日前"
        elif line.printed_on is not None:
            what = f"{line.printed_on.month}月{line.printed_on.day}日打印，已{line.waiting_days}天"
        else:
            what = line.paper_text
        said.append(f"{number}. {line.title} {line.number} {line.name}（{what}）")
    return "\n".join(said)
