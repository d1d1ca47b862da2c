"""Says all that is known of a message, section by section, as clean text: for the screen and the command line."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backscroll.dates import local, long_day
from backscroll.model.links import links
from backscroll.model.message import Attachment
from backscroll.model.record import EarlierText, MessageRecord
from backscroll.reading.files import FileState, file_state
from backscroll.reading.kept import in_words
from backscroll.reading.labels import reaction_names
from backscroll.reading.whole import Whole
from backscroll.text import safe, safe_json, safe_line

Rows: TypeAlias = Sequence[tuple[str, str]]

_TOLD_BY_SOURCE: Final = (
    "forward",
    "fwd",
    "deliver",
    "status",
    "receipt",
    "seen",
    "edit",
    "delet",
    "pinned",
    "starred",
    "sentiment",
    "entities",
)
"""What the name of a field of the source's record holds, where the field tells of its state or how it was read."""
_SOUGHT: Final = (FileState.GONE, FileState.ELSEWHERE)
_LONGEST_FIELD: Final = 400
_LONGEST_NAME: Final = 200
_LONGEST_VALUE: Final = 20_000
_LINKS_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the account: rows of a name and a value, or a text that may be long. All of it is clean."""

    key: str
    title: str
    rows: Rows = ()
    text: str = ""

    @property
    def plain(self) -> str:
        """The section without its title, as text."""
        return "\n".join([*(f"{name}: {value}" for name, value in self.rows), *([self.text] if self.text else [])])


def account(whole: Whole, zone: tzinfo | None) -> list[Section]:
    """The sections that have something to say, in reading order. Looks whether files are there, so it may take a while.

    `zone` is the person's (None: the machine's).
    """
    record = whole.record
    message = record.message
    addresses = links(message.text)[:_LINKS_MAX]
    sections = [
        Section("message", safe_line(message.sender or "") or "System message", _who_and_when(record, zone)),
        Section("text", f"Text · {len(message.text):,} characters", text=safe(message.text)),
        *(Section(f"earlier-{n}", *_earlier(n, text, zone)) for n, text in enumerate(whole.versions)),
        Section("links", "Links", [(str(n), safe_line(address)) for n, address in enumerate(addresses, 1)]),
        *(Section(f"file-{n}", f"File {n + 1}", _file(file)) for n, file in enumerate(message.attachments)),
        Section("reactions", "Reactions", [(safe_line(r.emoji), reaction_names(r)) for r in message.reactions]),
        Section("parent", "Answers", _parent(record, zone)),
        Section("thread", "Thread", _thread(record)),
        Section("notes", "Notes", _notes(whole, zone)),
        Section("ids", "Ids", _ids(record)),
        Section("chat", "Chat and source", _chat(record)),
        Section("kept", "Kept by the source of this message", _kept(whole, zone, is_of_message=True)),
        Section("kept-chat", "Kept by the source of the chat", _kept(whole, zone, is_of_message=False)),
        Section("raw", "The source's own record", text=safe(raw_json(record.raw)) if record.raw is not None else ""),
    ]
    return [_bounded(section) for section in sections if section.rows or section.text]


def _bounded(section: Section) -> Section:
    """With names and values no longer than a screen can bear: sources have held names of a megabyte."""
    rows = [(name[:_LONGEST_NAME], value[:_LONGEST_VALUE]) for name, value in section.rows]
    return replace(section, title=section.title[:_LONGEST_NAME], rows=rows)


def raw_json(raw: object) -> str:
    """The source's record as JSON over many lines: the very same value, what a terminal would act on as escapes."""
    try:
        return safe_json(json.dumps(raw, ensure_ascii=False, indent=2))
    except RecursionError:
        return '"It is nested too deep to be written down."'


def _who_and_when(record: MessageRecord, zone: tzinfo | None) -> Rows:
    message, source = record.message, record.source
    return _known(
        ("from", f"{safe_line(message.sender or '')}{' (you)' if message.is_owner else ''}"),
        ("sender's id", safe_line(record.sender_external_id or "")),
        ("kind", message.kind.value),
        ("state", ", ".join(_states(record))),
        *_told_by_source(record.raw, zone),
        ("your time", _moment(message.clock, zone)),
        ("source's time", _in_source_zone(message.clock, source.time_zone)),
        ("UTC", _moment(message.clock, ZoneInfo("UTC"))),
        ("edited", _moment(record.edited_at, zone) if record.edited_at else ""),
        ("order", _tie(message.tie)),
    )


def _ids(record: MessageRecord) -> Rows:
    message = record.message
    return [
        ("id", str(message.id)),
        ("source's id", safe_line(record.external_id or "none: the id is made from time, sender and text")),
        ("cursor", str(message.cursor)),
    ]


