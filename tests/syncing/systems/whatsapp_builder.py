"""Chatbots on WhatsApp, as `ddl/whatsapp_builder.sql` has them."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.systems import uuid_of
from tests.syncing.world import CHATS, PEOPLE, Said

_MEMBERS = {"team": PEOPLE, "family": PEOPLE[:2], "bo": PEOPLE[1:]}


class WhatsAppBuilder:
    """UUIDs, columns in camel case, payloads in JSON."""

    name = "whatsapp_builder"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        for n, who in enumerate(PEOPLE):
            insert(connection, "users", id=uuid_of(1, n), phoneNumber=f"+49{n}", name=who.title())
        for n, chat in enumerate(CHATS):
            insert(connection, "conversations", id=uuid_of(2, n), lastCustomerMessageAt="2024-04-09 09:00+00")
            for who in _MEMBERS[chat]:
                keys = {"conversationId": uuid_of(2, n), "userId": uuid_of(1, PEOPLE.index(who))}
                insert(connection, "conversation_participants", **keys)

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        insert(
            connection,
            "messages",
            id=uuid_of(3, said.number),
            conversationId=self.chat_id(said.chat),
            senderId=uuid_of(1, PEOPLE.index(said.who)),
            content=self._payload(said),
            timestamp=said.at,
        )

    def _payload(self, said: Said) -> dict[str, str]:
        answers = {"replyTo": self.message_id(said.answers)} if said.answers is not None else {}
        return {"text": said.text} | answers

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "messages", {"id": self.message_id(said.number)}, content=self._payload(said))

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "messages", id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return str(uuid_of(2, CHATS.index(chat)))

    def message_id(self, number: int) -> str:
        return str(uuid_of(3, number))

    def title(self, chat: str) -> str:
        return ", ".join(who.title() for who in _MEMBERS[chat])

    def person(self, who: str) -> str:
        return who.title()
