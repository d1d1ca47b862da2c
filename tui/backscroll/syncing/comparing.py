"""Finds what a live source has otherwise than when it was mirrored: chats first, then their days, then messages."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.archive.batch import DayRow
from backscroll.archive.mirroring import Missing
from backscroll.archive.syncs import Syncs
from backscroll.model import ids
from backscroll.model.storable import storable
from backscroll.syncing.mirror import Due, Mirror, joined

Days: TypeAlias = Mapping[tuple[str, date], DayRow]
_TOGETHER: Final = 50_000
"""Messages whose ids are compared at a time."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Days that the source has otherwise (`there`), and days that it has no more (`gone`)."""

    there: Days
    gone: frozenset[tuple[str, date]]
    is_all: bool = False

    def __bool__(self) -> bool:
        return bool(self.there or self.gone)


@dataclass(frozen=True, slots=True)
class MissingMessages:
    """Messages of some days that the source has at another time now (`moved`), or not any more (`gone`)."""

    moved: Sequence[Missing]
    gone: Sequence[Missing]
    first: date
    last: date


async def differences(
    syncs: Syncs, mirror: Mirror, due: Due, only: Mapping[str, set[date]] | None = None
) -> Differences:
    """What differs: in all of the source, or in days of chats (`only`) alone."""
    source, excluded = mirror.row.id, list(due.excluded)
    if only is None:
        ours = await syncs.chat_marks(source)
        if not ours:
            return Differences(await _day_marks(mirror, None, excluded), frozenset(), is_all=True)
        chats = await _chats_that_differ(mirror, ours, excluded)
    else:
        chats = set(only)
    if not chats:
        return Differences({}, frozenset())
    there = await _day_marks(mirror, list(chats), excluded)
    before = joined(await syncs.day_marks(source, chats))
    keys = [key for key in there.keys() | before.keys() if only is None or key[1] in only[key[0]]]
    changed = {key: there[key] for key in keys if key in there and there[key] != before.get(key)}
    return Differences(changed, frozenset(key for key in keys if key not in there))


async def _chats_that_differ(mirror: Mirror, ours: Mapping[str, tuple[int, int]], excluded: list[str]) -> set[str]:
    given = {"excluded": excluded}
    rows = await asyncio.to_thread(mirror.database.ask, mirror.found, "chat_marks", "marks", given)
    theirs = {row["chat"]: (row["messages"], int(row["digest"])) for row in rows}
    return {chat for chat in theirs.keys() | ours.keys() if theirs.get(chat) != ours.get(chat)} - set(excluded)


async def _day_marks(mirror: Mirror, chats: list[str] | None, excluded: list[str]) -> dict[tuple[str, date], DayRow]:
    """The days of chats (None: of all) as the source has them."""
    given = {"chats": chats, "excluded": excluded}
    ask = mirror.database.sum_up if chats is None else mirror.database.ask
    rows = await asyncio.to_thread(ask, mirror.found, "day_marks", "marks", given)
    return joined(DayRow(row["chat"], row["day"], row["messages"], row["digest"]) for row in rows)


async def remove_missing(syncs: Syncs, mirror: Mirror, found: Differences) -> int:
    """Deletes what the source has no more of days that differ; gives how many messages that were.

    Comes before these days are read, and their marks are kept after that: broken off, it is done again.
    """
    removed = 0
    async for missing in missing_of(syncs, mirror, found):
        if missing.moved:
            await syncs.remove(missing.moved, missing.first, missing.last, is_gone=False)
        if missing.gone:
            removed += await syncs.remove(missing.gone, missing.first, missing.last, is_gone=True)
    if found.gone:
        await syncs.forget_days(mirror.row.id, found.gone)
    return removed


async def missing_of(syncs: Syncs, mirror: Mirror, found: Differences) -> AsyncIterator[MissingMessages]:
    """What the archive has of days that differ, and the source has no more there; some days at a time."""
    for days in _portions(found):
        chats = {chat: ids.conversation_id(mirror.identity, storable(chat)) for chat, _ in days}
        held = await syncs.held([(chat, chats[chat], day) for chat, day in days])
        if not held:
            continue
        given = {"chats": [chat for chat, _ in days], "days": [day for _, day in days]}
        missing = held - _keys(await asyncio.to_thread(mirror.database.ask, mirror.found, "ids", "messages", given))
        if missing:
            asked = {"chats": [chat for chat, _ in missing], "ids": [identity for _, identity in missing]}
            elsewhere = _keys(await asyncio.to_thread(mirror.database.ask, mirror.found, "present", "messages", asked))
            moved, gone = _named(missing & elsewhere, chats), _named(missing - elsewhere, chats)
            yield MissingMessages(moved, gone, min(day for _, day in days), max(day for _, day in days))


def _portions(found: Differences) -> Iterator[list[tuple[str, date]]]:
    portion: list[tuple[str, date]] = []
    size = 0
    for key in sorted([*found.there, *found.gone], key=lambda one: one[1]):
        if size > _TOGETHER:
            yield portion
            portion, size = [], 0
        portion.append(key)
        size += found.there[key].messages if key in found.there else 1_000
    if portion:
        yield portion


def _keys(rows: Iterable[Mapping[str, str]]) -> set[tuple[str, str]]:
    """Chats and ids as the archive keeps them."""
    return {(row["chat"], storable(row["id"])) for row in rows}


def _named(messages: Iterable[tuple[str, str]], chats: Mapping[str, UUID]) -> list[Missing]:
    return [Missing(chats[chat], ids.message_id(chats[chat], identity)) for chat, identity in messages]
