"""What is packed by hand arrives in the table as it was, in every column."""

from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import tuple_row

from backscroll.archive.batch import MessageRow
from backscroll.archive.packing import packed
from backscroll.archive.queries import queries
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.model.instants import microseconds

CHAT, MESSAGE, SENDER, THREAD, PARENT = (UUID(int=n << 100 | n) for n in range(1, 6))
_SQL = queries("staging")


@pytest.fixture
def database(server: EmbeddedServer, template: str) -> str:
    """The DSN of an empty archive, in which only a temporary table is made."""
    return make_conninfo(server.dsn, dbname=template)


def copied(database: str, *messages: MessageRow) -> list[tuple[object, ...]]:
    with psycopg.connect(database, row_factory=tuple_row) as connection:
        connection.execute(_SQL["create_staged"])
        with connection.cursor().copy(_SQL["copy_messages"]) as copy:
            for rows in packed(messages):
                copy.write(rows)
        return connection.execute("""
            SELECT conversation_id, sent_at AT TIME ZONE 'UTC', id, sender_id, thread_id, parent_id, kind, tie,
                   is_edited, is_deleted, edited_at AT TIME ZONE 'UTC', external_id, body, raw, search_text, stems
            FROM pg_temp.staged""").fetchall()


def test_every_column_arrives(database: str) -> None:
    moment = datetime(2024, 2, 29, 23, 59, 59, 999_999, UTC)
    raw = {"reply": [1, None, "ü\u2028😀"], "nested": {"a": True}}
    ids = (CHAT.bytes, microseconds(moment), MESSAGE.bytes, SENDER.bytes, THREAD.bytes, PARENT.bytes)
    full = MessageRow(
        *ids, "document", 32_767, True, False, moment, "x:1", "Grüße 😀\n", raw, "grusse emoji1f600", "ｄｅgruss"
    )
    (row,) = copied(database, full)
    assert row == (
        *(CHAT, moment.replace(tzinfo=None), MESSAGE, SENDER, THREAD, PARENT, "document", 32_767, True, False),
        *(moment.replace(tzinfo=None), "x:1", "Grüße 😀\n", raw, "grusse emoji1f600", "ｄｅgruss"),
    )


def test_what_is_missing_is_null_and_empty_is_empty(database: str) -> None:
    early, late = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC)
    bare = [
        MessageRow(CHAT.bytes, count, MESSAGE.bytes, None, None, None, "text", 0, False, True, None, None, "")
        for count in map(microseconds, (early, late))
    ]
    rows = copied(database, *bare)
    assert [row[1] for row in rows] == [early.replace(tzinfo=None), late.replace(tzinfo=None)]
    assert rows[0][3:] == (None, None, None, "text", 0, False, True, None, None, "", None, None, None)
    assert copied(database) == []
