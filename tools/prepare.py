"""Make this folder ready to run: system libraries, fonts, a private Python and its packages.

    python3 tools/prepare.py run     what the program needs
    python3 tools/prepare.py test    that, and what its tests need

Uses the standard library only, because nothing else is there yet. A second run that finds
everything in place ends at once. Says what it does on standard error, so that a verb's
JSON stays alone on standard output. Linux without apt, or without the right to use it,
is told the packages by name and goes on with what there is.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"

# What Qt loads on Linux, and Debian's package for it. The names are older than the "t64"
# ones of today's releases, which still answer to them.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libz.so.1": "zlib1g",
    "libcups.so.2": "libcups2",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
FONT_PACKAGE = "fonts-noto-cjk"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_FILES = ("NotoSansCJK*", "NotoSerifCJK*")


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"[prepare] {text}", file=sys.stderr, flush=True)


def library_is_missing(name: str) -> bool:
    """Whether the dynamic linker cannot load the library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return True
    return False


def fonts_are_missing() -> bool:
    """Whether the Chinese faces the forms are drawn with are not installed."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(
        not any(next(folder.rglob(pattern), None) for folder in folders if folder.is_dir())
        for pattern in FONT_FILES
    )


def python_cannot_make_rooms() -> bool:
    """Whether this Python lacks what gives a new environment its pip (Debian splits it off)."""
    return importlib.util.find_spec("ensurepip") is None


def missing_packages(for_tests: bool) -> list[str]:
    """Debian's packages that this machine lacks, by looking and not by asking apt."""
    wanted = {package for name, package in QT_LIBRARIES.items() if library_is_missing(name)}
    if fonts_are_missing():
        wanted.add(FONT_PACKAGE)
    if python_cannot_make_rooms() and not VENV_PYTHON.exists():
        wanted.add(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if for_tests and not (shutil.which("pdftotext") and shutil.which("pdftoppm")):
        wanted.add("poppler-utils")
    return sorted(wanted)


def apt_words() -> list[str] | None:
    """How to call apt-get here, or None where we may not."""
    if not shutil.which("apt-get"):
        return None
    words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=600"]
    if os.geteuid() == 0:
        return words
    if not shutil.which("sudo"):
        return None
    if sys.stdin is not None and sys.stdin.isatty():
        return ["sudo", *words]
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", *words] if quiet.returncode == 0 else None


def install_with_apt(apt: list[str], packages: list[str]) -> bool:
    """Install the packages; refresh apt's lists when they are absent or too old to serve."""

    def succeeds(*words: str) -> bool:
        # its standard output is turned away to keep ours for the program's own
        return subprocess.run([*apt, *words], stdout=sys.stderr, check=False).returncode == 0

    install = ("install", "-y", "-q", "--no-install-recommends", *packages)
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and succeeds(*install):
        return True
    return succeeds("update", "-q") and succeeds(*install)


def provide_system(for_tests: bool) -> None:
    """Have Qt's libraries, the fonts and the test tools on a Linux machine, or name them."""
    packages = missing_packages(for_tests)
    if not packages:
        return
    named = " ".join(packages)
    apt = apt_words()
    if apt is None:
        say(f"Going on without system packages that an administrator has to install: {named}")
        return
    say(f"Installing system packages: {named}")
    if not install_with_apt(apt, packages):
        say(f"apt could not install all of them; going on. Wanted: {named}")


def requirements(for_tests: bool) -> list[str]:
    """What pyproject.toml asks for."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted: list[str] = list(project["dependencies"])
    if for_tests:
        wanted += project["optional-dependencies"]["dev"]
    return wanted


def is_sound(python: Path) -> bool:
    """Whether the private Python starts and is of this version (it dies with a system upgrade)."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


def make_venv() -> None:
    """Make the private Python in .venv; without ensurepip it gets no pip of its own."""
    if is_sound(VENV_PYTHON):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    say("Making a private Python in .venv")
    importlib.invalidate_caches()
    bare = ["--without-pip"] if python_cannot_make_rooms() else []
    subprocess.run([sys.executable, "-m", "venv", *bare, str(VENV)], check=True)


def pip_words() -> list[str]:
    """The pip that serves .venv: its own, or this machine's pip pointed at it."""
    own = subprocess.run([VENV_PYTHON, "-c", "import pip"], capture_output=True, check=False)
    if own.returncode == 0:
        return [str(VENV_PYTHON), "-m", "pip"]
    if importlib.util.find_spec("pip") is None:
        sys.exit("[prepare] Neither pip nor ensurepip is here; install python3-pip and try again.")
    return [sys.executable, "-m", "pip", "--python", str(VENV_PYTHON)]


def install_packages(for_tests: bool) -> None:
    """Install what pyproject.toml asks for, unless exactly that is installed already."""
    wanted = requirements(for_tests)
    done = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []
    if set(wanted) <= set(done):
        return
    say("Installing Python packages; the first time this takes some minutes")
    words = [*pip_words(), "install", "-q", "--prefer-binary", "--disable-pip-version-check"]
    result = subprocess.run([*words, *wanted], stdout=sys.stderr, check=False)
    if result.returncode != 0:
        sys.exit("[prepare] The packages could not be installed; the lines above say why.")
    STAMP.write_text("\n".join(wanted) + "\n", encoding="utf-8")


def main() -> None:
    """Prepare for the one word given: run or test."""
    if sys.argv[1:] not in (["run"], ["test"]):
        sys.exit("usage: prepare.py run|test")
    for_tests = sys.argv[1] == "test"
    if sys.platform == "linux":
        provide_system(for_tests)
    make_venv()
    install_packages(for_tests)


if __name__ == "__main__":
    main()
