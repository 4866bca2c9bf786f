"""Every kind of form can be filled in on screen; lists are typed as lines of words."""

from __future__ import annotations

import pytest
from office import answering, desk_of, fill, press

from ui.form_pictures import filled_forms
from ui.forms.entry import Entry, edit_form
from wxadmin.services.form_facts import table_rows
from wxadmin.services.forms import Forms


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "forms")


def test_every_kind_of_form_has_a_field_for_each_thing_it_keeps(desk) -> None:
    forms = Forms(desk.context.services)
    for kind, number in filled_forms(desk.context.services).items():
        view = forms.view(number)
        entry = Entry(desk, view)
        shown = {*entry.sheet.boxes, *entry.register.boxes}
        kept = {field.name for field in view.definition.fields if field.on_screen}
        assert shown == kept, kind
        assert entry.typed() == {}, kind


def test_a_successor_is_typed_behind_his_group(desk) -> None:
    workplace = desk.context.services
    forms = Forms(workplace)
    number = filled_forms(workplace)["group_owner_transfer"]
    before = table_rows(forms.called(number).value("owned_groups"))
    line = "　".join(filter(None, (before[0]["group"], before[0].get("held_by"))))

    def type_it(dialog) -> None:
        fill(dialog, owned_groups=f"{line}　阮国川")
        press(dialog, "存好")

    with answering(type_it):
        edit_form(desk, forms.view(number))
    (row, *_) = table_rows(forms.called(number).value("owned_groups"))
    assert (row["group"], row["successor"]) == (before[0]["group"], "阮国川")
