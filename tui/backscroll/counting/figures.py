"""What messages come to over time: by day, by hour of the week, by kind, host and emoji."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from backscroll.counting.replies import Replies
from backscroll.counting.spells import Spell, silences, streaks
from backscroll.dates import month_span
from backscroll.model.statistics import Keyword, Month


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of some messages in a time zone.

    `days` has the days with messages, in order. `week` has a row for each weekday from Monday on, with the messages of
    its 24 hours. Mappings have the commonest first. Of hits of a search only `days`, `week` and `kinds` are
    known.
    """

    days: Mapping[date, int]
    week: Sequence[Sequence[int]]
    kinds: Mapping[str, int]
    letters: int = 0
    hosts: Mapping[str, int] = field(default_factory=dict)
    emoji: Mapping[str, int] = field(default_factory=dict)
    reactions: Mapping[str, int] = field(default_factory=dict)
    replies: Replies = field(default_factory=lambda: Replies({}))
    keywords: Sequence[tuple[date, tuple[Keyword, ...]]] = ()

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return sum(self.days.values())

    @property
    def months(self) -> list[tuple[date, int]]:
        """Each month from the first to the last (by its first day) and its messages."""
        sums: Counter[date] = Counter()
        for day, messages in self.days.items():
            sums[day.replace(day=1)] += messages
        return [(month, sums[month]) for month in _months(min(sums), max(sums))] if sums else []

    @property
    def streaks(self) -> list[Spell]:
        """Days on end with messages, in order."""
        return streaks(self.days)

    @property
    def silences(self) -> list[Spell]:
        """Days on end without, in order."""
        return silences(self.days)


def figures(months: Sequence[Month]) -> Figures:
    """The figures of months together; these are in order."""
    days: Counter[date] = Counter()
    week = [0] * 168
    for month in months:
        for day, messages in zip(month.days, month.day_messages, strict=True):
            days[month.month + timedelta(days=day)] += messages
        for hour, messages in zip(month.hours, month.hour_messages, strict=True):
            week[hour] += messages
    return Figures(
        days=dict(sorted(days.items())),
        week=[week[day * 24 : day * 24 + 24] for day in range(7)],
        kinds=together(month.kinds for month in months),
        letters=sum(month.letters for month in months),
        hosts=together(month.hosts for month in months),
        emoji=together(month.emoji for month in months),
        reactions=together(month.reactions for month in months),
        replies=Replies.of(pair for month in months for pair in zip(month.replies, month.reply_messages, strict=True)),
        keywords=[(month.month, month.keywords) for month in months if month.keywords],
    )


def together(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sums of several counts, the largest first."""
    sums: Counter[str] = Counter()
    for count in counts:
        sums.update(count)
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _months(first: date, last: date) -> Iterable[date]:
    month = first
    while month <= last:
        yield month
        month = month_span(month.year, month.month).after
