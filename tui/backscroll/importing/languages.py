"""Which language a chat is in, by the votes of its first texts.

A vote a text, and not one look at all of them, because chats quote, greet and paste code in other languages.
"""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from eld import LanguageDetector

_NOISE: Final = re.compile(r"```.*?```|`[^`]*`|(?:https?://|www\.)\S+|\S*[\d_/\\<>=@{}\[\]]\S*|:\w+:", re.DOTALL)
_ENOUGH: Final = 60
"""Bytes of letters and blanks that make a vote; shorter texts are put together. About twenty characters of Chinese."""
_FEWEST, _SURE, _PLAIN, _MOST = 2, 15, 25, 150
"""Votes: as many as are needed, as decide if they agree, as decide where all is plain, and as are asked at most."""
_AGREED, _MAJORITY, _FAR = 0.85, 0.55, 0.25
"""Of 25 votes, a share is wrong by a quarter in one case of a hundred."""
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
        self._text += " " + " ".join(_NOISE.sub(" ", text[:2_000]).split())
        if len(self._text.encode()) >= _ENOUGH:
            language = _detector().detect(self._text).language
            self._votes[language or ""] += 1
            self._text = ""
            self.is_over = self._is_decided(self._votes.total())

    def _is_decided(self, count: int) -> bool:
        is_plain = count >= _PLAIN and abs(self._share - _MAJORITY) >= _FAR
        return count >= _MOST or is_plain or (count >= _SURE and self._share >= _AGREED)

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
