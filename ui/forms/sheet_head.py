"""What stands above the paper of a form: its name, its days, the sentence, the acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.forms import decisions, moves
from ui.forms.columns import BACK, FILED, OUT, TO_PRINT, short
from ui.forms.next_acts import (
    AGREE,
    EDIT,
    PREVIEW,
    PRINT,
    REPEAT,
    SIGNED,
    NextAct,
    next_act,
    other_acts,
)
from ui.forms.own_template import fill_template, has_template
from ui.forms.scan_acts import ways_to_scans
from ui.forms.sheet_side import Act, SheetHead, steps_of
from wxadmin.domain.account import Account
from wxadmin.domain.form import (
    ACCEPT,
    APPROVE,
    ARCHIVE,
    COMPLETE,
    CONFIRM,
    DRAFTS,
    LOSE,
    MAIL,
    NOTIFY,
    REJECT,
    RETURN,
    RETURNED,
    WITHDRAW,
)
from wxadmin.services.form_draft import OPENING_KINDS
from wxadmin.services.form_shelf import ACCOUNT_BATCH
from wxadmin.services.forms import FormSheetView

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

AT_ONCE = 10_000
"""Accounts up to which a preview takes no more than a tenth of a second."""


class HeadWriter:
    """Writes the head for one form of a desk."""

    def __init__(self, desk: FormsDesk) -> None:
        self._desk = desk
        self._today = desk.context.services.today

    def head(self, view: FormSheetView) -> SheetHead:
        """Return everything above the paper."""
        line = view.line
        opens = line.request_kind in OPENING_KINDS
        first = next_act(line, len(view.problems), opens)
        role = self._desk.forms.moves.next_role(view.form) if APPROVE in line.moves else ""
        steps, current = steps_of(line.paper_state, self._days(view))
        sentence, tone = self._sentence(view)
        title = view.definition.layout.mark or self._desk.kinds.get(line.kind, "")
        return SheetHead(
            title,
            line.name,
            line.number,
            steps if current >= 0 else [],
            current,
            sentence,
            tone,
            self._act(first) if first else None,
            self._links(view),
            [*map(self._act, other_acts(line, first, role)), *self._ways(view)],
        )

    def _days(self, view: FormSheetView) -> tuple[str, str, str, str]:
        """What stands behind each of the four states."""
        form, today = view.form, self._today
        out = ""
        if form.printed_on is not None and view.line.paper_state == OUT:
            out = f"已{max(0, (today - form.printed_on).days)}天"
        back = short(form.signed_on or form.received_on, today)
        back = "" if view.line.paper_state not in (BACK, FILED) else back
        filed = short(form.archived_on or form.notified_holder_on, today)
        return short(form.printed_on, today), out, back, filed

    def _sentence(self, view: FormSheetView) -> tuple[str, str]:
        line = view.line
        if line.state == RETURNED and line.note:
            return f"已退回补正：{line.note}", "amber"
        if line.state in DRAFTS and view.problems:
            said = list(view.problems.values())
            more = f"　还有 {len(said) - 2} 处" if len(said) > 2 else ""
            return "提交前要补：" + "".join(said[:2]) + more, "amber"
        if view.warning and not line.waiting_days:
            return view.warning, "amber"
        if line.state in DRAFTS and line.kind == ACCOUNT_BATCH and self._is_quick:
            found = self._desk.forms.preview(line.number)
            if found.refusal:
                return found.refusal.removesuffix("没有改动。"), "amber"
            if found.kept_back:
                back = [one.removesuffix("没有改动。").rstrip("。") for one in found.kept_back[:2]]
                return f"{found.lines[0]}。{'；'.join(back)}。", "amber"
        if not line.waits_for or not view.form.is_open:
            word = view.form.state_word
            return (f"{word}：{line.note}" if line.note else word, "ink2")
        due = f"，应于 {short(line.due_on, self._today)} 前" if line.due_on else ""
        waited = f"，已等 {line.waiting_days} 天" if line.waiting_days else ""
        said_tone = "red" if line.overdue else "ink2"
        said = f"{view.form.state_word}，等{line.waits_for}{line.waits_to}{waited}{due}。"
        return f"{said}{self._besides(view)}", said_tone

    @property
    def _is_quick(self) -> bool:
        """Whether completion is foretold at once; in a large office only when asked for (更多)."""
        return self._desk.context.services.store.count(Account) <= AT_ONCE

    def _besides(self, view: FormSheetView) -> str:
        """Whose signature is owed, and what completion will do."""
        said = ""
        if view.line.confirm_due is not None:
            whom = "、".join(f"{step.role}{step.by}" for step in view.steps if step.is_owed)
            said = f"{whom}{view.line.paper_text}。"
        if COMPLETE in view.line.moves and self._is_quick:
            found = self._desk.forms.preview(view.line.number)
            if found.refusal:
                return f"{said}还不能办：{found.refusal}"
            more = f"；共 {len(found.lines)} 项" if len(found.lines) > 1 else ""
            said += f"办结会：{found.lines[0]}{more}。" if found.lines else ""
        return said

    # -- acts -----------------------------------------------------------------------------------

    def _act(self, act: NextAct) -> Act:
        return act.text, act.icon, self._doing(act.id)

    def _doing(self, what: str) -> Callable[[], Any]:
        desk = self._desk
        return {
            EDIT: desk.edit,
            PRINT: desk.printing.print_one,
            SIGNED: lambda: moves.record_signed(desk),
            MAIL: lambda: moves.receive(desk),
            APPROVE: lambda: desk.moved("已登记同意", APPROVE),
            ACCEPT: lambda: desk.moved("已登记受理", ACCEPT),
            COMPLETE: lambda: moves.complete(desk),
            NOTIFY: lambda: desk.moved("已登记告知，表单归档", NOTIFY),
            ARCHIVE: lambda: desk.moved("纸面已归档", ARCHIVE),
            RETURN: lambda: moves.send_back(desk),
            REJECT: lambda: moves.reject(desk),
            WITHDRAW: lambda: moves.withdraw(desk),
            AGREE: lambda: decisions.agree(desk),
            CONFIRM: lambda: decisions.confirm(desk),
            LOSE: lambda: decisions.lose(desk),
            REPEAT: lambda: decisions.repeat(desk),
            PREVIEW: lambda: decisions.show_effects(desk),
        }[what]

    def _links(self, view: FormSheetView) -> list[Act]:
        line, desk = view.line, self._desk
        links: list[Act] = []
        if line.state == RETURNED:
            links.append(("复制退回邮件", "copy", lambda: moves.copy_mail(desk, "退回邮件")))
        elif view.form.opened_on is not None:
            links.append(("复制告知邮件", "copy", lambda: moves.copy_mail(desk, "告知邮件")))
        elif line.paper_state == OUT:
            links.append(("复制催办文字", "copy", lambda: moves.copy_reminder(desk)))
        elif RETURN in line.moves:
            links.append(("退回补正", "back", lambda: moves.send_back(desk)))
        if line.paper_state == TO_PRINT:
            links.append(("修改内容", "edit", desk.edit))
        else:
            links.append(("重新打印", "print", desk.printing.print_one))
        links.append(("存为PDF", "pdf", desk.printing.save_one))
        return links

    def _ways(self, view: FormSheetView) -> list[Act]:
        """Words to copy, and the way to what the form is about."""
        desk, line = self._desk, view.line
        ways: list[Act] = ways_to_scans(desk.context, view.form.id)
        if line.kind == ACCOUNT_BATCH and view.form.opened_on is not None:
            ways.append(("暂缓的人另起一张", "", lambda: decisions.begin_rest(desk)))
        if view.steps:
            ways.append(("看签批记录", "", lambda: decisions.show_record(desk)))
        if has_template(desk, line.kind):
            ways.append(("填进公司的模板", "", lambda: fill_template(desk)))
        if line.paper_state in (TO_PRINT, OUT) and line.state != RETURNED:
            ways.append(("复制申请人用的邮件文字", "", lambda: moves.copy_mail(desk, "邮件文字")))
        if line.employee_id is not None:
            ways.append(("看这个人", "", lambda: desk.context.navigate("people", line.employee_id)))
        if line.account_id is not None:
            ways.append(
                ("看这个账号", "", lambda: desk.context.navigate("accounts", line.account_id))
            )
        return ways
