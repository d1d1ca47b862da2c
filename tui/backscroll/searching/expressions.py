"""Words of a query in the language of the server's word index."""

from collections.abc import Collection, Iterable

from backscroll.model.condition import Condition
from backscroll.model.query import All, Asked, Either, Not, Term, Tree
from backscroll.model.stems import forms


def expression(tree: Tree[Asked], languages: Collection[str] = ()) -> str | None:
    """A tree of words alone in the server's query language; None where there is something else in it.

    Words stand for their other forms in the `languages` as well, except where they are asked for exactly.
    """
    if isinstance(tree, All | Either):
        parts = [expression(part, languages) for part in tree.parts]
        joint = " & " if isinstance(tree, All) else " | "
        texts = [part for part in parts if part is not None]
        return f"({joint.join(texts)})" if len(texts) == len(parts) else None
    if isinstance(tree, Not):
        part = expression(tree.part, languages)
        return None if part is None else f"!{part}"
    return _term(tree, languages) if isinstance(tree, Term) else None


def is_positive(tree: Tree[Asked]) -> bool:
    """Whether every hit must hold one of the words, so that a word index leads to it."""
    if isinstance(tree, All):
        return any(map(is_positive, tree.parts))
    if isinstance(tree, Either):
        return all(map(is_positive, tree.parts))
    return not isinstance(tree, Not)


def any_of(terms: Iterable[Term], languages: Collection[str] = ()) -> str:
    """One of the terms, for ranking."""
    return " | ".join(_term(term, languages) for term in terms)


def _term(term: Term, languages: Collection[str]) -> str:
    if term.said is not None:
        alternatives = [f"'{word}'" for word in forms(term.said, term.words[0], languages)]
        return alternatives[0] if len(alternatives) == 1 else f"({' | '.join(alternatives)})"
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
