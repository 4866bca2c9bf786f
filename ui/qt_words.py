"""Words of Qt's own dialogs that its Chinese translation leaves in English."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_WORDS: dict[str, dict[str, str]] = {
    "QFileDialog": {
        "Look in:": "位置：",
        "&Look in:": "位置(&L)：",
        "Files of type:": "类型：",
        "Files of &type:": "类型(&T)：",
        "File &name:": "文件名(&N)：",
        "&File name:": "文件名(&N)：",
        "All Files (*)": "所有文件 (*)",
        "Folder": "文件夹",
        "File": "文件",
        "Drive": "磁盘",
        "Shortcut": "快捷方式",
        "Alias": "快捷方式",
        "Unknown": "不明",
        "My Computer": "计算机",
        "Directory:": "文件夹：",
        "New Folder": "新建文件夹",
        "%1 already exists.\nDo you want to replace it?": "%1 已经有了。\n要换掉它吗？",
    },
    "QAbstractFileIconProvider": {
        "File": "文件",
        "File Folder": "文件夹",
        "Folder": "文件夹",
        "Drive": "磁盘",
        "Shortcut": "快捷方式",
        "Alias": "快捷方式",
        "Unknown": "不明",
    },
}


class MissingWords(QTranslator):
    """Asked before Qt's own translation; answers with nothing where it knows nothing."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, number: int = -1
    ) -> str | None:  # type: ignore[override]
        return _WORDS.get(context, {}).get(text)

    def isEmpty(self) -> bool:
        return False
