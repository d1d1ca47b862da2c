"""Zulip, as `ddl/zulip.sql` has it."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.world import PEOPLE, Said


class Zulip:
    """Channels with topics, and direct messages, which are of a pair; answers are quotes, and not told apart."""

    name = "zulip"
    has_answers = False

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        for n, who in enumerate(PEOPLE):
            insert(connection, "zerver_userprofile", id=n + 1, full_name=who.title())
            insert(connection, "zerver_recipient", id=n + 1, type=1, type_id=n + 1)
        for n, chat in ((1, "family"), (2, "team")):
            insert(connection, "zerver_stream", id=n, name=chat.title())
            insert(connection, "zerver_recipient", id=n + 10, type=2, type_id=n)

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        other = 2 if said.who == "ana" else 1
        recipient = {"family": 11, "team": 12, "bo": other}[said.chat]
        insert(
            connection,
            "zerver_message",
            id=said.number + 1,
            subject="\x07" if said.chat == "bo" else "boats",
            content=said.text,
            date_sent=said.at,
            recipient_id=recipient,
            sender_id=PEOPLE.index(said.who) + 1,
            is_channel_message=said.chat != "bo",
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "zerver_message", {"id": said.number + 1}, content=said.text, last_edit_time="now")

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "zerver_message", id=said.number + 1)

    def chat_id(self, chat: str) -> str:
        return {"family": "channel/1", "team": "channel/2", "bo": "direct/1-2"}[chat]

    def message_id(self, number: int) -> str:
        return str(number + 1)

    def title(self, chat: str) -> str:
        return "Ana, Bo" if chat == "bo" else chat.title()

    def person(self, who: str) -> str:
        return who.title()
