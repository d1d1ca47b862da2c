"""Which key sets which code while one reviews: a code's own key, or else a digit or letter that is free."""

from collections.abc import Container, Sequence
from string import ascii_lowercase, digits
from typing import Final

from backscroll.model.code import Code

_FREE: Final = digits[1:] + digits[0] + ascii_lowercase
_USABLE: Final = frozenset(_FREE + ascii_lowercase.upper())


def keys_of(codes: Sequence[Code], taken: Container[str]) -> dict[str, Code]:
    """A key for each code, in the order of the codes; those `taken` mean something else.

    A code whose own key is taken, or cannot be told from others on every terminal, gets a free one as well. Where there
    are more codes than keys, the last have none.
    """
    own = {code.key: code for code in codes if code.key in _USABLE and code.key not in taken}
    free = (key for key in _FREE if key not in taken and key not in own)
    keys = {code.id: key for key, code in own.items()}
    for code in codes:
        if code.id not in keys:
            keys[code.id] = next(free, "")
    return {keys[code.id]: code for code in codes if keys[code.id]}
