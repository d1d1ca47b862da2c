"""The statistics of a search: all of its hits, quarter by quarter, by time, chat, sender and kind."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.archive.statistics import Hits
from backscroll.counting.figures import Figures, together
from backscroll.model.condition import reach
from backscroll.model.query import Query
from backscroll.searching.finding import Finding


@dataclass(frozen=True, slots=True)
class HitStatistics:
    """All hits of a search in figures of a time zone.

    `chats` (id, title, hits) and `senders` (name, hits) have the most hits first; titles and names are foreign text.
    People of the same name are counted together.
    """

    figures: Figures
    chats: Sequence[tuple[UUID, str, int]]
    senders: Sequence[tuple[str, int]]
    zone: str


async def hit_statistics(
    archive: Archive, query: Query, zone: str, *, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> HitStatistics:
    """Counts all hits of a query; `progress` is told how many quarters of how many are done. Raises AppError."""
    condition = (await Finding(archive).resolve(query)).condition
    known = reach(condition)
    quarters = [quarter for quarter in await archive.search.quarters() if quarter.meets(known)]
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


def _figures(hits: Hits) -> Figures:
    days: Counter[date] = Counter()
    week = [[0] * 24 for _ in range(7)]
    for hour, n in hits.hours.items():
        days[hour.date()] += n
        week[hour.weekday()][hour.hour] += n
    return Figures(days=dict(sorted(days.items())), week=week, kinds=together([hits.kinds]))
