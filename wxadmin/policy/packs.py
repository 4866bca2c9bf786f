"""Find and load policy packs: a folder or a single .toml each, the user's copy before ours."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.policy import Pack
from wxadmin.domain.policy_settings import Setting
from wxadmin.policy.pack_reader import Bundle, PackReader
from wxadmin.policy.pack_settings import read_declarations
from wxadmin.policy.toml_table import Table

RESOURCES: Final = Path(__file__).resolve().parents[2] / "resources"
BUILT_IN: Final = RESOURCES / "policies"
DECLARATIONS: Final = RESOURCES / "settings.toml"
HEAD_FILE: Final = "pack.toml"


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack as it is offered for choice; `problem` says why it cannot be loaded."""

    id: str
    title: str
    source: str
    path: Path
    is_user_copy: bool
    problem: str = ""


def list_packs(user_dir: Path | None = None, built_in: Path = BUILT_IN) -> tuple[PackInfo, ...]:
    """The packs there are, by id. One that cannot be read is listed with its problem."""
    found = {pack_id: _info(pack_id, path, False) for pack_id, path in _paths(built_in).items()}
    if user_dir is not None:
        paths = _paths(user_dir)
        found |= {pack_id: _info(pack_id, path, True) for pack_id, path in paths.items()}
    return tuple(found[pack_id] for pack_id in sorted(found))


def load_pack(pack_id: str, user_dir: Path | None = None, built_in: Path = BUILT_IN) -> Pack:
    """Read and check a pack. A UserError names file and line of the first mistake."""
    path = (_paths(user_dir) if user_dir else {}).get(pack_id) or _paths(built_in).get(pack_id)
    if path is None:
        known = "、".join(info.id for info in list_packs(user_dir, built_in))
        raise UserError(f"没有名为“{pack_id}”的制度包，可用的有：{known}。", code="unknown_pack")
    return PackReader(Bundle(_files(path)), _declarations()).read(pack_id)


def _paths(folder: Path) -> dict[str, Path]:
    """The packs of a folder: id to the folder or file it is kept in."""
    if not folder.is_dir():
        return {}
    singles = {path.stem: path for path in folder.glob("*.toml")}
    folders = {path.parent.name: path.parent for path in folder.glob(f"*/{HEAD_FILE}")}
    return singles | folders


def _files(path: Path) -> list[Path]:
    """The files of a pack, the head first."""
    if path.is_file():
        return [path]
    rest = sorted(file for file in path.glob("*.toml") if file.name != HEAD_FILE)
    return [path / HEAD_FILE, *rest]


def _info(pack_id: str, path: Path, is_user_copy: bool) -> PackInfo:
    try:
        head = Table.of_file(_files(path)[0])
        return PackInfo(pack_id, head.text("title"), head.text("source"), path, is_user_copy)
    except UserError as error:
        return PackInfo(pack_id, pack_id, "", path, is_user_copy, error.message)


def _declarations() -> dict[str, Setting]:
    table = Table.of_file(DECLARATIONS)
    return read_declarations(table.tables("settings", required=True))
