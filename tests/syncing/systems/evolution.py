"""Evolution API, as `ddl/evolution.sql` has it."""

from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.world import CHATS, Said


class Evolution:
    """Names in mixed case, WhatsApp's keys in JSON, unix seconds; ids grow with time."""

    name = "evolution"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        insert(connection, "Instance", id="i1", name="office", ownerJid="me@s.whatsapp.net")
        for chat in CHATS:
            name = None if chat == "bo" else chat.title()
            insert(connection, "Chat", id=f"c-{chat}", remoteJid=_jid(chat), name=name, instanceId="i1")
        insert(connection, "Contact", id="k1", remoteJid="bo@s.whatsapp.net", pushName="Bo", instanceId="i1")

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        who = f"{said.who}@s.whatsapp.net"
        key = {"id": self.message_id(said.number), "remoteJid": _jid(said.chat), "fromMe": False, "participant": who}
        insert(
            connection,
            "Message",
            id=f"cl{said.number:023}",
            key=key,
            pushName=self.person(said.who),
            messageType="extendedTextMessage" if said.number % 2 else "conversation",
            message=_payload(said),
            contextInfo={"stanzaId": self.message_id(said.answers)} if said.answers is not None else None,
            messageTimestamp=int(said.at.timestamp()),
            instanceId="i1",
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        update(connection, "Message", {"id": f"cl{said.number:023}"}, message=_payload(said))

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "Message", id=f"cl{said.number:023}")

    def chat_id(self, chat: str) -> str:
        return f"i1/{_jid(chat)}"

    def message_id(self, number: int) -> str:
        return f"3EB0{number:08X}"

    def title(self, chat: str) -> str:
        return chat.title()

    def person(self, who: str) -> str:
        return who.title()


def _jid(chat: str) -> str:
    return "bo@s.whatsapp.net" if chat == "bo" else f"{chat}@g.us"


def _payload(said: Said) -> dict[str, Any]:
    return {"extendedTextMessage": {"text": said.text}} if said.number % 2 else {"conversation": said.text}
