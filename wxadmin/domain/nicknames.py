"""Group nicknames: what somebody should be called by the template, and whether he is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from wxadmin.domain.frozen import dataclass

NOT_REAL_NAME = "未实名"
NOT_AS_WANTED = "昵称不符"

TOKENS = ("部门", "部门简称", "科室", "岗位", "姓名")
_TOKEN = re.compile(r"[{｛](.*?)[}｝]")
_BETWEEN = re.compile(r"[\s\-－—–‐_·•・/／|｜\\+~～、,，.。:：;；()（）\[\]【】<>《》\"'“”‘’*#@&]+")
_EDGES = "-－—–_·/／|｜+、 　"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a nickname: `finding` is "" where nothing is."""

    finding: str = ""
    reason: str = ""
    wanted: str = ""


def template_problem(template: str) -> str:
    """Say what is wrong with a template in one sentence, "" where nothing is."""
    tokens = _TOKEN.findall(template)
    strange = [token for token in tokens if token not in TOKENS]
    known = "、".join(f"{{{token}}}" for token in TOKENS)
    if strange:
        return f"群昵称格式里的{{{strange[0]}}}不认识，可用的有：{known}。"
    if "姓名" not in tokens:
        return f"群昵称格式“{template}”里要有{{姓名}}。"
    return ""


def rendered(template: str, words: Mapping[str, str]) -> str:
    """Fill a template; a separator beside an empty word is left out."""
    filled = _TOKEN.sub(lambda found: words.get(found[1], ""), template)
    once = re.sub(rf"([{re.escape(_EDGES)}])[{re.escape(_EDGES)}]+", r"\1", filled)
    return once.strip(_EDGES)


def folded(text: str) -> str:
    """Return a nickname as it is compared: width, case, blanks and separators do not count."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def wanted_nicknames(
    people: Mapping[int, Mapping[str, str]], template: str, tie_breaker: str
) -> dict[int, str]:
    """Return what the people of one group should be called; namesakes are told apart.

    The tie-breaker is added in brackets where two would be called the same; where it is the same
    as well, the end of the 工号 follows.
    """
    plain = {key: rendered(template, words) for key, words in people.items()}
    once = _told_apart(plain, people, tie_breaker)
    return _told_apart(once, people, "工号后四位")


def _told_apart(
    names: Mapping[int, str], people: Mapping[int, Mapping[str, str]], word: str
) -> dict[int, str]:
    count = Counter(map(folded, names.values()))
    return {
        key: f"{name}（{people[key].get(word, '')}）"
        if count[folded(name)] > 1 and people[key].get(word)
        else name
        for key, name in names.items()
    }


def judged(
    nickname: str,
    wanted: Sequence[str],
    name: str,
    *,
    former: Sequence[str] = (),
    banned: Sequence[str] = (),
) -> Judgement:
    """Judge a nickname. `wanted` are the ways it may be, the first the one to ask for.

    Nobody set one, or nobody put it down: nothing is said. Without the person's name in it, it is
    no real name; with it but otherwise than wanted, it does not fit.
    """
    shown = folded(nickname)
    should = wanted[0] if wanted else name
    if not shown:
        return Judgement()
    for word in banned:
        if folded(word) and folded(word) in shown:
            return Judgement(NOT_AS_WANTED, f"含禁用词“{word}”", should)
    if shown in {folded(one) for one in wanted}:
        return Judgement()
    if folded(name) in shown:
        return Judgement(NOT_AS_WANTED, f"应为“{should}”", should)
    for old in former:
        if folded(old) and folded(old) in shown:
            return Judgement(NOT_AS_WANTED, f"用的是曾用名“{old}”，应为“{should}”", should)
    return Judgement(NOT_REAL_NAME, f"应为“{should}”", should)
