"""The one door through which a desk writes: the act, its toast with 撤销, its refusal as a band.

Example:
    act(self.context, "已停用 王小荷 的账号", lambda: accounts.move(account, SUSPEND))
    act(self.context, lambda ticked: f"已打勾 {len(ticked.names)} 人", lambda: lists.tick_column(…))
    act_beside(self.context, "已导入 312 行", lambda progress, cancelled: imports.apply(plan, …),
               busy="正在写入 11月花名册.xlsx")
    ask_and_act(self.context, "登记离职", fields, "登记", lambda values: departures.leave(…),
                "已登记离职")        # a refusal stands in the dialog; nothing typed is lost
After the act the desk in view reads anew and the other desks when they are next seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from wxadmin.domain.errors import UserError

if TYPE_CHECKING:
    from ui.desk import Context
    from ui.jobs import Job, Work
    from ui.shared.record_form import Field

Caption = str | Callable[[Any], str]
"""What the toast says: a sentence, or a question to the act's answer."""
NOTHING_WRITTEN = "没有要改的，什么也没动。"


def act(context: Context, caption: Caption, do: Callable[[], Any]) -> bool:
    """Do a short act (under 50 ms) at once; False where it was refused.

    `do` writes at most one operation and may return anything; a refusal stands as a band.
    """
    before = newest(context)
    try:
        answer = do()
    except UserError as refusal:
        context.messages.error(refusal)
        return False
    tell(context, caption, answer, before)
    return True


def ask_and_act(
    context: Context,
    sentence: str,
    fields: Sequence[Field],
    button: str,
    do: Callable[[dict[str, Any]], Any],
    caption: Caption,
    reason: str = "",
) -> bool:
    """Ask for a few values and do the act with them; the dialog stays while it is refused."""
    from ui.shared.acting_dialog import ActingDialog

    before = newest(context)
    dialog = ActingDialog.around(context.messages.window(), sentence, fields, button, do, reason)
    if dialog.run() is None:
        return False
    tell(context, caption, dialog.outcome, before)
    return True


def act_beside(
    context: Context,
    caption: Caption,
    work: Work,
    *,
    busy: str,
    then: Callable[[Any], Any] | None = None,
    unit: str = "行",
) -> Job:
    """Do a long act on the worker; afterwards as `act`, then `then(answer)`."""
    before = newest(context)

    def done(answer: Any) -> None:
        tell(context, caption, answer, before)
        if then is not None:
            then(answer)

    return context.jobs.run(work, done, caption=busy, unit=unit, writes=True)


def newest(context: Context) -> int:
    """The number of the operation written last; 0 where there is none."""
    written = context.services.journal.operations(1)
    return int(written[-1].id) if written else 0


def take_back(context: Context, operation: int) -> bool:
    """Take one operation back and say so; False where it was refused (overtaken)."""
    from wxadmin.services.history import History

    try:
        undone = History(context.services).undo(operation)
    except UserError as refusal:
        context.messages.error(refusal, ("看日志", lambda: context.navigate("journal", operation)))
        return False
    context.refresh()
    context.messages.toast(f"已{undone.title}")
    return True


def tell(context: Context, caption: Caption, answer: Any, before: int) -> None:
    """Say what an act did, with 撤销; let the desks read anew."""
    written = newest(context)
    if written == before:
        context.messages.toast(NOTHING_WRITTEN)
        return
    context.messages.clear_error()
    context.refresh()
    sentence = caption if isinstance(caption, str) else caption(answer)
    context.messages.toast(sentence, undo=lambda: take_back(context, written))
