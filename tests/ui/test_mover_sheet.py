"""调岗单: what a mover joins, leaves, keeps by exception; printed or recorded from one place."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import answering, desk_of, fill, press, settle

from ui.checklists import mover_sheet
from ui.checklists.mover_sheet import MoverDialog
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.group import MemberException
from wxadmin.services.checklists import Checklists
from wxadmin.services.groups import Groups
from wxadmin.services.handover import Handover
from wxadmin.services.people import person_called


@pytest.fixture
def desk(office_window, workplace):
    """On the sheet of somebody who sits in a group that is no more his."""
    person = person_called(workplace, "余雅琴")
    if not workplace.store.find(Checklist, employee_id=person.id, template="transfer"):
        Checklists(workplace).start("transfer", person=person)
    made = desk_of(office_window, "checklists")
    made.toolbar.filters.choose("transfer")
    key = next(view.id for view in made.views.values() if view.name == "余雅琴")
    made.table.select(key)
    return made


def test_the_sheet_says_what_to_join_to_leave_and_why(desk, workplace):
    seen = []

    def look(dialog):
        assert isinstance(dialog, MoverDialog)
        lines = [dialog.table.model.row(key) for key in dialog.table.model.shown_ids()]
        seen.extend((line.action, line.what) for line in lines)
        key = next(k for k, one in enumerate(lines) if one.action == "退出")
        dialog.table.select(key)
        assert lines[key].reason in dialog.whole.text()
        assert nameless(dialog) == []
        assert rich(dialog) == []
        press(dialog, "关闭")

    with answering(look):
        mover_sheet.show(desk)
    assert ("退出", "莆田一厂") in seen


def test_a_group_may_be_kept_by_exception(desk, workplace):
    def keep(dialog):
        table = dialog.table
        key = next(k for k in table.model.shown_ids() if table.model.row(k).action == "退出")
        dialog.table.acted.emit(key, "act")

    with answering(
        keep,
        lambda d: (fill(d, reason="交接未完", granted_by="林经理"), press(d, "特批保留")),
        lambda d: press(d, "关闭"),
    ):
        mover_sheet.show(desk)
    settle(desk.window())
    person = person_called(workplace, "余雅琴")
    assert workplace.store.find(MemberException, employee_id=person.id)[-1].reason == "交接未完"
    picture = Groups(workplace).picture()
    assert not any(g.name == "莆田一厂" for g in Handover(workplace, picture).group_moves(
        person.id).leave)  # fmt: skip
