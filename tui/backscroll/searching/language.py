"""The query language: what a person types becomes a `Query`, or an error that says what would do."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Final

from backscroll.model.query import Query
from backscroll.searching.filters import ALIASES, FILTERS
from backscroll.searching.grammar import Sentence, nothing
from backscroll.searching.readings import Setting
from backscroll.searching.tokens import Token, tokens

SYNTAX: Final[tuple[tuple[str, str], ...]] = (
    ("lost keys", "messages with both words or other forms of them, in any order"),
    ('"lost my keys"', "exactly these words, one after another; one word in quotes has no other forms"),
    ("key*", "words that begin so"),
    ("keys OR wallet", "one word or the other"),
    ("keys -car", "without the second word; - goes before anything"),
    ("(keys OR wallet) found", "brackets group"),
    ("from:ana", "written by someone whose name holds this, or else is spelt nearly so"),
    ('from:"Ana Maria"', "in quotes, exactly this name; so with to:, in: and all names below"),
    ("from:ana from:bo", "the same filter twice: one or the other; different filters: all of them"),
    ("to:bo", "written to Bo in a direct chat, or with @Bo in any chat"),
    ("with:bo", "in chats in which Bo takes part"),
    ("in:family", "in chats whose title holds this"),
    ("thread:party", "in threads whose title holds this"),
    ("before:2021-03", "sent before that day, month or year"),
    ("after:5.3.2021", "sent after that day, month or year"),
    ('on:"last tuesday"', "in that day, week, month or year, as one says it; also during:"),
    ("date:2020..2021-03", "from the beginning of one to the end of the other"),
    ("older_than:3w", "h, d, w, m, y: hours to years; also newer_than:"),
    ("weekday:sun", "sent on that day of the week; weekday:mon..fri: on one of these"),
    ("hour:22..9", "sent in one of these hours of the day; hour:17: from 17:00 to 18:00"),
    ("has:link", "also image, video, audio, file, reaction, reply (an answer), note, code, bookmark"),
    ("is:edited", "also deleted, forwarded, system, unread, mine, reply, bookmarked, annotated"),
    ("type:poll", "made of: text, image, video, audio, document, sticker, location, contact, call, ..."),
    ("tag:draft", "with an annotation that bears this tag"),
    ("code:theme", "with an annotation of this category; has:code: of any"),
    ("note:odd", "with an annotation or a bookmark of yours that holds this word; in quotes, words one after another"),
    ("lang:de", "in chats in this language, by its code or name; lang:none: in chats without one"),
    ("source:slack", "from sources whose name or format holds this"),
    ("near:3f2a", "shortly before or after the message with this id; id: is the message itself"),
    (r"/colou?r\d/", "a regular expression, in any case; slow, so give words or a chat as well"),
)
"""Examples and what they mean, for the help screens."""

_NAMES: Final = {name: name for name in FILTERS} | ALIASES


def pieces(text: str) -> Iterator[Token]:
    """What a query is made of, each piece with its place. Raises QueryError where it is too long."""
    return tokens(text, _NAMES)


def parse(text: str, zone: tzinfo | None = None, now: datetime | None = None) -> Query:
    """The query that a text means; days begin in `zone` (None: the machine's), ages count from `now` (aware).

    A date in words can take as long as `dates.named` says; all else is read at once.
    Raises QueryError where there is nothing to look for, or where a filter cannot be understood.
    """
    sentence = Sentence(list(pieces(text)), Setting(zone, now or datetime.now(UTC)))
    root = sentence.root()
    if root is None:
        raise nothing(text)
    return Query(text, root, tuple(sentence.terms), tuple(sentence.remarks))
