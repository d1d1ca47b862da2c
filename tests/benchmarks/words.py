"""The language of the corpus: words of syllables drawn by Zipf's law, with traps that a search has to survive."""

from functools import cache
from itertools import accumulate
from math import exp
from random import Random
from statistics import NormalDist
from typing import Final

VOCABULARY: Final = 200_000
ERA_WORD: Final = "erazeta"  # in 5 % of the messages of the first two years, never after
LONE_WORD: Final = "solochat"  # in 2 % of the messages of one chat
EMOJI: Final = ("😂", "❤️", "👍", "👍🏽", "👩‍👩‍👧", "🎉", "☕", "🇳🇴")
UNSPACED: Final = (
    "東京駅で待っています",
    "今晩は何を食べますか",
    "明日の会議は三時です",
    "我们明天见",
    "谢谢你的帮助",
    "生日快乐",
    "ขอบคุณมากครับ",
)

_ONSETS: Final = (*"bcdfghjklmnprstvwz", "st", "tr", "ch", "sh", "br", "pl")
_VOWELS: Final = ("a", "e", "i", "o", "u", "ai", "ou", "ea")
_CODAS: Final = "nrstl"
_LENGTHS: Final = tuple(  # lognormal, median 8, mean 11.9 words
    min(120, max(1, int(exp(2.1 + 0.85 * NormalDist().inv_cdf((i + 0.5) / 4096))))) for i in range(4096)
)


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word, the commonest first; common words are short. Always the same."""
    draw = Random("vocabulary")
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        syllables = 1 + sum(len(found) >= rank for rank in (60, 4_000, 60_000))
        found[_word(draw, syllables)] = None
    return tuple(found)


def _word(draw: Random, syllables: int) -> str:
    body = "".join(draw.choice(_ONSETS) + draw.choice(_VOWELS) for _ in range(syllables))
    return body + draw.choice(_CODAS) if draw.random() < 0.5 else body


@cache
def _weights() -> list[float]:
    return list(accumulate((rank + 2.7) ** -1.05 for rank in range(1, VOCABULARY + 1)))


def bodies(draw: Random, count: int, *, extra: str | None = None, share: float = 0.0) -> list[str]:
    """The texts of `count` messages; `extra` is a word that a share of them has somewhere."""
    lengths = draw.choices(_LENGTHS, k=count)
    words = draw.choices(vocabulary(), cum_weights=_weights(), k=sum(lengths))
    texts, start = [], 0
    for length in lengths:
        said = words[start : start + length]
        start += length
        _mark(draw, said)
        if extra is not None and draw.random() < share:
            said.insert(draw.randrange(len(said) + 1), extra)
        texts.append(" ".join(said))
    return [_decorated(draw, text) for text in texts]


def _mark(draw: Random, said: list[str]) -> None:
    """`antiak` and `antibo` are common and never together; `golden ticket` is a rare phrase of two uncommon words."""
    roll = draw.random()
    if roll >= 0.05002:
        return
    marks = (
        ("antiak",)
        if roll < 0.02
        else ("antibo",)
        if roll < 0.04
        else ("golden",)
        if roll < 0.045
        else ("ticket",)
        if roll < 0.05
        else ("golden", "ticket")
    )
    place = draw.randrange(len(said) + 1)
    said[place:place] = marks


def _decorated(draw: Random, text: str) -> str:
    roll = draw.random()
    if roll >= 0.155:
        return text
    if roll < 0.1:
        return f"{text} {draw.choice(EMOJI)}"
    if roll < 0.13:
        path = "-".join(draw.choices(vocabulary(), cum_weights=_weights(), k=2))
        return f"{text} https://{draw.choice(vocabulary()[:500])}.example/{path}?id={draw.randrange(1000)}"
    if roll < 0.135:
        return f"{text} {draw.choice(UNSPACED)}"
    return text.replace(" ", "\n", 1)
