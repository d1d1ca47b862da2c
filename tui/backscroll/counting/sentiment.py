"""How the messages of English chats sound, by month: judged page by page, kept, and judged again where they changed.

What counting anew forgets is what has to be judged, so that nothing else says whether a month is up to date. One
processor is busy with it, because Python judges.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.counting.refreshing import Progress, working
from backscroll.counting.word_list import LANGUAGE, WordList
from backscroll.errors import AppError
from backscroll.model.languages import language_name
from backscroll.model.message import Cursor
from backscroll.model.statistics import EVERYBODY, JobKind, Sentiment, Unjudged

_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sentiments:
    """How messages sound in each month that has judged ones, in order.

    `untold` counts messages that could not be judged: in another language, without text, or notices. `word_list` is
    its name; where there is none to judge by, or no message for it, `why` says so to a person.
    """

    months: Sequence[tuple[date, Sentiment]]
    untold: int
    word_list: str | None = None
    why: str | None = None

    @property
    def whole(self) -> Sentiment:
        """All months together."""
        return sum((sentiment for _, sentiment in self.months), Sentiment())


async def chat_sentiments(
    archive: Archive,
    chat: UUID,
    zone: str,
    *,
    person: UUID | None = None,
    messages: int,
    progress: Progress = lambda _done, _total: None,
) -> Sentiments:
    """How a chat, or one person in it, sounds, whose statistics are up to date and count so many messages.

    What was not judged yet is, which `progress` is told of. Raises AppError.
    """
    language = (await archive.languages.of([chat])).get(chat)
    if language != LANGUAGE:
        spoken = f"is in {language_name(language)}" if language else "has no language that is known: L chooses it"
        return untold(messages, f"Only English is known, and this chat {spoken}")
    try:
        words = await asyncio.to_thread(WordList)
    except AppError as error:
        return untold(messages, f"{error.title}: {error.hint}")
    await judge(archive, chat, zone, words, progress)
    months = await archive.sentiment.months(chat, zone, person or EVERYBODY)
    return judged(months, messages, words)


def untold(messages: int, why: str) -> Sentiments:
    """Nothing, of so many messages."""
    return Sentiments([], messages, why=why)


def judged(months: Sequence[tuple[date, Sentiment]], messages: int, words: WordList) -> Sentiments:
    """What was found of so many messages."""
    told = sum(sentiment.messages for _, sentiment in months)
    return Sentiments(months, messages - told, words.name, None if told else "No message has a text")


async def judge(archive: Archive, chat: UUID, zone: str, words: WordList, progress: Progress) -> int:
    """Judges the counted months of an English chat that were not yet; gives how many these were. Raises AppError."""
    months = await archive.sentiment.unjudged(chat, zone, words.name)
    if not months:
        return 0
    job = await archive.statistics_jobs.schedule(zone, chat, JobKind.SENTIMENT)
    reading = _Reading(archive, job, zone, words, sum(month.messages for month in months), progress)
    async with working(archive, job, reading.total):
        for month in months:
            await reading.month(chat, month)
    return len(months)


async def judge_all(archive: Archive, zone: str, progress: Progress = lambda _done, _total: None) -> int:
    """The same for all English chats; gives how many had something to judge. Raises AppError (also: no word list)."""
    words = await asyncio.to_thread(WordList)
    chats = await archive.sentiment.unjudged_chats(LANGUAGE, zone, words.name)
    if not chats:
        return 0
    job = await archive.statistics_jobs.schedule(zone, kind=JobKind.SENTIMENT)
    reading = _Reading(archive, job, zone, words, sum(messages for _, messages in chats), progress)
    async with working(archive, job, reading.total):
        for chat, _ in chats:
            for month in await archive.sentiment.unjudged(chat, zone, words.name):
                await reading.month(chat, month)
    return len(chats)


@dataclass(slots=True)
class _Reading:
    """The work of a job; `done` and `total` are messages."""

    archive: Archive
    job: UUID
    zone: str
    words: WordList
    total: int
    progress: Progress
    done: int = 0

    async def month(self, chat: UUID, month: Unjudged) -> None:
        """Judges a month of a chat, a page at a time, and keeps what was found."""
        found: dict[UUID, Sentiment] = defaultdict(Sentiment)
        after: Cursor | None = None
        read = 0
        while page := await self.archive.sentiment.texts(chat, self.zone, month.month, after, _PAGE):
            texts: dict[UUID, list[str]] = defaultdict(list)
            for _, sender, text in page:
                texts[sender or EVERYBODY].append(text)
            for person, said in texts.items():
                found[person] += await asyncio.to_thread(self.words.judge, said)
            after, read = page[-1][0], read + len(page)
            self.progress(min(self.total, self.done + read), self.total)
        await self.archive.sentiment.keep(self.job, chat, self.zone, month, self.words.name, found)
        self.done += month.messages
        self.progress(min(self.total, self.done), self.total)
