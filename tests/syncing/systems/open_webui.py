"""Open WebUI, as `ddl/open_webui.sql` has it."""

from time import time
from typing import Any

import psycopg

from tests.syncing.rows import insert, update
from tests.syncing.world import CHATS, START, Said


class OpenWebUI:
    """A conversation is one tree in JSON; Ana asks, and two models answer."""

    name = "open_webui"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        insert(connection, "user", id="ana", name="Ana")
        for chat in CHATS:
            made = int(START.timestamp())
            history = {"history": {"messages": {}, "currentId": None}}
            insert(
                connection,
                "chat",
                id=chat,
                user_id="ana",
                title=chat.title(),
                chat=history,
                created_at=made,
                updated_at=made,
            )

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        def put(messages: dict[str, Any]) -> None:
            messages[self.message_id(said.number)] = {
                "id": self.message_id(said.number),
                "parentId": self.message_id(said.answers) if said.answers is not None else None,
                "childrenIds": [],
                "role": "user" if said.who == "ana" else "assistant",
                "content": said.text,
                "timestamp": int(said.at.timestamp()),
            } | ({} if said.who == "ana" else {"model": said.who, "modelName": said.who.title()})

        _change(connection, said.chat, put)

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        def put(messages: dict[str, Any]) -> None:
            messages[self.message_id(said.number)]["content"] = said.text

        _change(connection, said.chat, put)

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        _change(connection, said.chat, lambda messages: messages.pop(self.message_id(said.number)))

    def chat_id(self, chat: str) -> str:
        return chat

    def message_id(self, number: int) -> str:
        return f"m{number:04}"

    def title(self, chat: str) -> str:
        return chat.title()

    def person(self, who: str) -> str:
        return who.title()


def _change(connection: psycopg.Connection[Any], chat: str, change: Any) -> None:
    row = connection.execute("SELECT chat FROM chat WHERE id = %s", (chat,)).fetchone()
    assert row is not None
    change(row[0]["history"]["messages"])
    update(connection, "chat", {"id": chat}, chat=row[0], updated_at=int(time()))
