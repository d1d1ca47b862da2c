"""Suggests a mapping of a database that nobody knows: which tables look like messages, and which column may be what."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from backscroll.archive.recognised import Column

Tables: TypeAlias = Mapping[tuple[str, str], Sequence[Column]]

_TEXTS: Final = {"text", "varchar", "bpchar", "citext", "json", "jsonb"}
_MOMENTS: Final = {"timestamp", "timestamptz"}
_NUMBERS: Final = {"int4", "int8", "numeric", "float8"}
_TEXT_WORDS: Final = ("content", "body", "text", "message", "msg")
_TIME_WORDS: Final = ("sent", "created", "posted", "time", "date", "_at", "createat", "ts")
_TABLE_WORDS: Final = ("mess", "post", "chat")
_NAMES: Final = {
    "id": "id message_id msg_id uuid guid key no",
    "chat": "chat_id chat room_id room channel_id channel conversation_id conversation thread_id group_id topic_id",
    "sender": "sender_id user_id author_id from_id person_id sender author user from nick",
    "sender_name": "sender_name author_name user_name username",
    "kind": "kind message_type type",
    "parent": "parent_id reply_to_id reply_to in_reply_to parent",
    "is_edited": "is_edited edited",
    "is_deleted": "is_deleted deleted",
    "edited_at": "edited_at",
    "updated_at": "updated_at modified_at",
    "status": "status",
}
"""What columns are often called, by what they mean in a mapping."""
_PEOPLE: Final = "users user people members contacts authors accounts participants profiles"
_PEOPLES_NAMES: Final = "full_name display_name name username nick title"
_SHOWN: Final = 5
_COLUMNS: Final = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A table that looks like messages: its columns, and a mapping of it to begin with, as TOML.

    `is_whole`: the mapping names all that is needed.
    """

    table: str
    columns: tuple[str, ...]
    mapping: str
    is_whole: bool

    @property
    def line(self) -> str:
        """The table with its first columns."""
        return f"{self.table} ({', '.join(self.columns[:_COLUMNS])})"


def suggestions(columns: Sequence[Column]) -> list[Suggestion]:
    """The tables with a text and a time, likely names and those with the most rows first."""
    tables: defaultdict[tuple[str, str], list[Column]] = defaultdict(list)
    for column in columns:
        tables[column.schema, column.relation].append(column)
    likely = [key for key, found in tables.items() if _text(found) and _moment(found)]
    likely.sort(key=lambda key: (not any(word in key[1].lower() for word in _TABLE_WORDS), -tables[key][0].rows))
    return [_suggestion(key, tables) for key in likely[:_SHOWN]]


def _suggestion(key: tuple[str, str], tables: Tables) -> Suggestion:
    columns = tables[key]
    text, moment = _text(columns), _moment(columns)
    named = {meaning: _named(names, columns) for meaning, names in _NAMES.items()}
    meanings = {"id": named.pop("id"), "sent_at": moment, "text": text} | named
    lines = [*_section("messages", ".".join(key), meanings), *_people(key[0], tables, named["sender"])]
    return Suggestion(
        ".".join(key), tuple(column.name for column in columns), "\n".join(lines) + "\n", bool(meanings["id"])
    )


def _people(schema: str, tables: Tables, sender: str | None) -> Iterator[str]:
    """The table of those whom messages name by an id alone."""
    if sender is None or not sender.endswith("id"):
        return
    for relation in _PEOPLE.split():
        columns = tables.get((schema, relation), ())
        identity, name = _named(f"id {sender}", columns), _named(_PEOPLES_NAMES, columns)
        if identity and name:
            yield from _section("people", f"{schema}.{relation}", {"id": identity, "name": name})
            return


def _section(name: str, table: str, meanings: Mapping[str, str | None]) -> Iterator[str]:
    yield f"[{name}]"
    for meaning, value in {"table": table, **meanings}.items():
        if value is not None:
            yield f"{meaning} = {json.dumps(value, ensure_ascii=False)}"


def _named(names: str, columns: Sequence[Column]) -> str | None:
    there = {column.name.lower(): column.name for column in columns}
    return next((there[name] for name in names.split() if name in there), None)


def _text(columns: Sequence[Column]) -> str | None:
    return _first(_TEXT_WORDS, [column.name for column in columns if column.type in _TEXTS])


def _moment(columns: Sequence[Column]) -> str | None:
    moments = [column.name for column in columns if column.type in _MOMENTS]
    numbers = [column.name for column in columns if column.type in _NUMBERS]
    return _first(_TIME_WORDS, moments) or next(iter(moments), None) or _first(_TIME_WORDS, numbers)


def _first(words: Sequence[str], names: Sequence[str]) -> str | None:
    return next((name for word in words for name in names if word in name.lower()), None)
