"""Which language a chat is in, by the votes of its first texts.

A vote a text, and not one look at all of them, because chats quote, greet and paste code in other languages.
"""

import re
from collections import Counter
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from eld import LanguageDetector

_NOISE: Final = re.compile(r"```.*?```|`[^`]*`|(?:https?://|www\.)\S+|\S*[\d_/\\<>=@{}\[\]]\S*|:\w+:", re.DOTALL)
_ENOUGH: Final = 60
"""Bytes of letters and blanks that make a vote; shorter texts are put together. About twenty characters of Chinese."""
_HEARD: Final = 120
"""Characters of a text that vote: more take longer and say the same."""
_FEWEST, _SURE, _MOST = 2, 9, 150
"""Votes: as many as are needed, as may decide, and as are asked for at most."""
_MAJORITY: Final = 0.55
_DOUBT: Final = 1.35
"""By the square root of the votes, how far from the majority a share is plain: 2.7 standard errors."""
_SAME: Final = {"ms": "id"}
"""Malay and Indonesian are told apart by nothing, and Indonesian has rules for stems."""


class Ballot:
    """The votes of one chat; `is_over` where more texts would change nothing."""

    def __init__(self) -> None:
        self._votes: Counter[str] = Counter()
        self._text = ""
        self.is_over = False

    def add(self, text: str) -> None:
        """Lets a text vote."""
        self._text += " " + " ".join(_NOISE.sub(" ", text[:2_000]).split())[:_HEARD]
        if len(self._text.encode()) >= _ENOUGH:
            language = _detector().detect(self._text).language
            self._votes[language or ""] += 1
            self._text = ""
            count = self._votes.total()
            is_plain = abs(self._share - _MAJORITY) * sqrt(count) >= _DOUBT
            self.is_over = count >= _MOST or (count >= _SURE and is_plain)

    @property
    def language(self) -> str | None:
        """Code of the language that has won so far; None where none has, or where too few have voted."""
        if self._votes.total() < _FEWEST or self._share < _MAJORITY:
            return None
        winner = self._votes.most_common(1)[0][0]
        return _SAME.get(winner, winner) or None

    @property
    def _share(self) -> float:
        return self._votes.most_common(1)[0][1] / self._votes.total()


@cache
def _detector() -> "LanguageDetector":
    from eld import LanguageDetector  # here: its tables take 50 MB and are needed for new chats alone

    return LanguageDetector()
