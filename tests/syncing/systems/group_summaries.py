"""Groups with summaries, as `ddl/group_summaries.sql` has them."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.world import Said


class GroupSummaries:
    """Text ids; groups are named by their ids alone, and nothing keeps updated_at."""

    name = "group_summaries"
    has_answers = False

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        pass

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        insert(
            connection,
            "messages",
            message_id=self.message_id(said.number),
            group_id=self.chat_id(said.chat),
            sender_id=f"{said.who}@c.us",
            sender_name=self.person(said.who),
            message_text=said.text,
            timestamp=said.at,
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "messages", {"message_id": self.message_id(said.number)}, message_text=said.text)

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "messages", message_id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return f"{chat}@g.us"

    def message_id(self, number: int) -> str:
        return f"3EB0{number:08X}"

    def title(self, chat: str) -> str:
        return self.chat_id(chat)

    def person(self, who: str) -> str:
        return who.title()
