"""Every act as a verb: the second front end, which keeps the core honest."""

from __future__ import annotations

import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from wxadmin import bootstrap, paths
from wxadmin.domain.errors import Cancelled, UserError
from wxadmin.files import reason_of
from wxadmin.verbs.call import REFUSED, WRONG_WORDS, Call, Outcome, RefusalWithData, Verb
from wxadmin.verbs.words import Words

VERBS = {
    "init": "new_register",
    "policies": "policies",
    "import": "import_file",
    "list": "list_records",
    "show": "show_record",
    "why": "why",
    "reconcile": "reconcile",
    "orders": "orders",
    "wecom-file": "wecom_file",
    "wecom-errors": "wecom_errors",
    "order": "order",
    "export": "export",
    "print": "print_register",
    "forms": "forms",
    "form": "form",
    "checklist": "checklist",
    "set": "set_record",
    "member": "member",
    "undo": "undo",
    "journal": "journal",
    "check": "check",
    "changes": "changes",
    "who-was-in": "who_was_in",
    "group-check": "group_check",
    "round": "check_round",
    "backup": "backup",
    "restore": "restore",
    "demo": "demo",
}


def main(
    words: Sequence[str],
    printing: Callable[[], Any],
    pictures: Callable[[str, Path, date], list[Path]] | None = None,
) -> int:
    """Run one verb. Returns the exit code: 0 done, 1 refused, 2 wrong words, 3 to decide."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a scheduled task may have none
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    as_json = "--json" in words
    try:
        given = _parser(words).parse_args(words)
        outcome = _verb(given.verb).run(_call(given, printing, pictures))
        said = _said(given, outcome)
    except (Cancelled, KeyboardInterrupt):
        return _refuse(UserError("已取消，没有改动。", "cancelled"), as_json=as_json)
    except UserError as error:
        return _refuse(error, as_json=as_json)
    except Exception as error:  # a bug of ours: one sentence, never a trace
        return _refuse(unexpected(error), as_json=as_json)
    return outcome.code if _out(said) else REFUSED


def _parser(words: Sequence[str]) -> Words:
    """Build the parser with the words of the verb that was given; the others only by name."""
    parser = Words(prog="main.py", description="企业微信账号与工作群管理")
    parser.add_argument(
        "--register",
        default=str(paths.default_register()),
        metavar="PATH|URL",
        help="登记库的位置（不写：自己的登记库）",
    )
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
    parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="把这一天当作今天")
    parser.add_argument("--by", default="", metavar="NAME", help="经办人，记入日志")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, title="命令")
    chosen = _first_verb(words)
    for name in VERBS:
        if name == chosen or not chosen:
            verb = _verb(name)
            verb.add_words(verbs.add_parser(name, help=verb.HELP, description=verb.HELP))
        else:
            verbs.add_parser(name)
    return parser


def _first_verb(words: Sequence[str]) -> str:
    """Return the verb among the words; what an option before it says is none."""
    rest = iter(words)
    for word in rest:
        if word in {"--register", "--as-of", "--by"}:
            next(rest, "")
        elif not word.startswith("-"):
            return word if word in VERBS else ""
    return ""


def _verb(name: str) -> Verb:
    return import_module(f"wxadmin.verbs.{VERBS[name]}")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _call(
    given: Namespace,
    printing: Callable[[], Any],
    pictures: Callable[[str, Path, date], list[Path]] | None,
) -> Call:
    def clock() -> date:
        return given.as_of or date.today()

    return Call(
        words=given,
        register=given.register,
        clock=clock,
        open=lambda writing: bootstrap.open_workplace(
            given.register, writing=writing, by=given.by, clock=clock, checked=writing
        ),
        create=lambda place=given.register: bootstrap.create_workplace(
            place, by=given.by, clock=clock
        ),
        printing=printing,
        pictures=pictures,
    )


def _refuse(error: UserError, *, as_json: bool) -> int:
    print(error.message, *error.details, sep="\n", file=sys.stderr)
    if as_json:
        more = error.data if isinstance(error, RefusalWithData) else {}
        refusal = {"error": {"code": error.code, "message": error.message}}
        _out(json.dumps({**more, **refusal}, ensure_ascii=False, default=_plain))
    return WRONG_WORDS if error.code == "wrong_words" else REFUSED


def unexpected(error: Exception) -> UserError:
    """Return what nobody expected as one sentence: what kind, and where it happened.

    The error's own words may hold a name or a number, so they are left out.
    """
    if isinstance(error, OSError) and error.filename is not None:
        return UserError(
            f"读写“{error.filename}”时出错（{reason_of(error)}），没有做完。请检查后再试。",
            "file_error",
        )
    if isinstance(error, UnicodeEncodeError):
        return UserError("写的文字里有认不出来的字符，没有改动。请改掉再试。", "bad_text")
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "wxadmin" in f.filename or "ui" in Path(f.filename).parts]
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
    return UserError(
        f"程序出错，这一步没有做完（{type(error).__name__} {place}）。请把这句话告诉维护的人。",
        "bug",
    )


def _said(given: Namespace, outcome: Outcome) -> str:
    if given.json:
        return json.dumps(outcome.data, ensure_ascii=False, default=_plain)
    return "\n".join(outcome.lines)


def _out(text: str) -> bool:
    """Write to standard output; False where it cannot take it (a full disk)."""
    try:
        if text:
            print(text, flush=True)
    except BrokenPipeError:  # whoever read it has seen enough
        _close_output()
    except OSError as error:
        _close_output()
        print(f"结果写不出去（{reason_of(error)}）。", file=sys.stderr)
        return False
    return True


def _close_output() -> None:
    """Send what is left nowhere, or Python itself would complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(value: Any) -> Any:
    """Put a value into JSON: dates as ISO, records as objects, paths as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
