"""File locks that the kernel drops when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def opened(path: Path) -> int:
    """A descriptor of the lock file, made private to its owner where it is missing; never through a symlink."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def shared(path: Path) -> int:
    """A descriptor that holds the lock with others; waits for an exclusive holder to leave."""
    return _locked(path, fcntl.LOCK_SH)


def try_exclusive(path: Path) -> int | None:
    """A descriptor that holds the lock alone, or None where somebody else holds it."""
    try:
        return _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


@contextmanager
def exclusive(path: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock alone for the length of the block; `waiting` is called once if it has to be waited for."""
    descriptor = try_exclusive(path)
    if descriptor is None:
        waiting()
        descriptor = _locked(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def held(path: Path) -> bool:
    """Whether somebody holds the lock alone. Looking takes a shared lock for a moment, so that lookers never meet."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _locked(path: Path, how: int) -> int:
    descriptor = opened(path)
    try:
        fcntl.flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
