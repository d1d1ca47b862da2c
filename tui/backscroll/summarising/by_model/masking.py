"""Hides who people are before a text leaves the machine, and puts the names back into the answer.

Participants become P1, P2, ...; a part of a name that several bear NAME1; addresses, numbers and links MAIL1, PHONE1,
LINK1. What looks like such a word already becomes WORD1, so that nothing else is put in its place. Names of people who
do not take part in the chat are not known, and stay, as do other forms of a name; case and accents do not matter.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from backscroll.model.words import normalise

_LOOKS: Final = r"(?<![A-Za-z0-9])(?:P|NAME|MAIL|PHONE|LINK|WORD)\d+(?![A-Za-z0-9])"
_TOKEN: Final = re.compile(_LOOKS)
_BEGUN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]+\d*$")
_HIDDEN: Final = re.compile(
    r"(?P<LINK>\b(?:https?://|www\.)[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}])"
    r"|(?P<MAIL>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<WORD>{_LOOKS})"
    r"|(?P<DATE>(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d))"
    r"|(?P<PHONE>(?<!\w)\+?\(?\d(?:[ ().\-/\u00a0\u202f]{0,3}\d){6,}(?!\w))",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+")
_UNSPACED: Final = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17dd\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_SHORTEST: Final = 3
"""Letters of a part of a name that is hidden in any case; a shorter one only as it is written, Li but not de."""


class Mask:
    """Hides the participants of one chat; the same thing has the same name throughout."""

    def __init__(self, participants: Iterable[str]) -> None:
        self._shown: dict[str, str] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._numbers: Counter[str] = Counter()
        self._names: dict[tuple[str, ...], str] = {}
        self._short: dict[str, str] = {}
        self._runs: list[tuple[str, str]] = []
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(participants):
            token = self._token("P", name)
            words = _WORD.findall(name)
            self._names.setdefault(tuple(map(_folded, words)), token)
            for word in words:
                parts[_folded(word) if len(word) >= _SHORTEST else word].append(token)
            if len(name) > 1 and _UNSPACED.search(name):
                self._runs.append((name, token))
        for word, bearers in parts.items():
            one = bearers[0] if len(set(bearers)) == 1 else self._token("NAME", word.title())
            if len(word) >= _SHORTEST:
                self._names.setdefault((word,), one)
            elif word.istitle():
                self._short[word] = one
        self._names.pop((), None)
        self._longest = max(map(len, self._names), default=0)
        self._runs.sort(key=lambda run: -len(run[0]))

    def sender(self, name: str) -> str:
        """What a participant is called instead."""
        return self._token("P", name)

    def hide(self, text: str) -> str:
        """The text with everything hidden that is known to tell who people are."""
        pieces: list[str] = []
        position = 0
        for found in _HIDDEN.finditer(text):
            kind = str(found.lastgroup)
            if kind == "DATE":
                continue
            pieces += [self._hide_names(text[position : found.start()]), self._token(kind, found.group())]
            position = found.end()
        return "".join([*pieces, self._hide_names(text[position:])])

    def show(self, text: str) -> str:
        """The text with everything put back."""
        return _TOKEN.sub(lambda found: self._shown.get(found.group(), found.group()), text)

    def show_begun(self, text: str) -> str:
        """The same of a text that goes on: what may be the beginning of a hidden word is left out."""
        return self.show(_BEGUN.sub("", text))

    def _token(self, kind: str, what: str) -> str:
        known = self._tokens.get((kind, what))
        if known is None:
            self._numbers[kind] += 1
            known = self._tokens[kind, what] = f"{kind}{self._numbers[kind]}"
            self._shown[known] = what
        return known

    def _hide_names(self, text: str) -> str:
        for name, hidden in self._runs:
            text = text.replace(name, f" {hidden} ")
        words = list(_WORD.finditer(text))
        folded = [_folded(word.group()) for word in words]
        pieces: list[str] = []
        position = index = 0
        while index < len(words):
            said = words[index].group()
            length, token = self._name_at(folded, index)
            token = token or self._short.get(said)
            if token and said not in self._shown:
                pieces += [text[position : words[index].start()], token]
                position = words[index + length - 1].end()
            index += length
        return "".join([*pieces, text[position:]])

    def _name_at(self, folded: list[str], index: int) -> tuple[int, str | None]:
        for length in range(min(self._longest, len(folded) - index), 0, -1):
            known = self._names.get(tuple(folded[index : index + length]))
            if known:
                return length, known
        return 1, None


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return normalise(word)
