"""The places that someone came through, to walk back and forth."""

from dataclasses import dataclass

from backscroll.model.conversation import Place
from backscroll.model.query import Query

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way, and what was lit there."""

    place: Place
    lit: Query | None = None


class Trail:
    """Places in the order they were seen, and where on the way one is."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = 0

    def leave(self, stop: Stop | None) -> None:
        """Notes the place that a jump starts from; what lay ahead is forgotten."""
        if stop is None:
            return
        self._stops = [*self._stops[: self._at], stop][-_LONGEST:]
        self._at = len(self._stops)

    def back(self, here: Stop | None) -> Stop | None:
        """The place before this one, or None at the beginning."""
        if self._at == 0:
            return None
        if self._at == len(self._stops) and here is not None:
            self._stops.append(here)
        self._at -= 1
        return self._stops[self._at]

    def forth(self) -> Stop | None:
        """The place after this one, or None at the end."""
        if self._at + 1 >= len(self._stops):
            return None
        self._at += 1
        return self._stops[self._at]
