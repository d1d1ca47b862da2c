"""Synapse, as `ddl/synapse.sql` has it."""

import json
from datetime import datetime
from typing import Any

import psycopg

from tests.syncing.rows import delete, insert
from tests.syncing.world import CHATS, PEOPLE, START, Said


class Synapse:
    """Events in JSON and milliseconds; an edit is another event."""

    name = "synapse"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        for chat in CHATS:
            if chat != "bo":
                insert(connection, "room_stats_state", room_id=self.chat_id(chat), name=chat.title())
            for who in PEOPLE[: 2 if chat == "bo" else 3]:
                member = {"membership": "join", "displayname": who.title()}
                event = event_of(connection, "m.room.member", chat, who, START, member, state_key=_user(who))
                keys = {"event_id": event, "user_id": _user(who), "sender": _user(who), "room_id": self.chat_id(chat)}
                insert(connection, "room_memberships", membership="join", display_name=who.title(), **keys)

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        answered = {"m.in_reply_to": {"event_id": self.message_id(said.answers)}} if said.answers is not None else None
        content = {"msgtype": "m.text", "body": said.text} | ({"m.relates_to": answered} if answered else {})
        event_of(
            connection, "m.room.message", said.chat, said.who, said.at, content, event=self.message_id(said.number)
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        content = {
            "msgtype": "m.text",
            "body": f"* {said.text}",
            "m.new_content": {"msgtype": "m.text", "body": said.text},
        }
        event = event_of(connection, "m.room.message", said.chat, said.who, said.at, content)
        about = self.message_id(said.number)
        insert(connection, "event_relations", event_id=event, relates_to_id=about, relation_type="m.replace")

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        for table in ("events", "event_json"):
            delete(connection, table, event_id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return f"!{chat}:example.org"

    def message_id(self, number: int) -> str:
        return f"$m{number}"

    def title(self, chat: str) -> str:
        return "Ana, Bo" if chat == "bo" else chat.title()

    def person(self, who: str) -> str:
        return who.title()


def event_of(
    connection: psycopg.Connection[Any],
    kind: str,
    chat: str,
    who: str,
    at: datetime,
    content: dict[str, Any],
    *,
    event: str | None = None,
    state_key: str | None = None,
) -> str:
    """Writes an event as the newest of the server; gives its id."""
    row = connection.execute("SELECT coalesce(max(stream_ordering), 0) + 1 FROM events").fetchone()
    assert row is not None
    event, room = event or f"$e{row[0]}", f"!{chat}:example.org"
    keys = {"topological_ordering": row[0], "stream_ordering": row[0], "origin_server_ts": int(at.timestamp() * 1000)}
    insert(
        connection, "events", event_id=event, type=kind, room_id=room, sender=_user(who), state_key=state_key, **keys
    )
    insert(connection, "event_json", event_id=event, room_id=room, json=json.dumps({"type": kind, "content": content}))
    return event


def _user(who: str) -> str:
    return f"@{who}:example.org"
