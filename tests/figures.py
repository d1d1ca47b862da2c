"""Whether the figures that an archive keeps beside its messages are those of the messages."""

from typing import Any, Final

import psycopg

_WRONG: Final = {
    "conversations": """
        SELECT c.title FROM backscroll.conversations AS c
        LEFT JOIN LATERAL (SELECT count(*) AS n, min(m.sent_at) AS a, max(m.sent_at) AS z FROM backscroll.messages AS m
                            WHERE m.conversation_id = c.id AND m.deleted_at IS NULL) AS f ON true
        WHERE (c.message_count, c.first_message_at, c.last_message_at) IS DISTINCT FROM (f.n, f.a, f.z)
           OR c.participant_count <> (SELECT count(*) FROM backscroll.participants AS p WHERE p.conversation_id = c.id)
           OR c.thread_count <> (SELECT count(*) FROM backscroll.threads AS t WHERE t.conversation_id = c.id)""",
    "last messages": """
        SELECT c.title FROM backscroll.conversations AS c
        LEFT JOIN backscroll.messages AS m
            ON m.conversation_id = c.id AND m.sent_at = c.last_message_at AND m.id = c.last_message_id
        LEFT JOIN backscroll.participants AS p ON p.conversation_id = c.id AND p.id = m.sender_id
        WHERE (c.last_kind, c.last_sender, c.last_text) IS DISTINCT FROM (m.kind, p.name, left(m.body, 160))""",
    "participants": """
        SELECT p.name FROM backscroll.participants AS p
        LEFT JOIN LATERAL (SELECT count(*) AS n, min(m.sent_at) AS a, max(m.sent_at) AS z FROM backscroll.messages AS m
                            WHERE m.conversation_id = p.conversation_id AND m.sender_id = p.id
                              AND m.deleted_at IS NULL) AS f ON true
        WHERE (p.message_count, p.first_message_at, p.last_message_at) IS DISTINCT FROM (f.n, f.a, f.z)""",
    "threads": """
        SELECT t.title FROM backscroll.threads AS t
        LEFT JOIN LATERAL (SELECT count(*) AS n, min(m.sent_at) AS a, max(m.sent_at) AS z FROM backscroll.messages AS m
                            WHERE m.conversation_id = t.conversation_id AND m.thread_id = t.id
                              AND m.deleted_at IS NULL) AS f ON true
        WHERE (t.message_count, t.first_message_at, t.last_message_at) IS DISTINCT FROM (f.n, f.a, f.z)""",
    "days": """
        SELECT coalesce(d.day, f.day) FROM backscroll.conversation_days AS d
        FULL JOIN (SELECT m.conversation_id, (m.sent_at AT TIME ZONE 'UTC')::date AS day, count(*) AS messages
                     FROM backscroll.messages AS m
                    WHERE m.deleted_at IS NULL GROUP BY 1, 2) AS f USING (conversation_id, day)
        WHERE d.messages IS DISTINCT FROM f.messages""",
    "parents": """
        SELECT m.id FROM backscroll.messages AS m
        LEFT JOIN backscroll.messages AS p ON p.conversation_id = m.conversation_id AND p.id = m.parent_id
        WHERE m.parent_sent_at IS DISTINCT FROM p.sent_at""",
    "parts": """
        SELECT o.message_id FROM (SELECT conversation_id, message_id FROM backscroll.attachments
                                  UNION SELECT conversation_id, message_id FROM backscroll.reactions) AS o
        LEFT JOIN backscroll.messages AS m ON m.conversation_id = o.conversation_id AND m.id = o.message_id
        WHERE m.id IS NULL""",
}


def wrong_figures(dsn: str) -> dict[str, list[Any]]:
    """What does not agree with the messages; empty where everything does."""
    with psycopg.connect(dsn) as connection:
        found = {name: connection.execute(query).fetchall() for name, query in _WRONG.items()}
    return {name: rows for name, rows in found.items() if rows}
