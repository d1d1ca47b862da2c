"""Whether the store holds what the archive says, whole, and nothing else; and what can be done where it does not."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from backscroll.archive.attachments import Attachments
from backscroll.archive.store import Digest
from backscroll.errors import AppError


@dataclass(slots=True)
class Findings:
    """What was found: how many files there are, of how many bytes; and by their sha256 those that are not right.

    `missing` are named by the archive but not there, `damaged` hold something else than their name says, `orphans`
    (with their sizes in bytes) are named by nothing. Other archives may keep files in the same home: `others` of them.
    """

    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[Digest] = field(default_factory=list)
    others: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether every file that the archive names is there and whole."""
        return not (self.missing or self.damaged)


async def verify(attachments: Attachments, shown: Callable[[int, int], None] = lambda _done, _total: None) -> Findings:
    """Reads every stored file. `shown` is told how many bytes of how many were read. Raises AppError."""
    store, named = attachments.store, await attachments.stored()
    found = Findings(others=await asyncio.to_thread(store.others))
    stored = await asyncio.to_thread(lambda: list(store.stored()))
    total = sum(size for _, size in stored)
    for one in stored:
        if bytes.fromhex(one.sha256) not in named:
            found.orphans.append(one)
        elif not await asyncio.to_thread(store.is_sound, one.sha256):
            found.damaged.append(one.sha256)
        found.files += 1
        found.bytes += one.size
        shown(found.bytes, total)
    there = {bytes.fromhex(one.sha256) for one in stored}
    found.missing = sorted(digest.hex() for digest in named - there)
    return found


async def unnamed(attachments: Attachments) -> list[Digest]:
    """Stored files that no message names, without reading them; none where other archives may name them."""
    store = attachments.store
    if await asyncio.to_thread(store.others):
        return []
    stored, named = await asyncio.to_thread(lambda: list(store.stored())), await attachments.stored()
    return [one for one in stored if bytes.fromhex(one.sha256) not in named]


async def tidy(attachments: Attachments, found: Findings) -> int:
    """Deletes the orphans and sets damaged files aside; gives how many orphans went.

    An import can bring damaged files anew then. Raises AppError where an import is running, and where there are
    orphans that may belong to another archive.
    """
    if found.orphans and found.others:
        raise AppError(
            "Other archives keep files in this home too",
            "Whose the files are that this archive does not name cannot be told; give each archive a --home.",
            code="shared_store",
        )
    store = attachments.store
    with store.alone():
        named = await attachments.stored()  # an import may have come between
        orphans = [one for one in found.orphans if bytes.fromhex(one.sha256) not in named]
        for one in orphans:
            await asyncio.to_thread(store.remove, one.sha256)
        for digest in found.damaged:
            await asyncio.to_thread(store.set_aside, digest)
    return len(orphans)
