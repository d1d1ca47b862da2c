"""Which notes a person asks for in their lists: names become ids, and words are cut as search cuts them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backscroll.archive.names import Listed
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.note_listing import NoteListing, NoteOrder
from backscroll.model.query import All, Term
from backscroll.model.words import query_words
from backscroll.searching.expressions import expression
from backscroll.searching.names import NameList
from backscroll.searching.tokens import tokens

_NAMES: Final = {"in": "chat", "chat": "chat", "tag": "tag", "code": "code", "category": "category", "by": "author"}
HINT: Final = "Words, and in:chat tag:draft code:theme category:odd by:ana (by:me: your own)"
"""What may be written into the line that narrows the lists."""


@dataclass(frozen=True, slots=True)
class NotesAsked:
    """What is asked for, as it was typed; None: nothing of the kind."""

    words: str = ""
    chat: str | None = None
    tag: str | None = None
    code: str | None = None
    category: str | None = None
    author: str | None = None


def read_line(text: str) -> NotesAsked:
    """What a line asks for; of a filter given twice the last one counts. Raises AppError where it is too long."""
    words: list[str] = []
    filters: dict[str, str] = {}
    for token in tokens(text, _NAMES):
        if token.piece == "filter" and token.text:
            filters[token.name] = token.text
        elif token.piece in {"word", "phrase", "regex"}:
            words.append(token.text)
    return NotesAsked(" ".join(words), **filters)


async def listing_of(archive: Archive, asked: NotesAsked, order: NoteOrder = NoteOrder.NEWEST) -> NoteListing:
    """The list that is asked for. Raises AppError where something of that name is not there."""
    words, _ = query_words(asked.words)
    (query,) = await archive.search.tsqueries([_expression(words)]) if words else (None,)
    codes, categories = await _codes(archive, asked)
    author = "" if asked.author is not None and asked.author.casefold() == "me" else asked.author
    return NoteListing(
        order=order,
        chat=(await archive.conversations.resolve(asked.chat)).id if asked.chat else None,
        codes=codes,
        categories=categories,
        tags=tuple(await _fitting(archive, "tags", "tag", asked.tag)) if asked.tag else None,
        author=author,
        words=words,
        query=query,
    )


async def _codes(archive: Archive, asked: NotesAsked) -> tuple[tuple[UUID, ...] | None, tuple[str, ...]]:
    """Ids and categories; a category is no code, and a code is looked for by its name among both."""
    if asked.category is not None:
        return (), (asked.category,)
    if asked.code is None:
        return None, ()
    names = await _fitting(archive, "codes", "code", asked.code)
    return tuple(await archive.names.code_ids(names)), tuple(names)


async def _fitting(archive: Archive, what: Listed, kind: str, typed: str) -> list[str]:
    found = NameList(await archive.names.listed(what)).fitting(typed, is_exact=False)
    if not found.names or found.is_guess:
        near = f"Did you mean {', '.join(found.names[:3])}?" if found.names else "No annotation bears one like it."
        raise AppError(f"No {kind} here is called {typed[:60]}", near, code=f"no_such_{kind}")
    return list(found.names)


def _expression(words: tuple[str, ...]) -> str:
    """All of the words, wherever they stand; the last one may go on."""
    *whole, begun = words
    terms = (*(Term((word,)) for word in whole), Term((begun,), is_prefix=True))
    return expression(All(terms)) or ""
