"""Who and what bears a name: a filter such as from: becomes a condition on ids."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from time import monotonic
from typing import Final

from backscroll.archive.names import Bearer, Bearing, Listed
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.condition import NOTHING, Condition, Leaf, Reach
from backscroll.model.languages import language_name
from backscroll.model.message import NEWEST
from backscroll.model.query import All, Either, Named, NameKind, Not, Spoken, Term
from backscroll.model.words import query_words
from backscroll.searching.expressions import expression
from backscroll.searching.names import Fitting, NameList

INSTANT: Final = timedelta(microseconds=1)
"""The step of the clock that messages are ordered by."""
FRESH: Final = 30.0
"""Seconds for which a list of names is not read again."""
_SPOKEN_TO: Final = 50
"""For how many names @mentions are looked for."""
LISTS: Final[Mapping[str, Listed]] = {
    "from": "people",
    "to": "people",
    "with": "people",
    "in": "chats",
    "thread": "threads",
    "source": "sources",
    "tag": "tags",
    "code": "codes",
}
"""Which names a filter goes with."""
_WHO: Final[dict[NameKind, str]] = {"in": "chat", "thread": "thread", "source": "source", "tag": "tag", "code": "code"}


class Bearers:
    """The names of one archive, read again after a while."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lists: dict[Listed, tuple[float, NameList]] = {}
        self._reading: dict[NameKind, Callable[[list[str]], Awaitable[Condition]]] = {
            "from": self._senders,
            "to": self._recipients,
            "with": self._with,
            "in": self._titled,
            "thread": self._threads,
            "source": self._sources,
            "tag": self._tagged,
            "code": self._coded,
        }

    async def named(self, asked: Named, remarks: list[str]) -> Condition:
        """The condition that a filter with a name means; guesses and names that nobody bears are remarked on."""
        fitting = await self._fitting(asked, remarks)
        if not fitting.names:
            return NOTHING
        return await self._reading[asked.kind](list(fitting.names))

    async def _fitting(self, asked: Named, remarks: list[str]) -> Fitting:
        what = LISTS[asked.kind]
        read, names = self._lists.get(what, (0.0, None))
        if names is None or monotonic() - read > FRESH:
            names = NameList(await self._archive.names.listed(what))
            self._lists[what] = (monotonic(), names)
        fitting = names.fitting(asked.name, is_exact=asked.is_exact)
        who = _WHO.get(asked.kind, "person")
        if not fitting.names:
            mine = " is:mine finds what you wrote." if asked.name.casefold() in {"me", "myself"} else ""
            remarks.append(f"No {who} here is called {asked.name[:60]}.{mine}")
        elif fitting.is_guess:
            guesses = ", ".join(fitting.names[:3]) + (", …" if len(fitting.names) > 3 else "")
            remarks.append(f"No {who} here is called {asked.name[:60]}; {guesses} is looked for.")
        return fitting

    async def spoken(self, asked: Spoken, remarks: list[str]) -> Condition:
        """In chats in a language; one that no chat is in is remarked on."""
        found = await self._archive.names.chats_in_language(asked.language)
        if found is None:
            return Leaf("chats_in_language", {"language": asked.language})
        if not found:
            is_none, name = asked.language is None, language_name(asked.language)
            remarks.append("Every chat here has a language." if is_none else f"No chat here is in {name}.")
        return in_chats(found)

    async def _senders(self, names: list[str]) -> Condition:
        found = await self._archive.names.bearing("senders", names)
        if found is None:
            return Leaf("senders_named", {"names": names})
        known = _known(found)
        return Leaf("senders", {"ids": [bearer.id for bearer in found]}, known) if found else NOTHING

    async def _recipients(self, names: list[str]) -> Condition:
        """Direct chats of these people, but what they wrote themselves; and @mentions of them anywhere."""
        found = await self._archive.names.bearing("chats_with", names)
        chats = (in_chats(found),) if found is not None else ()
        own = Leaf("senders_named", {"names": names})
        spoken_to = All((*chats, Leaf("direct_chats_with", {"names": names}), Leaf("somebody"), Not(own)))
        mentions = [await self._mention(name) for name in names[:_SPOKEN_TO]]
        return Either((spoken_to, *mentions))

    async def _mention(self, name: str) -> Condition:
        term = expression(Term(*query_words(name)))
        if not term:
            return NOTHING
        (query,) = await self._archive.search.tsqueries([term])
        words = Leaf("words", {"query": query}, Reach(term, is_indexed=True))
        return All((words, Leaf("pattern", {"expression": f"@{re.escape(name)}(?![[:alnum:]_])"})))

    async def _tagged(self, names: list[str]) -> Condition:
        return Leaf("tagged", {"names": names}, Reach(is_indexed=True), is_join=True)

    async def _coded(self, names: list[str]) -> Condition:
        """Messages with a category or a code of these names; a code brings those below it."""
        ids = await self._archive.names.code_ids(names)
        return Leaf("coded", {"names": names, "ids": ids}, Reach(is_indexed=True), is_join=True)

    async def _sources(self, names: list[str]) -> Condition:
        found = await self._archive.names.bearing("chats_of_sources", names)
        if found is None:
            return Leaf("chats_of_sources", {"ids": await self._archive.names.source_ids(names)})
        return in_chats(found)

    async def _threads(self, names: list[str]) -> Condition:
        found = await self._archive.names.bearing("threads_titled", names)
        if found is None:
            hint = "Give more of its title, or the chat as well."
            raise AppError("Too many threads have such a title", hint, code="bad_query")
        if not found:
            return NOTHING
        return All((in_chats(found), Leaf("threads", {"ids": [bearer.id for bearer in found]})))

    async def _titled(self, names: list[str]) -> Condition:
        return await self._chats("chats_titled", names)

    async def _with(self, names: list[str]) -> Condition:
        return await self._chats("chats_with", names)

    async def _chats(self, what: Bearing, names: list[str]) -> Condition:
        found = await self._archive.names.bearing(what, names)
        return Leaf(what, {"names": names}) if found is None else in_chats(found)


def in_chats(found: list[Bearer]) -> Condition:
    """In the chats of these."""
    chats = list(dict.fromkeys(bearer.conversation_id for bearer in found))
    return Leaf("chats", {"ids": chats}, _known(found)) if chats else NOTHING


def _known(found: list[Bearer]) -> Reach:
    if not found:
        return NOTHING.reach
    since, last = min(b.since for b in found), max(b.until for b in found)
    until = last + INSTANT if last < NEWEST.sent_at else None
    return Reach(None, frozenset(b.conversation_id for b in found), since, until, is_indexed=True)
