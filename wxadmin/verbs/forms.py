"""Name the kinds of form there are, with their fields."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing

from wxadmin.services.form_library import form_library
from wxadmin.services.forms import Forms
from wxadmin.verbs.call import Call, Outcome, Table

HELP = "列出表单的种类和各栏"


def add_words(parser: ArgumentParser) -> None:
    """It takes no words."""


def run(call: Call) -> Outcome:
    """List the kinds of form."""
    with closing(call.open(False)) as workplace:
        forms = Forms(workplace)
        refused = [refusal.message for refusal in form_library(workplace).refusals]
        kinds = [
            {
                "id": definition.id,
                "title": forms.shelf.title(definition),
                "fields": [
                    {"name": f.name, "label": f.label, "required": f.required}
                    for f in definition.fields
                ],
            }
            for definition in forms.kinds()
        ]
    table = Table(("种类", "名称"), [(kind["id"], kind["title"]) for kind in kinds])
    return Outcome({"kinds": kinds, "refused": refused}, [*table.lines(), *refused])
