"""The forms and registers in use: read once, read anew when the office has changed a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin import paths
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.policy.forms import FormShelf

Stamp = tuple[tuple[str, int, int], ...]
_kept: dict[tuple[Path, Path | None], tuple[Stamp, FormShelf]] = {}


class _Revision:
    """Counts what the window itself changed, so that a desk need not look at the folder."""

    number = 0


def revision() -> int:
    """Return a number that is another once a form's design was changed from here."""
    return _Revision.number


def changed_here() -> None:
    """Say that a file was written."""
    _Revision.number += 1


def own_folder(workplace: Workplace) -> Path | None:
    """Return where the office's own forms lie (制度/forms); None on a server."""
    users = workplace.user_policies
    return users / "forms" if users else None


def form_library(workplace: Workplace) -> FormShelf:
    """Return every form and register, the office's own first; its wrong files are told of."""
    from wxadmin.policy.forms import load_forms

    place = (paths.RESOURCES / "forms", own_folder(workplace))
    stamp = _stamp(place[1])
    kept = _kept.get(place)
    if kept is None or kept[0] != stamp:
        kept = _kept[place] = (stamp, load_forms(*place))
    return kept[1]


def short_title(workplace: Workplace, kind: str) -> str:
    """Return what a line calls a kind of form: its mark (附件一), else its title.

    Where the office has no forms of its own, only that form's file is read, not all of them:
    今日 is the first page, and asks for no more.
    """
    from wxadmin.policy.toml_file import read_toml

    company = workplace.office().company_name
    ours = paths.RESOURCES / "forms" / f"{kind}.toml"
    if _stamp(own_folder(workplace)) or not ours.is_file():
        form = form_library(workplace).form(kind)
        return form.layout.mark or form.title.replace("{company}", company)
    table = read_toml(ours).root()
    mark = table.table("paper").text("mark", "")
    return mark or table.text("title").replace("{company}", company)


def _stamp(folder: Path | None) -> Stamp:
    """Return what tells that a file of a folder was changed."""
    if folder is None or not folder.is_dir():
        return ()
    found = [(path.name, path.stat()) for path in folder.iterdir() if path.is_file()]
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))
