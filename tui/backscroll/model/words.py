"""Words as search knows them: rows at import and queries while typing are cut into the same ones.

Case, accents and full-width forms do not matter; digits of any script become 0 to 9; runs of scripts written without
spaces are cut into overlapping pairs; each emoji is a word of its own. The server's parser would drop emoji and take
a Chinese sentence for one word, which is why this is done here.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

# Points of Latin, Greek, Cyrillic, Hebrew and Arabic letters. Marks of other scripts are vowels and stay.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
# Thai, Lao, Myanmar, Khmer, kana, bopomofo, Han with its extensions.
_UNSPACED: Final = (
    "\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17dd\u3005-\u3007\u3041-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_UNSPACED_RUN: Final = re.compile(f"[{_UNSPACED}]+")
_TOKEN: Final = re.compile(f"[{_UNSPACED}]+|[^\\s{_UNSPACED}]+")

_PLAIN: Final = re.compile("[0-9A-Za-z]+")
"""A word of a text that is all ASCII; most are, and so they are cut in a tenth of the time."""


# Letters that differ by a stroke alone, that one writes for another, or that stand for two; without accents already.
_ALIKE: Final = {"ı": "i", "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
_ALIKE_ARABIC: Final = {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه"}


class _Letters(dict[int, str]):
    """What becomes of each character; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if _is_modifier(code):
            kept = ""
        elif category == "Nd":
            kept = str(unicodedata.decimal(character))
        elif category[0] in "LNM":
            kept = character
        else:
            kept = f" emoji{code:x} " if _is_emoji(code) else " "
        self[code] = kept
        return kept


def _is_modifier(code: int) -> bool:
    return code == 0x200D or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF or 0xE0000 <= code <= 0xE007F


def _is_emoji(code: int) -> bool:
    return 0x2190 <= code <= 0x2BFF or 0x1F000 <= code <= 0x1FAFF or code in {0x3030, 0x303D, 0x3297, 0x3299}


_SIGNS: Final = _Letters()
_LETTERS: Final = _Letters({ord(letter): other for letter, other in (_ALIKE | _ALIKE_ARABIC).items()})


def _fold(text: str) -> str:
    if text.isascii():  # the same, in a fifth of the time
        return text.lower().translate(_LETTERS)
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", folded)))
    return folded.translate(_LETTERS)


def _pairs(match: re.Match[str]) -> str:
    run = match.group()
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return f" {' '.join(pairs)} {run[-1]} "


def normalise(text: str) -> str:
    """The words of a text, separated by single blanks: what a row stores and a query asks for.

    A run of an unspaced script gives its overlapping pairs and then its last character, so that one character is
    found as the beginning of a word wherever it stands: 東京駅 gives `東京 京駅 駅`.
    """
    folded = _fold(text)
    return " ".join((folded if text.isascii() else _UNSPACED_RUN.sub(_pairs, folded)).split())


def search_text(body: str) -> str | None:
    """The normalised text that a row has to store; None where the server makes the same words of the body itself."""
    return None if body.isascii() else normalise(body)


def said_words(text: str) -> list[tuple[str, str]]:
    """The words of a text as they were said, in lower case with their accents, and normalised; no unspaced script."""
    if text.isascii():
        return [(word, word) for word in normalise(text).split()]
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i"))
    pairs = ((said, normalise(said)) for said in folded.translate(_SIGNS).split())
    return [(said, normal) for said, normal in pairs if normal and " " not in normal]


class Word(NamedTuple):
    """A word of a text and where it stands: characters `start` to `end` (exclusive)."""

    start: int
    end: int
    normal: str


def words(text: str) -> list[Word]:
    """The words of a text with their places, in order. A pair of an unspaced script overlaps its neighbour."""
    if text.isascii():
        return [Word(match.start(), match.end(), match.group().lower()) for match in _PLAIN.finditer(text)]
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        if _UNSPACED_RUN.fullmatch(match.group()):
            found += _unspaced_words(match)
        else:
            found += _spaced_words(match)
    return found


def _unspaced_words(match: re.Match[str]) -> list[Word]:
    start, end = match.span()
    folded = ["".join(_fold(character).split()) for character in match.group()]
    pairs = [Word(start + i, start + i + 2, folded[i] + folded[i + 1]) for i in range(len(folded) - 1)]
    return [word for word in (*pairs, Word(end - 1, end, folded[-1])) if word.normal]


def _spaced_words(match: re.Match[str]) -> list[Word]:
    # Punctuation inside a token separates words: each part is found by growing from one separator to the next.
    token, offset = match.group(), match.start()
    found: list[Word] = []
    begin: int | None = None
    for i, character in enumerate(token):
        if _separates(character):
            if begin is not None:
                found += _part(token, begin, i, offset)
            begin = None
            found += [Word(offset + i, offset + i + 1, w) for w in _fold(character).split()]
        elif begin is None:
            begin = i
    return found + (_part(token, begin, len(token), offset) if begin is not None else [])


@lru_cache(maxsize=4096)
def _separates(character: str) -> bool:
    folded = _fold(character)
    return bool(folded) and folded[0] == " "


def _part(token: str, begin: int, end: int, offset: int) -> list[Word]:
    return [Word(offset + begin, offset + end, w) for w in normalise(token[begin:end]).split()]


def query_words(text: str) -> tuple[tuple[str, ...], bool]:
    """The words that a text asks for, one after another, and whether the last one may go on.

    A run of an unspaced script at the end may go on in a message, so its last character is not asked for by itself;
    where it is all there is, it is the beginning of a pair.
    """
    found = words(text)
    if not found or not _UNSPACED_RUN.fullmatch(found[-1].normal) or len(found[-1].normal) > 1:
        return tuple(w.normal for w in found), False
    if len(found) == 1:
        return (found[0].normal,), True
    continues_pair = found[-2].end == found[-1].end
    return tuple(w.normal for w in (found[:-1] if continues_pair else found)), not continues_pair
