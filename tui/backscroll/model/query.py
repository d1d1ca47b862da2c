"""A search as a value: a tree of what is asked for, joined by and, or and not."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, Literal, TypeAlias, TypeVar, Union
from uuid import UUID

from backscroll.model.message import Kind

L = TypeVar("L")

Order: TypeAlias = Literal["newest", "oldest", "rank"]
"""Which hits come first; `rank`: the best."""


@dataclass(frozen=True, slots=True)
class All(Generic[L]):
    """Every part has to fit."""

    parts: tuple["Tree[L]", ...]


@dataclass(frozen=True, slots=True)
class Either(Generic[L]):
    """One of the parts has to fit."""

    parts: tuple["Tree[L]", ...]


@dataclass(frozen=True, slots=True)
class Not(Generic[L]):
    """The part must not fit."""

    part: "Tree[L]"


Tree: TypeAlias = Union[L, All[L], Either[L], Not[L]]  # noqa: UP007  (a string inside needs it)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; a prefix term's last word may go on.

    `said` is a single word as it was typed, in lower case, where other forms of it will do; None: exactly these words.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    said: str | None = None


NameKind: TypeAlias = Literal["from", "to", "with", "in", "thread", "source", "tag", "code"]


@dataclass(frozen=True, slots=True)
class Named:
    """What bears a name: a sender, a chat, ...; `is_exact` where no mistake is forgiven."""

    kind: NameKind
    name: str
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """With an annotation, or a bookmark of one's own, that holds these words."""

    term: Term


@dataclass(frozen=True, slots=True)
class Sent:
    """Sent from `since` (inclusive) until `until` (exclusive); aware, None: open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clocked:
    """Sent on one of these weekdays (1: Monday), or in one of these hours of the day, of a zone; the other is empty."""

    weekdays: tuple[int, ...]
    hours: tuple[int, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class OfKind:
    """Made of this."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Spoken:
    """In chats in a language (its code); None: in chats whose language nobody knows, or that have none."""

    language: str | None


Mark: TypeAlias = Literal[
    "link",
    "image",
    "video",
    "audio",
    "file",
    "reaction",
    "answer",
    "note",
    "code",
    "bookmark",
    "reply",
    "edited",
    "deleted",
    "forwarded",
    "unread",
    "mine",
]


@dataclass(frozen=True, slots=True)
class Marked:
    """With something on it (`answer`: somebody answered it), or in a state (`reply`: it answers another one)."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Identified:
    """Whose id lies between two (inclusive): one id, or all that begin alike."""

    low: UUID
    high: UUID


@dataclass(frozen=True, slots=True)
class Near:
    """Said shortly before or after the message with this id, or beginning of one; `start` and `end` are its place."""

    identity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Whose text fits a regular expression of the server; `start` and `end` are its place in the query."""

    expression: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inside:
    """In one of these chats, and in this thread where one is given."""

    chats: tuple[UUID, ...]
    thread: UUID | None = None


Asked: TypeAlias = (
    Term | Spoken | Named | Noted | Sent | Clocked | OfKind | Marked | Identified | Near | Pattern | Inside
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying about a query that is understood; it is about characters `start` to `end` (exclusive)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; `terms` are those to highlight, never the excluded ones.

    `languages` (codes) are those in which other forms of a word count as the word: what the archive has, once it was
    asked (`Finding.understood`).
    """

    text: str
    root: Tree[Asked]
    terms: tuple[Term, ...] = ()
    remarks: tuple[Remark, ...] = ()
    languages: tuple[str, ...] = ()

    def inside(self, *chats: UUID, thread: UUID | None = None) -> "Query":
        """The same query in these chats alone, or in one thread of the one chat."""
        return replace(self, root=All((Inside(chats, thread), self.root)))
