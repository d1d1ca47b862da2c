"""The statistics of a chat, or of one person in it: brought up to date, then read."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.counting.figures import Figures, figures
from backscroll.counting.refreshing import Progress, refresh
from backscroll.counting.replies import Replies
from backscroll.counting.sentiment import Sentiments, chat_sentiments
from backscroll.errors import AppError
from backscroll.model.conversation import Participant
from backscroll.model.statistics import EVERYBODY
from backscroll.model.words import normalise

SHOWN: Final = 20
"""The busiest people, who are told one by one."""
_KNOWN: Final = 100_000


@dataclass(frozen=True, slots=True)
class Answered:
    """How often one person answered another; their names are foreign text."""

    who: str
    whom: str
    times: int


@dataclass(frozen=True, slots=True)
class ChatStatistics:
    """A chat, or one `person` in it (None: everybody), in figures of a time zone.

    `people` are the busiest of the chat, or the person; `replies` tells how soon each of them answers. `answers` has
    the most frequent first: among the busiest people, or those of the person. `people_count` counts who wrote anything.
    `sentiment` is None where nobody asked for it.
    """

    figures: Figures
    people: Sequence[Participant]
    people_count: int
    replies: Mapping[UUID, Replies]
    answers: Sequence[Answered]
    zone: str
    person: Participant | None = None
    sentiment: Sentiments | None = None


async def chat_statistics(
    archive: Archive,
    chat: UUID,
    zone: str,
    *,
    person: Participant | None = None,
    progress: Progress = lambda _done, _total: None,
) -> ChatStatistics:
    """Counts what changed in a chat, which `progress` is told of, and gives its statistics. Raises AppError."""
    await refresh(archive, chat, zone, progress)
    writers = await people(archive, chat)
    shown = [person] if person else writers[:SHOWN]
    ids = [each.id for each in shown]
    names = {each.id: each.name for each in writers}
    months, times, answers = await asyncio.gather(
        archive.statistics.months(chat, zone, person.id if person else EVERYBODY),
        archive.statistics.reply_times(chat, zone, ids),
        archive.statistics.answers(chat, zone, ids),
    )
    return ChatStatistics(
        figures=figures(months),
        people=shown,
        people_count=len(writers),
        replies={who: Replies.of(stretches.items()) for who, stretches in times.items()},
        answers=[
            Answered(names.get(who, ""), names.get(whom, ""), n)
            for who, whom, n in answers
            if person or whom in set(ids)
        ],
        zone=zone,
        person=person,
    )


async def with_sentiment(
    archive: Archive, chat: UUID, found: ChatStatistics, progress: Progress = lambda _done, _total: None
) -> ChatStatistics:
    """The same statistics with how the messages sound, which is judged where it was not yet. Raises AppError."""
    person = found.person.id if found.person else None
    messages = found.figures.messages
    told = await chat_sentiments(archive, chat, found.zone, person=person, messages=messages, progress=progress)
    return replace(found, sentiment=told)


async def people(archive: Archive, chat: UUID) -> list[Participant]:
    """Who wrote in a chat, the busiest first."""
    return [person for person in await archive.conversations.participants(chat, limit=_KNOWN) if person.message_count]


def person_named(people: Sequence[Participant], text: str) -> Participant:
    """The person that is meant by an id, the beginning of one, a name or a part of it. Raises AppError."""
    wanted = normalise(text)
    tests = (
        [p for p in people if str(p.id) == text.lower() or p.name == text],
        [p for p in people if wanted and normalise(p.name) == wanted],
        [p for p in people if len(text) >= 4 and str(p.id).startswith(text.lower())],
        [p for p in people if wanted and wanted in normalise(p.name)],
    )
    found = next((matches for matches in tests if matches), [])
    if not found:
        raise AppError(
            f"Nobody called {text} wrote in this chat", "Look at `chats` and `stats CHAT`.", code="no_such_person"
        )
    if len(found) > 1:
        names = ", ".join(f"{p.name} ({str(p.id)[:8]})" for p in found[:5])
        raise AppError(
            f"{text} may be several people", f"Name one of them by the id: {names}.", code="ambiguous_person"
        )
    return found[0]
