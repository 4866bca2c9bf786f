"""What the policy in force asks forms for: the rest of their fields and rows is left out."""

from __future__ import annotations

from wxadmin.domain.policy_settings import Scope, resolve
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.workplace import Workplace

SETTINGS = {
    "undertaking": "require_undertaking",
    "filing": "require_admin_filing",
    "external": "allow_external",
    "secrecy": "group_secrecy_levels",
    "permission_levels": "permission_levels_for_all",
}
"""The word a form says `when`, and the setting that asks for it anywhere in the company."""


def policy_asks(workplace: Workplace) -> frozenset[str]:
    """Return what is asked for by the company or by any of its classes of groups."""
    pack, overrides = workplace.pack, workplace.overrides()
    scopes = [Scope(), *(Scope(group_class=one.id) for one in pack.group_classes)]
    own = {key for (_, key), text in overrides.items() if text not in ("否", "false")}
    found = {
        word
        for word, key in SETTINGS.items()
        if key in own or any(resolve(key, s, overrides, pack).value is True for s in scopes)
    }
    return frozenset(found) | GroupNaming(workplace).asks()
