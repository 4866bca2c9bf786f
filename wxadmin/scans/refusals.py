"""Why a scan is refused, each reason as one plain sentence that says what to do.

Kept free of other imports: the child that reads scans loads it at every start.
"""

from __future__ import annotations

SENTENCES = {
    "not_found": "找不到文件《{name}》；请确认它没有被移走或改名，再选一次。",
    "is_folder": "《{name}》是一个文件夹；请选里面的扫描件（PDF 或图片）。",
    "unreadable": "读不了《{name}》（{why}）；请关闭占用它的程序，或把它复制到桌面后再拖进来。",
    "empty_file": "《{name}》是 0 字节的空文件；请重新扫描一次。",
    "file_too_big": "《{name}》有 {size} MB，超过了 {limit} MB 的上限；"
    "请用 150 dpi 灰度重新扫描，或分成几个文件。",
    "password": "《{name}》设有打开密码，读不了；请去掉密码另存一份，或重新扫描。",
    "damaged": "《{name}》已损坏，打不开；请重新扫描一次，或请对方重发。",
    "no_pages": "《{name}》里一页也没有；请重新扫描一次。",
    "too_many_pages": "《{name}》有 {count} 页，超过了 {limit} 页的上限；请分成几个文件。",
    "picture_too_big": "《{name}》第 {page} 页的图片大得不正常，为免电脑卡死没有读取；"
    "请用 150 至 300 dpi 重新扫描。",
    "heic": "《{name}》是苹果手机的 HEIC 照片；请在手机上选“兼容性最佳”重拍，或另存为 JPG。",
    "not_a_scan": "《{name}》不是扫描件；请选 PDF 或图片（PNG、JPG、TIFF、BMP）。",
    "reader_died": "读《{name}》时读取程序中途停止了，多半是文件已损坏；请重新扫描一次。",
    "reader_slow": "读《{name}》超过 {seconds} 秒还没有结果，已停止；请分成几个文件再试。",
}


def sentence(code: str, name: str, facts: dict[str, str | int]) -> str:
    """Return the Chinese sentence for a refusal of the file called `name`."""
    return SENTENCES[code].format(name=name, **facts)
