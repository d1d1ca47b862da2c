"""From bytes to text as a stream: which encoding, and blocks of whole lines."""

import codecs
from collections.abc import Callable, Iterator
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

    A newline begins each line instead of ending it: a search for what opens a line then leaps from one to the next. A
    line longer than `LINE_MAX` bytes is handed out in pieces, so memory stays bounded; one that goes on begins without.
    """
    position, rest = 0, b"\n"
    recode = None
    while chunk := stream.read(CHUNK):
        if not position:
            recode = _from_utf_16() if encoding_of(chunk) == "utf-16" else None
        # Lines are cut as bytes: text with a single emoji in it takes four times as long to be looked through.
        more = recode(chunk) if recode else chunk if position else chunk.removeprefix(codecs.BOM_UTF8)
        position += len(chunk)
        data = (rest + more).replace(b"\r\n", b"\n")
        cut = data.rfind(b"\n")
        if cut <= 0 and len(data) < LINE_MAX:
            rest = data
            continue
        cut = cut if cut > 0 else len(data)
        text, read = codecs.utf_8_decode(data[:cut], "replace", cut < len(data))
        yield position, text
        rest = data[read:]
    rest += recode(b"", True) if recode else b""
    if rest not in (b"", b"\n"):
        yield position, rest.replace(b"\r\n", b"\n").decode(errors="replace")


def _from_utf_16() -> Callable[..., bytes]:
    decode = codecs.getincrementaldecoder("utf-16")("replace").decode
    return lambda data, final=False: decode(data, final).encode()
