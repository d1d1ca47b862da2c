"""The ways in which a table writes a time: ISO 8601, or seconds or milliseconds since 1970."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS: Final = re.compile(r"(\d{1,7}|\d{9,11})(?:\.(\d{1,9}))?", re.ASCII)  # eight digits are a date: 20240131
_MILLISECONDS: Final = re.compile(r"\d{12,14}", re.ASCII)


def read_moment(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """The wall clock as the file shows it (UTC for a number) and the moment in UTC; a time without offset is in `zone`.

    Raises ValueError where the text is no such time.
    """
    text = text.strip()
    seconds = _SECONDS.fullmatch(text)
    try:
        if seconds:
            fraction = int((seconds[2] or "0").ljust(6, "0")[:6])
            moment = _EPOCH + timedelta(seconds=int(seconds[1]), microseconds=fraction)
        elif _MILLISECONDS.fullmatch(text):
            moment = _EPOCH + timedelta(milliseconds=int(text))
        else:
            shown = datetime.fromisoformat(text)
            aware = shown if shown.tzinfo else shown.replace(tzinfo=zone)
            return shown.replace(tzinfo=None), aware.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the year is out of range") from error
    return moment.replace(tzinfo=None), moment


def moment_or_none(text: str, zone: tzinfo) -> datetime | None:
    """The moment in UTC, as `read_moment` reads it; None where there is no such time: nothing depends on it."""
    try:
        return read_moment(text, zone)[1]
    except ValueError:
        return None
