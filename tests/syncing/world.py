"""What is said in the tests' live sources: the same few chats in every system, and what the archive must then hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import psycopg

DDL = Path(__file__).parent / "ddl"
START = datetime(2024, 3, 12, 9, 0, tzinfo=UTC)
PEOPLE = ("ana", "bo", "cy")
CHATS = ("family", "team", "bo")


@dataclass(frozen=True)
class Said:
    """A message; `number` names it in all of the source, `answers` is the number of another one of its chat."""

    number: int
    chat: str
    who: str
    at: datetime
    text: str
    answers: int | None = None


def conversation(count: int = 60) -> list[Said]:
    """Three chats over some days and two quarters; several messages have the same moment, and some answer one."""
    said = []
    for n in range(count):
        chat = ("family", "team", "family", "bo")[n % 4]
        at = START + timedelta(days=n // 12 * 7, seconds=n // 4 * 20)
        text = f"message {n} in {chat}" + ("\nand more of it 👍" if n % 10 == 3 else "")
        said.append(
            Said(n, chat, PEOPLE[n % 3] if chat != "bo" else PEOPLE[n % 2], at, text, n - 4 if n % 7 == 5 else None)
        )
    return said


class Source(Protocol):
    """A chat system's database as its own programs would fill it."""

    name: str
    has_answers: bool

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        """Writes people and chats."""

    def add(self, connection: psycopg.Connection[Any], said: Said) -> None:
        """Writes a message."""

    def edit(self, connection: psycopg.Connection[Any], said: Said) -> None:
        """Gives a message another text."""

    def delete(self, connection: psycopg.Connection[Any], said: Said) -> None:
        """Takes a message out."""

    def chat_id(self, chat: str) -> str:
        """The source's id of a chat."""

    def message_id(self, number: int) -> str:
        """The source's id of a message."""

    def title(self, chat: str) -> str:
        """What the chat is called."""

    def person(self, who: str) -> str:
        """What a person is called."""


@dataclass
class World:
    """A source and what is said in it."""

    source: Source
    dsn: str
    said: dict[int, Said] = field(default_factory=dict)

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection[Any]]:
        """As the system's own program."""
        with psycopg.connect(self.dsn) as connection:
            yield connection

    def make(self, count: int = 60) -> None:
        """Makes the tables and says everything."""
        with self.connected() as connection:
            connection.execute((DDL / f"{self.source.name}.sql").read_text("utf-8").encode())
            self.source.prepare(connection)
        self.say(*conversation(count))

    def say(self, *messages: Said) -> None:
        """Says something more."""
        with self.connected() as connection:
            for said in messages:
                self.source.add(connection, said)
                self.said[said.number] = said

    def edit(self, number: int, text: str) -> None:
        """Changes what was said."""
        self.said[number] = said = replace(self.said[number], text=text)
        with self.connected() as connection:
            self.source.edit(connection, said)

    def delete(self, number: int) -> None:
        """Takes something back, for good."""
        with self.connected() as connection:
            self.source.delete(connection, self.said.pop(number))

    def expected(self) -> dict[tuple[str, str], tuple[Any, ...]]:
        """By chat and id: when it was said, by whom, what, in which chat, and which message it answers."""
        source = self.source
        return {
            (source.chat_id(one.chat), source.message_id(one.number)): (
                one.at,
                source.person(one.who),
                one.text,
                source.title(one.chat),
                source.message_id(one.answers) if one.answers in self.said and source.has_answers else None,
            )
            for one in self.said.values()
        }


_HELD = """
SELECT c.external_id, m.external_id, m.sent_at - m.tie * interval '1 microsecond', p.name, m.body, c.title,
       (SELECT o.external_id FROM backscroll.messages AS o
         WHERE o.conversation_id = m.conversation_id AND o.id = m.parent_id AND o.deleted_at IS NULL)
FROM backscroll.messages AS m
JOIN backscroll.conversations AS c ON c.id = m.conversation_id
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
WHERE m.deleted_at IS NULL AND m.kind <> 'system'
"""


def held(dsn: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What an archive has, in the shape of `World.expected`."""
    with psycopg.connect(dsn) as connection:
        return {(row[0], row[1]): tuple(row[2:]) for row in connection.execute(_HELD).fetchall()}
