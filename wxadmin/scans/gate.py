"""What a file's first bytes say it is: paper as PDF, paper as a picture, or neither."""

from __future__ import annotations

HEAD = 1024
PDF, PICTURE = "pdf", "picture"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
_HEIC = (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)


def family(head: bytes) -> str:
    """Return `pdf`, `picture`, `heic` or "" for anything else; the name plays no part.

    A PDF may have a few odd bytes before its mark: scanners and mail programs put them there.
    """
    if b"%PDF-" in head[:HEAD]:
        return PDF
    if head.startswith(_PICTURES) or _is_bitmap(head) or _is_webp(head):
        return PICTURE
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    return ""


def _is_bitmap(head: bytes) -> bool:
    return head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"
