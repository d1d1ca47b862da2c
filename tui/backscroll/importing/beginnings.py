"""How far a text was imported before: a longer export of a chat begins with the bytes of a shorter one.

What was read of these bytes is in the archive, if they were read in the same way and nothing of it was taken back. It
is read again, because the report tells of it, but neither named nor looked for.
"""

import asyncio
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from backscroll import __version__
from backscroll.archive.import_runs import ImportRuns, ReadText
from backscroll.errors import AppError
from backscroll.importing.groups import Text
from backscroll.importing.readable import Readable

MARGIN: Final = 4 * 1024**2
"""Bytes before the end of what is known that are named all the same: what follows is told from equal messages there."""
_CHUNK: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Beginning:
    """Up to which byte the messages of a group are known; `text` is what its run may keep of it (see `read_whole`)."""

    known: int = 0
    text: Text | None = None
    read: ReadText | None = None
    written: int = 0

    def read_whole(self) -> ReadText | None:
        """What the run keeps once all is read; None where a later one could not make use of it."""
        return self.read if self.text is not None and _written(self.text) == self.written else None


async def beginning_of(group: Readable, runs: ImportRuns) -> Beginning:
    """What of a group was read before; nothing where its format cannot tell."""
    text = group.text
    if text is None:
        return Beginning()
    size, read_as = text.export.size(text.member), f"{await asyncio.to_thread(_program)} {text.read_as}"
    before = await runs.read_before(group.source().id, read_as, size)
    written = _written(text)
    digests = await asyncio.to_thread(_digests, text, sorted({size, *(shorter for shorter, _ in before)}))
    if size not in digests:
        return Beginning()
    known = max((shorter for shorter, digest in before if digests.get(shorter) == digest), default=0)
    read = ReadText(size, digests[size], read_as)
    return Beginning(known if known == size else max(known - MARGIN, 0), text, read, written)


def _digests(text: Text, sizes: list[int]) -> dict[int, str]:
    """The sha256 of so many bytes from the beginning, for each of the sizes, in their order; fewer where they end."""
    digest, done, found = sha256(), 0, {}
    try:
        with text.export.open(text.member) as stream:
            for size in sizes:
                while done < size and (chunk := stream.read(min(_CHUNK, size - done))):
                    digest.update(chunk)
                    done += len(chunk)
                if done == size:
                    found[size] = digest.hexdigest()
    except (AppError, OSError):  # reading it will tell
        return {}
    return found


def _written(text: Text) -> int:
    """When the file was written last, in nanoseconds."""
    try:
        return (text.export.place(text.member) or text.export.path).stat().st_mtime_ns
    except OSError:
        return 0


@cache
def _program() -> str:
    """What makes messages of bytes, as a digest of itself: another release may make others of the same."""
    package = Path(__file__).parent
    digest = sha256(__version__.encode())
    for path in sorted([*package.rglob("*.py"), *(package.parent / "model").rglob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
