"""Turns what is asked for into a condition: words as the server cuts them, names into the ids that bear them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import Final

from backscroll.archive.opening import Archive
from backscroll.errors import AppError, QueryError
from backscroll.model.condition import NOTHING, Condition, Leaf, Reach, reach
from backscroll.model.message import NEWEST, Kind
from backscroll.model.query import (
    All,
    Asked,
    Clocked,
    Either,
    Identified,
    Inside,
    Marked,
    Named,
    Near,
    Not,
    Noted,
    OfKind,
    Pattern,
    Query,
    Sent,
    Spoken,
    Tree,
)
from backscroll.searching.bearers import FRESH, INSTANT, Bearers, in_chats
from backscroll.searching.expressions import any_of, expression, has_words, is_positive

NEARBY: Final = 25
"""How many messages before and after one are near it."""
_JOINS: Final = {"answer", "reaction", "bookmark", "note", "code"}
_FILES: Final = {"image", "video", "audio", "file"}
_INDEXED: Final = {"edited", "deleted", "forwarded", "reply"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A condition, a query for the words that hits are ranked by (empty: there are none), and what is worth saying."""

    condition: Condition
    rank: str
    remarks: tuple[str, ...]


class Resolver:
    """Knows the names of one archive for a while."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._bearers = Bearers(archive)
        self._languages: tuple[float, tuple[str, ...]] | None = None

    async def languages(self) -> tuple[str, ...]:
        """The languages of the archive (codes), the commonest first. Raises AppError."""
        if self._languages is None or monotonic() - self._languages[0] > FRESH:
            self._languages = (monotonic(), tuple(await self._archive.languages.present()))
        return self._languages[1]

    async def resolve(self, query: Query) -> Resolved:
        """What a query means in this archive. Raises AppError."""
        languages = await self.languages()
        reading = _Reading(self._archive, self._bearers, languages)
        condition = await reading.tree(query.root)
        known = reach(condition)
        # An OR of words with filters has no word that every hit must hold, but a choice of them: the index knows it.
        if known.words and not has_words(condition):
            necessary = await reading.words(known.words, Reach(known.words, is_indexed=True))
            condition = All((necessary, condition))
        ranked = [any_of(query.terms, languages)] if query.terms else []
        rank = "".join(await self._archive.search.tsqueries(ranked))
        return Resolved(condition, rank, tuple(dict.fromkeys(reading.remarks)))


@dataclass(slots=True)
class _Reading:
    """One query on its way; `remarks` are gathered."""

    archive: Archive
    bearers: Bearers
    languages: tuple[str, ...]
    remarks: list[str] = field(default_factory=list)

    async def tree(self, tree: Tree[Asked]) -> Condition:
        words = expression(tree, self.languages)
        if words is not None:
            return await self.words(words, Reach(words, is_indexed=True) if is_positive(tree) else Reach())
        if isinstance(tree, All | Either):
            return await self._joint(tree)
        if isinstance(tree, Not):
            return Not(await self.tree(tree.part))
        return await self._leaf(tree)

    async def _joint(self, tree: All[Asked] | Either[Asked]) -> Condition:
        texts = tuple(part for part in tree.parts if expression(part) is not None)
        others = [await self.tree(part) for part in tree.parts if expression(part) is None]
        joined = [await self.tree(replace(tree, parts=texts))] if texts else []
        parts = (*joined, *others)
        return All(parts) if isinstance(tree, All) else Either(parts)

    async def words(self, words: str, known: Reach) -> Leaf:
        (query,) = await self.archive.search.tsqueries([words])
        return Leaf("words", {"query": query}, known) if query else NOTHING

    async def _leaf(self, asked: Asked) -> Condition:
        found: Condition
        match asked:
            case Named():
                found = await self.bearers.named(asked, self.remarks)
            case Marked():
                found = await self._marked(asked)
            case Near():
                found = await self._near(asked)
            case Noted():
                found = await self._noted(asked)
            case Pattern():
                found = await self._pattern(asked)
            case Spoken():
                found = await self.bearers.spoken(asked, self.remarks)
            case _:
                found = _plain(asked)
        return found

    async def _marked(self, asked: Marked) -> Condition:
        mark = asked.mark
        if mark in _JOINS:
            return await self._beside(mark)
        if mark in _FILES:
            return All((Leaf("not_text", reach=Reach(is_indexed=True)), Leaf(mark)))
        if mark == "link":
            linked = "('http' | 'https' | 'www')"
            return All((await self.words(linked, Reach(linked, is_indexed=True)), Leaf("link")))
        if mark == "unread":
            chats = await self.archive.names.unread_chats()
            return Leaf("unread") if chats is None else All((in_chats(chats), Leaf("unread")))
        return Leaf(mark, reach=Reach(is_indexed=mark in _INDEXED))

    async def _beside(self, mark: str) -> Condition:
        """What another table holds; when it begins and ends is cheap to know, and often there is nothing at all."""
        bounds = await self.archive.search.bounds(mark)
        if bounds is None:
            return NOTHING
        since, last = bounds
        until = last + INSTANT if last < NEWEST.sent_at else None
        return Leaf(mark, reach=Reach(None, None, since, until, is_indexed=True), is_join=True)

    async def _noted(self, asked: Noted) -> Condition:
        """No form of a word but itself: what people write about messages is in no one language."""
        (query,) = await self.archive.search.tsqueries([expression(asked.term) or ""])
        return Leaf("noted", {"query": query}, Reach(is_indexed=True), is_join=True) if query else NOTHING

    async def _pattern(self, asked: Pattern) -> Condition:
        try:
            await self.archive.search.check_pattern(asked.expression)
        except AppError as error:
            if error.code != "bad_regex":
                raise
            raise QueryError(error.title, error.hint, start=asked.start, end=asked.end) from None
        self.remarks.append("A regular expression reads every message: it is slow, and more words make it fast.")
        return Leaf("pattern", {"expression": asked.expression}, is_slow=True)

    async def _near(self, asked: Near) -> Condition:
        try:
            place = await self.archive.messages.find(asked.identity)
        except AppError as error:
            if error.code not in {"no_such_message", "ambiguous_message"}:
                raise
            raise QueryError(error.title, error.hint, start=asked.start, end=asked.end) from None
        chat, messages = place.conversation_id, self.archive.messages
        older = await messages.before(chat, place.cursor, limit=NEARBY)
        newer = await messages.starting(chat, place.cursor, limit=NEARBY + 1)
        since, until = (older or newer)[0].sent_at, newer[-1].sent_at
        return All((_inside(Inside((chat,))), sent(since, until + INSTANT)))


def _plain(asked: Asked) -> Condition:
    match asked:
        case Inside():
            return _inside(asked)
        case Sent(since, until):
            return sent(since, until)
        case Clocked(weekdays, (), zone):
            return Leaf("weekdays", {"days": list(map(float, weekdays)), "zone": zone})
        case Clocked((), hours, zone):
            return Leaf("hours", {"hours": list(map(float, hours)), "zone": zone})
        case OfKind(kind):
            return Leaf("kind", {"kind": kind.value}, Reach(is_indexed=kind is not Kind.TEXT))
        case Identified(low, high):
            return Leaf("identified", {"low": low, "high": high}, Reach(is_indexed=True))
        case _:
            raise AssertionError(f"nobody resolves {type(asked).__name__}")


def sent(since: datetime | None, until: datetime | None) -> Condition:
    """Sent between two moments."""
    ends = [Leaf("sent_since", {"moment": since}, Reach(since=since))] if since else []
    ends += [Leaf("sent_until", {"moment": until}, Reach(until=until))] if until else []
    return All(tuple(ends)) if len(ends) > 1 else ends[0]


def _inside(asked: Inside) -> Condition:
    known = Reach(chats=frozenset(asked.chats), is_indexed=True)
    chats = Leaf("chats", {"ids": list(asked.chats)}, known)
    return All((chats, Leaf("threads", {"ids": [asked.thread]}))) if asked.thread else chats
