"""The letters of a mailbox, as bytes: what lies between the `From ` lines of an mbox."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

LETTER_MAX: Final = 64 * 1024**2
_SEPARATOR: Final = re.compile(rb"From \S[^\n]*\d\d:\d\d[^\n]*$")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER: Final = re.compile(rb"[!-9;-~]+:[ \t]?|[ \t]")


def is_mbox(head: bytes) -> bool:
    """Whether a file begins with a `From ` line and a header."""
    first, _, rest = head.lstrip(b"\r\n").partition(b"\n")
    return _SEPARATOR.match(first.rstrip(b"\r")) is not None and _HEADER.match(rest) is not None


def is_letter(head: bytes) -> bool:
    """Whether a file begins with the headers of a letter, and among them who sent it and when."""
    lines = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
    if len(lines) < 2 or not all(_HEADER.match(line) for line in lines[:20]):
        return False
    names = {line.partition(b":")[0].lower() for line in lines}
    return {b"from", b"date"} <= names


def letters_in(stream: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Each letter of an mbox with the bytes read so far and the line that it begins in.

    What goes beyond `LETTER_MAX` bytes of a letter is left out.
    """
    lines: list[bytes] = []
    begun = number = position = size = 0
    blank = True
    for line in stream:
        number += 1
        position += len(line)
        if blank and line.startswith(b"From ") and _SEPARATOR.match(line.rstrip(b"\r\n")):
            if lines:
                yield position - len(line), begun, _unquoted(lines)
            lines, begun, size = [], number, 0
            continue
        blank = not line.strip(b"\r\n")
        size += len(line)
        if size <= LETTER_MAX and (begun or not blank):
            begun = begun or number
            lines.append(line)
    if lines or begun:
        yield position, begun, _unquoted(lines)


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines))
