"""A platform for analysis, as `ddl/conversation_analysis.sql` has it."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.systems import uuid_of
from tests.syncing.world import CHATS, PEOPLE, Said


class ConversationAnalysis:
    """UUIDs, times without a zone, and a row for each person of each conversation."""

    name = "conversation_analysis"
    has_answers = False

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        owner = uuid_of(1, 0)
        insert(connection, "users", id=owner, email="rev@example.org", password_hash="x", full_name="Rev One")
        for n, chat in enumerate(CHATS):
            conversation = uuid_of(2, n)
            title = chat.title()
            insert(connection, "conversations", id=conversation, owner_id=owner, source_type="file_upload", title=title)
            for m, who in enumerate(PEOPLE):
                person, name = uuid_of(3, 10 * n + m), who.title()
                insert(connection, "participants", id=person, conversation_id=conversation, display_name=name)

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        chat = CHATS.index(said.chat)
        insert(
            connection,
            "messages",
            id=uuid_of(4, said.number),
            conversation_id=uuid_of(2, chat),
            sender_id=uuid_of(3, 10 * chat + PEOPLE.index(said.who)),
            message_id=f"wa-{said.number}",
            content=said.text,
            sent_at=said.at.replace(tzinfo=None),
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "messages", {"id": self.message_id(said.number)}, content=said.text, is_edited=True)

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "messages", id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return str(uuid_of(2, CHATS.index(chat)))

    def message_id(self, number: int) -> str:
        return str(uuid_of(4, number))

    def title(self, chat: str) -> str:
        return chat.title()

    def person(self, who: str) -> str:
        return who.title()
