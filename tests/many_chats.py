"""Many chats, written by the server itself in seconds: what the chat list is tested and measured on."""

import psycopg

# A few large chats and many small ones, a million messages in all; each chat spans up to three years.
_PLANNED = """
CREATE TEMPORARY TABLE planned AS
SELECT n, md5('chat ' || n)::uuid AS id, size, begins, (n * 7919 % 1096) * interval '1 day' / size AS gap
FROM generate_series(1, 20000) AS n,
     LATERAL (SELECT greatest(3, (60000 / n ^ 0.9)::int) AS size,
                     '2017-01-01 00:00+00'::timestamptz + n * 104729 % 2920000 * interval '86400 ms' AS begins) AS a"""
_SOURCES = """
INSERT INTO backscroll.sources (id, identity, format, name, time_zone)
SELECT md5('source ' || n)::uuid, 'made:' || n, 'made', 'Source ' || n, 'UTC' FROM generate_series(0, 4) AS n"""
_CHATS = """
INSERT INTO backscroll.conversations (id, source_id, external_id, title, kind, message_count, participant_count,
    first_message_at, last_message_at, last_message_id, last_kind, last_sender, last_text)
SELECT p.id, md5('source ' || n % 5)::uuid, n::text, initcap(substr(md5('title ' || n), 1, 9)) || ' ' || n,
    (ARRAY['direct', 'group', 'channel'])[n % 3 + 1], size, 2,
    begins, begins + (size - 1) * gap, md5(n || ' ' || size - 1)::uuid, 'text', 'Ana', 'see you at ' || n
FROM pg_temp.planned AS p"""
_MARKS = """
INSERT INTO backscroll.read_marks (conversation_id, user_id, message_sent_at, message_id)
SELECT p.id, u.id, begins + place * gap, md5(n || ' ' || place)::uuid
FROM pg_temp.planned AS p, backscroll.users AS u, LATERAL (SELECT n * 31 % (size - 1) AS place) AS k
WHERE n % 3 = 0 AND u.role = current_user"""
_STATES = """
INSERT INTO backscroll.conversation_states (conversation_id, user_id, is_pinned, shelf)
SELECT p.id, u.id, n % 2003 = 0, CASE n % 20 WHEN 7 THEN 'archived' WHEN 9 THEN 'hidden' ELSE 'listed' END
FROM pg_temp.planned AS p, backscroll.users AS u
WHERE (n % 20 IN (7, 9) OR n % 2003 = 0) AND u.role = current_user"""
_QUARTERS = """
DO $$ BEGIN
FOR q IN 0..47 LOOP
    EXECUTE format(
        'CREATE TABLE backscroll.messages_made%s PARTITION OF backscroll.messages FOR VALUES FROM (%L) TO (%L)', q,
        '2017-01-01 00:00+00'::timestamptz + q * interval '3 months',
        '2017-01-01 00:00+00'::timestamptz + (q + 1) * interval '3 months');
END LOOP; END $$"""
_MESSAGES = """
INSERT INTO backscroll.messages (conversation_id, sent_at, id, body, search)
SELECT p.id, begins + i * gap, md5(n || ' ' || i)::uuid, 'hello', to_tsvector('simple', 'hello')
FROM pg_temp.planned AS p, generate_series(0, size - 1) AS i"""
_DAYS = """
INSERT INTO backscroll.conversation_days (conversation_id, day, messages)
SELECT m.conversation_id, (m.sent_at AT TIME ZONE 'UTC')::date, count(*) FROM backscroll.messages AS m GROUP BY 1, 2"""
_FIGURES = """
ANALYZE backscroll.sources, backscroll.conversations, backscroll.read_marks, backscroll.conversation_states,
    backscroll.conversation_days, backscroll.messages"""


def write_chats(connection: psycopg.Connection, *, with_messages: bool) -> None:
    """Fills an empty archive; a third of the chats have a read mark somewhere, a tenth are put away, nine are pinned.

    Without messages, unread messages are counted where there are none; the lists are the same.
    """
    for statement in (_PLANNED, _SOURCES, _CHATS, _MARKS, _STATES):
        connection.execute(statement)
    if with_messages:
        for statement in (_QUARTERS, _MESSAGES, _DAYS):
            connection.execute(statement)
    connection.execute(_FIGURES)
