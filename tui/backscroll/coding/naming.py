"""Which code a person means: by its name, its path, or the beginning of its id."""

from typing import Final

from backscroll.errors import AppError
from backscroll.model.code import Code, Codebook

_SHORTEST_ID: Final = 4
_LONGEST_ID: Final = 32
_LIKE: Final = 60.0
_PROPOSED: Final = 3


def named_code(book: Codebook, typed: str, *, with_retired: bool = False) -> Code:
    """The code in use (or retired, where asked for) that is called so; case does not matter.

    Raises AppError where there is none, with those that are spelt like it, and where several are.
    """
    codes = [code for _, code in book.walk(with_retired=with_retired)]
    wanted = typed.strip().casefold()
    found = [code for code in codes if wanted == book.path(code).casefold()]
    found = found or [code for code in codes if wanted == code.name.casefold()]
    found = found or [code for code in codes if _begins(code, wanted)]
    if not found:
        raise AppError(f"No code is called {typed.strip()[:60]}", _hint(book, codes, wanted), code="no_such_code")
    if len(found) > 1:
        paths = ", ".join(book.path(code) for code in found[:_PROPOSED])
        more = ", …" if len(found) > _PROPOSED else ""
        raise AppError(
            f"Several codes are called {typed.strip()[:60]}", f"Say which: {paths}{more}.", code="ambiguous_code"
        )
    return found[0]


def fitting_codes(book: Codebook, typed: str) -> list[Code]:
    """The codes in use whose path fits what was typed, the best first; all of them where nothing is."""
    codes = [code for _, code in book.walk()]
    wanted = typed.strip().casefold()
    if not wanted:
        return codes
    from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

    paths = [book.path(code).casefold() for code in codes]
    holding = [i for i, path in enumerate(paths) if wanted in path]
    if holding:
        return [codes[i] for i in sorted(holding, key=lambda i: (_rank(codes[i], wanted), i))]
    alike = process.extract(wanted, paths, scorer=fuzz.partial_ratio, score_cutoff=_LIKE, limit=None)
    return [codes[i] for _, _, i in alike]


def _rank(code: Code, wanted: str) -> int:
    """0 for its key or its name, 1 where the name begins so, 2 where it holds it, 3 where a code above does."""
    name = code.name.casefold()
    if wanted in {name, code.key.casefold()}:
        return 0
    return 1 if name.startswith(wanted) else 2 if wanted in name else 3


def _begins(code: Code, wanted: str) -> bool:
    digits = wanted.replace("-", "")
    return _SHORTEST_ID <= len(digits) <= _LONGEST_ID and code.id.hex.startswith(digits)


def _hint(book: Codebook, codes: list[Code], wanted: str) -> str:
    from rapidfuzz import fuzz, process

    if not codes:
        return "The codebook is empty: `backscroll codes add NAME` makes a code."
    paths = [book.path(code) for code in codes]
    names = [*paths, *(code.name for code in codes)]
    alike = process.extract(
        wanted, [name.casefold() for name in names], scorer=fuzz.ratio, score_cutoff=_LIKE, limit=2 * _PROPOSED
    )
    meant = list(dict.fromkeys(paths[i % len(paths)] for _, _, i in alike))[:_PROPOSED]
    return f"Did you mean {' or '.join(meant)}?" if meant else "`backscroll codes` lists them."
