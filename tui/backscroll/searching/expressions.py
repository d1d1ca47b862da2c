"""Words of a query in the language of the server's word index."""

from collections.abc import Iterable

from backscroll.model.condition import Condition
from backscroll.model.query import All, Asked, Either, Not, Term, Tree


def expression(tree: Tree[Asked]) -> str | None:
    """A tree of words alone in the server's query language; None where there is something else in it."""
    if isinstance(tree, All | Either):
        parts = [expression(part) for part in tree.parts]
        joint = " & " if isinstance(tree, All) else " | "
        texts = [part for part in parts if part is not None]
        return f"({joint.join(texts)})" if len(texts) == len(parts) else None
    if isinstance(tree, Not):
        part = expression(tree.part)
        return None if part is None else f"!{part}"
    return _term(tree) if isinstance(tree, Term) else None


def is_positive(tree: Tree[Asked]) -> bool:
    """Whether every hit must hold one of the words, so that a word index leads to it."""
    if isinstance(tree, All):
        return any(map(is_positive, tree.parts))
    if isinstance(tree, Either):
        return all(map(is_positive, tree.parts))
    return not isinstance(tree, Not)


def any_of(terms: Iterable[Term]) -> str:
    """One of the terms, for ranking."""
    return " | ".join(map(_term, terms))


def _term(term: Term) -> str:
    quoted = [f"'{word}'" for word in term.words]
    if term.is_prefix:
        quoted[-1] += ":*"
    return quoted[0] if len(quoted) == 1 else f"({' <-> '.join(quoted)})"


def has_words(condition: Condition) -> bool:
    """Whether every hit has to pass a test that a word index leads to."""
    if isinstance(condition, All):
        return any(map(has_words, condition.parts))
    if isinstance(condition, Either | Not):
        return False
    return condition.name == "words" and condition.reach.words is not None
