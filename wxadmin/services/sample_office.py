"""The sample office: about three hundred made-up people over all units, put in as one act.

Nobody in it is real. The mobile numbers begin with 163 and 164, blocks that no operator had been
given when this was written; the addresses end in example.com, which is kept for examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.sample_draft import Draft

TITLE = "放入示例办公室"


@dataclass(frozen=True, slots=True)
class SampleFilled:
    """What was put in: how many people, and the operation that takes them out again."""

    people: int
    operation: int


class SampleOffice:
    """Fills a register that was just set up; the same office on every machine for the same day."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def fill(self) -> SampleFilled:
        """Put the sample office in as one act; its undo takes all of it out again.

        Raises `UserError` where the register is not meant for a sample or already has people.
        """
        from wxadmin.services.sample_draft import Draft

        if not self._workplace.office().sample:
            raise UserError(
                "这个登记库不是示例登记库，没有放入示例人员。示例请另建一个登记库。", "not_sample"
            )
        if self._workplace.store.count(Employee):
            raise UserError("登记库里已经有人员，没有放入示例办公室。", "not_empty")
        draft = Draft(self._workplace)
        _draw_up(draft)
        with self._workplace.act(TITLE) as operation:
            operation.write(draft.changes(), draft.ids)
        assert operation.id is not None
        return SampleFilled(len(draft.people), operation.id)


def _draw_up(draft: Draft) -> None:
    from wxadmin.services.sample_accounts import SampleAccounts
    from wxadmin.services.sample_groups import SampleGroups
    from wxadmin.services.sample_numbers import SampleNumbers
    from wxadmin.services.sample_papers import SamplePapers
    from wxadmin.services.sample_people import SamplePeople

    SamplePeople(draft).draw_up()
    accounts = SampleAccounts(draft)
    accounts.draw_up()
    leaving = {person.id for person in draft.people if person.leave_date is not None}
    SampleNumbers(draft, accounts, leaving).draw_up()
    SampleGroups(draft, accounts.holders).draw_up()
    SamplePapers(draft, accounts.by_person).draw_up()
