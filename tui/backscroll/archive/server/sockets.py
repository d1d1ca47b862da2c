"""The private directory of the server's socket, and the address that leads there."""

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backscroll.archive.server.process import PORT
from backscroll.errors import AppError

ROLE = DATABASE = "backscroll"
NAME = f".s.PGSQL.{PORT}"

_LONGEST = 107 if sys.platform == "linux" else 103  # bytes that the kernel takes as a socket's path


def prepare(home: Path) -> Path:
    """A directory for the socket that only its owner can enter: in the home, or where its path is short enough.

    Raises AppError (`no_private_directory`) if every candidate is too long, a symlink, or open to other people.
    """
    refused = []
    for directory in suitable(home):
        try:
            directory.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            refused.append(f"{directory} ({error.strerror})")
            continue
        if is_private(directory):
            return directory
        refused.append(f"{directory} (not a directory that is yours alone)")
    raise AppError(
        "There is no private place for the server's socket",
        "Set XDG_RUNTIME_DIR to a directory of yours with mode 0700 and a short path. Refused: "
        + (", ".join(refused) or "every path is too long"),
        code="no_private_directory",
    )


def suitable(home: Path) -> Iterator[Path]:
    """The directories that the kernel and libpq can address, the best first; nothing is made or looked at."""
    name = f"backscroll-{os.geteuid()}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"
    fallbacks = [os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"]  # noqa: S108 (made 0700)
    for directory in (home / "socket", *(Path(parent, name) for parent in fallbacks if parent)):
        # libpq takes a comma for the start of a second host.
        if directory.is_absolute() and "," not in str(directory) and len(os.fsencode(directory / NAME)) <= _LONGEST:
            yield directory


def is_private(directory: Path) -> bool:
    """Whether this is a real directory of ours that nobody else can enter."""
    found = directory.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077


def conninfo(directory: Path, database: str = DATABASE) -> str:
    """The libpq address of a database behind the socket. PG* variables for another server do not disturb it."""
    host = str(directory).replace("\\", "\\\\").replace("'", "\\'")
    return f"host='{host}' port={PORT} user={ROLE} dbname={database} channel_binding=disable hostaddr=''"
