"""The outbox: what was written and is not in the archive yet, safe on this machine's disk."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final
from uuid import UUID

import msgspec

from backscroll.errors import AppError
from backscroll.model.storable import storable_value
from backscroll.model.writes import KINDS, Write

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS outbox (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL,
    payload  TEXT    NOT NULL,
    made_at  TEXT    NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    parked   INTEGER NOT NULL DEFAULT 0,
    error    TEXT    NOT NULL DEFAULT ''
)
"""
_COLUMNS: Final = "seq, id, kind, payload, made_at, attempts, parked, error"
_PATIENCE: Final = 10.0
"""Seconds that another program may take over its own write to the file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A write as it lies in the outbox; `payload` is JSON, `error` why it could not be sent, with no text of a note."""

    seq: int
    id: UUID
    kind: str
    payload: str
    made_at: datetime
    attempts: int
    is_parked: bool
    error: str

    def write(self) -> Write | None:
        """The write itself; None where this version does not know its kind or cannot read it."""
        try:
            payload = msgspec.json.decode(self.payload, type=KINDS[self.kind])
        except (KeyError, msgspec.DecodeError):
            return None
        return Write(self.id, payload, self.made_at)


class Outbox:
    """A file of writes in the order in which they were made; several programs may share it.

    All of it blocks. `add` has returned when the write is on the disk. Everything raises AppError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._file: sqlite3.Connection | None = None
        self._seen = -1
        self._kept: tuple[Kept, ...] = ()

    @property
    def sender_lock(self) -> Path:
        """The lock of whoever sends: one program at a time, so that the order stays."""
        return self.path.with_suffix(".lock")

    def add(self, write: Write) -> None:
        """Keeps a write; it is on the disk when this returns."""
        payload = msgspec.json.encode(storable_value(msgspec.to_builtins(write.payload))).decode()
        made_at = write.made_at.astimezone(UTC).isoformat()
        self._change(
            "INSERT INTO outbox (id, kind, payload, made_at) VALUES (?, ?, ?, ?)",
            (str(write.id), write.kind, payload, made_at),
        )

    def all(self) -> tuple[Kept, ...]:
        """What waits and what was parked, in the order in which it was written."""
        with _telling(self.path), self._lock:
            if self._file is None and not self.path.exists():  # who only reads makes no file
                return ()
            file = self._opened()
            # Grows with what other programs commit; this program's own changes forget what is held.
            (seen,) = file.execute("PRAGMA data_version").fetchone()
            if seen != self._seen:
                rows = file.execute(f"SELECT {_COLUMNS} FROM outbox ORDER BY seq")  # noqa: S608  (a constant)
                self._kept = tuple(_kept(*row) for row in rows)
                self._seen = seen
            return self._kept

    def first(self) -> Kept | None:
        """What is to be sent next."""
        return next((kept for kept in self.all() if not kept.is_parked), None)

    def done(self, identity: UUID) -> None:
        """Forgets a write that is in the archive."""
        self._change("DELETE FROM outbox WHERE id = ?", (str(identity),))

    def failed(self, identity: UUID, error: str, *, parked: bool) -> None:
        """Notes why a write could not be sent; a parked one is not tried again until somebody says so."""
        self._change(
            "UPDATE outbox SET attempts = attempts + 1, error = ?, parked = ? WHERE id = ?",
            (error, int(parked), str(identity)),
        )

    def retry(self) -> int:
        """Lets everything that was parked be tried again, in its place; says how many that are.

        It counts as written now: what is sent because a person says so is not too old to be sent.
        """
        now = datetime.now(UTC).isoformat()
        return self._change("UPDATE outbox SET parked = 0, made_at = ? WHERE parked = 1", (now,))

    def drop(self, identity: UUID) -> bool:
        """Gives a write up for good; says whether it was there."""
        return self._change("DELETE FROM outbox WHERE id = ?", (str(identity),)) > 0

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file, self._seen, self._kept = None, -1, ()

    def _change(self, statement: str, values: tuple[Any, ...]) -> int:
        with _telling(self.path), self._lock:
            self._seen = -1
            return self._opened().execute(statement, values).rowcount

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Made here, so that nobody else can ever read it; SQLite gives its log the same mode.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
            file = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = FULL")
            file.execute(_TABLE)
            self._file = file
        return self._file


def _kept(seq: int, identity: str, kind: str, payload: str, *rest: Any) -> Kept:
    made_at, attempts, parked, error = rest
    return Kept(seq, UUID(identity), kind, payload, datetime.fromisoformat(made_at), attempts, bool(parked), error)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise AppError(
            f"The outbox cannot be used: {path}",
            "What is written has to be kept there first. See that the disk has room and that the file is yours.",
            code="no_outbox",
        ) from error
