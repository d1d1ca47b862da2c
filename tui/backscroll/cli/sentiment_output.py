"""How it is printed what messages sound like: JSON with the documented keys, or lines."""

from collections.abc import Iterator
from typing import Final

from backscroll.counting.sentiment import Sentiments
from backscroll.counting.word_list import LANGUAGE
from backscroll.json_lines import Row
from backscroll.model.statistics import Sentiment

_RECENT: Final = 24


def sentiments_row(sentiments: Sentiments | None) -> Row | None:
    """The documented keys; None where nobody asked for it."""
    if sentiments is None:
        return None
    return {
        "word_list": sentiments.word_list,
        "language": LANGUAGE,
        **_row(sentiments.whole),
        "untold": sentiments.untold,
        "why": sentiments.why,
        "months": {f"{month:%Y-%m}": _row(sentiment) for month, sentiment in sentiments.months},
    }


def _row(sentiment: Sentiment) -> Row:
    return {
        "mean": None if sentiment.mean is None else round(sentiment.mean, 6),
        "positive": sentiment.positive,
        "neutral": sentiment.neutral,
        "negative": sentiment.negative,
        "unlisted": sentiment.unlisted,
    }


def sentiments_lines(sentiments: Sentiments | None) -> Iterator[str]:
    """A part of the page, with what the figures can tell and what not."""
    if sentiments is None:
        return
    yield f"\nSentiment · {sentiments.word_list or 'nothing told'}, a list of English words"
    if sentiments.why:
        yield f"  {sentiments.why}"
    if not sentiments.months:
        return
    yield "              mean   positive  neutral  negative   messages"
    yield _line("in all", sentiments.whole)
    yield from (_line(f"{month:%Y-%m}", sentiment) for month, sentiment in sentiments.months[-_RECENT:])
    yield f"  Neutral without any of its words: {sentiments.whole.unlisted:,}"
    yield f"  Not judged (notices, no text, another language): {sentiments.untold:,}"


def _line(name: str, sentiment: Sentiment) -> str:
    positive, neutral, negative = (f"{100 * share:.1f} %" for share in sentiment.shares)
    mean = f"{sentiment.mean or 0:+.3f}"
    return f"  {name:<8} {mean:>8} {positive:>10} {neutral:>8} {negative:>9} {sentiment.messages:>10,}"