def _states(record: MessageRecord) -> Iterator[str]:
    message = record.message
    if message.is_edited:
        yield "edited"
    if message.is_deleted:
        yield "deleted"
    if message.is_bookmarked:
        yield "bookmarked"
    yield "read" if record.is_read else "not read yet"


def _told_by_source(raw: object, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    for name, value in raw.items() if isinstance(raw, dict) else ():
        if value is not None and any(word in name.lower() for word in _TOLD_BY_SOURCE):
            yield safe_line(name)[:_LONGEST_FIELD], in_words(value, zone)[:_LONGEST_FIELD]


def _moment(moment: datetime, zone: tzinfo | None) -> str:
    here = local(moment, zone)
    part = f".{here:%f}".rstrip("0").rstrip(".")
    return f"{long_day(here)} {here:%H:%M:%S}{part} {zone or here.tzname()} ({here:%z})"


def _in_source_zone(moment: datetime, name: str) -> str:
    try:
        return _moment(moment, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"{safe_line(name)}, a zone that is not known here"


def _tie(tie: int) -> str:
    if not tie:
        return ""
    return f"{tie:,} µs are added in the key: the source has more messages of this moment, and this keeps their order"


def _earlier(number: int, earlier: EarlierText, zone: tzinfo | None) -> tuple[str, Rows, str]:
    rows = _known(
        ("written", _moment(earlier.edited_at, zone) if earlier.edited_at else ""),
        ("another came", _moment(earlier.replaced_at, zone)),
    )
    return f"Earlier text {number + 1} · {len(earlier.text):,} characters", rows, safe(earlier.text)


def _file(file: Attachment) -> Rows:
    state = file_state(file)
    where = state.value + (f"; it should be at {safe_line(file.path or '')}" if state in _SOUGHT else "")
    return _known(
        ("name", safe_line(file.file_name or "")),
        ("type", safe_line(file.mime_type or "")),
        ("size", f"{file.size:,} bytes" if file.size is not None else ""),
        ("sha256", safe_line(file.sha256 or "")),
        ("path", safe_line(file.path or "")),
        ("the file", where),
    )


def _parent(record: MessageRecord, zone: tzinfo | None) -> Rows:
    message = record.message
    if message.parent_id is None:
        return ()
    quote = message.quote
    said = _known(
        ("from", safe_line(quote.sender or "")),
        ("your time", _moment(quote.cursor.sent_at, zone)),
        ("text", safe_line(quote.text)),
    ) if quote else [("text", "The message is not in this archive.")]  # fmt: skip
    return [*said, *_known(("id", str(message.parent_id)), ("source's id", safe_line(record.parent_external_id or "")))]


def _thread(record: MessageRecord) -> Rows:
    if record.message.thread_id is None:
        return ()
    return _known(
        ("title", safe_line(record.thread or "")),
        ("id", str(record.message.thread_id)),
        ("source's id", safe_line(record.thread_external_id or "")),
    )


def _chat(record: MessageRecord) -> Rows:
    source = record.source
    return _known(
        ("chat", safe_line(record.conversation)),
        ("kind", record.conversation_kind.value),
        ("chat's id", str(record.message.conversation_id)),
        ("source's id", safe_line(record.conversation_external_id)),
        ("source", safe_line(source.name)),
        ("format", safe_line(source.format)),
        ("identity", safe_line(source.identity)),
        ("zone", safe_line(source.time_zone)),
    )


def _notes(whole: Whole, zone: tzinfo | None) -> Rows:
    mark = whole.bookmark
    rows = []
    if mark is not None:
        words = " · ".join(filter(None, (safe_line(mark.title), safe(mark.notes)))) or "without a title"
        rows.append(("bookmark", f"{words} ({_moment(mark.created_at, zone)})"))
    for note in whole.annotations:
        codes = [whole.codes.path(code) for one in note.codes if (code := whole.codes.living(one))]
        named = [safe_line(label) for label in (", ".join(codes), note.category or "") if label]
        labels = " ".join([*named, *(f"#{safe_line(tag)}" for tag in note.tags)])
        rows.append(
            ("remark", f"{safe(note.text)}{f' [{labels}]' if labels else ''} ({_moment(note.created_at, zone)})")
        )
    return rows


def _kept(whole: Whole, zone: tzinfo | None, *, is_of_message: bool) -> Rows:
    kept = (one for one in whole.kept if one.is_of_message == is_of_message)
    return [(safe_line(one.area), in_words(one.data, zone)) for one in kept]


def _known(*rows: tuple[str, str]) -> Rows:
    return [row for row in rows if row[1].strip()]
