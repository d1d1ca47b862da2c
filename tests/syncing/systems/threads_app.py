"""Threads between users, as `ddl/threads_app.sql` has them."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.systems import uuid_of
from tests.syncing.world import CHATS, PEOPLE, Said


class ThreadsApp:
    """UUIDs, and times without a zone."""

    name = "threads_app"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        for n, who in enumerate(PEOPLE):
            mail = f"{who}@example.org"
            insert(
                connection,
                "users",
                id=uuid_of(1, n),
                email=mail,
                username=who,
                first_name=who.title(),
                last_name="Test",
            )
        for n, chat in enumerate(CHATS):
            direct = chat == "bo"
            insert(connection, "threads", id=uuid_of(2, n), name=None if direct else chat.title(), is_direct=direct)
            for person in range(2 if direct else 3):
                keys = {"thread_id": uuid_of(2, n), "user_id": uuid_of(1, person)}
                insert(connection, "thread_participants", **keys, last_read_at="2024-03-12 09:10")

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        insert(
            connection,
            "messages",
            id=uuid_of(3, said.number),
            thread_id=self.chat_id(said.chat),
            user_id=uuid_of(1, PEOPLE.index(said.who)),
            content=said.text,
            parent_id=uuid_of(3, said.answers) if said.answers is not None else None,
            created_at=said.at.replace(tzinfo=None),
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        key = {"id": self.message_id(said.number)}
        update(connection, "messages", key, content=said.text, updated_at="now")

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "messages", id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return str(uuid_of(2, CHATS.index(chat)))

    def message_id(self, number: int) -> str:
        return str(uuid_of(3, number))

    def title(self, chat: str) -> str:
        return "Ana Test, Bo Test" if chat == "bo" else chat.title()

    def person(self, who: str) -> str:
        return f"{who.title()} Test"
