"""Put typed text into one spelling: what looks alike becomes alike, what misleads is found."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F]
)
_BLANKS = re.compile(r"[\s\u00a0\u3000]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ufffd]")
_DOTS = dict.fromkeys(map(ord, "•‧・⋅∙･●﹒．᛫⸱"), "·")
_CJK = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BETWEEN_CJK = re.compile(f"(?<={_CJK}) +(?={_CJK})")
# radicals that normalisation leaves alone though they stand for whole characters in old PDFs
_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺈⺊⺋⺌⺎⺒⺓⺔⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺥⺨⺩⺪⺫⺭⺯⺰⺱⺲⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿"
    "⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮"
    "⻯⻰⻱⻲⻳⼾",
    "厂乙冂几刀卜㔾小兀巳幺彑忄心手攵旡月歹母民氵水灬爫犭王疋罒示糸纟罓罒羊羊羊耂肀聿月臼艹艹"
    "艹虎衤覀西见角角讠贝车辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿"
    "竜龙龜亀龟户",
)
_KANGXI = re.compile("[\u2f00-\u2fd5]")


def without_invisible(text: str) -> str:
    """Drop zero-width characters; every kind of blank becomes a plain one; trimmed."""
    if text.isascii():
        return text.strip()
    return text.translate(_INVISIBLE).replace("\u00a0", " ").replace("\u3000", " ").strip()


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as plain ones, for numbers, dates and addresses."""
    return unicodedata.normalize("NFKC", without_invisible(text))


def one_spelling(text: str) -> str:
    """Chinese text with composed characters, whole characters for radicals, one middle dot.

    Unlike full normalisation it leaves brackets and rare characters as they were typed.
    """
    text = without_invisible(text)
    if text.isascii():
        return text
    text = text.translate(_RADICALS)
    text = _KANGXI.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", text)


def one_name(text: str) -> str:
    """A person's name in one spelling: 张 三 is 张三, Mary Ann Lee keeps its blanks."""
    text = one_spelling(text).translate(_DOTS)
    text = "".join(
        unicodedata.normalize("NFKC", sign) if "\uff21" <= sign <= "\uff5a" else sign
        for sign in text
    )
    text = _BLANKS.sub(" ", text)
    return re.sub(r" ?· ?", "·", _BETWEEN_CJK.sub("", text))


def hidden_trouble(text: str) -> str | None:
    """Why the text must not be taken as it is: direction overrides and control characters."""
    if _OVERRIDES.search(text):
        return "夹有改变文字方向的隐藏字符，看到的和实际的不一样"
    if _CONTROLS.search(text):
        return "夹有换行或控制字符"
    return None
