"""The ways into one register, be it a file or a database on a server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.storage.rows import Readers

if TYPE_CHECKING:
    from sqlalchemy import Engine


def is_url(register: str) -> bool:
    """Say whether the register is named by a database URL rather than by a file."""
    return "://" in register


class Database:
    """The ways into one register: many short reads, one writer at a time.

    Plain readings take a connection of the driver (`plain`). SQLAlchemy's engines are made when
    first asked for by `engine(writing)`: importing it takes longer than showing an empty window.
    `refusal` puts what the database says into one sentence, None where it is a bug of ours.
    """

    def __init__(
        self,
        path: Path | None,
        plain: Readers,
        engine: Callable[[bool], Engine],
        refusal: Callable[[BaseException], UserError | None],
        *,
        writable: bool,
    ) -> None:
        self.path = path
        self.plain = plain
        self.refusal = refusal
        self.writable = writable
        self._engine = engine
        self._engines: dict[bool, Engine] = {}
        self._making = threading.Lock()

    @property
    def reader(self) -> Engine:
        """Return the engine that only reads."""
        return self._made(writing=False)

    @property
    def writer(self) -> Engine | None:
        """Return the engine that writes, None where the register was opened for reading."""
        return self._made(writing=True) if self.writable else None

    def _made(self, *, writing: bool) -> Engine:
        with self._making:
            if writing not in self._engines:
                self._engines[writing] = self._engine(writing)
            return self._engines[writing]

    def close(self) -> None:
        """Let go of the file, so that it may be moved or replaced."""
        self.plain.close()
        for engine in self._engines.values():
            engine.dispose()
