"""What a group's end rests on: a picture, kept by its place and check sum, or somebody's word."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from wxadmin.domain.errors import UserError

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".pdf"})


def proof_of(text: str) -> str:
    """Return a proof as it is kept: a picture by its place and check sum, or somebody's word.

    Raises `UserError` for no proof, and for a picture that is not there.
    """
    said = text.strip().strip('"')
    if not said:
        raise UserError(
            "登记已解散要有依据：解散截图的文件，或群主的话（谁、哪天说的）。没有改动。",
            "no_proof",
        )
    path = Path(said)
    if path.suffix.lower() not in PICTURES:
        return said
    try:
        content = path.read_bytes()
    except OSError:
        raise UserError(f"找不到解散截图“{said}”，没有改动。", "no_file") from None
    return f"截图 {path.resolve()}（{sha256(content).hexdigest()[:12]}）"
