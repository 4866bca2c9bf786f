"""What is amiss with designated numbers that changed hands, for `list`."""

from __future__ import annotations

from typing import Any

from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.number_proofs import NumberProofs
from wxadmin.services.workplace import Workplace

HEADS = {"seq": "序号", "mobile": "号码", "what": "情况", "who": "谁", "since": "自"}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the findings, number by number."""
    duties = Duties(workplace, Picture(workplace))
    lines = [
        {
            "seq": one.number.seq,
            "mobile": one.number.mobile,
            "what": one.what,
            "who": one.who,
            "since": one.since,
        }
        for one in NumberProofs(workplace).findings(duties)
    ]
    return [line for line in lines if search in " ".join(map(str, line.values()))]
