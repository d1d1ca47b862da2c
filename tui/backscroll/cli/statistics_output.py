"""How statistics are printed: JSON with the documented keys, or a page of lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from backscroll.cli.sentiment_output import sentiments_lines, sentiments_row
from backscroll.counting.chat import ChatStatistics
from backscroll.counting.figures import Figures
from backscroll.counting.hits import HitStatistics
from backscroll.counting.replies import duration
from backscroll.counting.spells import Spell, longest
from backscroll.counting.table import SPELLS, WEEKDAYS
from backscroll.json_lines import Row
from backscroll.model.conversation import Conversation
from backscroll.model.statistics import Job, JobKind
from backscroll.text import safe_line

_BARS: Final = " ▁▂▃▄▅▆▇█"
_LISTED: Final = 10
_RECENT: Final = 24


def chat_statistics_row(chat: Conversation, statistics: ChatStatistics) -> Row:
    """A chat's statistics with their documented keys."""
    figures, person = statistics.figures, statistics.person
    return {
        "conversation_id": chat.id,
        "conversation": chat.title,
        "person_id": person.id if person else None,
        "person": person.name if person else None,
        **_figures_row(figures, statistics.zone),
        "letters": figures.letters,
        "people_count": statistics.people_count,
        "people": [
            {
                "id": each.id,
                "name": each.name,
                "messages": each.message_count,
                "share": round(each.message_count / max(1, chat.message_count), 6),
                "first_message_at": each.first_message_at,
                "last_message_at": each.last_message_at,
                "median_reply_seconds": _rounded(statistics.replies[each.id].median),
            }
            for each in statistics.people
        ],
        "median_reply_seconds": _rounded(figures.replies.median),
        "replies": [{"within_seconds": edge, "answers": n} for edge, n in figures.replies.spread()],
        "answers": [{"who": a.who, "whom": a.whom, "times": a.times} for a in statistics.answers],
        "hosts": dict(figures.hosts),
        "emoji": dict(figures.emoji),
        "reactions": dict(figures.reactions),
        "keywords": {
            f"{month:%Y-%m}": [{"word": k.word, "weight": k.weight} for k in words] for month, words in figures.keywords
        },
        "sentiment": sentiments_row(statistics.sentiment),
    }


def hit_statistics_row(query: str, statistics: HitStatistics) -> Row:
    """A search's statistics with their documented keys."""
    return {
        "query": query,
        **_figures_row(statistics.figures, statistics.zone),
        "chats": [{"id": chat, "title": title, "messages": n} for chat, title, n in statistics.chats],
        "people": [{"name": name, "messages": n} for name, n in statistics.senders],
        "sentiment": sentiments_row(statistics.sentiment),
    }


def job_row(job: Job) -> Row:
    """A job with its documented keys."""
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "time_zone": job.time_zone,
        "conversation_id": job.conversation_id,
        "done": job.done,
        "total": job.total,
        "attempts": job.attempts,
        "error": job.error,
        "scheduled_at": job.scheduled_at,
        "started_at": job.started_at,
        "completed_at": job.completed_at,
    }


def job_line(job: Job) -> str:
    """A job in a line."""
    about = "all chats" if job.conversation_id is None else str(job.conversation_id)[:8]
    about += " · sentiment" if job.kind is JobKind.SENTIMENT else ""
    left = f" · {job.done:,} of {job.total:,} messages" if job.completed_at is None else ""
    again = f" · attempt {job.attempts}" if job.attempts > 1 else ""
    error = f" · {safe_line(job.error)}" if job.error else ""
    return f"{job.scheduled_at:%Y-%m-%d %H:%M}  {job.state:<9}  {about}  {safe_line(job.time_zone)}{left}{again}{error}"


def _figures_row(figures: Figures, zone: str) -> Row:
    days = list(figures.days)
    return {
        "time_zone": zone,
        "messages": figures.messages,
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[-1].isoformat() if days else None,
        "days": {day.isoformat(): n for day, n in figures.days.items()},
        "months": {f"{month:%Y-%m}": n for month, n in figures.months},
        "week": [list(row) for row in figures.week],
        "kinds": dict(figures.kinds),
        "streaks": _spell_rows(figures.streaks),
        "silences": _spell_rows(figures.silences),
    }


