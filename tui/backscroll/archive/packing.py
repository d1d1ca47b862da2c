"""Messages as PostgreSQL's binary COPY has them: packed by hand, because millions of rows are alike."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from struct import Struct
from typing import Final

from backscroll.archive.batch import MessageRow
from backscroll.model.instants import microseconds

_SIGNATURE: Final = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_END: Final = b"\xff\xff"
_TOGETHER: Final = 1_000
"""Rows: a thousandth of a second or two, which no screen notices."""

_PLACE: Final = Struct("!hi16siqi16s")
"""Number of columns, then conversation, moment and id, each behind its length."""
_MARKS: Final = Struct("!ihi?i?")
"""Tie, edited, deleted."""
_MOMENT: Final = Struct("!iq")
_LENGTH: Final = Struct("!i")
_NULL: Final = _LENGTH.pack(-1)
_ID: Final = _LENGTH.pack(16)
_JSONB: Final = b"\x01"  # the version of its format


def packed(messages: Iterable[MessageRow]) -> Iterator[bytes]:
    """The rows in the order and the columns of `copy_messages`, some hundreds of kilobytes at a time."""
    yield _SIGNATURE
    rows = map(_row, messages)
    while block := b"".join(islice(rows, _TOGETHER)):
        yield block
    yield _END


def _row(m: MessageRow) -> bytes:
    body = m.body.encode()
    return b"".join(
        (
            _PLACE.pack(16, 16, m.conversation_id, 8, m.sent_at, 16, m.id),
            _NULL if m.sender_id is None else _ID + m.sender_id,
            _NULL if m.thread_id is None else _ID + m.thread_id,
            _NULL if m.parent_id is None else _ID + m.parent_id,
            _marks(m.kind, m.tie, m.is_edited, m.is_deleted),
            _NULL if m.edited_at is None else _MOMENT.pack(8, microseconds(m.edited_at)),
            _NULL if m.external_id is None else _text(m.external_id),
            _LENGTH.pack(len(body)),
            body,
            _NULL if m.search_text is None else _text(m.search_text),
            _NULL if m.stems is None else _text(m.stems),
            _NULL if m.raw is None else _bytes(_JSONB + json.dumps(m.raw).encode()),
        )
    )


@lru_cache(maxsize=4096)
def _marks(kind: str, tie: int, is_edited: bool, is_deleted: bool) -> bytes:
    return _text(kind) + _MARKS.pack(2, tie, 1, is_edited, 1, is_deleted)


def _text(text: str) -> bytes:
    return _bytes(text.encode())


def _bytes(value: bytes) -> bytes:
    return _LENGTH.pack(len(value)) + value
