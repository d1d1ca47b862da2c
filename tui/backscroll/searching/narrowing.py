"""Where a query is asked, and the query narrowed to some chats, senders, years, kinds or a stretch of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final, Literal, TypeAlias, cast
from uuid import UUID

from backscroll.dates import Span, start_of
from backscroll.model.conversation import Conversation, Thread
from backscroll.model.message import Kind
from backscroll.model.query import All, Asked, Either, Inside, Named, OfKind, Query, Sent, Tree
from backscroll.model.saved import SavedSearch

Facet: TypeAlias = Literal["chat", "sender", "year", "kind", "time"]
"""By what a query is narrowed; `time` is any stretch of days."""
FACETS: Final[tuple[Facet, ...]] = ("year", "chat", "sender", "kind")
"""Those whose values can be listed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is searched: everywhere, in one chat or in one thread, with its name on the screen (foreign text)."""

    title: str
    inside: Inside | None = None

    def of(self, query: Query) -> Query:
        """The query there alone."""
        return query.inside(*self.inside.chats, thread=self.inside.thread) if self.inside else query


EVERYWHERE: Final = Scope("all chats")


def scopes(chat: Conversation | None, thread: Thread | None) -> tuple[Scope, ...]:
    """The thread, the chat and all chats, as far as they are given, the narrowest first."""
    found = [EVERYWHERE]
    if chat is not None:
        found.insert(0, Scope(chat.title, Inside((chat.id,))))
    if thread is not None:
        found.insert(0, Scope(thread.title or "the thread", Inside((thread.conversation_id,), thread.id)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its name on the screen (foreign text) and what it asks for."""

    facet: Facet
    label: str
    asked: Asked


def narrowed(query: Query, choices: Sequence[Choice], *, without: Facet | None = None) -> Query:
    """The query where one choice of each facet has to fit, besides those of the facet `without`."""
    by_facet: dict[Facet, list[Asked]] = {}
    for choice in choices:
        if choice.facet != without:
            by_facet.setdefault(choice.facet, []).append(choice.asked)
    parts: list[Tree[Asked]] = [Either(tuple(asked)) if len(asked) > 1 else asked[0] for asked in by_facet.values()]
    return replace(query, root=All((query.root, *parts))) if parts else query


def toggled(choices: Sequence[Choice], choice: Choice) -> tuple[Choice, ...]:
    """The choices with one more, or without it where it was there; there is one stretch of time at most."""
    if choice in choices:
        return tuple(other for other in choices if other != choice)
    is_time = choice.facet == "time"
    return (*(other for other in choices if not (is_time and other.facet == "time")), choice)


def sent_in(span: Span, zone: tzinfo | None) -> Sent:
    """Sent on one of these days of a zone (None: the machine's); the ends of the calendar are open."""
    return Sent(
        None if span.first == date.min else start_of(span.first, zone),
        None if span.after == date.max else start_of(span.after, zone),
    )


# Saved searches


def narrowed_to(choices: Sequence[Choice]) -> list[dict[str, str | None]]:
    """Choices as a saved search keeps them, and as the command line prints them."""
    return [{"facet": choice.facet, "value": choice.label, **_details(choice.asked)} for choice in choices]


def _details(asked: Asked) -> dict[str, str | None]:
    match asked:
        case Inside((chat,)):
            return {"id": str(chat)}
        case Sent(since, until):
            return {"since": since.isoformat() if since else None, "until": until.isoformat() if until else None}
        case _:
            return {}


def choices_of(saved: SavedSearch) -> tuple[Choice, ...]:
    """What a saved search is narrowed to."""
    return tuple(map(_choice, saved.narrowed_to))


def _choice(kept: Mapping[str, str | None]) -> Choice:
    facet, value = cast("Facet", kept["facet"]), kept["value"] or ""
    asked: Asked
    match facet:
        case "chat":
            asked = Inside((UUID(kept["id"]),))
        case "sender":
            asked = Named("from", value, is_exact=True)
        case "kind":
            asked = OfKind(Kind(value))
        case _:
            asked = Sent(_moment(kept["since"]), _moment(kept["until"]))
    return Choice(facet, value, asked)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def in_its_place(saved: SavedSearch, query: Query) -> Query:
    """The query of a saved search where it is asked, narrowed as it was when it was saved."""
    query = narrowed(query, choices_of(saved))
    return query.inside(saved.conversation_id, thread=saved.thread_id) if saved.conversation_id else query
