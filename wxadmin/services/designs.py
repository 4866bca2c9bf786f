"""What the designs of forms and of registers have in common: kept by version, ours behind them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wxadmin.domain.errors import UserError
from wxadmin.services.design_files import DesignFiles
from wxadmin.services.form_library import form_library
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition, RegisterDefinition
    from wxadmin.paper.items import Measure, Page
    from wxadmin.policy.toml_file import TomlTable

DEFAULT = 0
"""Stands for the version the program ships, whichever it is."""
Look = TypeVar("Look")


@dataclass(frozen=True, slots=True)
class DesignLine:
    """A kind of paper in the list, and whether it is the office's own."""

    kind: str
    title: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class KeptDesign:
    """A former design; `number` counts the office's own from 1."""

    version: int
    number: int
    saved_on: date
    is_current: bool


@dataclass(frozen=True, slots=True)
class DrawnDesign:
    """A design that can be printed, and which rows were lowered so that the sheet holds it."""

    definition: Any
    data: dict[str, Any]
    lowered: tuple[str, ...] = ()


class Designs(ABC, Generic[Look]):
    """Designs of one sort of paper: read, judged, kept, used, taken back."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._files = DesignFiles(workplace, self._current, self._read_file)

    # -- what each sort says for itself -----------------------------------------------------------
    @abstractmethod
    def _current(self, kind: str) -> FormDefinition | RegisterDefinition:
        """Return the definition in use, as its file says it."""

    @abstractmethod
    def _read(self, table: TomlTable) -> FormDefinition | RegisterDefinition:
        """Read a file's tables. Raises `UserError`."""

    @abstractmethod
    def _look(self, data: dict[str, Any]) -> Look:
        """Return the design a file says."""

    @abstractmethod
    def _with(self, data: dict[str, Any], look: Look) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return a file with a design laid over it, and which rows were lowered."""

    @abstractmethod
    def kinds(self) -> list[DesignLine]:
        """Return the kinds of paper there are."""

    @abstractmethod
    def sheet(self, drawn: DrawnDesign, measure: Measure, *, blank: bool = False) -> list[Page]:
        """Return the sheet of a design that was judged already."""

    def _read_file(self, path: Path) -> FormDefinition | RegisterDefinition:
        from wxadmin.policy.toml_file import read_toml

        return self._read(read_toml(path).root())

    # -- reading --------------------------------------------------------------------------------
    @property
    def refusals(self) -> tuple[UserError, ...]:
        """Return what is wrong with the office's own files; ours are used in their place."""
        return form_library(self._workplace).refusals

    def design(self, kind: str) -> Look:
        """Return how a paper looks now."""
        return self._look(self._files.data(kind))

    def default(self, kind: str) -> Look:
        """Return how the program ships a paper."""
        return self._look(self._files.shipped(kind))

    def in_use(self, kind: str) -> int:
        """Return the version in use, `DEFAULT` for ours: what `use` takes back to."""
        return self._current(kind).version if self._files.own_file(kind) else DEFAULT

    def versions(self, kind: str) -> list[KeptDesign]:
        """Return the office's own designs of a paper, the newest first."""
        current = self.in_use(kind)
        kept = sorted(self._files.kept(kind).items(), reverse=True)
        return [
            KeptDesign(
                version,
                len(kept) - at,
                date.fromtimestamp(path.stat().st_mtime),
                version == current,
            )
            for at, (version, path) in enumerate(kept)
        ]

    def draw(self, kind: str, look: Look) -> DrawnDesign:
        """Lay a design over a paper. Raises `UserError` saying what cannot be printed."""
        from wxadmin.policy.toml_file import TomlFile

        data, lowered = self._with(self._files.data(kind), look)
        try:
            definition = self._read(TomlFile(data, self._files.folder / f"{kind}.toml").root())
        except UserError as refusal:  # it speaks of the paper: there is no file yet, and no line
            _, _, reason = refusal.message.partition("行：")
            said = f"{reason or refusal.message}样式没有改动。"
            raise UserError(said, refusal.code) from refusal
        return DrawnDesign(definition, data, lowered)

    def pages(self, kind: str, look: Look, measure: Measure, *, blank: bool = False) -> list[Page]:
        """Return the sheet of a design, filled with what is made up, or blank."""
        return self.sheet(self.draw(kind, look), measure, blank=blank)

    # -- changing -------------------------------------------------------------------------------
    def save(self, kind: str, look: Look) -> int:
        """Keep a design and use it from now on; returns its version.

        What was drafted before keeps its own. Raises `UserError`; nothing is changed then.
        """
        drawn = self.draw(kind, look)
        if self._look(drawn.data) == self.design(kind):
            return self._current(kind).version
        self._files.keep_own(kind)
        version = self._files.next_version(kind)
        drawn.data["version"] = version
        self._files.write(drawn.data, self._files.kept_file(kind, version))
        self._files.replace_own(kind, self._files.kept_file(kind, version))
        return version

    def use(self, kind: str, version: int) -> None:
        """Use a former design again; `DEFAULT` is the one the program ships."""
        self._files.keep_own(kind)
        if version == DEFAULT:
            self._files.replace_own(kind, None)
            return
        kept = self._files.kept(kind).get(version)
        if kept is None:
            raise UserError("这一版已经不在了，样式没有改动。", "no_version")
        self._files.replace_own(kind, kept)
