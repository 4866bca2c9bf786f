"""Read the words of a verb, and say in Chinese what is wrong with them."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from typing import Any, NoReturn

from wxadmin.domain.errors import UserError

_BEFORE_THE_VERB = ("--register", "--json", "--as-of", "--by")
LARGEST = 2**63 - 1
_WANTED = {"day": "日期，如 2026-11-30"}
_SAID = (
    (re.compile(r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)"), "choice"),
    (re.compile(r"the following arguments are required: (.+)"), "missing"),
    (re.compile(r"unrecognized arguments: (.+)", re.DOTALL), "unknown"),
    (re.compile(r"argument (.+?): expected (?:one|at least one|\d+) arguments?"), "empty"),
    (re.compile(r"argument (.+?): invalid (\w+) value: (.+)", re.DOTALL), "value"),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), "together"),
    (re.compile(r"one of the arguments (.+) is required"), "either"),
    (re.compile(r"argument (.+?): ignored explicit argument (.+)"), "plain"),
    (re.compile(r"argument (.+?): (.+)", re.DOTALL), "other"),
)
_SENTENCES = {
    "choice": "{0} 不能是“{1}”，可用的有：{2}。",
    "missing": "还要写明 {0}。",
    "unknown": "看不懂“{0}”。",
    "empty": "{0} 后面要写内容。",
    "value": "{0} 应填{1}，不能是“{2}”。",
    "together": "{0} 不能和 {1} 一起用。",
    "either": "{0} 要写其中一个。",
    "plain": "{0} 后面不用写“{1}”。",
    "other": "{0} {1}。",
}


class Words(ArgumentParser):
    """A parser whose help and refusals are Chinese; wrong words raise instead of ending."""

    def __init__(self, *args: Any, **kinds: Any) -> None:
        super().__init__(*args, **{**kinds, "add_help": False, "allow_abbrev": False})
        self.register("type", int, whole_number)
        self._positionals.title, self._optionals.title = "内容", "选项"
        self.add_argument("-h", "--help", action="help", default=SUPPRESS, help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Refuse the words, saying which one, and how they are written."""
        hint = f"写法：{self.prog}（加 -h 看说明）"
        raise UserError(sentence(message), "wrong_words", (hint,))

    def format_usage(self) -> str:
        """Return how the words are written."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups, "用法：")
        return formatter.format_help()

    def format_help(self) -> str:
        """Return the help, its first word in Chinese."""
        return super().format_help().replace("usage: ", "用法：", 1)


def whole_number(text: str) -> int:
    """Read a number no larger than the register can hold."""
    try:
        number = int(text)
    except ValueError:
        raise ArgumentTypeError(f"应填整数，不能是“{text}”") from None
    if abs(number) > LARGEST:
        raise ArgumentTypeError(f"没有“{text}”这么大的编号")
    return number


def sentence(message: str) -> str:
    """Return one of argparse's refusals as a Chinese sentence."""
    for pattern, kind in _SAID:
        found = pattern.fullmatch(message)
        if found:
            early = [word for word in _BEFORE_THE_VERB if word in found.group(1).split()]
            if kind == "unknown" and early:
                return f"{'、'.join(early)} 要写在命令前面。"
            return _SENTENCES[kind].format(*_parts(kind, found.groups()))
    return f"命令写错了：{message}。"


def _parts(kind: str, parts: tuple[str, ...]) -> list[str]:
    said = [part.strip().strip("。") for part in parts]
    if kind == "choice":
        said[2] = "、".join(word.strip("' ") for word in said[2].split(","))
        said[1] = said[1].strip("'")
    elif kind == "value":
        said[1] = _WANTED.get(said[1].strip("_").replace("fromisoformat", "day"), "正确的内容")
        said[2] = said[2].strip("'")
    elif kind in {"missing", "either"}:
        said[0] = "、".join(re.split(r",? +", said[0]))
    return said
