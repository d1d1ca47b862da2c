"""Writes any number of annotations at once, on the messages that are there: some of everything, and little of some."""

from typing import Any

import psycopg

_FILL = """
INSERT INTO backscroll.annotations
    (conversation_id, id, user_id, message_sent_at, message_id, quoted_text, text, category, tags, author, words,
     created_at)
SELECT m.conversation_id, gen_random_uuid(), u.id, m.sent_at, m.id, m.body, w.text, w.category, w.tags, w.author,
       backscroll.search_vector(concat_ws(' ', w.text, w.category, array_to_string(w.tags, ' ')), NULL, NULL),
       '2026-01-01'::timestamptz + (i * 7919 % {many}) * interval '1 minute'
FROM generate_series(1, {many}) AS i
CROSS JOIN LATERAL (SELECT
    CASE WHEN i % 500 = 0 THEN 'rare keys' ELSE 'Remark ' || i % 9 END AS text,
    CASE i % 4 WHEN 0 THEN 'theme' WHEN 1 THEN 'Side theme' END AS category,
    CASE WHEN i % 300 = 0 THEN '{{draft,Later on}}'::text[] ELSE '{{}}'::text[] END AS tags,
    CASE i % 3 WHEN 0 THEN 'ana' ELSE '' END AS author) AS w
JOIN (SELECT *, row_number() OVER (ORDER BY o.sent_at, o.id) AS n, count(*) OVER () AS messages
      FROM backscroll.messages AS o) AS m
  ON m.n = CASE WHEN i % 200 = 0 THEN m.messages ELSE i % (m.messages - 1) + 1 END
CROSS JOIN backscroll.users AS u
"""


def write_notes(connection: psycopg.Connection[Any], many: int) -> None:
    """Writes so many; a few are on the last message of all."""
    connection.execute(_FILL.format(many=many).encode())
