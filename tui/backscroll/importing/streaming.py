"""One large JSON document, read from its beginning to its end with no more of it in memory than one message."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from backscroll.importing.decoding import CHUNK, decoded_head, encoding_of
from backscroll.importing.documents import RAW_MAX
from backscroll.importing.export import Export
from backscroll.importing.records import Record, Rejected

HEAD: Final = 64 * 1024
VALUE_MAX: Final = 64 * 1024**2
DEPTH_MAX: Final = 100
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_DECODE: Final = json.JSONDecoder(strict=False, parse_constant=lambda _: None).raw_decode
# Telegram writes control characters as \x0B, which JSON does not know.
_NO_ESCAPE: Final = "Invalid \\escape"


class BrokenError(ValueError):
    """The document is not JSON from some place on, or ends too early."""


class Document:
    """A JSON document that is walked: `fields` enters an object, `items` a list, `value` takes what is next as a whole.

    Inside the loops the value at hand is entered or taken once, or it is skipped. `position` is the number of bytes
    read so far, `line` the line at hand, counted from 1. All raise `BrokenError` where the text is not JSON.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.position = 0
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None
        self._text = ""
        self._at = 0
        self._lines = 1
        self._counted = 0  # up to where the lines of the text were counted
        self._ended = False
        self._waiting = False  # a value of a loop that was neither entered nor taken
        self._depth = 0

    @property
    def line(self) -> int:
        """The line at hand."""
        self._lines += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._lines

    @property
    def rest(self) -> str:
        """The beginning of what was not read, at most 10,000 characters."""
        return self._text[self._at : self._at + RAW_MAX]

    def opens(self) -> str:
        """The character that the next value begins with; empty at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def fields(self) -> Iterator[str]:
        """The keys of the object that is next."""
        self._enter("{")
        if self._leaves("}"):
            return
        while True:
            key = self._taken() if self.opens() == '"' else None
            if not isinstance(key, str):
                raise BrokenError("a key is missing")
            self._expect(":")
            self._waiting = True
            yield key
            self._pass()
            if self._leaves("}"):
                return
            self._expect(",")

    def items(self) -> Iterator[None]:
        """A round for each value of the list that is next."""
        self._enter("[")
        if self._leaves("]"):
            return
        while True:
            self._waiting = True
            yield
            self._pass()
            if self._leaves("]"):
                return
            self._expect(",")

    def value(self) -> object:
        """The whole value that is next; meant for one message or less."""
        self._waiting = False
        self.opens()
        return self._taken()

    def _pass(self) -> None:
        """Skips the value at hand, however large, unless it was entered or taken."""
        if not self._waiting:
            return
        opening = self.opens()
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise BrokenError("it is nested too deeply")
        if opening == "{":
            for _ in self.fields():
                pass
        elif opening == "[":
            for _ in self.items():
                pass
        else:
            self.value()
        self._depth -= 1

    def _taken(self) -> object:
        while True:
            try:
                value, end = _DECODE(self._text, self._at)
            except RecursionError as error:
                raise BrokenError("it is nested too deeply") from error
            except ValueError as error:
                if not self._mend(error) and (len(self._text) - self._at > VALUE_MAX or not self._fill()):
                    raise BrokenError("it is not JSON from here on, or it ends too early") from error
                continue
            # A number may go on in what was not read yet: `1` is the beginning of `1.5` and of `1e+3`.
            if end + 2 >= len(self._text) and isinstance(value, int | float) and self._fill():
                continue
            self._at = end
            return value

    def _mend(self, error: ValueError) -> bool:
        if not isinstance(error, json.JSONDecodeError) or not error.msg.startswith(_NO_ESCAPE):
            return False
        place = error.pos
        if self._text[place : place + 2] != "\\x":
            return False
        self._text = f"{self._text[:place]}\\u00{self._text[place + 2 :]}"
        return True

    def _enter(self, opening: str) -> None:
        self._waiting = False
        self._expect(opening)

    def _leaves(self, closing: str) -> bool:
        if self.opens() != closing:
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if self.opens() != mark:
            raise BrokenError(f"{mark} is missing" if self._text[self._at :] else "it ends too early")
        self._at += 1

    def _fill(self) -> bool:
        """Reads on, more at a time where a value is large; False at the end."""
        if self._ended:
            return False
        chunk = self._stream.read(max(CHUNK, len(self._text) - self._at))
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(encoding_of(chunk))("replace")
        self._ended = not chunk
        self.position += len(chunk)
        self._lines += self._text.count("\n", self._counted, self._at)
        self._text = self._text[self._at :] + self._decoder.decode(chunk, self._ended)
        self._at = self._counted = 0
        return True


def opening(export: Export, member: str) -> str:
    """How a member begins, as text, for a look at what it is."""
    return decoded_head(export.read(member, HEAD)).lstrip("\ufeff \t\r\n")


def streamed(
    export: Export, members: list[str], read: Callable[[Document, str], Iterator[Record]]
) -> Iterator[tuple[int, Record]]:
    """The records that `read` makes of each member, with their positions.

    Where a member is not JSON from some place on, what came before it stays, and the rest is rejected.
    """
    done = 0
    for member in members:
        size = export.size(member)
        with export.open(member) as stream:
            document = Document(stream)
            try:
                for record in read(document, member):
                    yield done + min(document.position, size), record
            except BrokenError as error:
                place = f"{member}:{document.line}"
                yield done + min(document.position, size), Rejected(document.rest, str(error), place)
        done += size
