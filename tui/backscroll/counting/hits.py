"""The statistics of a search: all of its hits, quarter by quarter, by time, chat, sender and kind."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.statistics import Hits
from backscroll.archive.steps import Quarter
from backscroll.counting.figures import Figures, together
from backscroll.counting.refreshing import Progress
from backscroll.counting.sentiment import Sentiments, judged, untold
from backscroll.counting.word_list import LANGUAGE, WordList
from backscroll.errors import AppError
from backscroll.model.condition import Condition, reach
from backscroll.model.query import Query
from backscroll.model.statistics import Sentiment
from backscroll.searching.finding import Finding


@dataclass(frozen=True, slots=True)
class HitStatistics:
    """All hits of a search in figures of a time zone.

    `chats` (id, title, hits) and `senders` (name, hits) have the most hits first; titles and names are foreign text.
    People of the same name are counted together. `sentiment` is None where nobody asked for it.
    """

    figures: Figures
    chats: Sequence[tuple[UUID, str, int]]
    senders: Sequence[tuple[str, int]]
    zone: str
    sentiment: Sentiments | None = None


async def hit_statistics(
    archive: Archive, query: Query, zone: str, *, progress: Progress = lambda _done, _total: None
) -> HitStatistics:
    """Counts all hits of a query; `progress` is told how many quarters of how many are done. Raises AppError."""
    condition, quarters = await _places(archive, query)
    whole = Hits()
    for done, quarter in enumerate(quarters, 1):
        whole.add(await archive.statistics.hits(quarter, condition, zone))
        progress(done, len(quarters))
    titles = await archive.conversations.titles_of(list(whole.chats))
    chats = [(chat, titles.get(chat, ""), n) for chat, n in whole.chats.items()]
    return HitStatistics(
        figures=_figures(whole),
        chats=sorted(chats, key=lambda row: (-row[2], row[1])),
        senders=list(together([whole.senders]).items()),
        zone=zone,
    )


async def with_sentiment(
    archive: Archive, query: Query, found: HitStatistics, progress: Progress = lambda _done, _total: None
) -> HitStatistics:
    """The same with how the hits in English chats sound: all of them are read, and nothing is kept. Raises AppError."""
    try:
        words = await asyncio.to_thread(WordList)
    except AppError as error:
        return replace(found, sentiment=untold(found.figures.messages, f"{error.title}: {error.hint}"))
    condition, quarters = await _places(archive, query)
    months: dict[date, Sentiment] = defaultdict(Sentiment)
    for done, quarter in enumerate(quarters, 1):
        part = await archive.sentiment.hits(quarter, condition, found.zone, LANGUAGE, words.judge)
        for month, sentiment in part.items():
            months[month] += sentiment
        progress(done, len(quarters))
    return replace(found, sentiment=judged(sorted(months.items()), found.figures.messages, words))


async def _places(archive: Archive, query: Query) -> tuple[Condition, list[Quarter]]:
    """What a query asks of a message, and the quarters that may hold such ones."""
    condition = (await Finding(archive).resolve(query)).condition
    known = reach(condition)
    return condition, [quarter for quarter in await archive.search.quarters() if quarter.meets(known)]


def _figures(hits: Hits) -> Figures:
    days: Counter[date] = Counter()
    week = [[0] * 24 for _ in range(7)]
    for hour, n in hits.hours.items():
        days[hour.date()] += n
        week[hour.weekday()][hour.hour] += n
    return Figures(days=dict(sorted(days.items())), week=week, kinds=together([hits.kinds]))
