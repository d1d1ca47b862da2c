"""Fills batches from the readings of a run, which are stored in one transaction each."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Final

from backscroll.archive.batch import Batch
from backscroll.importing.assembly import Assembly
from backscroll.importing.readable import Readable
from backscroll.importing.records import Entry, Record, Rejected

BATCH: Final = 30_000
"""Messages that are stored in one transaction: about 30 MB, with others on their way, and a second of work."""
BATCH_MOST: Final = 5 * BATCH // 3
"""How far a batch may grow to end where a quarter ends: a quarter that comes whole is stored fastest."""
FILES: Final = 64 * 1024**2
"""Bytes of the messages' files that end a batch: what a killed import has to copy again, and letters hold in memory."""


class Reader:
    """Fills batches from the readings of a run, one after another.

    Messages up to the byte `known` are counted as duplicates and no more. `has_files`: messages have named some so far.
    """

    def __init__(self, group: Readable, known: int = 0) -> None:
        self._group = group
        self._records: Iterator[tuple[int, Record]] = group.records()
        self._assembly = Assembly(group.identity)
        self._tally = group.tally()
        self._known = known
        self.position = 0
        self.has_files = False

    def next_batch(self) -> Batch | None:
        """The next batch; None at the end. Raises AppError where an export breaks off."""
        see, add, add_message = self._tally.see, self._assembly.add, self._assembly.add_message
        read, known, listed, position, latest, due = 0, 0, 0, None, None, BATCH
        for after, record in self._records:
            if isinstance(record, Entry):
                if read >= due and self._is_full(read, latest, record):
                    self._records = chain([(after, record)], self._records)
                    break
                latest = record
                read += 1
                if 0 < after <= self._known:  # some formats tell no bytes for their first messages
                    known += 1
                else:
                    add_message(record)
                if record.attachments:
                    self.has_files = self.has_files or any(file.file_name is not None for file in record.attachments)
                    due = 0 if self._assembly.file_size >= FILES else BATCH
            else:
                add(record)
                read += isinstance(record, Rejected)
                listed += 1
            position = after
            see(record)
            if listed >= BATCH_MOST:  # people and chats may be as many as messages
                break
        self.position = position or self.position
        return self._take(known) if position is not None else None

    def _take(self, known: int) -> Batch:
        batch = self._assembly.take()
        batch.duplicates += known
        batch.reported = self._group.reported(self._tally)
        return batch

    def _is_full(self, read: int, latest: Entry | None, following: Entry) -> bool:
        if read >= BATCH_MOST or self._assembly.file_size >= FILES:
            return True
        return read >= BATCH and (latest is None or _quarter(latest.sent_at) != _quarter(following.sent_at))


def _quarter(moment: datetime) -> tuple[int, int]:
    return moment.year, (moment.month - 1) // 3
