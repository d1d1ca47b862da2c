"""The lines of a file of notes, as values: what is written, what may be read, and the JSON Schema of both."""

from datetime import datetime
from typing import Annotated, Any, Final, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.json import Decoder, Encoder, schema_components

from backscroll.model.code import Code
from backscroll.model.message import Cursor
from backscroll.model.notes import Annotation, Bookmark, Span
from backscroll.model.storable import storable
from backscroll.text import safe_json

FORMAT: Final = "backscroll notes"
VERSION: Final = 1

Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
_Place: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Header(Struct, frozen=True, tag="header"):
    """The first line: what the file is."""

    format: Annotated[str, Meta(pattern=f"^{FORMAT}$")]
    version: Annotated[int, Meta(ge=1)]
    made_at: Moment
    made_by: str


class CodeLine(Struct, frozen=True, tag="code"):
    """A code of the codebook, after the one that it stands under."""

    id: UUID
    parent_id: UUID | None
    name: Annotated[str, Meta(min_length=1)]
    colour: str
    key: str
    description: str
    examples: str
    position: _Place
    merged_into: UUID | None
    version: _Place
    created_at: Moment
    updated_at: Moment
    retired_at: Moment | None


class _OnMessage(Struct, frozen=True, kw_only=True):
    id: UUID
    conversation_id: UUID
    conversation: str
    message_id: UUID
    message_sent_at: Moment
    sender: str | None
    quote: str
    version: _Place
    conflicts_with: UUID | None
    created_at: Moment
    updated_at: Moment
    is_gone: bool


class BookmarkLine(_OnMessage, frozen=True, kw_only=True, tag="bookmark"):
    """A bookmark."""

    title: str
    notes: str


class AnnotationLine(_OnMessage, frozen=True, kw_only=True, tag="annotation"):
    """An annotation: on a message, on characters of its text, or on the messages up to `end_message_id`."""

    text: str
    category: str | None
    tags: list[str]
    codes: list[UUID]
    author: str
    span_start: _Place | None
    span_end: _Place | None
    end_message_id: UUID | None
    end_sent_at: Moment | None


class End(Struct, frozen=True, tag="end"):
    """The last line: how many lines of each kind came before; where it is missing, the file breaks off."""

    codes: _Place
    bookmarks: _Place
    annotations: _Place


Line: TypeAlias = Header | CodeLine | BookmarkLine | AnnotationLine | End
_encoder: Final = Encoder()
_decoder: Final[Decoder[Line]] = Decoder(Line)


def decode(line: bytes) -> Line:
    """A line of JSON as a value. Raises msgspec.MsgspecError, which says what is wrong of which key."""
    return _decoder.decode(line)


def encode(line: Line) -> str:
    """A value as one line of JSON, in which nothing is that a terminal would act on."""
    return safe_json(_encoder.encode(line).decode()) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line."""
    (root,), parts = schema_components([Line], ref_template="#/$defs/{name}")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of {FORMAT}, version {VERSION}",
    }
    return head | root | {"$defs": parts}


def of_code(code: Code) -> CodeLine:
    """A code as a line."""
    return CodeLine(**{name: getattr(code, name) for name in CodeLine.__struct_fields__})


def of_bookmark(mark: Bookmark) -> BookmarkLine:
    """A bookmark as a line."""
    return BookmarkLine(**_shared(mark), title=mark.title, notes=mark.notes)


def of_annotation(note: Annotation) -> AnnotationLine:
    """An annotation as a line."""
    return AnnotationLine(
        **_shared(note),
        text=note.text,
        category=note.category,
        tags=list(note.tags),
        codes=list(note.codes),
        author=note.author,
        span_start=note.span.start if note.span else None,
        span_end=note.span.end if note.span else None,
        end_message_id=note.end.id if note.end else None,
        end_sent_at=note.end.sent_at if note.end else None,
    )


def bookmark_in(line: BookmarkLine) -> Bookmark:
    """The bookmark that a line tells of."""
    return Bookmark(**_read(line), title=storable(line.title), notes=storable(line.notes))


def annotation_in(line: AnnotationLine) -> Annotation:
    """The annotation that a line tells of. Raises ValueError where it is about no stretch that could be."""
    start, stop = line.span_start, line.span_end
    ends = (line.end_sent_at, line.end_message_id)
    if (start is None) != (stop is None) or (ends[0] is None) != (ends[1] is None) or (start is not None and ends[0]):
        raise ValueError("it is about neither one message, nor a span, nor a run")
    if start is not None and stop is not None and start >= stop:
        raise ValueError("its span has no characters")
    return Annotation(
        **_read(line),
        text=storable(line.text),
        category=storable(line.category) if line.category else None,
        tags=tuple(map(storable, line.tags)),
        codes=tuple(line.codes),
        author=storable(line.author),
        span=Span(start, stop) if start is not None and stop is not None else None,
        end=Cursor(line.end_sent_at, line.end_message_id) if line.end_sent_at and line.end_message_id else None,
    )


_SAME: Final = (
    *("id", "conversation_id", "conversation", "sender", "quote"),
    *("version", "conflicts_with", "created_at", "updated_at", "is_gone"),
)
"""What is called the same in a note and in its line."""


def _shared(note: Bookmark | Annotation) -> dict[str, Any]:
    place = {"message_id": note.message.id, "message_sent_at": note.message.sent_at}
    return {name: getattr(note, name) for name in _SAME} | place


def _read(line: BookmarkLine | AnnotationLine) -> dict[str, Any]:
    told = {name: _fit(getattr(line, name)) for name in _SAME}
    return told | {"message": Cursor(line.message_sent_at, line.message_id)}


def _fit(value: object) -> object:
    return storable(value) if isinstance(value, str) else value
