"""One window per register: a second start raises the first and hands its files over."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, Signal

if TYPE_CHECKING:  # QtNetwork is loaded after the first paint
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 500


class SingleInstance(QObject):
    """`one = SingleInstance(folder)`; `if one.hand_over(files): return 0`; `one.listen()`."""

    called = Signal(list)

    def __init__(self, folder: Path | str) -> None:
        super().__init__()
        self.name = f"wxadmin-{zlib.crc32(str(folder).encode()):08x}"
        self._server: QLocalServer | None = None

    def hand_over(self, files: Sequence[Path]) -> bool:
        """Give the files to a window that is already open; False if there is none."""
        if not self._somebody_may_listen():
            return False
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(_WAIT):
            return False
        import json

        socket.write(json.dumps([str(path) for path in files]).encode() + b"\n")
        socket.waitForBytesWritten(_WAIT)
        socket.waitForReadyRead(_WAIT)  # hung up sooner, Windows may drop what was said
        socket.disconnectFromServer()
        return True

    def _somebody_may_listen(self) -> bool:
        """A cheap look for the socket or pipe, without loading the network library."""
        if os.name == "nt":
            try:  # listed, not opened: a look at the pipe itself would count as a caller
                return self.name in os.listdir("\\\\.\\pipe\\")  # noqa: PTH208 - pathlib bends pipes
            except OSError:
                return True
        return Path(QDir.tempPath(), self.name).exists()

    def listen(self) -> bool:
        """Answer later starts with `called(files)`; a socket left by a crash is taken away."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        if not self._server.listen(self.name):
            QLocalServer.removeServer(self.name)
            return self._server.listen(self.name)
        return True

    def close(self) -> None:
        """Stop answering."""
        if self._server is not None:
            self._server.close()

    def _answer(self) -> None:
        if self._server is None:
            return
        while (socket := self._server.nextPendingConnection()) is not None:
            self._listen_to(socket)

    def _listen_to(self, socket: QLocalSocket) -> None:
        socket.readyRead.connect(lambda: self._read(socket))
        if socket.bytesAvailable():
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        import json

        if not socket.canReadLine():
            return
        try:
            said = json.loads(bytes(socket.readLine().data()))
        except ValueError:
            return
        finally:
            socket.write(b"ok\n")
            socket.flush()
        if isinstance(said, list):
            self.called.emit([Path(path) for path in said if isinstance(path, str)])
