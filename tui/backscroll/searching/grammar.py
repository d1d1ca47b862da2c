"""The grammar of a query: alternatives of sequences of pieces, each of which may be excluded."""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from backscroll.errors import QueryError
from backscroll.model.query import All, Asked, Either, Not, Pattern, Remark, Term, Tree
from backscroll.model.words import query_words, said_words
from backscroll.searching.filters import FILTERS
from backscroll.searching.readings import Setting, near_to, wrong
from backscroll.searching.tokens import Token

Node: TypeAlias = Tree[Asked]

_DEPTH: Final = 50
_INSTEAD: Final = {
    "AND": "AND is looked for as a word; words that stand together need none between them.",
    "NOT": "NOT is looked for as a word; a minus before something excludes it.",
}
_STAR: Final = "A * stands for the rest of a word at its end alone; elsewhere it does nothing."
_LONGEST_WORD: Final = 2_000  # bytes; the server keeps no longer ones


@dataclass(slots=True)
class Sentence:
    """Recursive descent over the pieces of a query; `terms` and `remarks` are gathered on the way."""

    tokens: list[Token]
    setting: Setting
    terms: list[Term] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _next: int = 0
    _is_excluded: bool = False

    def root(self) -> Node | None:
        """The whole query; None where nothing is asked for. Raises QueryError."""
        parts = [self._alternatives(0)]
        while self._next < len(self.tokens):  # a closing bracket without an opening one: smileys are no syntax
            self._next += 1
            parts.append(self._alternatives(0))
        return _all([part for part in parts if part is not None])

    def _is_at(self, *pieces: str) -> bool:
        return self._next < len(self.tokens) and self.tokens[self._next].piece in pieces

    def _alternatives(self, depth: int) -> Node | None:
        """One sequence, or several joined by OR."""
        sequences = [self._sequence(depth)]
        while self._is_at("or"):
            self._next += 1
            sequences.append(self._sequence(depth))
        return _either([part for part in sequences if part is not None])

    def _sequence(self, depth: int) -> Node | None:
        """Pieces one after another: all have to fit, but of equal filters one."""
        parts: list[Node] = []
        filters: dict[str, list[Node]] = {}
        while self._next < len(self.tokens) and not self._is_at("or", "close"):
            name = self.tokens[self._next].name
            part = self._piece(depth)
            if part is not None:
                filters.setdefault(name, []).append(part) if name else parts.append(part)
        return _all(parts + [part for parts_of in filters.values() if (part := _either(parts_of)) is not None])

    def _piece(self, depth: int) -> Node | None:
        token = self.tokens[self._next]
        self._next += 1
        if depth > _DEPTH:
            raise wrong(token, "The query is nested too deeply", f"Use fewer than {_DEPTH} brackets inside each other.")
        if token.piece == "minus":
            return self._without(depth)
        if token.piece == "open":
            inner = self._alternatives(depth + 1)
            if self._is_at("close"):
                self._next += 1
            return inner
        if token.piece == "filter":
            return FILTERS[token.name](token, self.setting)
        if token.piece == "regex":
            return Pattern(token.text, token.start, token.end)
        return self._words(token)

    def _without(self, depth: int) -> Node | None:
        if self._next == len(self.tokens) or self._is_at("or", "close"):
            return None
        before, self._is_excluded = self._is_excluded, True
        part = self._piece(depth + 1)
        self._is_excluded = before
        return None if part is None else part.part if isinstance(part, Not) else Not(part)

    def _words(self, token: Token) -> Term | None:
        text = token.text
        if token.piece == "word":
            self._remark(token)
            text = text.rstrip("*")
        words, is_open = query_words(text)
        if not words:
            return None
        if any(len(word.encode()) > _LONGEST_WORD for word in words):
            raise wrong(token, "A word is too long to be found", "Leave most of it out, and end with *.")
        is_prefix = is_open or (token.piece == "word" and token.text.endswith("*"))
        term = Term(words, is_prefix, None if token.piece == "phrase" or is_prefix else _said(text, words))
        if not self._is_excluded:
            self.terms.append(term)
        return term

    def _remark(self, token: Token) -> None:
        """What is looked for as a word may have been meant as something else."""
        said = _INSTEAD.get(token.text) or _mistaken(token.text)
        if said:
            self.remarks.append(Remark(token.start, token.end, said))


def _mistaken(word: str) -> str | None:
    """What to say of a word that looks like a filter, or has a star that does nothing."""
    name, colon, value = word.partition(":")
    if colon and len(name) > 1 and name.replace("_", "").isalpha() and value and not value.startswith("/"):
        meant = near_to(name, list(FILTERS))
        likely = f" Did you mean {meant}:?" if meant else ""
        return f"{name[:40]}: is no filter, so it is looked for as text.{likely}"
    inner = word.rstrip("*")
    return _STAR if "*" in inner and any(map(str.isalnum, inner)) else None


def _said(text: str, words: tuple[str, ...]) -> str | None:
    """A word as it was typed, where there is one alone."""
    said = said_words(text)
    return said[0][0] if len(said) == 1 and (said[0][1],) == words else None


def nothing(text: str) -> QueryError:
    """The error of a query that asks for nothing."""
    return QueryError(
        "There is nothing to look for", "Type a word or a filter; punctuation alone is not one.", end=len(text)
    )


def _all(parts: list[Node]) -> Node | None:
    return All(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _either(parts: list[Node]) -> Node | None:
    return Either(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
