"""The company's own Word and Excel forms: checked when they come, filled from a form's fields."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.form_definition import paper_code
from wxadmin.files import reason_of, replace_file
from wxadmin.progress import Progress, silent
from wxadmin.services.form_paper import FormPaper
from wxadmin.services.forms import Forms
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.domain.template_tags import PlacedText, TagBook, TagReport, TagValues

FOLDER = "模板"
FORMER = "旧版"
KINDS = (".docx", ".xlsx")
_OLD = {".doc": ".docx", ".xls": ".xlsx", ".docm": ".docx", ".xlsm": ".xlsx", ".wps": ".docx",
        ".et": ".xlsx"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in use: for which kind of form, and its name without the suffix."""

    kind: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What a template says: the tags that will be filled, and what is wrong, line by line."""

    known: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether it can be used as it is."""
        return bool(self.known) and not self.faults


class OwnTemplates:
    """The templates under 制度/模板, a folder for each kind of form."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._forms = Forms(workplace)

    # -- reading --------------------------------------------------------------------------------
    def lines(self, kind: str = "") -> list[TemplateLine]:
        """Return the templates of a kind, or of every kind."""
        root = self._workplace.user_policies
        folder = root / FOLDER if root else None
        if folder is None or not folder.is_dir():
            return []
        kinds = [kind] if kind else sorted(self._forms.shelf.forms)
        return [
            TemplateLine(one, path.stem, path)
            for one in kinds
            for path in sorted((folder / one).glob("*"))
            if path.suffix.lower() in KINDS and not path.name.startswith(("~$", "."))
        ]

    def words(self, kind: str) -> list[str]:
        """Return the tags one may write for a kind of form."""
        return self._book(self._forms.shelf.definition(kind)).words()

    def check(self, path: Path, kind: str) -> TemplateCheck:
        """Look at a template's tags. Raises `UserError` where it is no document."""
        report = self._report(path, self._forms.shelf.definition(kind))
        faults = [fault.sentence for fault in report.faults]
        return TemplateCheck(tuple(dict.fromkeys(report.known.values())), tuple(faults))

    # -- changing -------------------------------------------------------------------------------
    def add(self, path: Path, kind: str, name: str = "") -> TemplateCheck:
        """Take a template into use; one of the same name is kept aside.

        Raises `UserError` naming the first faults; nothing is taken then.
        """
        definition = self._forms.shelf.definition(kind)
        found = self.check(path, definition.id)
        if not found.known and not found.faults:
            raise UserError(
                f"《{path.name}》里没有标签；请在要填处写栏目名称，如 {{{{姓名}}}}。没有采用。",
                "no_tags",
            )
        if found.faults:
            more = f"等{len(found.faults)}处" if len(found.faults) > 1 else ""
            raise UserError(
                f"《{path.name}》没有采用：{found.faults[0]}{more}。", "bad_tags", found.faults
            )
        target = self._folder(definition.id) / f"{name or path.stem}{path.suffix.lower()}"
        if target.exists() and target.read_bytes() != path.read_bytes():
            self._keep_former(target)
        replace_file(target, partial(_copy, path))
        return found

    def remove(self, kind: str, name: str) -> Path:
        """Take a template out of use; return where it is kept aside."""
        line = self.called(kind, name)
        kept = self._keep_former(line.path)
        try:
            line.path.unlink()
        except OSError as error:
            raise UserError(
                f"删不掉《{line.path.name}》（{reason_of(error)}），请先关闭打开它的程序。",
                "file_in_use",
            ) from error
        return kept

    def called(self, kind: str, name: str = "") -> TemplateLine:
        """Return a template by its name; without one the only template of its kind."""
        lines = self.lines(kind)
        found = [line for line in lines if name in ("", line.name, line.path.name)]
        if len(found) == 1:
            return found[0]
        known = "、".join(line.path.name for line in lines)
        if not lines:
            raise UserError(
                "这种表还没有自己的模板，请先在“设置 › 表单样式”里加一份。", "no_template"
            )
        raise UserError(f"请说明用哪个模板，现有：{known}。", "which_template")

    def fill(
        self, numbers: Sequence[str], out: Path, name: str = "", progress: Progress = silent
    ) -> list[Path]:
        """Fill a template for one form into a file, or for several into a folder.

        The forms count as printed. Raises `UserError`; files written before it stay.
        """
        forms = [self._forms.called(number) for number in numbers]
        jobs = [self._job(form, out, name, many=len(forms) > 1) for form in forms]
        written = []
        for done, (form, line, target) in enumerate(jobs, start=1):
            self._fill(form, line, target)
            written.append(target)
            progress(done, len(jobs))
        fresh = [form.number for form in forms if form.printed_on is None]
        if fresh:
            self._forms.mark_printed(fresh)
        return written

    def file_name(self, form: Form, line: TemplateLine) -> str:
        """Propose a name: QWSQ-202611-003_陈佳怡_申请表.docx."""
        definition = self._forms.shelf.definition(form.form_kind)
        parts = (form.number, form.value("holder_name"), definition.file_name or line.name)
        said = "_".join(part for part in parts if part)
        clean = "".join("＿" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in said)
        return f"{clean}{line.path.suffix}"

    # -- one form -------------------------------------------------------------------------------
    def _job(
        self, form: Form, out: Path, name: str, *, many: bool
    ) -> tuple[Form, TemplateLine, Path]:
        line = self.called(form.form_kind, name)
        if many or out.is_dir():
            return form, line, out / self.file_name(form, line)
        if out.suffix.lower() != line.path.suffix:
            out = out.with_name(f"{out.name}{line.path.suffix}")
        if out.exists() and out.samefile(line.path):
            raise UserError("这就是模板本身，请另取一个文件名。模板没有改动。", "same_file")
        return form, line, out

    def _fill(self, form: Form, line: TemplateLine, out: Path) -> None:
        definition = self._forms.shelf.definition_of(form)
        report = self._report(line.path, definition)
        if report.faults:
            raise UserError(
                f"模板《{line.path.name}》要先改好：{report.faults[0].sentence}。没有生成文件。",
                "bad_tags",
            )
        values = self._values(form, definition, report)
        _writer(line.path)(line.path, out, values)

    def _values(self, form: Form, definition: FormDefinition, report: TagReport) -> TagValues:
        """Return what each tag says for a form, written as on our own paper."""
        from wxadmin.domain.template_tags import CODE, TagValues
        from wxadmin.paper.form_drawing import table_rows
        from wxadmin.paper.form_sheet import filler_of
        from wxadmin.paper.qr_code import qr_picture
        from wxadmin.paper.template import Filler

        sheet = FormPaper(self._workplace, self._forms.shelf).sheet(form, definition)
        filler = filler_of(definition, sheet, False)
        book = self._book(definition)
        texts, rows = {}, {}
        house = {"title": self._forms.shelf.title(definition), CODE: ""}
        for tag in report.known:
            name = book.field_of(tag) or ""
            if tag.column:
                columns = book.columns[name]
                rows[tag.name] = [
                    {label: Filler({**row, "no": str(number)}).text(text)
                     for label, text in columns.items()}
                    for number, row in enumerate(table_rows(sheet.values.get(name)), start=1)
                ]  # fmt: skip
            elif name in house:
                texts[tag] = house[name]
            else:
                texts[tag] = filler.text(f"{{{name}:boxes}}" if tag.boxes else f"{{{name}}}")
        wants_code = CODE in (book.field_of(tag) for tag in report.known)
        said = paper_code(form.number, definition.version, sheet.sheet)
        return TagValues(texts, rows, qr_picture(said) if wants_code else b"")

    def _report(self, path: Path, definition: FormDefinition) -> TagReport:
        from wxadmin.domain.template_tags import read_tags

        report = read_tags(_texts(path), self._book(definition))
        if path.suffix.lower() == ".xlsx":
            return _without_pictures(report)
        return report

    def _book(self, definition: FormDefinition) -> TagBook:
        from wxadmin.domain.template_tags import TagBook

        return TagBook(definition)

    # -- files ----------------------------------------------------------------------------------
    def _folder(self, kind: str) -> Path:
        root = self._workplace.user_policies
        if root is None:
            raise UserError("服务器上的登记库没有自己的制度文件夹，不能放模板。", "no_folder")
        return root / FOLDER / kind

    def _keep_former(self, target: Path) -> Path:
        """Keep a template under a name of its content; return where."""
        digest = sha256(target.read_bytes()).hexdigest()[:8]
        kept = target.parent / FORMER / f"{target.stem}-{digest}{target.suffix}"
        replace_file(kept, partial(_copy, target))
        return kept


