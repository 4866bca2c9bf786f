"""What WeCom refused, in plain words: which person, why, and what to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.account import Account
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.domain.wecom import WecomMember
from wxadmin.domain.wecom_errors import (
    Message,
    WecomError,
    is_heading,
    masked,
    messages,
    name_within,
    tokens,
)
from wxadmin.domain.wecom_rows import bare_mobile
from wxadmin.files import reason_of
from wxadmin.services.workplace import Workplace

TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv"})
UNKNOWN_CAUSE = "词表里还没有这个错误代码。"
UNKNOWN_NEXT = "把代码和报错的话记下来，查后台帮助；也可以自己加进 wecom_errors.toml。"


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One refusal: whom it concerns, why, and the next step; `row` counts the lines from 1.

    `emp_no`, `name` and `userid` are "" where nobody in the register fits; `found` adds what the
    register or the address book knows of it.
    """

    row: int
    code: str
    emp_no: str
    name: str
    userid: str
    field: str
    cause: str
    next_step: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """The refusals that were understood, and the lines that were not (row, text)."""

    lines: tuple[ErrorLine, ...]
    unread: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    emp_no: str
    name: str
    userid: str


class WecomErrors:
    """Explains a failure list or a pasted text; reads only."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def explain_file(self, path: Path) -> Explained:
        """Explain a file: a table as the console hands it out, or a text."""
        if path.suffix.lower() not in TABLES:
            return self.explain(_text_of(path))
        from wxadmin.domain.sheet import shown
        from wxadmin.sheets.reading import open_book

        lines: list[str] = []
        with open_book(path) as book:
            for sheet in book.sheets:
                if not sheet.hidden:
                    cells = book.content(sheet.name).columns
                    lines += ["\t".join(map(shown, row)) for row in zip(*cells, strict=True)]
        return self._explained(lines)

    def explain(self, text: str) -> Explained:
        """Explain a text, line by line. Raises `UserError` where there is none."""
        if not text.strip():
            raise UserError("没有内容；请粘贴后台的失败清单或报错的话。", "nothing_given")
        return self._explained(text.splitlines())

    def _explained(self, lines: Iterable[str]) -> Explained:
        from wxadmin.policy.wecom_errors import FILE, read_wecom_errors

        own = self._workplace.user_policies
        mine = own / FILE if own else None
        book = read_wecom_errors(mine if mine and mine.exists() else paths.RESOURCES / FILE)
        return _Reading(_Known(self._workplace)).of(list(messages(lines, book)))


class _Reading:
    """One reading, line after line; a name may stand on the line above what was refused."""

    def __init__(self, who: _Known) -> None:
        self._who = who
        self._found: list[ErrorLine] = []
        self._unread: dict[int, str] = {}
        self._above: tuple[Message, Sequence[_Person]] | None = None

    def of(self, lines: Sequence[Message]) -> Explained:
        """Read them all."""
        for message in lines:
            people = self._who.concerned(message.text)
            if message.error is not None or message.code:
                self._refusal(message, people)
            elif not is_heading(message.text):
                self._unread[message.row] = masked(message.text)
                self._above = (message, people) if people else None
        return Explained(tuple(self._found), tuple(self._unread.items()))

    def _refusal(self, message: Message, people: Sequence[_Person]) -> None:
        if not people and self._above is not None:
            above, people = self._above
            self._unread.pop(above.row)
            message = replace(message, text=f"{above.text} {message.text}")
        self._above = None
        line = _line(message, people, self._who)
        last = self._found[-1] if self._found else None
        again = last is not None and (last.row, last.cause) == (line.row - 1, line.cause)
        if people or not again:  # the words of an answer below its code say the same once more
            self._found.append(line)


def _line(message: Message, people: Sequence[_Person], who: _Known) -> ErrorLine:
    person = people[0] if len(people) == 1 else None
    error = message.error or WecomError((), (), "account", UNKNOWN_CAUSE, UNKNOWN_NEXT)
    found = who.holder(message.text, error.field, person)
    if len(people) > 1:
        numbers = "、".join(one.emp_no for one in people)
        found = f"叫“{people[0].name}”的有{len(people)}人（{numbers}），请对一下是哪一位。{found}"
    return ErrorLine(
        message.row,
        message.code,
        person.emp_no if person else "",
        people[0].name if people else "",
        person.userid if person else "",
        error.field,
        error.cause,
        error.next_step,
        found,
    )


class _Known:
    """Who may be meant: people by id, number and name, and who has what in the address book."""

    def __init__(self, workplace: Workplace) -> None:
        store = workplace.store
        accounts = store.columns(Account, "wecom_userid", "holder_id", "mobile")
        userids = {holder: userid for userid, holder, _ in accounts if holder and userid}
        self._people: dict[int, _Person] = {}
        self._names: dict[str, list[_Person]] = defaultdict(list)
        self._keys: dict[str, _Person] = {}
        self._mobiles: dict[str, _Person] = {}
        rows = store.columns(Employee, "id", "emp_no", "name", "former_names", "mobile")
        for person_id, emp_no, name, former, mobile in rows:
            one = _Person(person_id, emp_no, name, userids.get(person_id, ""))
            self._people[person_id] = one
            self._keys.setdefault(emp_no.casefold(), one)
            for called in (name, *former):
                self._names[called].append(one)
            if mobile:
                self._mobiles.setdefault(bare_mobile(mobile), one)
        for userid, holder, mobile in accounts:
            self._file(userid, holder, mobile)
        self._members = store.all(WecomMember)
        for member in self._members:
            self._file(member.userid, member.employee_id, member.mobile)

    def _file(self, userid: str, person_id: int | None, mobile: str) -> None:
        one = self._people.get(person_id or 0)
        if one is not None and userid:
            self._keys[userid.casefold()] = one
        if one is not None and mobile:
            self._mobiles.setdefault(bare_mobile(mobile), one)

    def concerned(self, text: str) -> Sequence[_Person]:
        """Return whom a line is about: by id, else by name (several namesakes), else by number."""
        pieces = tokens(text)
        for piece in pieces:
            if piece.casefold() in self._keys:
                return [self._keys[piece.casefold()]]
        named = next((piece for piece in pieces if piece in self._names), "")
        named = named or name_within(text, self._names)
        numbers = [self._mobiles[n] for n in map(bare_mobile, pieces) if n in self._mobiles]
        if not named:
            return numbers[:1]
        namesakes = self._names[named]
        return [one for one in namesakes if one in numbers] or namesakes

    def holder(self, text: str, field: str, person: _Person | None) -> str:
        """Say who has the number or the id in the address book now, where that is another."""
        pieces = {bare_mobile(piece).casefold() for piece in tokens(text)}
        for member in self._members:
            own = person is not None and member.employee_id == person.id
            has = {
                "mobile": bare_mobile(member.mobile),
                "wecom_userid": member.userid.casefold(),
                "email": member.email.casefold() or member.company_email.casefold(),
            }.get(field, "")
            if has and has in pieces and member.present and not own:
                state = f"，{member.status}" if member.status else ""
                return f"通讯录里现在是“{member.name}”（{member.userid}{state}）。"
        return ""


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"读不了《{path.name}》（{reason_of(error)}）。", "unreadable") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"《{path.name}》不是文字，读不出报错的内容。", "not_text")
