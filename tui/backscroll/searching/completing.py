"""What may stand where a person types: names of filters, and the values that go with each."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from backscroll.archive.names import Listed
from backscroll.dates import long_day
from backscroll.errors import QueryError
from backscroll.model.languages import LANGUAGES
from backscroll.model.words import normalise
from backscroll.searching.bearers import LISTS
from backscroll.searching.filters import FILTERS, VALUES
from backscroll.searching.language import pieces
from backscroll.searching.meanings import MEANINGS, OF_VALUES
from backscroll.searching.sayings import sayings
from backscroll.searching.tokens import Token
from backscroll.text import safe_line

MOST: Final = 8
"""How many proposals are made at once."""
_LONGEST: Final = 200
_SHORTEST_WORD: Final = 2
_LIKE: Final = 75.0
_COMPARED: Final = 5_000
"""How many names a near spelling is looked for among, the likeliest ones: a key has to be answered within a frame."""
_PLAIN: Final = re.compile(r'[^\s()"]+')
_DATES: Final = {"before", "after", "on", "date"}
_AGES: Final = {"1d": "a day", "1w": "a week", "1m": "a month", "3m": "three months", "1y": "a year", "2y": "two years"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text` for characters `start` to `end` (exclusive) of the query; a list shows `label` and `meaning`."""

    start: int
    end: int
    text: str
    label: str
    meaning: str = ""

    def applied(self, query: str) -> str:
        """The query with it."""
        return query[: self.start] + self.text + query[self.end :]


@dataclass(frozen=True, slots=True)
class _Spot:
    """What stands at the caret: `typed` so far of the value of a filter, or of a word (`name` is empty then)."""

    name: str
    typed: str
    start: int
    end: int
    has_space_after: bool = False
    is_part: bool = False
    """Whether it is the second half of a value, where nothing can be quoted."""


class NameIndex:
    """Names to choose from, the likeliest first, made ready once."""

    def __init__(self, names: Iterable[str]) -> None:
        shown = ((safe_line(name), name) for name in names if len(name) <= _LONGEST)
        folded = {line: words for line, name in shown if (words := normalise(name)) == normalise(line) and line}
        self._names = list(folded)
        self._folded = list(folded.values())

    def best(self, typed: str, limit: int) -> list[str]:
        """Names that begin so, then those with a word that does, then those spelt nearly so."""
        from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

        wanted = normalise(typed).strip()
        if not wanted:
            return self._names[:limit]
        within = f" {wanted}"
        begun = [i for i, name in enumerate(self._folded) if name.lstrip().startswith(wanted)]
        begun += [i for i, name in enumerate(self._folded) if within in name and not name.lstrip().startswith(wanted)]
        alike: list[int] = []
        if len(begun) < limit:
            likely = self._folded[:_COMPARED]
            found = process.extract(wanted, likely, scorer=fuzz.partial_ratio, score_cutoff=_LIKE, limit=2 * limit)
            found.sort(key=lambda near: -near[1] - fuzz.ratio(wanted, near[0]))  # of equal parts the one of most of it
            alike = [i for _name, _score, i in found]
        return [self._names[i] for i in list(dict.fromkeys([*begun[:limit], *alike]))[:limit]]


def listed_at(text: str, caret: int) -> Listed | None:
    """Which names the proposals at the caret are made of; None where they are made of none."""
    spot = _spot(text, caret)
    return LISTS.get(spot.name) if spot else None


def proposals(text: str, caret: int, names: Mapping[Listed, NameIndex], today: date) -> list[Proposal]:
    """What may stand at the caret, the likeliest first; a query with one of them in it can be read as before.

    A name of a filter still needs its value; the proposals for that come next.
    """
    spot = _spot(text, caret)
    if spot is None:
        return []
    made = list(_values(spot, names, today) if spot.name else _filters(spot))[:MOST]
    is_done = len(made) == 1 and made[0].text.rstrip() == text[spot.start : spot.end]
    return [] if is_done else made


def _spot(text: str, caret: int) -> _Spot | None:
    try:
        token = next((token for token in pieces(text) if token.start < caret <= token.end), None)
    except QueryError:  # too long for any proposal
        return None
    if token is None:
        return None
    if token.piece == "filter":
        return _value_spot(text, caret, token)
    word = text[token.start : token.end]
    if token.piece != "word" or caret != token.end or len(word) < _SHORTEST_WORD:
        return None
    return _Spot("", word, token.start, token.end)


def _value_spot(text: str, caret: int, token: Token) -> _Spot | None:
    start = text.index(":", token.start) + 1
    if caret < start:
        return None
    end, typed, is_part = token.end, text[start:caret], False
    if token.is_quoted:
        is_open = token.end == start + 1 or text[token.end - 1] != '"'
        end, typed = (caret if is_open else end), typed.strip('"')
    elif token.name == "date" and ".." in typed:
        start += typed.rindex("..") + 2
        typed, is_part = text[start:caret], True
    return _Spot(token.name, typed, start, end, text[end : end + 1].isspace(), is_part)


def _filters(spot: _Spot) -> Iterator[Proposal]:
    typed = spot.typed.lower()
    for name in FILTERS:
        if name.startswith(typed):
            yield Proposal(spot.start, spot.end, f"{name}:", f"{name}:", MEANINGS[name])


def _values(spot: _Spot, names: Mapping[Listed, NameIndex], today: date) -> Iterator[Proposal]:
    typed = spot.typed.lower()
    what = LISTS.get(spot.name)
    if what is not None:
        if what in names:
            yield from (_value(spot, name, "") for name in names[what].best(spot.typed, MOST))
    elif spot.name in _DATES:
        for said, span in sayings(typed, today):
            if spot.is_part and " " in said:
                continue
            yield _value(spot, said, _when(spot.name, span.first, span.after))
    elif spot.name in {"older_than", "newer_than"}:
        side = "more" if spot.name == "older_than" else "less"
        ages = (age for age in _AGES if age.startswith(typed))
        yield from (_value(spot, age, f"{side} than {_AGES[age]} ago") for age in ages)
    elif spot.name == "lang":
        spoken = {**LANGUAGES, "none": "chats without a language"}
        fitting = (code for code, name in spoken.items() if code.startswith(typed) or name.lower().startswith(typed))
        yield from (_value(spot, code, spoken[code]) for code in fitting)
    else:
        meanings = OF_VALUES.get(spot.name, {})
        known = (value for value in VALUES.get(spot.name, ()) if value.startswith(typed))
        yield from (_value(spot, value, meanings.get(value, "")) for value in known)


def _value(spot: _Spot, value: str, meaning: str) -> Proposal:
    text = value if _PLAIN.fullmatch(value) else f'"{value.replace(chr(34), " ")}"'
    return Proposal(spot.start, spot.end, text if spot.has_space_after else f"{text} ", value, meaning)


def _when(name: str, first: date, after: date) -> str:
    if name == "before":
        return f"before {long_day(first)}"
    if name == "after":
        return f"from {long_day(after)} on"
    last = date.fromordinal(after.toordinal() - 1)
    return long_day(first) if first == last else f"{long_day(first)} to {long_day(last)}"
