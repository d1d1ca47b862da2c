"""What every command needs: the settings of this run, and an archive that is open while it works."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from backscroll.archive.opening import Archive, open_archive
from backscroll.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Session:
    """The options that stand before the command."""

    dsn: str | None
    home: Path | None

    def settings(self) -> Settings:
        """The settings of this run. Raises AppError."""
        return load_settings(dsn=self.dsn, home=self.home)

    def run(self, work: Callable[[Archive], Awaitable[None]]) -> None:
        """Opens the archive, does the work, closes the archive. Raises AppError."""
        settings = self.settings()

        async def whole() -> None:
            async with open_archive(settings, status) as archive:
                await work(archive)

        asyncio.run(whole())


def status(what: str) -> None:
    """Says on a terminal what is being waited for; silent in a pipe."""
    if sys.stderr.isatty():
        print(f"{what} ...", file=sys.stderr)


def moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment that a date or a date and time means in a zone; None where the text is neither."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)
