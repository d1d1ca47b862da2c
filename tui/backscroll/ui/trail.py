"""The places that someone came through, to walk back and forth."""

from backscroll.model.conversation import Place

_LONGEST = 100


class Trail:
    """Places in the order they were seen, and where on the way one is."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = 0

    def leave(self, place: Place | None) -> None:
        """Notes the place that a jump starts from; what lay ahead is forgotten."""
        if place is None:
            return
        self._places = [*self._places[: self._at], place][-_LONGEST:]
        self._at = len(self._places)

    def back(self, here: Place | None) -> Place | None:
        """The place before this one, or None at the beginning."""
        if self._at == 0:
            return None
        if self._at == len(self._places) and here is not None:
            self._places.append(here)
        self._at -= 1
        return self._places[self._at]

    def forth(self) -> Place | None:
        """The place after this one, or None at the end."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]
