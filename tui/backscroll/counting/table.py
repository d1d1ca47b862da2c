"""Statistics as rows of one long table, which a spreadsheet or a script pivots: what is counted, of what, how much."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from backscroll.counting.chat import ChatStatistics
from backscroll.counting.figures import Figures
from backscroll.counting.hits import HitStatistics
from backscroll.counting.sentiment import Sentiments
from backscroll.counting.spells import longest

COLUMNS: Final = ("figure", "of", "detail", "value")
TableRow: TypeAlias = tuple[str, str, str, int | str]
SPELLS: Final = 5
"""How many streaks and silences are told, the longest."""
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def chat_table(statistics: ChatStatistics) -> Iterator[TableRow]:
    """The rows of a chat, or of a person in it; days and months are ISO dates, times are seconds."""
    figures = statistics.figures
    yield from _figures(figures)
    yield "letters", "", "", figures.letters
    for person in statistics.people:
        median = statistics.replies[person.id].median
        yield "messages of", person.name, str(person.id), person.message_count
        yield "median reply, seconds", person.name, str(person.id), "" if median is None else f"{median:.0f}"
    for edge, answers in figures.replies.spread():
        yield "answers within, seconds", "" if edge is None else str(edge), "", answers
    for answered in statistics.answers:
        yield "answers", answered.who, answered.whom, answered.times
    for what, counts in (("links", figures.hosts), ("emoji", figures.emoji), ("reactions", figures.reactions)):
        yield from ((what, name, "", n) for name, n in counts.items())
    for month, keywords in figures.keywords:
        yield from (("key word", f"{month:%Y-%m}", word, f"{weight:.6f}") for word, _, weight in keywords)
    for what, spells in (("streak, days", figures.streaks), ("silence, days", figures.silences)):
        yield from ((what, str(s.first), str(s.last), s.days) for s in longest(spells, SPELLS))
    yield from _sentiments(statistics.sentiment)


def hit_table(statistics: HitStatistics) -> Iterator[TableRow]:
    """The rows of a search."""
    yield from _figures(statistics.figures)
    yield from (("hits in", title, str(chat), n) for chat, title, n in statistics.chats)
    yield from (("hits of", name, "", n) for name, n in statistics.senders)
    yield from _sentiments(statistics.sentiment)


def _sentiments(sentiments: Sentiments | None) -> Iterator[TableRow]:
    if sentiments is None:
        return
    for month, sentiment in sentiments.months:
        name = f"{month:%Y-%m}"
        yield "sentiment, mean", name, "", f"{sentiment.mean or 0:.4f}"
        yield "sounding positive", name, "", sentiment.positive
        yield "sounding neutral", name, "", sentiment.neutral
        yield "sounding negative", name, "", sentiment.negative
        yield "without a listed word", name, "", sentiment.unlisted
    yield "sentiment untold", sentiments.why or "", "", sentiments.untold


def _figures(figures: Figures) -> Iterable[TableRow]:
    yield "messages", "", "", figures.messages
    yield from (("messages on", str(day), "", n) for day, n in figures.days.items())
    for day, hours in zip(WEEKDAYS, figures.week, strict=True):
        yield from (("messages by weekday and hour", day, str(hour), n) for hour, n in enumerate(hours))
    yield from (("messages of kind", kind, "", n) for kind, n in figures.kinds.items())
