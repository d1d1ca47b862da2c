"""Chatwoot, as `ddl/chatwoot.sql` has it."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.world import CHATS, PEOPLE, Said


class Chatwoot:
    """Serial ids, times in UTC without a zone; everybody but Ana is an agent."""

    name = "chatwoot"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        insert(connection, "inboxes", id=1, name="WhatsApp", channel_type="Channel::Whatsapp")
        for n, who in enumerate(PEOPLE):
            insert(connection, "contacts" if who == "ana" else "users", id=n + 1, name=who.title())
        for n, chat in enumerate(CHATS):
            insert(connection, "contacts", id=n + 10, name=chat.title())
            insert(connection, "conversations", id=n + 1, display_id=n + 1, inbox_id=1, contact_id=n + 10)

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        insert(
            connection,
            "messages",
            id=said.number + 1,
            content=said.text,
            conversation_id=int(self.chat_id(said.chat)),
            message_type=0 if said.who == "ana" else 1,
            created_at=said.at.replace(tzinfo=None),
            updated_at="now",
            sender_type="Contact" if said.who == "ana" else "User",
            sender_id=PEOPLE.index(said.who) + 1,
            content_attributes={"in_reply_to": said.answers + 1} if said.answers is not None else {},
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "messages", {"id": said.number + 1}, content=said.text, updated_at="now")

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "messages", id=said.number + 1)

    def chat_id(self, chat: str) -> str:
        return str(CHATS.index(chat) + 1)

    def message_id(self, number: int) -> str:
        return str(number + 1)

    def title(self, chat: str) -> str:
        return f"{chat.title()} #{CHATS.index(chat) + 1}"

    def person(self, who: str) -> str:
        return who.title()
