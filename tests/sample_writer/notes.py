"""The notes of the sample: what the scenes' author wrote about them, tied to the messages that were really sent.

`scenes/notes.toml` names a message by its chat and a part of its text that no other message of the chat holds.
"""

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.sample_writer.schedule import Post
from tests.sample_writer.script import SCENES

_ZONE = ZoneInfo("Europe/Berlin")
_KEPT_OUT = ("edited", "deleted", "photo", "png", "video", "voice", "sticker", "doc", "file", "notice", "join", "topic")


@dataclass(frozen=True, slots=True)
class Place:
    """One message as a note finds it: its source, its chat, and its own id where the format has one."""

    identity: str
    chat: str
    post: Post
    external_id: str | None

    @property
    def sent_at(self) -> datetime:
        """The moment; WhatsApp's wall clock is Berlin's, the other formats keep UTC."""
        return self.post.at.replace(tzinfo=_ZONE if self.identity == "whatsapp" else UTC)

    @property
    def is_plain(self) -> bool:
        """Whether the message is nothing but its text, so that its text names it."""
        return self.post.sender is not None and all(self.post.line.flag(flag) is None for flag in _KEPT_OUT)

    def conversation(self) -> dict[str, str]:
        """The chat's name for the loader."""
        return {"identity": self.identity, "external_id": self.chat}

    def message(self, has_seconds: bool) -> dict[str, str | None]:
        """The message's name for the loader."""
        if self.external_id is not None:
            return {"external_id": self.external_id}
        clock = self.post.at if has_seconds else self.post.at.replace(second=0)
        return {"clock": clock.isoformat(), "sender": self.post.sender, "text": self.post.text}


def notes_json(places: dict[str, list[Place]]) -> str:
    """The text of notes.json. Raises ValueError where a note does not point at exactly one message."""
    source = tomllib.loads((SCENES / "notes.toml").read_text("utf-8"))
    seconds: list[str] = source["chats_with_seconds"]
    notes: dict[str, Any] = {"version": 1, "time_zone": "Europe/Berlin"}
    notes["codes"] = source["codes"]
    for kind in ("bookmarks", "annotations"):
        notes[kind] = [_note(places, row, seconds) for row in source[kind]]
    notes["review"] = _review(places, source["review"], seconds)
    notes["summaries"] = [_summary(places[row["chat"]], row) for row in source["summaries"]]
    notes["read_marks"] = [_mark(places[chat], unread, chat in seconds) for chat, unread in source["unread"].items()]
    return json.dumps(notes, ensure_ascii=False, indent=1) + "\n"


def _note(places: dict[str, list[Place]], row: dict[str, Any], seconds: list[str]) -> dict[str, Any]:
    found = _found(places[row["chat"]], row)
    rest = {key: value for key, value in row.items() if key not in ("chat", "quote")}
    return {"conversation": found.conversation(), "message": found.message(row["chat"] in seconds), **rest}


def _found(places: list[Place], row: dict[str, Any]) -> Place:
    """The one message that a row quotes, whole or in part; `on` says on which day, where others say the same."""
    said = [place for place in places if place.post.at.date() == row.get("on", place.post.at.date())]
    found = [place for place in said if row["quote"] == place.post.text]
    found = found or [place for place in said if row["quote"] in place.post.text]
    if len(found) != 1 or not found[0].is_plain:
        raise ValueError(f"{len(found)} messages hold {row['quote']!r}")
    return found[0]


def _review(places: dict[str, list[Place]], row: dict[str, Any], seconds: list[str]) -> dict[str, Any]:
    chat = places[row["chat"]]
    kept = {key: value for key, value in row.items() if key not in ("chat", "decisions")}
    decisions = [
        {"message": _found(chat, decided).message(row["chat"] in seconds)}
        | {key: value for key, value in decided.items() if key not in ("on", "quote")}
        for decided in row["decisions"]
    ]
    return {"conversation": chat[0].conversation(), **kept, "decisions": decisions}


def _summary(places: list[Place], row: dict[str, Any]) -> dict[str, Any]:
    start, end = row.get("from"), row.get("to")
    zone = _ZONE if places[0].identity == "whatsapp" else UTC
    bounds = [datetime.combine(day, datetime.min.time(), zone) if day else None for day in (start, end)]
    inside = [
        place
        for place in places
        if (bounds[0] is None or place.sent_at >= bounds[0]) and (bounds[1] is None or place.sent_at < bounds[1])
    ]
    if not inside:
        raise ValueError(f"{row['chat']}: nobody wrote between {start} and {end}")
    return {
        "conversation": places[0].conversation(),
        "period_start": bounds[0] and bounds[0].isoformat(),
        "period_end": bounds[1] and bounds[1].isoformat(),
        "message_count": len(inside),
        "participants": sorted({p.post.sender for p in inside if p.post.sender}),
        "text": row["text"].strip(),
    }


def _mark(places: list[Place], unread: int, has_seconds: bool) -> dict[str, Any]:
    if not unread:
        return {"conversation": places[0].conversation(), "message": None}
    last = next(place for place in reversed(places[:-unread]) if place.is_plain)
    return {"conversation": places[0].conversation(), "message": last.message(has_seconds)}