def _spell_rows(spells: Sequence[Spell]) -> list[dict[str, object]]:
    return [
        {"first_day": s.first.isoformat(), "last_day": s.last.isoformat(), "days": s.days}
        for s in longest(spells, SPELLS)
    ]


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


# Lines


def chat_statistics_lines(chat: Conversation, statistics: ChatStatistics) -> Iterator[str]:
    """A chat's statistics as a page."""
    figures, person = statistics.figures, statistics.person
    name = f"{safe_line(person.name)} in {safe_line(chat.title)}" if person else safe_line(chat.title)
    yield from _figures_lines(name, figures, statistics.zone)
    if person is None:
        yield f"\nPeople · {statistics.people_count:,}"
        for each in statistics.people[:_LISTED]:
            share = 100 * each.message_count / max(1, figures.messages)
            median = duration(statistics.replies[each.id].median)
            yield f"  {safe_line(each.name)[:30]:<30} {each.message_count:>9,}  {share:5.1f} %  answers in {median}"
    if figures.replies.count:
        yield f"\nAnswers · {figures.replies.count:,}, half of them within {duration(figures.replies.median)}"
        for edge, n in figures.replies.spread():
            yield _counted("later" if edge is None else f"within {duration(edge)}", n)
        for answered in statistics.answers[:_LISTED]:
            yield _counted(f"{answered.who} → {answered.whom}", answered.times)
    yield from _counts("Links", figures.hosts)
    yield from _counts("Emoji", figures.emoji)
    yield from _counts("Reactions", figures.reactions)
    if figures.keywords:
        yield "\nKey words"
        for month, words in figures.keywords[-_RECENT:]:
            yield f"  {month:%Y-%m}  {safe_line(', '.join(k.word for k in words[:8]))}"
    yield from sentiments_lines(statistics.sentiment)


def hit_statistics_lines(query: str, statistics: HitStatistics) -> Iterator[str]:
    """A search's statistics as a page."""
    yield from _figures_lines(safe_line(query), statistics.figures, statistics.zone)
    yield from _counts("Chats", {f"{title} ({str(chat)[:8]})": n for chat, title, n in statistics.chats})
    yield from _counts("People", dict(statistics.senders))
    yield from sentiments_lines(statistics.sentiment)


def _figures_lines(name: str, figures: Figures, zone: str) -> Iterator[str]:
    days = list(figures.days)
    when = f" · {days[0]} to {days[-1]}" if days else ""
    yield f"{name} · {figures.messages:,} messages{when} · {safe_line(zone)}"
    if not days:
        return
    yield "\nBy month"
    most = max(n for _, n in figures.months)
    for month, n in figures.months[-_RECENT:]:
        yield f"  {month:%Y-%m} {n:>9,}  {'█' * round(40 * n / most)}"
    yield "\nBy weekday and hour  0     6     12    18"
    highest = max(max(row) for row in figures.week)
    for day, row in zip(WEEKDAYS, figures.week, strict=True):
        bars = "".join(_BARS[-(-8 * n // highest)] for n in row)
        yield f"  {day} {sum(row):>13,}  {bars}"
    yield from _counts("Kinds", figures.kinds)
    for head, spells in (("Streaks", figures.streaks), ("Silences", figures.silences)):
        told = [f"{s.days:,} d from {s.first} to {s.last}" for s in longest(spells, 3)]
        yield f"\n{head}\n  " + "\n  ".join(told or ["none"])


def _counts(head: str, counts: Mapping[str, int]) -> Iterable[str]:
    if counts:
        yield f"\n{head}"
        yield from (_counted(name, n) for name, n in list(counts.items())[:_LISTED])


def _counted(name: str, n: int) -> str:
    return f"  {safe_line(name)[:40]:<40} {n:>9,}"
