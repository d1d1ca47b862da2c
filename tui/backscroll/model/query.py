"""A search as a value: the words in the server's query language, and what narrows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; a prefix term's last word may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    `expression` is a query for to_tsquery whose words are normalised and quoted; empty where only filters were given.
    `terms` are those to highlight (never the excluded ones). `senders` and `chats` hold alternatives, each a tuple of
    words that a name must contain; `since` (inclusive) and `until` (exclusive) are aware.
    """

    text: str
    expression: str
    terms: tuple[Term, ...] = ()
    senders: tuple[tuple[str, ...], ...] = ()
    chats: tuple[tuple[str, ...], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
