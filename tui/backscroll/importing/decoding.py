"""From bytes to text as a stream: which encoding, and blocks that end where a line ends."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

CHUNK: Final = 256 * 1024
LINE_MAX: Final = 16 * 1024**2


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes tell: UTF-16 by its byte-order mark, otherwise UTF-8 with or without one."""
    return "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def decoded_head(head: bytes) -> str:
    """The first bytes as text; a character cut in half at the end is left out, anything else unreadable is U+FFFD."""
    return codecs.getincrementaldecoder(encoding_of(head))("replace").decode(head)


def blocks(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Whole lines in blocks, each with the number of bytes read so far; CRLF becomes a newline.

    A line longer than `LINE_MAX` characters is handed out in pieces, so memory stays bounded.
    """
    position, rest = 0, ""
    decode = None
    while chunk := stream.read(CHUNK):
        if decode is None:
            decode = codecs.getincrementaldecoder(encoding_of(chunk))("replace").decode
        position += len(chunk)
        text = rest + decode(chunk)
        cut = text.rfind("\n") + 1
        if not cut and len(text) < LINE_MAX:
            rest = text
            continue
        cut = cut or len(text)
        yield position, text[:cut].replace("\r\n", "\n")
        rest = text[cut:]
    rest += decode(b"", True) if decode else ""
    if rest:
        yield position, rest.replace("\r\n", "\n")
