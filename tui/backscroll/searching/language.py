"""The query language: what a person types becomes a `Query`, or an error that says what would do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from backscroll.dates import named, start_of
from backscroll.errors import AppError
from backscroll.model.query import Query, Term
from backscroll.model.words import query_words

SYNTAX: Final[tuple[tuple[str, str], ...]] = (
    ("lost keys", "messages with both words, in any order"),
    ('"lost my keys"', "exactly these words, one after another"),
    ("key*", "words that begin so"),
    ("keys OR wallet", "one word or the other"),
    ("keys -car", "without the second word"),
    ("(keys OR wallet) found", "brackets group"),
    ("from:ana", 'written by someone whose name holds this; quote several words: from:"Ana Maria"'),
    ("in:family", "in chats whose title holds this"),
    ("before:2021-03", "sent before that day, month or year"),
    ("after:5.3.2021", "sent after that day, month or year"),
    ('on:"last tuesday"', "sent in that day, week, month or year, as one says it"),
)
"""Examples and what they mean, for the help screens."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<minus>-)(?=[^\s-])
      | (?P<open>\() | (?P<close>\))
      | (?P<filter>from|in|before|after|on):(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s()"]*))
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_DEPTH: Final = 50


def parse(text: str, zone: tzinfo | None = None) -> Query:
    """The query that a text means; days begin in `zone` (None: the machine's).

    A date in words can take as long as `dates.named` says; all else is read at once.
    Raises AppError (`bad_query`) where there is nothing to look for, or where a filter cannot be understood.
    """
    parser = _Parser([m for m in _TOKEN.finditer(text) if m.group().strip()], zone)
    expression = parser.alternatives(0)
    while parser.more():  # a closing bracket without an opening one: smileys are no syntax
        parser.take()
        rest = parser.alternatives(0)
        expression = _join([expression, rest], "&")
    if not expression:
        raise _bad(
            "There is nothing to look for",
            "Type a word; punctuation alone is not one. Filters such as from: need a word too.",
        )
    found = parser.found
    return Query(
        text, expression, tuple(found.terms), tuple(found.senders), tuple(found.chats), found.since, found.until
    )


def _bad(title: str, hint: str) -> AppError:
    return AppError(title, hint, code="bad_query")


@dataclass(slots=True)
class _Found:
    """What has been gathered on the way."""

    terms: list[Term] = field(default_factory=list)
    senders: list[tuple[str, ...]] = field(default_factory=list)
    chats: list[tuple[str, ...]] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None


class _Parser:
    """Recursive descent over tokens: alternatives of sequences of pieces."""

    def __init__(self, tokens: list[re.Match[str]], zone: tzinfo | None) -> None:
        self._tokens = tokens
        self._next = 0
        self._zone = zone
        self._excluded = False
        self.found = _Found()

    def more(self) -> bool:
        return self._next < len(self._tokens)

    def take(self) -> re.Match[str]:
        self._next += 1
        return self._tokens[self._next - 1]

    def _is_next(self, test: Callable[[re.Match[str]], bool]) -> bool:
        return self.more() and test(self._tokens[self._next])

    def alternatives(self, depth: int) -> str:
        """One sequence, or several joined by OR."""
        sequences = [self._sequence(depth)]
        while self._is_next(_is_or):
            self.take()
            sequences.append(self._sequence(depth))
        return _join(sequences, "|")

    def _sequence(self, depth: int) -> str:
        pieces: list[str] = []
        while self._is_next(_begins_piece):
            pieces.append(self._piece(depth))
        return _join(pieces, "&")

    def _piece(self, depth: int) -> str:
        if depth > _DEPTH:
            raise _bad("The query is nested too deeply", f"Use fewer than {_DEPTH} brackets inside each other.")
        token = self.take()
        if token["minus"]:
            return self._without(depth)
        if token["open"]:
            inner = self.alternatives(depth + 1)
            if self._is_next(lambda t: bool(t["close"])):
                self.take()
            return inner
        if token["filter"]:
            self._narrow(token["filter"].lower(), token["quoted"] or token["plain"] or "", token.group().strip(), depth)
            return ""
        if token["phrase"] is not None:
            return self._term(token["phrase"], is_prefix=False)
        word = token["word"]
        return self._term(word.rstrip("*"), is_prefix=word.endswith("*"))

    def _without(self, depth: int) -> str:
        if not self._is_next(_begins_piece):
            return ""
        before, self._excluded = self._excluded, True
        piece = self._piece(depth + 1)
        self._excluded = before
        return f"!{piece}" if piece else ""

    def _term(self, text: str, *, is_prefix: bool) -> str:
        words, open_ended = query_words(text)
        if not words:
            return ""
        is_prefix = is_prefix or open_ended
        if not self._excluded:
            self.found.terms.append(Term(words, is_prefix))
        quoted = [f"'{word}'" for word in words]
        if is_prefix:
            quoted[-1] += ":*"
        return quoted[0] if len(quoted) == 1 else f"({' <-> '.join(quoted)})"

    def _narrow(self, name: str, value: str, whole: str, depth: int) -> None:
        if self._excluded or depth or self._is_next(_is_or):
            raise _bad(
                f"{whole[:60]} cannot be excluded, grouped or one of several", "Put it on its own, outside of brackets."
            )
        if name in {"from", "in"}:
            words = tuple(value.lower().split())
            if not words:
                raise _bad(f"{name}: needs a name", f'Write {name}:ana, or {name}:"Ana Maria".')
            (self.found.senders if name == "from" else self.found.chats).append(words)
        else:
            self._narrow_time(name, value)

    def _narrow_time(self, name: str, value: str) -> None:
        start, end = _period(name, value, self._zone)
        if name in {"before", "on"}:
            limit = start if name == "before" else end
            self.found.until = min(limit, self.found.until or limit)
        if name in {"after", "on"}:
            limit = end if name == "after" else start
            self.found.since = max(limit, self.found.since or limit)


def _is_or(token: re.Match[str]) -> bool:
    return token["word"] == "OR"


def _begins_piece(token: re.Match[str]) -> bool:
    return not _is_or(token) and not token["close"]


def _join(pieces: list[str], operator: str) -> str:
    present = [piece for piece in pieces if piece]
    return present[0] if len(present) == 1 else f"({f' {operator} '.join(present)})" if present else ""


def _period(name: str, value: str, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """The beginning and the end (exclusive) of what a value names."""
    span = named(value, datetime.now(zone).date())
    if span is None:
        raise _bad(
            f"{name}:{value[:40]} is not a date",
            f'Write {name}:2021, {name}:2021-03, {name}:2021-03-05 or {name}:"last tuesday".',
        )
    return start_of(span.first, zone), start_of(span.after, zone)
