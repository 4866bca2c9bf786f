"""The user's own copy of the policy pack: made when she wants to change it, then checked."""

from __future__ import annotations

import shutil
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.files import reason_of
from wxadmin.services.workplace import Workplace


class PolicyFolder:
    """The folder 制度 beside the register; what lies there wins over the program's own pack."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    @property
    def copy(self) -> Path | None:
        """Return the user's own copy of the pack in force; None while the program's counts."""
        from wxadmin.policy.packs import list_packs

        pack_id = self._workplace.office().pack_id
        packs = list_packs(self._workplace.user_policies)
        return next((p.path for p in packs if p.id == pack_id and p.is_user_copy), None)

    def own_copy(self) -> Path:
        """Return the user's own copy, made now where there is none; nothing is overwritten.

        Raises `UserError` where the folder cannot be written.
        """
        from wxadmin.policy.packs import list_packs

        folder, pack_id = self._workplace.user_policies, self._workplace.office().pack_id
        if folder is None:
            raise UserError("服务器上的登记库没有自己的制度文件夹。", "no_folder")
        found = next(p for p in list_packs(folder) if p.id == pack_id)
        if found.is_user_copy:
            return found.path
        target = folder / found.path.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if found.path.is_dir():
                shutil.copytree(found.path, target, dirs_exist_ok=True)
            else:
                shutil.copyfile(found.path, target)
        except OSError as error:
            raise UserError(
                f"不能写到“{folder}”：{reason_of(error)}。制度没有改动。", "read_only"
            ) from error
        return target

    def check(self) -> str:
        """Read the pack as it lies there now; its title when it is sound.

        Raises `UserError` naming file and line of the first mistake.
        """
        from wxadmin.policy.packs import load_pack

        pack_id = self._workplace.office().pack_id
        return load_pack(pack_id, self._workplace.user_policies).title
