"""Settle findings of 三方核对: planned first, then one act; WeCom's part is handed out."""

from __future__ import annotations

from collections.abc import Iterable

from wxadmin.domain.errors import UserError
from wxadmin.domain.reconciliation_finding import Finding
from wxadmin.domain.reconciliation_values import SIDES
from wxadmin.domain.reconciliation_words import IN_WINDOW, ISSUE_ORDER, TAKES
from wxadmin.services.group_duties import Duties
from wxadmin.services.orders import Orders
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.reconciliation_draft import SettlementDraft
from wxadmin.services.settlement import Settlement, SettlingBrake
from wxadmin.services.workplace import Workplace


class Settling:
    """Settles findings: by the policy's winner of each field, or by the one she names."""

    def __init__(self, workplace: Workplace, reconciliation: Reconciliation) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._seen = reconciliation

    # -- acts -------------------------------------------------------------------------------------
    def settle(
        self, findings: Iterable[Finding], winner: str = "", *, brake_released: bool = False
    ) -> tuple[Settlement, int | None]:
        """Write what `plan_settle` plans as one act. Raises `UserError` while the brake is on."""
        plan = self.plan_settle(findings, winner)
        if plan.brake is not None and not brake_released:
            raise UserError(plan.brake.sentence, "brake")
        return plan, self.write(plan)

    def write(self, plan: Settlement) -> int | None:
        """Write a plan that was looked at."""
        with self._workplace.act(f"三方核对：处理{len(plan.settled)}处") as operation:
            operation.write(plan.changes, plan.ids)
        return operation.id

    def act(self, finding: Finding, act: str) -> int | None:
        """Do one of the acts of `acts_of` about one finding. Raises `UserError` where it cannot."""
        if act in IN_WINDOW:
            raise UserError("这一步要先填表或选人。", "needs_answer")
        if act == ISSUE_ORDER:
            return self.issue_orders([finding])
        plan, operation = self.settle([finding], TAKES.get(act, ""), brake_released=True)
        if plan.refused:
            raise UserError(plan.refused[0][1], "refused")
        return operation

    def issue_orders(self, findings: Iterable[Finding]) -> int | None:
        """Issue the orders of the groups concerned; an open one with the same content stays."""
        groups = {one.group_id for one in findings if one.group_id is not None}
        picture = self._seen.picture
        duties = Duties(self._workplace, picture)
        orders = Orders(self._workplace)
        drafts = [
            draft
            for group_id in sorted(groups)
            for draft in orders.drafts(picture, duties, picture.groups[group_id])
        ]
        ids = self._store.ids()
        changes, issued = orders.plan_issue(drafts, ids, groups)
        with self._workplace.act(f"开出群成员调整通知单：{len(issued)}份") as operation:
            operation.write(changes, ids)
        return operation.id

    # -- simulation -------------------------------------------------------------------------------
    def plan_settle(self, findings: Iterable[Finding], winner: str = "") -> Settlement:
        """Return what settling would change, without writing: `winner` is 人事, 台账 or 企业微信,
        "" for the one the policy names field by field."""
        if winner not in {"", *SIDES}:
            raise UserError(f"没有“{winner}”这一方，可用的有：人事、台账、企业微信。", "no_side")
        wanted = list(findings)
        draft = SettlementDraft(self._workplace, self._seen, winner, wanted)
        for finding in wanted:
            draft.take(finding)
        plan = draft.finish()
        plan.brake = self._brake(plan)
        return plan

    def _brake(self, plan: Settlement) -> SettlingBrake | None:
        limit = self._workplace.number("brake_count")
        percent = self._workplace.number("brake_percent")
        staff = len(self._seen.lists.here)
        over_percent = plan.people > 1 and plan.people * 100 > staff * percent
        if plan.people > limit or over_percent:
            return SettlingBrake(plan.people, limit, percent)
        return None