def _without_pictures(report: TagReport) -> TagReport:
    from dataclasses import replace

    from wxadmin.domain.template_tags import CODE, HOUSE, TagFault

    codes = [said for tag, said in report.known.items() if HOUSE.get(tag.name) == CODE]
    faults = [TagFault(said, "表格", "只能放在 Word 模板里") for said in codes]
    return replace(report, faults=(*report.faults, *faults))


def _texts(path: Path) -> list[PlacedText]:
    suffix = path.suffix.lower()
    if not path.exists():
        raise UserError(f"找不到文件《{path.name}》，请再选一次。", "not_found")
    if suffix in _OLD:
        raise UserError(
            f"《{path.name}》是 {suffix} 格式，请用 WPS 或 Office 另存为 {_OLD[suffix]} 再用。",
            "old_format",
        )
    if suffix == ".docx":
        from wxadmin.documents.word_template import word_texts

        return word_texts(path)
    if suffix == ".xlsx":
        from wxadmin.sheets.own_template import sheet_texts

        return sheet_texts(path)
    raise UserError(f"《{path.name}》不是模板，请选 .docx 或 .xlsx 文件。", "not_a_template")


def _writer(path: Path) -> Callable[[Path, Path, TagValues], None]:
    if path.suffix.lower() == ".docx":
        from wxadmin.documents.word_template import fill_word

        return fill_word
    from wxadmin.sheets.own_template import fill_sheet

    return fill_sheet


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
