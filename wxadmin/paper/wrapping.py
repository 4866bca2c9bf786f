"""Break Chinese text into lines and find the size at which it fits; nothing is ever cut."""

from __future__ import annotations

import re
from dataclasses import replace

from wxadmin.domain.frozen import dataclass
from wxadmin.paper.items import SMALLEST_PT, Face, Measure

LEADING = 1.35  # distance of two baselines in character heights
STEP_PT = 0.5

NOT_FIRST = frozenset("，。、；：？！）】》〉”’…—％·>,.;:?!)]}%~～／")
OF_A_DATE = frozenset("年月日")  # stay with the number before them
NOT_LAST = frozenset("<（【《〈“‘([{＃#￥$")

# a mobile number, the day of a month, a word of Latin letters or digits stays whole; every other
# character stands alone
_PIECE = re.compile(
    r"1\d\d \d{4} \d{4}(?!\d)|\d{1,2}月\d{1,2}日|[!-~\u00a1-\u024f]+|[ \u3000]+|.",
    re.DOTALL | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is not broken, or (with `rule` > 0) a line of that many mm to write on."""

    text: str
    rule: float = 0.0

    @property
    def is_blank(self) -> bool:
        """Whether it may hang over the end of a line unseen."""
        return not self.rule and not self.text.strip(" \u3000")


Run = Piece  # pieces of one line joined again: what is drawn
LineOfRuns = tuple[Run, ...]


def width_of(piece: Piece, face: Face, measure: Measure) -> float:
    """Return the width of a piece in mm."""
    return piece.rule or measure(piece.text, face)


def pieces_of(text: str) -> list[Piece]:
    """Split a paragraph where a line may be broken, with the punctuation glued to its word."""
    pieces: list[str] = []
    for part in _PIECE.findall(text):
        glued = pieces and (
            part[0] in NOT_FIRST
            or pieces[-1][-1] in NOT_LAST
            or (part[0] in OF_A_DATE and pieces[-1][-1].isdigit())
        )
        if glued and not part.isspace() and not pieces[-1].isspace():
            pieces[-1] += part
        else:
            pieces.append(part)
    return [Piece(piece) for piece in pieces]


def break_pieces(
    pieces: list[Piece], width: float, face: Face, measure: Measure
) -> list[LineOfRuns]:
    """Lay pieces into lines no wider than `width`; a longer piece is broken inside."""
    lines: list[LineOfRuns] = []
    line: list[Piece] = []
    used = 0.0
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        size = width_of(piece, face, measure)
        if used + size <= width + 1e-6 or piece.is_blank:
            line.append(piece)
            used += size
        elif line:
            lines.append(joined(line))
            line, used = [], 0.0
            waiting.append(piece)
        else:
            fitting, remainder = _broken(piece, width, face, measure)
            lines.append((fitting,))
            waiting.extend(remainder)
    if line or not lines:
        lines.append(joined(line))
    return lines


def _broken(piece: Piece, width: float, face: Face, measure: Measure) -> tuple[Piece, list[Piece]]:
    """Break inside a word, or a line to write on, that is wider than the cell."""
    if piece.rule:
        return replace(piece, rule=width), []
    count = 1
    while count < len(piece.text) and measure(piece.text[: count + 1], face) <= width:
        count += 1
    rest = piece.text[count:]
    return Piece(piece.text[:count]), [Piece(rest)] if rest else []


def joined(line: list[Piece]) -> LineOfRuns:
    """Join neighbouring texts, so that what was typed together is drawn together."""
    runs: list[Run] = []
    for piece in line:
        if runs and not piece.rule and not runs[-1].rule:
            runs[-1] = Piece(runs[-1].text + piece.text)
        else:
            runs.append(piece)
    return tuple(run for run in runs if run.rule or run.text)


def without_end_blanks(line: LineOfRuns) -> LineOfRuns:
    """Return a line as it is drawn: blanks at its end belong to the text, not to its width."""
    if not line or line[-1].rule:
        return line
    return (*line[:-1], Piece(line[-1].text.rstrip(" \u3000")))


def break_text(text: str, width: float, face: Face, measure: Measure) -> list[LineOfRuns]:
    """Break typed text; its own line ends are kept."""
    lines: list[LineOfRuns] = []
    for paragraph in text.splitlines() or [""]:
        lines += break_pieces(pieces_of(paragraph), width, face, measure)
    return lines


def balanced(text: str, width: float, face: Face, measure: Measure) -> list[LineOfRuns]:
    """Break a label so that its lines are about equally long (账号用途及 / 申请事由)."""
    lines = break_text(text, width, face, measure)
    if len(lines) < 2 or "\n" in text:
        return lines
    narrow = width
    while narrow > face.size and len(break_text(text, narrow - 1, face, measure)) == len(lines):
        narrow -= 1
    return break_text(text, narrow, face, measure)


def height_of(count: int, face: Face) -> float:
    """Return the height in mm of so many lines."""
    return face.size * (1 + LEADING * (count - 1)) if count else 0.0


def lines_in(height: float, face: Face) -> int:
    """Return how many lines go into a height in mm."""
    return max(0, int((height / face.size - 1) / LEADING + 1 + 1e-6))


def sizes(face: Face) -> list[Face]:
    """Return the face and its smaller sizes down to the smallest that can be read."""
    steps = max(0, int((face.size_pt - SMALLEST_PT) / STEP_PT + 0.999))
    return [
        replace(face, size_pt=max(SMALLEST_PT, face.size_pt - STEP_PT * step))
        for step in range(steps + 1)
    ]
