"""Whether a file is a Word document that is safe to open, told by its content."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.files import reason_of

MOST_BYTES = 20_000_000
MOST_INSIDE = 100_000_000
MOST_PARTS = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def word_bytes(path: Path) -> bytes:
    """Return the bytes of a .docx. Raises `UserError` for anything else."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise refusal(path, f"打不开（{reason_of(error)}），请关闭占用它的程序再试") from error
    if size > MOST_BYTES:
        raise refusal(path, f"有{size // 1_000_000}MB，太大了，请把里面的图片压小")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise refusal(path, "设有打开密码，请清除密码后再用")
        raise refusal(path, "是旧格式（.doc），请用 Word 或 WPS 另存为 .docx 再用")
    if not data.startswith(b"PK"):
        raise refusal(path, "不是 Word 文档，请选 .docx 文件")
    _check_parts(path, data)
    return data


def _check_parts(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename.lower() for entry in archive.infolist()}
            inside = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_PARTS or inside > MOST_INSIDE:
                raise refusal(path, "展开后大得不正常，没有打开")
            if "word/document.xml" not in names:
                raise refusal(path, "不是 Word 文档，请选 .docx 文件")
            if any(name.endswith("vbaproject.bin") for name in names):
                raise refusal(path, "里面带有宏，请另存为不带宏的 .docx 再用")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_part(path, archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise refusal(path, "已损坏，打不开，请重新要一份") from error


def _check_part(path: Path, part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise refusal(path, "夹带了文档不该有的声明，为安全起见没有打开")


def refusal(path: Path, reason: str) -> UserError:
    """Return the refusal of a document, in one sentence that names it."""
    return UserError(f"《{path.name}》{reason}。", "bad_document")
