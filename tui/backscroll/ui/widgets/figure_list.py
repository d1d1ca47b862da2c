"""Figures of a chat as a list: people, answers, words, links, emoji, kinds; most lead to the messages behind them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from textual.content import Content

from backscroll.counting.chat import ChatStatistics
from backscroll.counting.replies import duration
from backscroll.counting.sentiment import Sentiments
from backscroll.counting.spells import longest
from backscroll.counting.table import SPELLS, WEEKDAYS
from backscroll.dates import Span, long_day
from backscroll.model.conversation import Participant
from backscroll.text import safe_line
from backscroll.ui.widgets.paged_list import PagedList

_SHOWN: Final = 10
_BAR: Final = 8
_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A line: of which part, of what (foreign text), how much in words, and its bar (0 to 1).

    Behind it are the hits of `query`, or else the messages from the `day` on; where it has neither, no search can tell
    them from others. `person` is whom it is about.
    """

    part: str
    label: str
    told: str
    share: float = 0
    query: str = ""
    day: date | None = None
    person: Participant | None = None


class FigureList(PagedList[Figure]):
    """Figures by part; a part's name stands above its first line."""

    def head(self, item: Figure) -> Content | None:
        """The part's name."""
        place = self.items.index(item)
        is_first = place == 0 or self.items[place - 1].part != item.part
        return Content.styled(item.part, "bold $text-accent") if is_first else None

    def draw(self, item: Figure) -> Content:
        """What, its bar, and how much, at the right."""
        width = max(8, self.scrollable_content_region.width - 3)
        full = round(_BAR * item.share)
        right = Content.assemble(("━" * full, "$primary"), " " if item.share else "", item.told)
        name = Content(safe_line(item.label) or "untitled").truncate(
            max(4, width - right.cell_length - 1), ellipsis=True
        )
        return Content.assemble(" ", name, " " * max(1, width - name.cell_length - right.cell_length), right)


def listed(statistics: ChatStatistics) -> Iterator[Figure]:
    """The lines of a chat's statistics, or of a person's in it."""
    figures = statistics.figures
    by = _by(statistics.person)
    if statistics.person is None:
        yield from _people(statistics)
    if figures.replies.count:
        part = f"Answers · half of them within {duration(figures.replies.median)}"
        most = max(n for _, n in figures.replies.spread())
        for edge, n in figures.replies.spread():
            words = "later" if edge is None else f"within {duration(edge)}"
            yield Figure(part, words, f"{n:,}", n / most)
    for answered in statistics.answers[:_SHOWN]:
        query = f'from:"{quoted(answered.who)}"'
        yield Figure("Who answers whom", f"{answered.who} → {answered.whom}", f"{answered.times:,}", query=query)
    for month, keywords in reversed(figures.keywords):
        chosen = [keyword.word for keyword in keywords[:_WORDS]]
        query = f"({' OR '.join(chosen)}) date:{month:%Y-%m}"
        yield Figure("Key words", f"{month:%b %Y}  {' '.join(chosen)}", "", query=query)
    yield from _counted("Links", ((host, n, f'{by}has:link "{host}"') for host, n in figures.hosts.items()))
    yield from _counted("Emoji", ((emoji, n, f"{by}{emoji}") for emoji, n in figures.emoji.items()))
    yield from _counted("Reactions", ((emoji, n, f"{by}has:reaction") for emoji, n in figures.reactions.items()))
    yield from _counted("Kinds", ((kind, n, f"{by}type:{kind}") for kind, n in figures.kinds.items()))
    for spell in longest(figures.streaks, SPELLS):
        yield Figure("Longest streaks", f"from {long_day(spell.first)}", f"{spell.days:,} d", day=spell.first)
    for spell in longest(figures.silences, SPELLS):
        yield Figure("Longest silences", f"until {long_day(spell.last)}", f"{spell.days:,} d", day=spell.last)
    yield from _sentiments(statistics.sentiment, by)


def _people(statistics: ChatStatistics) -> Iterable[Figure]:
    whole = statistics.figures.messages or 1
    for person in statistics.people:
        median = statistics.replies[person.id].median
        soon = f" · ↩ {duration(median)}" if median is not None else ""
        told = f"{person.message_count:,} · {100 * person.message_count / whole:.1f} %{soon}"
        share = person.message_count / statistics.people[0].message_count
        query = f'from:"{quoted(person.name)}"'
        yield Figure(f"People · {statistics.people_count:,}", person.name, told, share, query, person=person)


def _sentiments(sentiments: Sentiments | None, by: str) -> Iterator[Figure]:
    if sentiments and sentiments.why:
        yield Figure("Sentiment", sentiments.why, "")
    if not sentiments or not sentiments.months:
        return
    whole = sentiments.whole
    part = f"Sentiment · {sentiments.word_list}, a list of English words · mean {whole.mean or 0:+.2f}"
    for month, sentiment in reversed(sentiments.months):
        positive, _, negative = sentiment.shares
        told = f"{sentiment.mean or 0:+.2f} · {100 * positive:.0f} % + · {100 * negative:.0f} % −"
        yield Figure(part, f"{month:%b %Y}", told, positive, f"{by}date:{month:%Y-%m}")
    unlisted = f"{whole.unlisted:,} of {whole.messages:,}"
    yield Figure(part, "neutral, without any of its words", unlisted, whole.unlisted / whole.messages)
    yield Figure(part, "not judged: notices, no text", f"{sentiments.untold:,}")


def _counted(part: str, counts: Iterable[tuple[str, int, str]]) -> Iterator[Figure]:
    shown = list(counts)[:_SHOWN]
    for name, n, query in shown:
        yield Figure(part, name, f"{n:,}", n / shown[0][1], query)


def quoted(name: str) -> str:
    """A name as it stands between the quotes of a filter, which no quote can be part of."""
    return safe_line(name).replace('"', " ").strip()


def months_query(span: Span, person: Participant | None) -> str:
    """The messages of some months, of one person where one is given."""
    last = span.after.replace(day=1)
    month = (last.year, last.month - 1) if last.month > 1 else (last.year - 1, 12)
    return f"{_by(person)}date:{span.first:%Y-%m}..{month[0]:04}-{month[1]:02}"


def hour_query(day: int, hour: int, person: Participant | None) -> str:
    """The messages of an hour of the week (day 0: Monday), of one person where one is given."""
    return f"{_by(person)}weekday:{WEEKDAYS[day].lower()} hour:{hour}"


def _by(person: Participant | None) -> str:
    return f'from:"{quoted(person.name)}" ' if person else ""
