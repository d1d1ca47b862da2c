"""Cuts a typed query into pieces, each with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, cast

from backscroll.errors import QueryError

Piece: TypeAlias = Literal["minus", "open", "close", "or", "filter", "phrase", "regex", "word"]

_LONGEST: Final = 2_000
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<minus>-)(?=[^\s)-])
      | (?P<open>\() | (?P<close>\))
      | (?P<or>OR)(?=[\s()]|$)
      | /(?P<regex>(?:[^/\\]|\\.)+)/(?=[\s)]|$)
      | (?P<filter>[a-z_]+):(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s()"]*))
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query and its place: characters `start` to `end` (exclusive).

    `text` is what it says: a word, what stands between quotes or slashes, the value of a filter. `name` is the
    filter's, `typed` what it was called, both in lower case; `is_quoted` whether its value is.
    """

    piece: Piece
    text: str
    start: int
    end: int
    name: str = ""
    is_quoted: bool = False
    typed: str = ""


def tokens(text: str, filters: Mapping[str, str]) -> Iterator[Token]:
    """The pieces of a query; `filters` gives the name of each filter by all that it may be called.

    `word:` that is none of them is a word. Raises QueryError where the query is too long.
    """
    if len(text) > _LONGEST:
        raise QueryError(
            "The query is too long", f"Use at most {_LONGEST:,} characters.", start=_LONGEST, end=len(text)
        )
    text = _UNSTORABLE.sub(" ", text)  # no message can hold these
    place = 0
    while match := _TOKEN.match(text, place):
        token = _token(match)
        if token.piece == "filter":
            name = filters.get(token.name)
            token = replace(token, name=name, typed=token.name) if name else _as_word(text, token)
        place = token.end
        yield token


def _token(match: re.Match[str]) -> Token:
    piece = match.lastgroup
    start = match.end() - len(match.group().lstrip())
    if match["filter"] is not None:
        is_quoted = match["quoted"] is not None
        value = match["quoted"] if is_quoted else match["plain"]
        return Token("filter", value.strip(), start, match.end(), match["filter"].lower(), is_quoted)
    if piece == "or" and match["or"] != "OR":
        piece = "word"
    text = match.group().strip() if piece == "word" else match[str(match.lastgroup)]
    return Token(cast("Piece", piece), text, start, match.end())


def _as_word(text: str, token: Token) -> Token:
    """As far as a word goes; a quoted value is then a phrase of its own."""
    end = token.start + len(re.split(r'[\s()"]', text[token.start : token.end], maxsplit=1)[0])
    return Token("word", text[token.start : end], token.start, end)
