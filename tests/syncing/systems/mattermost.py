"""Mattermost, as `ddl/mattermost.sql` has it."""

from time import time_ns
from typing import Any

import psycopg

from tests.syncing.rows import delete, insert, update
from tests.syncing.world import CHATS, PEOPLE, Said


class Mattermost:
    """Ids of 26 letters, and milliseconds."""

    name = "mattermost"
    has_answers = True

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        insert(connection, "teams", id=_id("t", 0), name="harbour", displayname="Harbour")
        for n, who in enumerate(PEOPLE):
            insert(
                connection,
                "users",
                id=_id("u", n),
                username=who,
                nickname=who.title() if n else "",
                firstname=who.title(),
            )
        for n, chat in enumerate(CHATS):
            direct = {"type": "D", "teamid": "", "displayname": "", "name": f"{_id('u', 0)}__{_id('u', 1)}"}
            open_to_all = {"type": "O", "teamid": _id("t", 0), "displayname": chat.title(), "name": chat}
            insert(connection, "channels", id=_id("c", n), **(direct if chat == "bo" else open_to_all))

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        insert(
            connection,
            "posts",
            id=self.message_id(said.number),
            createat=int(said.at.timestamp() * 1000),
            updateat=time_ns() // 1_000_000,
            deleteat=0,
            editat=0,
            userid=_id("u", PEOPLE.index(said.who)),
            channelid=self.chat_id(said.chat),
            rootid=self.message_id(said.answers) if said.answers is not None else "",
            originalid="",
            message=said.text,
            type="",
            props={},
        )

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        now = time_ns() // 1_000_000
        update(connection, "posts", {"id": self.message_id(said.number)}, message=said.text, updateat=now, editat=now)

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        delete(connection, "posts", id=self.message_id(said.number))

    def chat_id(self, chat: str) -> str:
        return _id("c", CHATS.index(chat))

    def message_id(self, number: int) -> str:
        return _id("p", number)

    def title(self, chat: str) -> str:
        return "ana, bo" if chat == "bo" else f"{chat.title()} · Harbour"

    def person(self, who: str) -> str:
        return who.title()


def _id(kind: str, number: int) -> str:
    return f"{kind}{number:025}"
