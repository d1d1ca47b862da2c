"""Tells the languages of stored chats and gives their messages the stems: in batches, cancelled and repeated at will.

A chat has the language that it had until all of its messages have the new stems. What was broken off is found again
by `settle_languages`, and goes on quickly, because messages that have their stems are left alone.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.archive.languages import Spoken, Stemmed, Text
from backscroll.archive.opening import Archive
from backscroll.importing.languages import Ballot
from backscroll.importing.lexicon import Lexicon
from backscroll.model.message import OLDEST

PAGE: Final = 5_000
_ASKED: Final = 2_000
"""How many of a chat's oldest messages may vote for its language."""
Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many messages of how many are done."""


async def set_language(
    archive: Archive, chat: UUID, language: str | None, *, progress: Progress = lambda _done, _total: None
) -> None:
    """Gives a chat the language (code, None: none) that a person chose. Raises AppError."""
    await _stem(archive, chat, language, is_set=True, progress=progress)


async def settle_languages(archive: Archive, *, progress: Progress = lambda _done, _total: None) -> int:
    """Tells the languages that are not known, and finishes what was broken off; gives how many chats have one now.

    Chats that come out without a language get their words anew all the same. Raises AppError.
    """
    return await _settle(archive, await archive.languages.unsettled(), progress)


async def finish_stems(archive: Archive, sources: Sequence[UUID]) -> None:
    """Gives stems to messages that were stored before their chat's language was certain. Raises AppError."""
    await _settle(archive, await archive.languages.half_stemmed(sources), lambda _done, _total: None)


async def _settle(archive: Archive, chats: list[Spoken], progress: Progress) -> int:
    total, before, told = sum(chat.message_count for chat in chats), 0, 0
    for chat in chats:
        language = chat.language or await _detect(archive, chat.id)
        told += language is not None

        def show(done: int, _: int, before: int = before) -> None:
            progress(before + done, total)

        await _stem(archive, chat.id, language, is_set=chat.is_set, progress=show)
        before += chat.message_count
    return told


async def _detect(archive: Archive, chat: UUID) -> str | None:
    texts = await archive.languages.texts(chat, OLDEST, _ASKED)
    return await asyncio.to_thread(_elected, texts)


def _elected(texts: list[Text]) -> str | None:
    ballot = Ballot()
    for text in texts:
        if ballot.is_over:
            break
        ballot.add(text.body)
    return ballot.language


async def _stem(archive: Archive, chat: UUID, language: str | None, *, is_set: bool, progress: Progress) -> None:
    lexicon = Lexicon()
    while True:
        count = await archive.languages.begin(chat)
        after, done = OLDEST, 0
        while texts := await archive.languages.texts(chat, after, PAGE):
            rows, words = await asyncio.to_thread(_stemmed, lexicon, texts, language)
            await archive.languages.stem(chat, rows, words)
            after, done = texts[-1].cursor, done + len(texts)
            progress(min(done, count), count)
        if await archive.languages.finish(chat, language, is_set=is_set, count=count):
            return


def _stemmed(lexicon: Lexicon, texts: list[Text], language: str | None) -> tuple[list[Stemmed], list[str]]:
    rows = [Stemmed(t.cursor, *lexicon.look_up(t.body, language)) for t in texts]
    return rows, lexicon.take_words()
