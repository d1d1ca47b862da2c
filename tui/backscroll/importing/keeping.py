"""Brings the files of a batch in: into the store, or with their digests alone where they stay where they are."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Lock
from typing import Final, TypeAlias

from backscroll.archive.attachments import Attachments, Key, Known
from backscroll.archive.batch import AttachmentRow, Batch
from backscroll.archive.store import Content, digest_of, is_stored, stored_path
from backscroll.errors import AppError
from backscroll.model.sizes import size_words

_Waiting: TypeAlias = tuple[AttachmentRow, Content]
_AT_ONCE: Final = 4
"""Files that are copied at a time: one waits for the disk while another is hashed."""
_SHOWN_EVERY: Final = 0.2
"""Seconds between two looks at how far the copying is."""


@dataclass(slots=True)
class Brought:
    """Files that came in: how many, and their bytes; and how many the export holds that could not be read."""

    files: int = 0
    bytes: int = 0
    unreadable: int = 0

    @property
    def sentences(self) -> list[str]:
        """What became of the files, for a person."""
        came = f"{_files(self.files)} came in, {size_words(self.bytes)}."
        lost = f"{_files(self.unreadable)} of the export could not be read."
        return [said for said, count in ((came, self.files), (lost, self.unreadable)) if count]


class _Stopped(Exception):  # noqa: N818  (nothing went wrong)
    """The import was cancelled."""


class Keeping:
    """The files of one import, batch by batch. `shown` is called while they are copied."""

    def __init__(self, attachments: Attachments, *, links: bool, shown: Callable[[], None]) -> None:
        self.brought = Brought()
        self._attachments = attachments
        self._store = attachments.store
        self._links = links
        self._shown = shown
        self._counting = Lock()
        self._is_stopped = False
        self._adding = ExitStack()
        self._is_adding = False

    async def keep(self, batch: Batch) -> None:
        """Completes the batch's attachments with what their files hold. Raises AppError where nothing can be kept.

        What the archive has is not read again. A file that cannot be read is missing, and no more than that.
        """
        if not batch.contents:
            return
        found = [row for row, _ in batch.contents.values()]
        if not self._is_adding and any(map(self._is_to_copy, found)):
            # Before looking what is there already: from now on nothing of it is deleted.
            await asyncio.to_thread(self._adding.enter_context, self._store.adding())
            self._is_adding = True
        known = await self._attachments.known(found)
        rows, waiting = await asyncio.to_thread(self._take_known, batch, known)
        rows += await self._bring(waiting)
        keys = batch.contents.keys()
        batch.attachments = [row for row in batch.attachments if (row.message_id, row.position) not in keys]
        batch.attachments += (row for row in rows if row.message_id.bytes in batch.messages)
        batch.fills = [row for row in rows if _is_news(row, known.get((row.message_id, row.position)))]

    def close(self) -> None:
        """After the last batch."""
        self._adding.close()

    def _take_known(self, batch: Batch, known: Mapping[Key, Known]) -> tuple[list[AttachmentRow], list[_Waiting]]:
        """The attachments that are complete with what is there already, and those whose files have to be read."""
        rows: list[AttachmentRow] = []
        waiting: list[_Waiting] = []
        for key, (row, content) in batch.contents.items():
            before = known.get(key)
            if before is not None and self._is_kept(before, row):
                rows.append(row._replace(size=before.size, sha256=before.sha256, path=before.path))
            elif row.sha256 is not None and self._store.has(row.sha256, row.size):
                rows.append(row._replace(path=stored_path(row.sha256)))
            else:
                waiting.append((row, content))
        return rows, waiting

    def _is_kept(self, before: Known, row: AttachmentRow) -> bool:
        if before.sha256 is None:
            return False
        if is_stored(before.path, before.sha256):
            return self._store.has(before.sha256, before.size)
        return self._links and (before.size, before.path) == (row.size, row.path)

    async def _bring(self, waiting: Sequence[_Waiting]) -> list[AttachmentRow]:
        turns = asyncio.Semaphore(_AT_ONCE)
        tasks = [asyncio.create_task(self._bring_one(turns, *one)) for one in waiting]
        left = set(tasks)
        try:
            while left:
                done, left = await asyncio.wait(left, timeout=_SHOWN_EVERY, return_when=asyncio.FIRST_EXCEPTION)
                for task in done:
                    task.result()
                self._shown()
        except BaseException:
            self._is_stopped = True
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            raise
        return [task.result() for task in tasks]

    async def _bring_one(self, turns: asyncio.Semaphore, row: AttachmentRow, content: Content) -> AttachmentRow:
        async with turns:
            try:
                return await asyncio.to_thread(self._brought, row, content)
            except (OSError, AppError) as error:
                if isinstance(error, AppError) and error.code == "cannot_keep":
                    raise
                self.brought.unreadable += 1
                return row._replace(path=None)

    def _brought(self, row: AttachmentRow, content: Content) -> AttachmentRow:
        """The row with what the file holds, which is in the store then, or stays where it is. Runs in a thread."""
        path = row.path
        if self._is_to_copy(row):
            digest = self._store.put(content, self._count)
            path = stored_path(digest.sha256)
        else:
            with content() as stream:
                digest = digest_of(stream, self._count)
        with self._counting:
            self.brought.files += 1
        return row._replace(size=digest.size, sha256=digest.sha256, path=path)

    def _is_to_copy(self, row: AttachmentRow) -> bool:
        """Not where files are linked; but what has no place of its own, as in a letter, is copied all the same."""
        return not self._links or row.path is None

    def _count(self, size: int) -> None:
        if self._is_stopped:
            raise _Stopped
        with self._counting:
            self.brought.bytes += size


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"


def _is_news(row: AttachmentRow, before: Known | None) -> bool:
    """Whether the archive has the attachment, but not with this file."""
    return before is not None and row.sha256 is not None and (before.sha256, before.path) != (row.sha256, row.path)
