"""What every command needs: the settings of this run, and an archive that is open while it works."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backscroll.dates import named, start_of
from backscroll.settings import Settings, load_settings

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive
    from backscroll.writing.desk import Desk


@dataclass(frozen=True, slots=True)
class Session:
    """The options that stand before the command."""

    dsn: str | None
    home: Path | None
    reviewer: str | None = None

    def settings(self) -> Settings:
        """The settings of this run. Raises AppError."""
        return load_settings(dsn=self.dsn, home=self.home, reviewer=self.reviewer)

    def run(self, work: Callable[["Archive"], Awaitable[None]]) -> None:
        """Opens the archive, does the work, closes the archive. Raises AppError."""
        from backscroll.archive.opening import open_archive

        settings = self.settings()

        async def whole() -> None:
            async with open_archive(settings, status) as archive:
                if archive.advice:
                    print(archive.advice, file=sys.stderr)
                await work(archive)

        asyncio.run(whole())

    def write(self, work: Callable[["Archive", "Desk"], Awaitable[None]]) -> None:
        """The same for work that writes. Raises AppError."""
        from backscroll.writing.desk import Desk
        from backscroll.writing.outbox import Outbox

        async def at_desk(archive: "Archive") -> None:
            desk = Desk(Outbox(archive.outbox), archive)
            try:
                await work(archive, desk)
            finally:
                desk.outbox.close()

        self.run(at_desk)


def status(what: str) -> None:
    """Says on a terminal what is being waited for; silent in a pipe."""
    if sys.stderr.isatty():
        print(f"{what} ...", file=sys.stderr)


_ID: Final = re.compile(r"(?=(?:-*[0-9a-f]){4})[0-9a-f-]*[a-f][0-9a-f-]*|.*_.*", re.IGNORECASE)
"""What is a message's id (or cursor) rather than a word for a date: `dec1` and `fade` are ids."""
_TIMED: Final = re.compile(r"(.+?)(?:,? +at +|,? +)(\d{1,2}):(\d\d)(?::(\d\d))?", re.IGNORECASE)


def moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment that a date, or a date and a time of the day, means in a zone; None where the text is neither.

    What can be the beginning of a message's id is none, except for plain years and days: 2021, 20210305.
    """
    if _ID.fullmatch(text):
        return None
    try:
        return _as_written(text, zone)
    except ValueError:
        pass
    timed = _TIMED.fullmatch(text)
    span = named(timed[1] if timed else text, datetime.now(zone).date())
    if span is None:
        return None
    if not timed:
        return start_of(span.first, zone)
    hour, minute, second = (int(part or 0) for part in timed.groups()[1:])
    try:
        return datetime.combine(span.first, time(hour, minute, second), zone)
    except ValueError:
        return None


def _as_written(text: str, zone: tzinfo) -> datetime:
    if text.isdigit():
        raise ValueError("digits alone are a year, a day or an id")
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=zone)
