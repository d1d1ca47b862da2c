"""What is kept of one chat is read by its key, however many chats are kept."""

import json
from hashlib import md5
from typing import Any
from uuid import UUID

import psycopg
import pytest

from backscroll.archive.opening import Archive
from backscroll.archive.queries import queries
from backscroll.model.statistics import EVERYBODY

_CHATS = """
WITH s AS (INSERT INTO backscroll.sources (id, identity, format, name, time_zone)
           VALUES (md5('s')::uuid, 's', 'made', 'S', 'UTC') RETURNING id)
INSERT INTO backscroll.conversations (id, source_id, external_id, title, kind)
SELECT md5(n::text)::uuid, s.id, n::text, n::text, 'group' FROM s, generate_series(1, 3000) AS n"""
_MONTHS = """
INSERT INTO backscroll.month_statistics (conversation_id, time_zone, participant_id, month, job_id, messages, letters,
    days, day_messages, hours, hour_messages, kinds, hosts, emoji, reactions, replies, reply_messages, answers, words,
    word_messages, sampled)
SELECT md5(n::text)::uuid, 'UTC', '00000000-0000-0000-0000-000000000000', '1989-12-01', md5('j')::uuid, 1, 1, '{0}',
    '{1}', '{0}', '{1}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 1
FROM generate_series(1, 3000) AS n"""


@pytest.mark.parametrize(
    ("area", "name"),
    [
        *(("statistics", name) for name in ("months", "reply_times", "answers", "stale")),
        *(("sentiment", name) for name in ("months", "unjudged")),
    ],
)
async def test_what_is_kept_of_a_chat_is_found_by_its_key(archive: Archive, area: str, name: str) -> None:
    chat = UUID(md5(b"7").hexdigest())
    values = {
        "chat": chat,
        "zone": "UTC",
        "person": EVERYBODY,
        "people": [EVERYBODY],
        "is_anew": False,
        "word_list": "x",
    }
    with psycopg.connect(archive.statistics._gateway._dsn, autocommit=True) as connection:
        connection.execute(_CHATS)
        connection.execute(_MONTHS)
        connection.execute("ANALYZE backscroll.month_statistics")
        query = queries(area)[name]
        plan = connection.execute(b"EXPLAIN (FORMAT JSON) " + query.as_bytes(connection), values).fetchone()
    assert plan is not None
    scans = [node for node in _nodes(plan[0][0]["Plan"]) if node.get("Relation Name") == "month_statistics_before"]
    assert scans, json.dumps(plan[0])
    assert all("Index" in node["Node Type"] or node["Node Type"] == "Bitmap Heap Scan" for node in scans)


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", []) for node in _nodes(child))]
