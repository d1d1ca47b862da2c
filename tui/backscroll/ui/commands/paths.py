"""Completes paths while they are typed."""

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester

from backscroll.text import safe_line

_LOOKED_AT = 5000


class PathSuggester(Suggester):
    """The first file or folder, by name, that goes on as it was begun; a folder ends with its separator."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path typed so far, completed; None where nothing goes on so."""
        return await asyncio.to_thread(_completed, value) if value else None


def _completed(value: str) -> str | None:
    folder, begun = os.path.split(value)
    fitting: list[str] = []
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            for entry, _ in zip(entries, range(_LOOKED_AT), strict=False):
                if _goes_on(entry.name, begun):
                    fitting.append(entry.name + (os.sep if entry.is_dir() else ""))
    except OSError:
        return None
    return os.path.join(folder, min(fitting)) if fitting else None  # noqa: PTH118  (what was typed stays as it is)


def _goes_on(name: str, begun: str) -> bool:
    # A name that may not be drawn as it is would be another one when it comes back from the screen.
    return name.startswith(begun) and not (name.startswith(".") and not begun) and name == safe_line(name)
