"""The lines of a chat in blocks, each behind its newline: a search for headers then leaps from one to the next."""

from collections.abc import Iterator
from typing import BinaryIO

from backscroll.importing.decoding import blocks


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Blocks of lines with the bytes read so far; a newline begins each line instead of ending it.

    A block that goes on in the middle of a line begins without one.
    """
    begins = True
    for position, block in blocks(stream):
        ends = block.endswith("\n")
        yield position, ("\n" if begins else "") + (block[:-1] if ends else block)
        begins = ends
