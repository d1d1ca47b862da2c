"""A database that nobody knows is mirrored as a person's mapping says, and a wrong mapping is told."""

from pathlib import Path

import psycopg
import pytest

from backscroll.archive.live import LiveDatabase
from backscroll.errors import AppError
from backscroll.syncing.mapping import read_mapping
from backscroll.syncing.recognising import find
from backscroll.syncing.session import Synced, syncing
from tests.syncing.conftest import Sides
from tests.syncing.world import held

MAPPING = """
title = "Notice board"
[messages]
table = "board.notices"
id = "no"
sent_at = "posted"
text = "words"
chat = "corner"
sender = "hand"
parent = "answers"
[people]
table = "board.hands"
id = "key"
name = "called"
"""
_TABLES = """
CREATE SCHEMA board;
CREATE TABLE board.hands (key int PRIMARY KEY, called text);
INSERT INTO board.hands VALUES (1, 'Ana'), (2, 'Bo');
CREATE TABLE board.notices (no int PRIMARY KEY, posted bigint, words varchar(99), corner text, hand int, answers int);
INSERT INTO board.notices VALUES (1, 1710234000000, 'keys?', 'hall', 1, NULL), (2, 1710234060000, 'here', 'hall', 2, 1);
"""


async def sync(sides: Sides, mapping: Path) -> Synced:
    """A whole sync as the mapping says."""
    database = LiveDatabase(sides.source)
    database.open()
    try:
        found = find(database, name="test", mapping=read_mapping(mapping))
        async with syncing(sides.archive, database, found) as session:
            return await session.whole_pass()
    finally:
        database.close()


async def test_a_mapping_says_what_is_what_and_what_is_new_comes_in(sides: Sides, tmp_path: Path) -> None:
    mapping = tmp_path / "board.toml"
    mapping.write_text(MAPPING, "utf-8")
    with psycopg.connect(sides.source) as connection:
        connection.execute(_TABLES)
    assert (await sync(sides, mapping)).stored.messages == 2
    told = {key: (row[1], row[2], row[4], row[0].timestamp()) for key, row in held(sides.dsn).items()}
    assert told == {
        ("hall", "1"): ("Ana", "keys?", None, 1710234000),
        ("hall", "2"): ("Bo", "here", "1", 1710234060),
    }
    (source,) = await sides.archive.syncs.all()
    assert (source.name, source.system) == ("Notice board", "mapped")
    with psycopg.connect(sides.source) as connection:
        connection.execute("UPDATE board.notices SET words = 'there' WHERE no = 2")
        connection.execute("DELETE FROM board.notices WHERE no = 1")
    changed = await sync(sides, mapping)
    assert (changed.stored.updated, changed.deleted) == (1, 1)


WRONG = [
    ("[messages", "It has to be TOML"),
    ("[people]\ntable = 'a'", "[messages] is missing"),
    ("[messages]\ntable = 'a'\nid = 'b'", "[messages] lacks sent_at, text"),
    ("[messages]\ntable = 'a'\nid = 'b'\nsent_at = 'c'\ntext = 'd'\nmood = 'e'", "does not know mood"),
    (MAPPING.replace("board.notices", "board.letters"), "There are board.hands, board.notices."),
    (MAPPING.replace('"words"', '"wordz"'), "board.notices has no, posted, words"),
]


def test_what_is_wrong_with_a_mapping_is_told(source: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    with psycopg.connect(source) as connection:
        connection.execute(_TABLES)
    for said, told in WRONG:
        mapping.write_text(said, "utf-8")
        with pytest.raises(AppError) as raised:
            look(source, mapping)
        assert told in raised.value.hint
        assert raised.value.code == "bad_mapping"


def look(source: str, mapping: Path) -> None:
    """What a sync does first."""
    database = LiveDatabase(source)
    database.open()
    try:
        find(database, mapping=read_mapping(mapping))
    finally:
        database.close()
