"""A line HR sends about a newcomer, split into fields by what each piece looks like."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from wxadmin.domain.dates import read_date
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.headings import Vocabulary
from wxadmin.domain.identity_numbers import read_id_no
from wxadmin.domain.values import read_email, read_mobile

PATH_FIELDS = (
    "company", "org_path", "org_level_1", "org_level_2", "org_level_3", "org_unit", "org_level_4",
)  # fmt: skip
"""Columns that are parts of the department, from the top down."""
TAKEN = frozenset(
    {
        *("name", "emp_no", "position", "region", "mobile", "employment_type", "hire_date"),
        *("contract_end", "company_email", "personal_wechat", "telephone", "id_no", "superior"),
    }
)
_CUTS = (re.compile(r"\t"), re.compile(r"[,，;；|｜、]"), re.compile(r"\s+"))
_PHONE_IN_PARTS = re.compile(r"(?<!\d)(1[3-9]\d)[ -](\d{4})[ -](\d{4})(?!\d)")
_LABELLED = re.compile(r"([^:：\d]{1,12})[:：]\s*(.+)")
_NUMBER = re.compile(r"[A-Za-z]{0,4}-?\d{1,10}")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+")
_UNIT_ENDS = ("部", "车间", "班", "组", "厂", "处", "科", "中心", "区", "室", "队", "仓库", "公司")
_POST_ENDS = (
    "员", "工", "长", "师", "经理", "主任", "总监", "助理", "主管", "文员", "会计", "出纳", "代表",
    "专员",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """The words the register and the policy know: units, posts, regions, kinds of contract."""

    units: Collection[str]
    posts: Collection[str]
    regions: Collection[str]
    employment: Mapping[str, str]
    companies: Collection[str] = ()


def split_pasted(text: str, vocabulary: Vocabulary, known: Known) -> dict[str, str]:
    """Return the fields of one pasted line, as texts; a line of headings above it is used.

    What no field is sure of is left out, so that nothing wrong is filled in.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return {}
    rows = [_pieces(_PHONE_IN_PARTS.sub(r"\1\2\3", line)) for line in lines[:2]]
    if len(rows) > 1:
        headings = [(vocabulary.recognise(piece) or ("", 0.0))[0] for piece in rows[0]]
        if sum(map(bool, headings)) > 1:
            return _by_headings(headings, rows[1], known)
    return _Guess(vocabulary, known).of(rows[0])


def _pieces(line: str) -> list[str]:
    """Cut a line at tabs, else at commas, else at blanks; empty cells between tabs are kept."""
    for cut in _CUTS:
        pieces = [piece.strip() for piece in cut.split(line)]
        if len([piece for piece in pieces if piece]) > 1:
            return pieces
    return [line.strip()]


def _by_headings(headings: Sequence[str], pieces: Sequence[str], known: Known) -> dict[str, str]:
    told = {key: piece for key, piece in zip(headings, pieces, strict=False) if key and piece}
    found = {key: piece for key, piece in told.items() if key in TAKEN}
    parts = [told[key] for key in PATH_FIELDS if key in told and told[key] not in known.companies]
    if parts:
        found["org_unit"] = "/".join(parts)
    kind = found.get("employment_type")
    if kind:
        found["employment_type"] = known.employment.get(kind, kind)
    return found


class _Guess:
    """Gives every piece the field it looks like; each field is given once."""

    def __init__(self, vocabulary: Vocabulary, known: Known) -> None:
        self._vocabulary = vocabulary
        self._known = known
        self._found: dict[str, str] = {}
        self._path: list[str] = []
        self._ignored = {w for ws in vocabulary.words.get("gender", {}).items() for w in ws}

    def of(self, pieces: Sequence[str]) -> dict[str, str]:
        loose = [piece for piece in pieces if piece and not self._take(piece)]
        for piece in loose:
            if "name" not in self._found and _NAME.fullmatch(piece):
                self._found["name"] = piece
            elif piece.endswith(_POST_ENDS):
                self._found.setdefault("position", piece)
            elif piece.endswith(_UNIT_ENDS):
                self._path.append(piece)
        if self._path:
            self._found["org_unit"] = "/".join(self._path)
        return self._found

    def _take(self, piece: str) -> bool:
        """Give a piece away that is surely one thing."""
        if piece in self._ignored or piece in self._known.companies:
            return True
        return self._labelled(piece) or self._number(piece) or self._word(piece)

    def _labelled(self, piece: str) -> bool:
        match = _LABELLED.fullmatch(piece)
        known = self._vocabulary.recognise(match[1].strip()) if match else None
        if match is None or known is None:
            return False
        if known[0] in PATH_FIELDS:
            self._path.append(match[2])
        elif known[0] in TAKEN:
            self._found.setdefault(known[0], match[2])
        return True

    def _number(self, piece: str) -> bool:
        if not any(character.isdigit() for character in piece) and "@" not in piece:
            return False
        if isinstance(read_mobile(piece), str):
            return self._give("mobile", piece)
        if len(piece) == 18 and isinstance(read_id_no(piece), str):
            return self._give("id_no", piece)
        if "@" in piece and isinstance(read_email(piece), str):
            return self._give("company_email", piece)
        if (len(piece) == 8 or not piece.isalnum()) and isinstance(read_date(piece), date):
            return self._give("hire_date", piece) or self._give("contract_end", piece)
        return bool(_NUMBER.fullmatch(piece)) and self._give("emp_no", piece)

    def _word(self, piece: str) -> bool:
        known = self._known
        if piece in known.employment:
            return self._give("employment_type", known.employment[piece])
        if piece in known.posts:
            return self._give("position", piece)
        if "/" in piece or piece in known.units:
            self._path.append(piece)
            return True
        return piece in known.regions and self._give("region", piece)

    def _give(self, field: str, text: str) -> bool:
        if field in self._found:
            return False
        self._found[field] = text
        return True
