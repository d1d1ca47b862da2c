"""Statistics by looking at every message in plain Python: what the archive's own are checked against."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from math import log
from urllib.parse import urlsplit

import regex

from backscroll.model.links import link_spans
from backscroll.model.message import Message
from backscroll.model.statistics import REPLY_EDGES
from backscroll.model.words import normalise


@dataclass
class Plain:
    """The figures of some messages; `words` has, by month, how many messages have each word."""

    days: Counter[date] = field(default_factory=Counter)
    week: Counter[tuple[int, int]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    emoji: Counter[str] = field(default_factory=Counter)
    replies: Counter[int] = field(default_factory=Counter)
    gaps: list[int] = field(default_factory=list)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    months: Counter[date] = field(default_factory=Counter)
    words: dict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def look(messages: Sequence[Message], zone: tzinfo, sender: str | None = None) -> Plain:
    """What the messages of a chat, in their order, come to; only those of one sender where one is named."""
    plain, before = Plain(), None
    by_id = {message.id: message for message in messages}
    for message in messages:
        answered = by_id.get(message.parent_id) if message.parent_id else _in_time(before, message)
        before = message
        if sender is None or message.sender == sender:
            _add(plain, message, answered, zone)
    return plain


def _in_time(before: Message | None, message: Message) -> Message | None:
    return before if before and message.cursor.sent_at - before.cursor.sent_at <= timedelta(days=1) else None


def _add(plain: Plain, message: Message, answered: Message | None, zone: tzinfo) -> None:
    here = message.cursor.sent_at.astimezone(zone)
    month = here.date().replace(day=1)
    plain.days[here.date()] += 1
    plain.week[here.weekday(), here.hour] += 1
    plain.kinds[message.kind.value] += 1
    plain.letters += len(message.text)
    plain.months[month] += 1
    for start, end in link_spans(message.text):
        plain.hosts[(urlsplit(message.text[start:end]).hostname or "").removeprefix("www.")] += 1
    plain.emoji.update(_emoji(message.text))
    plain.words[month].update({word for word in normalise(message.text).split() if _is_word(word)})
    if answered and answered.sender and message.sender and answered.sender != message.sender:
        gap = round((message.cursor.sent_at - answered.cursor.sent_at).total_seconds())
        plain.gaps.append(gap)
        plain.replies[bisect_right(REPLY_EDGES, gap)] += 1
        plain.answers[message.sender, answered.sender] += 1


def _emoji(text: str) -> Iterable[str]:
    for seen in regex.findall(r"\X", text):
        if regex.match(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u2639\u263A\u2665\u2764]", seen):
            yield seen.replace("\ufe0f", "")


def _is_word(word: str) -> bool:
    is_short = len(word) == 1 or (len(word) == 2 and word.isascii())
    return not (is_short or (word.isascii() and word.isdigit()) or regex.fullmatch("emoji[0-9a-f]+", word))


def keywords(plain: Plain, most: int, known: Mapping[date, int]) -> dict[date, list[str]]:
    """The words of each month that tell most, by their definition; of a month's words only the 500 commonest count.

    `known` is how many messages the archive knows of a month: of 250 of them one has to have a word, two in any case.
    """
    kept = dict[date, dict[str, int]]()
    for month, counts in plain.words.items():
        common = [(word, n) for word, n in counts.items() if n >= max(2, known[month] // 250)]
        kept[month] = dict(sorted(common, key=lambda item: (-item[1], item[0]))[:500])
    totals = Counter[str]()
    for counts in kept.values():
        totals.update(counts)
    whole, found = sum(plain.months.values()), dict[date, list[str]]()
    for month, counts in kept.items():
        size, weights = plain.months[month], dict[str, float]()
        for word, n in counts.items():
            share, elsewhere = n / size, (totals[word] - n + 0.5) / (whole - size + 1)
            if share >= 2 * elsewhere and whole > size:
                weights[word] = share * log(share / elsewhere)
        found[month] = sorted(weights, key=lambda word: (-round(weights[word], 9), word))[:most]
    return {month: words for month, words in found.items() if words}
