"""Messages by JID, as `ddl/whatsapp_processor.sql` has them."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.world import CHATS, Said


class WhatsAppProcessor:
    """Serial ids beside WhatsApp's own, and unix seconds."""

    name = "whatsapp_processor"
    has_answers = False

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        for chat in CHATS:
            insert(connection, "chats", jid=self.chat_id(chat), name=self.title(chat), is_group=chat != "bo")
        for who in ("ana", "cy"):
            insert(connection, "chats", jid=f"{who}@s.whatsapp.net", name=self.person(who))

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        insert(
            connection,
            "messages",
            message_id=self.message_id(said.number),
            jid=self.chat_id(said.chat),
            content=said.text,
            sender=f"{said.who}@s.whatsapp.net",
            timestamp=int(said.at.timestamp()),
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "messages", {"message_id": self.message_id(said.number)}, content=said.text)

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "messages", message_id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return "bo@s.whatsapp.net" if chat == "bo" else f"{chat}@g.us"

    def message_id(self, number: int) -> str:
        return f"3EB0{number:08X}"

    def title(self, chat: str) -> str:
        return chat.title()

    def person(self, who: str) -> str:
        return who.title()
