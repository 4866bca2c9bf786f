"""The console's import template made part by part: both layouts, shared and inline strings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"

OLDER = (
    "姓名", "帐号", "别名", "职务", "部门", "性别", "手机", "座机", "个人邮箱", "地址", "企业简称",
)  # fmt: skip
NEWER = (
    "姓名", "账号", "别名", "职务", "部门", "性别", "手机", "座机", "邮箱", "地址", "企业邮箱",
    "视频号",
)  # fmt: skip
SAMPLE = {
    "姓名": "示例甲",
    "帐号": "shili",
    "账号": "shili",
    "部门": "示例公司/一部",
    "手机": "13000000000",
}
NOTES = tuple(f"说明第{n}条：这一行不要改动，“姓名”和“部门”必填" for n in range(1, 9))
STYLES = (
    f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/></font>'
    '<font><b/><color rgb="FFFF0000"/><sz val="12"/></font></fonts>'
    "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs count="3"><xf fontId="0"/><xf fontId="1"/>'
    '<xf fontId="0" numFmtId="49"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Strings:
    """Shared strings as they are handed out; none at all where texts are inline."""

    def __init__(self, shared: bool) -> None:
        self.shared = shared
        self.texts: list[str] = []

    def cell(self, place: str, text: str, style: int = 0) -> str:
        opening = f'<c r="{place}"' + (f' s="{style}"' if style else "")
        if not text:
            return f"{opening}/>"
        if not self.shared:
            return f'{opening} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        if text not in self.texts:
            self.texts.append(text)
        return f'{opening} t="s"><v>{self.texts.index(text)}</v></c>'

    def part(self) -> str:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in self.texts)
        many = len(self.texts)
        return f'<sst xmlns="{MAIN}" count="{many}" uniqueCount="{many}">{items}</sst>'


def template(
    headings: Sequence[str] = NEWER,
    *,
    notes: Sequence[str] = (*NOTES, "成员列表"),
    shared: bool = True,
    dangling: bool = False,
    samples: int = 1,
    sheet: str = "成员列表",
    after: str = "",
) -> bytes:
    """Return a template: note rows merged over all columns, the heading, sample rows.

    `dangling` declares a shared strings part that is not in the package (with inline strings).
    """
    strings = Strings(shared)
    last = letter(len(headings) - 1)
    lines = [
        f'<row r="{n}" ht="30" customHeight="1">{strings.cell(f"A{n}", note, 2)}</row>'
        for n, note in enumerate(notes, 1)
    ]
    at = len(notes) + 1
    heads = "".join(strings.cell(f"{letter(i)}{at}", text, 1) for i, text in enumerate(headings))
    lines.append(f'<row r="{at}" spans="1:{len(headings)}" ht="19">{heads}</row>')
    for row in range(at + 1, at + 1 + samples):
        cells = "".join(
            strings.cell(f"{letter(i)}{row}", SAMPLE.get(text, f"样{i}"), 2)
            for i, text in enumerate(headings)
        )
        lines.append(f'<row r="{row}" spans="1:{len(headings)}" ht="17.5">{cells}</row>')
    merges = "".join(f'<mergeCell ref="A{n}:{last}{n}"/>' for n in range(1, len(notes) + 1))
    merged = f'<mergeCells count="{len(notes)}">{merges}{after}</mergeCells>' if notes else ""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">'
        f'<dimension ref="A1:{last}{at + samples}"/>'
        '<cols><col min="1" max="1" width="20" customWidth="1"/>'
        '<col min="2" max="12" width="18.5" style="2" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData>{merged}"
        '<dataValidations count="1"><dataValidation type="list" sqref="F2:F999">'
        "<formula1>&quot;男,女&quot;</formula1></dataValidation></dataValidations></worksheet>"
    )
    return packed(xml, sheet, strings, dangling)


def letter(column: int) -> str:
    return chr(65 + column)


def packed(xml: str, sheet: str, strings: Strings, dangling: bool) -> bytes:
    overrides = {
        "/xl/workbook.xml": f"{SHEETML}.sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{SHEETML}.worksheet+xml",
        "/xl/styles.xml": f"{SHEETML}.styles+xml",
    }
    rels = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
    if strings.shared or dangling:
        overrides["/xl/sharedStrings.xml"] = f"{SHEETML}.sharedStrings+xml"
    if strings.shared:
        rels.append(("sharedStrings", "sharedStrings.xml"))
    declared = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(rels, 1)
    )
    contents = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{declared}</Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?>'
        f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "xl/worksheets/sheet1.xml": xml,
        "xl/styles.xml": STYLES,
        "docProps/custom.bin": "自带的别的东西",
    }
    if strings.shared:
        contents["xl/sharedStrings.xml"] = strings.part()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()
