"""JSON lines of any program: one message a line, keys named as a table's columns are, or mapped to them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import Json, identity, is_record
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, DateOrder, Reading, reading
from backscroll.importing.formats.delimited.columns import MEANINGS, checked, is_enough
from backscroll.importing.json_lines import first_object, read_lines
from backscroll.importing.records import Chat, Entry, Person, Record, Topic
from backscroll.importing.shown_dates import ShownDates, order_in
from backscroll.importing.streaming import opening
from backscroll.importing.telling import Told
from backscroll.model.message import Kind

_SUFFIXES: Final = (".jsonl", ".ndjson")
_LINES_LOOKED_AT: Final = 1000


class JsonLines:
    """JSON lines."""

    name = "jsonl"
    title = "JSON lines"
    carries = "keys for chat, time, sender, id, text, thread, answered message and kind"
    recognised = "by the keys of its first line, or `--format jsonl --columns sent_at=ts,sender=user.name,...`"

    def recognises(self, export: Export) -> bool:
        """Whether the first line has keys that make a message; others are never guessed at."""
        return not export.is_folder and any(is_enough(list(_keys(export, member))) for member in _files_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every message of the files. Raises AppError where the mapping is wrong, or keys are missing."""
        members = list(export.members) if len(export.members) == 1 else _files_in(export)
        mapping = keys_by_meaning(choices.columns) if choices.columns else {meaning: meaning for meaning in MEANINGS}
        if choices.columns is None and not any(is_enough(list(_keys(export, member))) for member in members):
            raise AppError(
                f"{export.name} does not say what its keys mean",
                "Name them: --columns sent_at=KEY,sender=KEY,text=KEY and so on; a.b is the key b inside of a.",
                code="bad_columns",
            )
        total = sum(export.size(member) for member in members)
        order = choices.date_order or _order_in(export, members, mapping["sent_at"])
        work = _Lines(mapping, replace(choices, date_order=order))
        found = reading(self.name, "JSON lines", choices, total, read_lines(export, members, work.records))
        return replace(found, date_order=order)


def _files_in(export: Export) -> list[str]:
    return [member for member in export.members if member.lower().endswith(_SUFFIXES)]


def _keys(export: Export, member: str) -> set[str]:
    return set(MEANINGS) & first_object(opening(export, member)).keys()


def _order_in(export: Export, members: list[str], key: str) -> DateOrder | None:
    """The order of day and month in the first lines of all files together."""
    heads = (opening(export, member).splitlines()[:_LINES_LOOKED_AT] for member in members)
    return order_in((_cell(first_object(line), key) for head in heads for line in head), members[0])


def keys_by_meaning(columns: tuple[str, ...]) -> dict[str, str]:
    """Keys by their meaning, out of `sent_at=ts`; a word alone is both. Raises AppError where they make no message."""
    pairs = [column.partition("=") for column in columns]
    checked([meaning for meaning, _, _ in pairs])
    return {meaning.strip(): (key or meaning).strip() for meaning, _, key in pairs}


class _Lines:
    """The lines of one export while they are read."""

    def __init__(self, mapping: dict[str, str], choices: Choices) -> None:
        self._mapping = mapping
        self._choices = choices
        self._dates = ShownDates(choices.time_zone, choices.date_order)
        self._told = Told()

    def records(self, message: Json, member: str, place: str) -> Iterator[Record]:  # noqa: ARG002
        """A message, after what it names for the first time. Raises ValueError where it has no time or no such kind."""
        cells = {meaning: _cell(message, key) for meaning, key in self._mapping.items()}
        if "text" not in cells or not _has(message, self._mapping["text"]):
            raise ValueError("it has no text")
        fallback = self._choices.title or PurePosixPath(member).stem
        entry = self._entry(cells, fallback)
        yield from self._told.once(Chat(entry.chat, cells.get("chat") or cells.get("chat_id") or fallback))
        if entry.person:
            yield from self._told.once(Person(entry.chat, entry.person, cells.get("sender") or entry.person))
        if entry.thread:
            yield from self._told.once(Topic(entry.chat, entry.thread, entry.thread))
        yield entry

    def _entry(self, cells: dict[str, str], fallback: str) -> Entry:
        clock, moment = self._dates.read(cells["sent_at"])
        kind = Kind(cells.get("kind") or Kind.TEXT)
        person = (cells.get("sender_id") or cells.get("sender") or None) if kind is not Kind.SYSTEM else None
        number = cells.get("id") or None
        return Entry(
            cells.get("chat_id") or cells.get("chat") or fallback,
            moment,
            person,
            cells["text"],
            Kind.SYSTEM if person is None else kind,
            external_id=number,
            clock=None if number else clock,
            thread=cells.get("thread") or None,
            parent=cells.get("parent") or None,
        )


def _cell(message: Json, key: str) -> str:
    """The value of a key as text; `a.b` is the key b inside of a, unless there is a key of that whole name."""
    value: object = message.get(key)
    if key not in message:
        value = message
        for part in key.split("."):
            value = value.get(part) if is_record(value) else None
    return str(value) if isinstance(value, float) else identity(value)


def _has(message: Json, key: str) -> bool:
    return key in message or key.partition(".")[0] in message
