"""Why a file is refused, each reason as one plain sentence that says what to do.

Kept free of imports: the reading child loads it at every start.
"""

from __future__ import annotations

_DAMAGED = "《{name}》已损坏，打不开；请向发文件的人重新要一份，再导入。"

SENTENCES = {
    "not_found": "找不到文件《{name}》；请确认它没有被移走或改名，再选一次。",
    "is_folder": "《{name}》是一个文件夹，不是表格；请选里面的表格文件。",
    "unreadable": "读不了《{name}》（{why}）；请关闭占用它的程序，或把它复制到桌面后再导入。",
    "lock_file": "《{name}》只是 Excel/WPS 打开表格时留下的临时文件；"
    "请选名称前面没有“~$”的那个文件。",
    "empty_file": "《{name}》是 0 字节的空文件；请向发文件的人重新要一份。",
    "file_too_big": "《{name}》有 {size} MB，超过了 {limit} MB 的上限；"
    "请删掉图片和多余的工作表后再导入。",
    "password": "《{name}》设有打开密码；请用 Excel 或 WPS 打开它，"
    "在“文件 → 信息／文档加密”里清除密码，保存后再导入。",
    "html": "《{name}》其实是网页文件，只是名称像表格；"
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
    "xml2003": "《{name}》是旧的“XML 表格 2003”格式；"
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
    "word": "《{name}》其实是 Word 文档；请把里面的表格复制到 Excel 或 WPS，存成 .xlsx 后再导入。",
    "slides": "《{name}》其实是演示文稿，不是表格；请选正确的文件。",
    "xlsb": "《{name}》是二进制工作簿（xlsb）；请用 Excel 另存为 .xlsx 后再导入。",
    "ods": "《{name}》是 OpenDocument 表格；请用 WPS 或 Excel 另存为 .xlsx 后再导入。",
    "archive": "《{name}》是一个压缩包，不是表格；请先解压，再选里面的表格。",
    "pdf": "《{name}》其实是 PDF；请向发文件的人要 Excel 原件。",
    "picture": "《{name}》其实是图片；请向发文件的人要 Excel 原件。",
    "not_a_sheet": "《{name}》不是表格文件，内容认不出来；请选 .xlsx、.xls 或 .csv 文件。",
    "plain_text": "《{name}》其实是普通文本，里面没有表格；请选 .xlsx、.xls 或 .csv 文件。",
    "damaged": _DAMAGED,
    "twin_parts": "《{name}》里有两份同名的内容（{part}），不知道该信哪一份；"
    "请用 Excel 或 WPS 打开并另存为新文件后再导入。",
    "too_many_parts": "《{name}》里有 {count} 个部件，正常的表格不会这样；"
    "请把要导入的工作表复制到新文件，再导入。",
    "too_big_inside": "《{name}》展开后大得不正常（上限 {limit} MB），为免电脑卡死没有读取；"
    "请把要导入的工作表复制到新文件，再导入。",
    "entities": "《{name}》里夹带了表格不该有的 XML 声明，为安全起见没有读取；"
    "请用 Excel 或 WPS 打开并另存为新文件后再导入。",
    "far_cell": "工作表“{sheet}”的 {cell} 单元格还有内容，离其他内容太远；"
    "请在《{name}》里删掉它，保存后再导入。",
    "too_many_rows": "《{name}》{where}有超过 {limit} 行内容；请拆成几个文件后再导入。",
    "too_many_columns": "《{name}》的工作表“{sheet}”有 {count} 列标题，超过 {limit} 列；"
    "请只留下要导入的列。",
    "empty_book": "《{name}》里没有任何内容；请确认文件是否选对。",
    "mixed_encodings": "《{name}》第 {line} 行与其他行的文字编码不一致，读出来会是乱码；"
    "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后再导入。",
    "not_text": "《{name}》第 {line} 行夹有不是文字的字节；"
    "请用 Excel 或 WPS 另存为 .xlsx 后再导入。",
    "open_quote": "《{name}》第 {line} 行起的引号没有成对，后面的内容会被吞掉；"
    "请补上引号，或用 Excel/WPS 另存为 .xlsx 后再导入。",
    "long_line": "《{name}》第 {line} 行长得不像表格的一行；"
    "请用 Excel 或 WPS 另存为 .xlsx 后再导入。",
    "no_such_sheet": "《{name}》里没有工作表“{sheet}”；有的是：{sheets}。",
    "reader_died": "读《{name}》时读取程序中途停止了，多半是文件太大或已损坏；"
    "请用 Excel 或 WPS 打开并另存为新文件后再导入。",
    "reader_slow": "读《{name}》超过 {seconds} 秒还没有结果，已停止；"
    "请把要导入的工作表复制到新文件，再导入。",
}


class Refusal(Exception):  # noqa: N818 - a verdict on the file, not a fault of the program
    """The file cannot be taken; `code` names the sentence, `facts` fill it."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def sentence(code: str, name: str, facts: dict[str, str | int]) -> str:
    """The Chinese sentence for a refusal of the file called `name`."""
    return SENTENCES[code].format(name=name, **facts)
