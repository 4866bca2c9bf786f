"""The house rules that an import contract cannot say, each as a test that names the place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE_FOLDERS = ("wxadmin", "ui", "tests", "tools", "benchmarks")
VAGUE = {"manager", "helper", "helpers", "util", "utils", "handler", "handlers", "base", "common"}
ROOM_OF_LIBRARY = {
    "PySide6": "ui",
    "shiboken6": "ui",
    "sqlalchemy": "wxadmin/storage",
    "alembic": "wxadmin/storage",
    "openpyxl": "wxadmin/sheets",
    "python_calamine": "wxadmin/sheets",
    "docxtpl": "wxadmin/documents",
    "docx": "wxadmin/documents",
    "jinja2": "wxadmin/documents",
}
# Loading these would keep the window waiting; each is imported where it is needed.
HEAVY = {
    "openpyxl", "python_calamine", "alembic", "pypinyin", "pikepdf", "segno", "docxtpl", "docx",
    "jinja2",
}  # fmt: skip
LOADED_BY_ALEMBIC = "wxadmin/storage/migrations/"
MAY_SEE_BOOTSTRAP = (
    "ui/program.py",
    "ui/pictures.py",
    "ui/form_pictures.py",
    "main.py",
    "wxadmin/bootstrap.py",
    "wxadmin/command_line",
)
MAY_PRINT = ("wxadmin/command_line", "wxadmin/verbs")
NOT_OURS = {".git", ".venv", "build", "demo"}
NOT_TEXT = {".png", ".ico", ".pdf", ".xlsx", ".xls", ".pyc", ".db", ".zip"}
# Where packages come from is the machine's business, never the repository's.
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|deb\.debian\.org|archive\.ubuntu\.com"
    r"|--(extra-)?index-url|--find-link[s]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, and where: "wxadmin/sheets/reader.py:12"."""

    file: str
    line: int
    module: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


def sources(*folders: str) -> list[Path]:
    """The Python files in the folders named; without names all of ours, main.py among them."""
    found = [file for folder in folders or CODE_FOLDERS for file in (ROOT / folder).rglob("*.py")]
    return sorted(found if folders else [*ROOT.glob("*.py"), *found])


def name_of(file: Path) -> str:
    """The file's path inside the project, with forward slashes on every system."""
    return file.relative_to(ROOT).as_posix()


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imports_of(file: Path) -> Iterator[Import]:
    """Every import in the file, those inside functions too."""
    return imports_in(tree_of(file), name_of(file))


def imports_in(tree: ast.Module, name: str) -> Iterator[Import]:
    """Every import in the tree of the file so named, relative ones made absolute."""
    package = name.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield Import(name, node.lineno, f"{origin}.{alias.name}")


def all_imports(*folders: str) -> Iterator[Import]:
    for file in sources(*folders):
        yield from imports_of(file)


def is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def test_each_library_lives_in_one_room() -> None:
    strays = [
        found.place
        for found in all_imports("wxadmin", "ui")
        for library, room in ROOM_OF_LIBRARY.items()
        if is_inside(found.module, library) and not found.file.startswith(room + "/")
    ]
    assert strays == []


def test_the_core_never_imports_the_screen() -> None:
    strays = [found.place for found in all_imports("wxadmin") if is_inside(found.module, "ui")]
    assert strays == []


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    strays = [
        found.place
        for found in all_imports("wxadmin/domain")
        if found.module.split(".")[0] not in sys.stdlib_module_names
        and not is_inside(found.module, "wxadmin.domain")
    ]
    assert strays == []


def test_only_the_front_ends_see_bootstrap() -> None:
    strays = [
        found.place
        for found in all_imports("wxadmin", "ui")
        if is_inside(found.module, "wxadmin.bootstrap")
        and not found.file.startswith(MAY_SEE_BOOTSTRAP)
    ]
    assert strays == []


def test_desks_do_not_know_each_other() -> None:
    desks = {folder.name for folder in (ROOT / "ui").iterdir() if folder.is_dir()} - {"shared"}
    strays = []
    for found in all_imports("ui"):
        room, imported = found.file.split("/")[1], [*found.module.split("."), ""]
        if room in desks and imported[0] == "ui" and imported[1] in desks - {room}:
            strays.append(found.place)
    assert strays == []


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    strays = []
    for file in sources("wxadmin", "ui"):
        inner = tree_of(file)
        # what runs on import is the module without the bodies of its functions and `if` blocks
        inner.body = [node for node in inner.body if isinstance(node, ast.Import | ast.ImportFrom)]
        if not name_of(file).startswith(LOADED_BY_ALEMBIC):
            found = imports_in(inner, name_of(file))
            strays += [each.place for each in found if each.module.split(".")[0] in HEAVY]
    assert strays == []


def test_a_verb_starts_without_the_screen_and_the_heavy_libraries() -> None:
    ask = "import sys, wxadmin.command_line; print(*sys.modules)"
    words = [sys.executable, "-c", ask]
    answer = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert set(answer.stdout.split()) & (HEAVY | {"PySide6"}) == set()


def test_only_the_second_front_end_prints() -> None:
    strays = [
        f"{name_of(file)}:{node.lineno}"
        for file in sources("wxadmin", "ui")
        if not name_of(file).startswith(MAY_PRINT)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert strays == []


def test_no_name_says_nothing() -> None:
    strays = [name_of(file) for file in sources() if VAGUE & set(file.stem.split("_"))]
    for file in sources():
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.ClassDef):
                words = {word.lower() for word in re.findall("[A-Z][a-z]+", node.name)}
                strays += [f"{name_of(file)}:{node.lineno} {node.name}"] if VAGUE & words else []
    assert strays == []


def test_every_module_begins_with_its_caption() -> None:
    strays = []
    for file in sources():
        caption = (ast.get_docstring(tree_of(file)) or "").partition("\n")[0]
        if not caption.endswith((".", "?", "!", "。")):
            strays.append(f"{name_of(file)}: {caption!r} is not one whole sentence on one line")
    assert strays == []


def text_files() -> Iterator[Path]:
    """Every text file that is ours, and nothing that tools leave behind."""
    top = [entry for entry in ROOT.iterdir() if entry.name not in NOT_OURS]
    for entry in top:
        if entry.name.endswith(("_cache", ".egg-info")):
            continue
        for file in entry.rglob("*") if entry.is_dir() else [entry]:
            if file.is_file() and file.suffix.lower() not in NOT_TEXT:
                yield file


def test_no_text_names_a_package_registry() -> None:
    strays = [
        f"{name_of(file)}:{number}"
        for file in text_files()
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), 1)
        if REGISTRY.search(line)
    ]
    assert strays == []


def test_no_format_of_a_date_holds_chinese_which_windows_refuses() -> None:
    bad = re.compile(r"%[a-zA-Z][年月日时分]")
    told = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in ("wxadmin", "ui")
        for path in (ROOT / room).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bad.search(line)
    ]
    assert told == []
