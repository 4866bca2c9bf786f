"""Units: finding one by what she would type."""

from __future__ import annotations

from wxadmin.domain.errors import UserError
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit


def unit_called(tree: OrgTree, text: str) -> OrgUnit:
    """Return the unit of that name, alias or path (莆田一厂/生产部).

    Raises `UserError` where none or more than one fits; 生产部 alone may well be several.
    """
    found = tree.called(text.split("/")[-1].strip())
    exact = [unit for unit in found if tree.text(unit.id) == text.strip()] or found
    if len(exact) == 1:
        return exact[0]
    if not exact:
        raise UserError(f"没有单位叫“{text}”，没有改动。", "no_unit")
    paths = tuple(tree.text(unit.id) for unit in exact)
    raise UserError(
        f"有{len(exact)}个单位叫“{text}”，没有改动，请写全：{'、'.join(paths)}。", "ambiguous"
    )
