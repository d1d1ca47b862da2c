"""What every filter is read with: where and when a query is read, and the error that a piece of it is to blame for."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from backscroll.errors import QueryError
from backscroll.searching.tokens import Token
from backscroll.settings import zone_named


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a query is read: days begin in `zone` (None: the machine's), and it is `now` (aware)."""

    zone: tzinfo | None
    now: datetime

    @property
    def today(self) -> date:
        """The day that it is in the zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def zone_name(self) -> str:
        """The zone by its IANA name."""
        return str(self.zone or zone_named(None))


def wrong(token: Token, title: str, hint: str) -> QueryError:
    """The error that a piece of the query is to blame for."""
    return QueryError(title, hint, start=token.start, end=token.end)


def near_to(word: str, known: list[str]) -> str | None:
    """Which of the known words was probably meant."""
    from rapidfuzz import fuzz, process  # here, because the first frame need not wait for it

    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=65)
    return found[0] if found else None
