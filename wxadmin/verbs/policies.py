"""List the policy packs, the user's own copies first."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from wxadmin import paths
from wxadmin.policy.packs import list_packs
from wxadmin.storage.database import is_url
from wxadmin.verbs.call import Call, Outcome, Table

HELP = "列出制度包"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""


def run(call: Call) -> Outcome:
    """List them; one that cannot be read is shown with what is wrong with it."""
    own = None if is_url(call.register) else paths.user_policies(Path(call.register))
    packs = list_packs(own)
    table = Table(["制度包", "名称", "出处"])
    rows = []
    for pack in packs:
        row = {"id": pack.id, "title": pack.title, "source": pack.source}
        rows.append({**row, "own": pack.is_user_copy, "problem": pack.problem})
        table.rows.append([pack.id, pack.title, pack.problem or pack.source])
    return Outcome({"policies": rows}, table.lines())
