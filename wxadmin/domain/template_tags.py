"""Tags in a company's own Word or Excel form, {{姓名}}: found, understood, or named as wrong.

A tag names a field of a form by its label; `{{申请类别：框}}` writes its boxes, `{{账号.手机号码}}`
a column of a list, whose row is repeated. Nothing else means anything: a template holds no code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from wxadmin.domain.form_definition import FieldType, FormDefinition

TAG = re.compile(r"\{\{((?:(?!\}\}|\{\{).)*)\}\}", re.DOTALL)
_CODE = re.compile(r"\{[%#].{0,60}", re.DOTALL)
_WIDE = re.compile(r"[{｛]\s*[{｛]([^{}｛｝]{1,40})[}｝]\s*[}｝]")
_LOOSE = re.compile(r"\{\{.{0,20}|\{\s*\{.{0,20}")
_BOXES = re.compile(r"[:：]\s*框\s*$")
_NAME = re.compile(r"[\w（）()/·、\s-]{1,40}")

COMPANY, NUMBER, TITLE, CODE = "company", "number", "title", "qr"
HOUSE = {
    "公司": COMPANY, "公司名称": COMPANY, "编号": NUMBER, "表单编号": NUMBER, "表名": TITLE,
    "标题": TITLE, "打印日期": "printed_on", "份数": "copies", "第几版": "sheet", "二维码": CODE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TagName:
    """What a tag says: a name, perhaps a column of that list, perhaps with its boxes."""

    name: str
    column: str = ""
    boxes: bool = False


def tag_name(inner: str) -> TagName:
    """Read what stands between the braces; signs and blanks within a name do not count."""
    said = unicodedata.normalize("NFKC", inner)
    boxes = bool(_BOXES.search(said))
    name, _, column = _BOXES.sub("", said).partition(".")
    return TagName(_bare(name), _bare(column), boxes)


def _bare(name: str) -> str:
    return "".join(re.findall(r"\w", unicodedata.normalize("NFKC", name)))


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text of a template: where it stands (第2页 …), and which row of a table it is in."""

    place: str
    text: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class TagFault:
    """A tag that cannot be filled, where it is and why."""

    tag: str
    place: str
    reason: str

    @property
    def sentence(self) -> str:
        """Say it in one line."""
        return f"{self.place}：{self.tag} {self.reason}"


@dataclass(frozen=True, slots=True)
class TagReport:
    """What a template says: the tags understood (by what they are called), and the faults."""

    known: Mapping[TagName, str]
    faults: tuple[TagFault, ...] = ()


@dataclass(frozen=True, slots=True)
class TagValues:
    """What the tags of one template say for one form; `code` is the picture of its QR code."""

    texts: Mapping[TagName, str]
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    code: bytes = b""


class TagBook:
    """The tags a kind of form knows: every field by its label, every list by its columns."""

    def __init__(self, definition: FormDefinition) -> None:
        self.fields: dict[str, str] = {_bare(word): name for word, name in HOUSE.items()}
        self.lists: dict[str, str] = {}
        self.columns: dict[str, dict[str, str]] = {}
        self.labels: dict[str, str] = {_bare(word): word for word in HOUSE}
        printed = {r.table.field: r.table for r in definition.layout.rows if r.table is not None}
        for one in definition.fields:
            names = (one.label, one.label.partition("（")[0], one.name)
            target = self.lists if one.type is FieldType.TABLE else self.fields
            for name in names:
                target.setdefault(_bare(name), one.name)
                self.labels.setdefault(_bare(name), one.label)
            if one.name in printed:
                columns = {_bare(c.label): c.text for c in printed[one.name].columns if c.text}
                self.columns[one.name] = columns

    def words(self) -> list[str]:
        """Return the tags as one writes them, for a list to copy from."""
        labels = list(dict.fromkeys(self.labels[name] for name in self.fields))
        rows = [
            f"{self.labels[name]}.{column}"
            for name, list_field in self.lists.items()
            if name == _bare(self.labels[name])
            for column in self.columns.get(list_field, {})
        ]
        return [f"{{{{{label}}}}}" for label in (*labels, *rows)]

    def field_of(self, tag: TagName) -> str | None:
        """Return the field a tag means, None where it means none."""
        if not tag.column:
            return self.fields.get(tag.name)
        name = self.lists.get(tag.name)
        return name if name and tag.column in self.columns.get(name, {}) else None

    def near(self, tag: TagName) -> str:
        """Return the tag that was probably meant, "" where none is near."""
        names = self.columns.get(self.lists.get(tag.name, ""), {}) if tag.column else self.labels
        found = get_close_matches(tag.column or tag.name, list(names), n=1, cutoff=0.5)
        if not found:
            return ""
        list_name = f"{self.labels[tag.name]}." if tag.column else ""
        return f"{{{{{list_name}{self.labels.get(found[0], found[0])}}}}}"


def read_tags(texts: Iterable[PlacedText], book: TagBook) -> TagReport:
    """Understand every tag of a template, and name those that cannot be."""
    known: dict[TagName, str] = {}
    faults: list[TagFault] = []
    lists_of_row: dict[str, set[str]] = {}
    for text in texts:
        rest = text.text
        for found in TAG.finditer(text.text):
            tag = tag_name(found[1])
            rest = rest.replace(found[0], " ")
            reason = _fault(found[1], tag, text, book)
            if reason:
                faults.append(TagFault(found[0], text.place, reason))
                continue
            known[tag] = found[0]
            if tag.column:
                lists_of_row.setdefault(text.row, set()).add(tag.name)
                if len(lists_of_row[text.row]) > 1:
                    faults.append(TagFault(found[0], text.place, "一行里只能放一张清单的标签"))
        faults += _odd_braces(rest, text.place, book)
    return TagReport(known, tuple(faults))


def _fault(inner: str, tag: TagName, text: PlacedText, book: TagBook) -> str:
    if not _NAME.fullmatch(_BOXES.sub("", inner).replace(".", "").replace("．", "")):
        return "不是标签，里面只能写栏目名称"
    if book.field_of(tag) is None:
        if tag.name in book.lists and not tag.column:
            return f"是一张清单，请写到列，如 {next(iter(_columns(book, tag)), '')}"
        near = book.near(tag)
        return f"认不出；是不是 {near}" if near else "认不出；这种表没有这一栏"
    if tag.column and not text.row:
        return "是清单的一列，要放在表格的一行里"
    return ""


def _columns(book: TagBook, tag: TagName) -> Iterator[str]:
    for column in book.columns.get(book.lists[tag.name], {}):
        yield f"{{{{{tag.name}.{column}}}}}"


def _odd_braces(rest: str, place: str, book: TagBook) -> list[TagFault]:
    """Name what looks like a tag and is none: full-width braces, code, braces without a pair."""
    faults = []
    for found in _WIDE.finditer(rest):
        right = f"{{{{{found[1].strip()}}}}}"
        faults.append(TagFault(found[0], place, f"用了全角括号，请改成 {right}"))
    rest = _WIDE.sub(" ", rest)
    for found in _CODE.finditer(rest):
        faults.append(TagFault(found[0].strip(), place, "像是程序；模板里不能写程序"))
    for found in _LOOSE.finditer(_CODE.sub(" ", rest)):
        faults.append(TagFault(found[0].strip(), place, "括号没有成对，标签要写成 {{姓名}}"))
    return faults
