"""The second pass over a chat: every header with the text that follows it becomes one record."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.agreement import opened
from backscroll.importing.decoding import blocks, decoded_head
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, DateOrder, Reading
from backscroll.importing.formats.whatsapp.clock import Clock
from backscroll.importing.formats.whatsapp.content import Content, content_of
from backscroll.importing.formats.whatsapp.families import opening_family
from backscroll.importing.formats.whatsapp.notices import Notices
from backscroll.importing.formats.whatsapp.senders import EDGES, MARK, is_notice, sender_name
from backscroll.importing.formats.whatsapp.survey import HEAD, Survey, survey
from backscroll.importing.formats.whatsapp.titles import is_nameless, title_of
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected, Remark
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Kind

TEXT_MAX: Final = 4 * 1024**2
RAW_MAX: Final = 10_000
_ATTACHED_FILE: Final = re.compile(r"\d{8}-")


class WhatsApp:
    """WhatsApp's text export."""

    name = "whatsapp"
    title = "WhatsApp text export"
    carries = (
        "text of Android and iOS in any language, its dates in any order, with and without years; attachments, "
        "what was left out, edits, deletions, polls, calls, places, notices"
    )
    recognised = "by its lines"

    def recognises(self, export: Export) -> bool:
        """Whether a text file opens with a WhatsApp header, or a zip holds such a file."""
        return not export.is_folder and bool(_chats_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Surveys the whole export first, so nothing is yielded where its dates are unclear (AppError)."""
        members = list(export.members) if len(export.members) == 1 else _chats_in(export)
        if not members:
            raise AppError(
                f"{export.name} holds no WhatsApp chat",
                "Point at the .txt or .zip that WhatsApp exported, or name another --format.",
                code="not_recognised",
            )
        title = choices.title if len(members) == 1 else None
        surveys = opened([partial(_look, export, member, title, choices) for member in members], order_of=_order)
        total = sum(export.size(member) for member in members)
        first = surveys[0].calendar
        records = _records(export, surveys, choices)
        read_as = _read_as(surveys[0], choices) if len(surveys) == 1 else None
        return Reading("whatsapp", "WhatsApp", total, records, first.order, first.reason or None, read_as)


def _look(export: Export, member: str, title: str | None, choices: Choices, likely: DateOrder | None) -> Survey:
    decided = replace(choices, likely_date_order=likely) if likely else choices
    return survey(export, member, title or title_of(export, member), decided)


def _read_as(one: Survey, choices: Choices) -> str | None:
    """All that a chat's messages hang on beside its lines; None where the year of a date hangs on other dates."""
    if one.family.has_names or one.calendar.follows:
        return None
    return repr((one.title, one.kind.value, one.family, one.calendar.order, choices.time_zone_name))


def _order(one: Survey) -> DateOrder | None:
    return one.calendar.order


def _chats_in(export: Export) -> list[str]:
    texts = [m for m in export.members if m.lower().endswith(".txt") and not _ATTACHED_FILE.match(m.rpartition("/")[2])]
    chats = [m for m in texts if opening_family(decoded_head(export.read(m, HEAD))) is not None]
    named = [m for m in chats if is_nameless(m) or "whatsapp" in m.lower()]
    return named or chats


def _records(export: Export, surveys: list[Survey], choices: Choices) -> Iterator[tuple[int, Record]]:
    done = 0
    for one in surveys:
        clock = Clock(one.calendar, choices.time_zone, choices.time_zone_name)
        yield from _Transcript(export, one, clock, done).records()
        done += export.size(one.member)
        for about, text in one.calendar.remarks:
            yield done, Remark(about, text, one.member)
        for remark in clock.remarks(one.member):
            yield done, remark


class _Transcript:
    """One chat, read from its beginning to its end."""

    def __init__(self, export: Export, found: Survey, clock: Clock, start: int) -> None:
        self._export = export
        self._found = found
        self._pattern = found.family.pattern()
        self._date_at, self._time_at = found.family.parts
        self._title = found.title
        self._clock = clock
        self._start = start
        self._group = found.title if found.kind is ConversationKind.GROUP else None
        self._names: dict[str | None, str | None] = {}
        self._notices = Notices()

    def records(self) -> Iterator[tuple[int, Record]]:
        """The chat, then every message in the order of the file, each person before the first word."""
        title = self._title
        yield self._start, Chat(title, title, self._found.kind)
        introduced: set[str] = set()
        for position, before, match, body in self._messages():
            if match is None:
                if body.strip("\ufeff\u200e \n"):
                    yield position, self._rejected(body[1:], "no header stands before it", 1)
                continue
            record = self._record(match, body, before)
            if isinstance(record, Entry) and record.person is not None and record.person not in introduced:
                introduced.add(record.person)
                yield position, Person(title, record.person, record.person)
            yield position, record
            if len(body) > TEXT_MAX:
                reason = f"what follows the first {TEXT_MAX:,} characters of a message"
                yield position, self._rejected(body[TEXT_MAX:], reason, _line(match, before))

    def _messages(self) -> Iterator[tuple[int, int, re.Match[str] | None, str]]:
        """Each header with what follows it up to the next one, and the number of lines before its block."""
        match: re.Match[str] | None = None
        carried, before, position = "", 0, self._start
        with self._export.open(self._found.member) as stream:
            counted = 0
            for read, block in blocks(stream):
                position, start = self._start + read, 0
                for following in self._pattern.finditer(block):
                    end = following.start()
                    if match is not None or carried or end:
                        yield position, before, match, carried + block[start:end]
                    match, carried, start, before = following, "", following.end(), counted
                counted += block.count("\n")
                carried = _bounded(carried, block[start:])
        if match is not None or carried:
            yield position, before, match, carried

    def _record(self, match: re.Match[str], body: str, before: int) -> Record:
        parts = match.groups()
        try:
            clock, moment = self._clock.read(parts[self._date_at], parts[self._time_at])
        except ValueError:
            told = "the date or time does not exist"
            return self._rejected(match.group()[1:] + body, told, _line(match, before))
        text, shown = body[:TEXT_MAX], parts[6]
        name = self._names[shown] if shown in self._names else self._name(shown)
        if name is None:
            return self._notice(
                match.group()[match.start(7) - match.start() :] + text if shown else text, moment, clock
            )
        content = content_of(text)
        if content is not None:
            return self._entry(content, name, clock, moment)
        if text.startswith(MARK):
            notice = self._notice(text, moment, clock)
            if notice.raw is not None or is_notice(name, self._group, text):
                return notice
        return Entry(self._title, moment, name, text, clock=clock)

    def _notice(self, said: str, moment: datetime, clock: datetime) -> Entry:
        text = said.strip(EDGES)
        told = self._notices.read(text)
        return Entry(self._title, moment, None, text, Kind.SYSTEM, clock=clock, raw=told)

    def _rejected(self, raw: str, reason: str, line: int) -> Rejected:
        return Rejected(raw[:RAW_MAX], reason, f"{self._found.member}:{line}")

    def _name(self, shown: str | None) -> str | None:
        name = self._names[shown] = sender_name(shown) if shown else None
        return name

    def _entry(self, content: Content, name: str, clock: datetime, moment: datetime) -> Entry:
        files = (self._attachment(content.file_name),) if content.has_file else ()
        return Entry(
            self._title,
            moment,
            name,
            content.text,
            content.kind,
            clock=clock,
            attachments=files,
            is_edited=content.is_edited,
            is_deleted=content.is_deleted,
            raw=content.parts,
        )

    def _attachment(self, file_name: str | None) -> Attachment:
        if file_name is None:
            return Attachment(None, None, None, None, None)
        return attached(self._export, self._found.member, file_name, name=file_name)


def _line(match: re.Match[str], before: int) -> int:
    """The number of a header's line, from the number of lines before its block."""
    return before + match.string.count("\n", 0, match.start() + 1)


def _bounded(carried: str, more: str) -> str:
    """The text so far, cut a little beyond the longest message that is kept."""
    return (carried + more)[: TEXT_MAX + RAW_MAX] if len(carried) < TEXT_MAX + RAW_MAX else carried
