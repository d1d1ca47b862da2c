"""Moments as PostgreSQL counts them: microseconds since 2000, UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

MINUTE: Final = 60_000_000
DAY: Final = 24 * 60 * MINUTE
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_ONE: Final = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """The count of an aware moment."""
    return (moment - _EPOCH) // _ONE


def moment_at(count: int) -> datetime:
    """The moment of a count, in UTC."""
    return _EPOCH + timedelta(microseconds=count)
