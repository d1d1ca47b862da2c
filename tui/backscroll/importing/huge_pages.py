"""Gathers this process's memory into huge pages, so that a long import waits less for it.

Rows and words lie all over some hundred megabytes. In pages of 4 KB the processor has to look up again and again where
they are, in a virtual machine twice: to read and to word them may take twice as long. Only Linux can gather them
(madvise(2), MADV_COLLAPSE, since 6.1); elsewhere nothing happens.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from ctypes import CDLL, c_int, c_size_t, c_void_p, create_string_buffer
from functools import cache
from mmap import PAGESIZE
from pathlib import Path
from typing import Final

_COLLAPSE: Final = 25  # MADV_COLLAPSE
_FULL: Final = 0.9
"""How much of a stretch must be in use: what is not takes memory from then on."""
_MAPS: Final = Path("/proc/self/maps")


def gather() -> None:
    """Puts each stretch of memory that is in use into one huge page, if the system has any to give; takes milliseconds
    where most are already, and most of a second the first time."""
    size = _size()
    if size:
        libc = _libc()
        for start, end in _stretches(libc, size):
            libc.madvise(start, end - start, _COLLAPSE)  # where it cannot, the memory stays as it is


@cache
def _size() -> int:
    """Bytes of a huge page; 0 where there are none."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError):
            return int(Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size").read_text("ascii"))
    return 0


@cache
def _libc() -> CDLL:
    libc = CDLL(None)
    libc.madvise.argtypes = (c_void_p, c_size_t, c_int)
    libc.mincore.argtypes = (c_void_p, c_size_t, c_void_p)
    return libc


def _stretches(libc: CDLL, size: int) -> Iterator[tuple[int, int]]:
    """Places from `start` to `end`, whole huge pages, that are in use."""
    there = create_string_buffer(size // PAGESIZE)
    enough = len(there) * _FULL
    for low, high in _private():
        start = end = -(-low // size) * size
        while end + size <= high:
            is_there = libc.mincore(end, size, there) == 0  # another thread may have given it back
            is_full = is_there and there.raw.count(b"\1") >= enough
            if not is_full and start < end:
                yield start, end
            end += size
            start = start if is_full else end
        if start < end:
            yield start, end


def _private() -> Iterator[tuple[int, int]]:
    """The memory that this process alone has and may write, and that is of no file; see proc_pid_maps(5)."""
    with suppress(OSError):
        for line in _MAPS.read_text("utf-8", "replace").splitlines():
            place, rights, _, _, inode, *name = line.split(maxsplit=5)
            if rights == "rw-p" and inode == "0" and name in ([], ["[heap]"]):
                low, high = place.split("-")
                yield int(low, 16), int(high, 16)
