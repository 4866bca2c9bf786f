"""Settle many lines at once: first what would happen, the brake where it is much, then one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.shared.acting import act, act_beside
from ui.shared.bands import BrakeBand
from ui.shared.buttons import filled, ghost, plain
from ui.shared.dialog import Choice, Thing
from ui.shared.record_form import Field, Verdict, wrong
from wxadmin.domain.reconciliation_finding import TO_ADD, TO_REMOVE, Finding
from wxadmin.services.reconciliation_settling import Settling
from wxadmin.services.settlement import Settlement

if TYPE_CHECKING:
    from ui.reconciliation.desk import ReconciliationDesk

SETTLE, ORDERS = "settle", "orders"
_FEW = 6


class Batches:
    """按建议处理: a simulation is always shown before anything is written."""

    def __init__(self, desk: ReconciliationDesk) -> None:
        self._desk = desk

    def settle_ticked(self) -> None:
        """Plan the ticked lines on the worker, then show what would happen."""
        desk = self._desk
        findings = [item.finding for item in desk.items_of(desk.ticked_rows())]
        if not findings or desk.seen is None:
            return
        settling = Settling(desk.context.services, desk.seen.reconciliation)
        desk.context.jobs.run(
            lambda progress, cancelled: settling.plan_settle(findings),
            lambda plan: self._simulated(settling, plan),
            caption="正在推算会改什么", written="还没有改动任何数据。",
        )  # fmt: skip

    def _simulated(self, settling: Settling, plan: Settlement) -> None:
        if plan.brake is not None:
            self._brake(settling, plan)
            return
        self.look(settling, plan)

    def look(self, settling: Settling, plan: Settlement) -> None:
        """Show what would happen, and write it when she says so."""
        groups = [one for one in plan.left_over if one.kind in (TO_ADD, TO_REMOVE)]
        acts = [Choice("先不处理", None)]
        if plan.settled:
            acts.append(Choice(f"处理 {len(plan.settled):,} 处", SETTLE, kind="filled"))
        elif groups:
            acts.append(Choice(f"开通知单 {_groups_of(groups)} 个群", ORDERS, kind="filled"))
        left = []
        if groups and plan.settled:
            left = [Choice(f"开通知单 {_groups_of(groups)} 个群", ORDERS, icon="send")]
        answer = self._desk.context.messages.ask(
            "处理以前，请看会改什么。" if plan.settled else "勾选的行里没有能一步处理的。",
            "现在还没有改动任何数据；处理后可以一步撤销。",
            things=_things(plan), acts=acts, left=left,
        )  # fmt: skip
        if answer == SETTLE:
            self._write(settling, plan)
        elif answer == ORDERS:
            self._issue(settling, groups)

    def _write(self, settling: Settling, plan: Settlement) -> None:
        self._desk.show_brake(None)
        outside = f"，其中 {len(plan.outside)} 处还要在企业微信后台办" if plan.outside else ""
        act_beside(
            self._desk.context, f"已处理 {len(plan.settled)} 处{outside}",
            lambda progress, cancelled: settling.write(plan),
            busy="正在写入台账", then=lambda _: self._desk.table.model.ticked.clear(),
        )  # fmt: skip

    def _issue(self, settling: Settling, findings: list[Finding]) -> None:
        if act(self._desk.context, f"已给 {_groups_of(findings)} 个群开通知单",
               lambda: settling.issue_orders(findings)):  # fmt: skip
            self._desk.table.model.ticked.clear()

    # -- the brake ------------------------------------------------------------------------------

    def _brake(self, settling: Settling, plan: Settlement) -> None:
        desk, brake = self._desk, plan.brake
        assert brake is not None
        stopped, advice = brake.sentence.split("。", 1)

        def dropped(then: Callable[[], Any]) -> Callable[[], None]:
            def do() -> None:
                desk.show_brake(None)
                then()

            return do

        again = filled("换一份导出", on_click=dropped(lambda: desk.context.navigate("imports")))
        less = plain("去掉勾选，逐行看", on_click=dropped(self._untick))
        on = ghost(
            f"确实要改 {brake.people:,} 人，继续", on_click=lambda: self._go_on(settling, plan)
        )
        band = BrakeBand(f"{stopped}。", advice, [again, less, on])
        desk.show_brake(band)
        less.setFocus()

    def _untick(self) -> None:
        table = self._desk.table
        table.tick(list(table.model.ticked), False)
        table.setFocus()

    def _go_on(self, settling: Settling, plan: Settlement) -> None:
        brake = plan.brake
        assert brake is not None

        def check(value: Any, _: Any) -> Verdict | None:
            return None if value == brake.people else wrong(f"人数是 {brake.people}，请核对。")

        field = Field("people", "请填上面的人数", "number", required=True, check=check)
        reason = "填对人数才继续；写入前还会列出要改什么。"
        question = f"确实要改 {brake.people:,} 人？"
        if self._desk.context.messages.ask_form(question, [field], "继续", reason):
            self.look(settling, plan)


def _groups_of(findings: list[Finding]) -> int:
    return len({one.group_id for one in findings})


def _things(plan: Settlement) -> list[Thing]:
    """What a settlement does, a line each."""
    outside = set(plan.outside)
    inside = [one for one in plan.settled if one not in outside]
    accounts = sum(change.record.kind == "account" for change in plan.changes)
    found = []
    if inside or accounts:
        found.append(Thing("台账改动", f"{accounts:,} 个账号", mark="tick"))
    if plan.outside:
        found.append(Thing("要在企业微信后台办", f"{len(outside):,} 处，下一份导出来核对",
                           mark="waiting"))  # fmt: skip
    groups = [one for one in plan.left_over if one.kind in (TO_ADD, TO_REMOVE)]
    if groups:
        found.append(Thing("进群、退群", f"{len(groups):,} 处，要给群主开通知单", mark="arrow"))
    others = len(plan.left_over) - len(groups)
    if others:
        found.append(Thing("要填表或选人", f"{others:,} 处，这次不动，请逐行办", mark="ask"))
    reasons = Counter(sentence for _, sentence in plan.refused)
    found += [Thing("不能处理", sentence, f"{count:,} 处", mark="stuck")
              for sentence, count in reasons.most_common(_FEW)]  # fmt: skip
    return found
