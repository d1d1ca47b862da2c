"""A small team that gets a release out, in threads with answers."""

from typing import Any

import psycopg

from tests.syncing.rows import insert
from tests.syncing.stories import Line, lines, make_tables
from tests.syncing.systems import uuid_of

_PEOPLE = {
    "lea": ("Lea", "Brandt"),
    "omar": ("Omar", "Haddad"),
    "wim": ("Wim", "Peeters"),
    "sana": ("Sana", "Iqbal"),
    "jo": ("Jo", "Maddox"),
}
SCRIPT = """
    2024-06-04
    08:55 lea: Morning all. Release 2.4 is on Thursday, what is still open?
    08:58 omar ^1: The importer. Two tests fail, both about time zones
    09:01 wim ^2: Translations. Dutch is done, French waits for Sana
    09:02 sana ^1: French comes today, I promise
    09:04 lea ^3: Is it the daylight saving thing again?
    09:06 omar ^1: Yes. The hour that exists twice in October
    09:15 jo: Could we show the hour with its offset there? 02:30 (+02) and 02:30 (+01)
    09:17 omar ^1: That is the first proposal that I like
    09:18 lea ^2: +1. Small, honest, done
    11:40 sana: French is in, 412 strings. The word for “backlog” took an hour
    11:42 wim ^1: What did you take?
    11:43 sana ^1: “Retard”. Then I took it out again
    15:30 omar: Importer is green. Offset shows only where an hour exists twice
    15:32 jo ^1: 🎉
    15:40 lea: Then the plan for Thursday: freeze at 10, checklist with Jo, out at 14
    15:44 wim ^1: I write the notes for the release. Who reads them?
    15:45 jo ^1: I do
"""
LATER = """
    2024-06-06
    09:50 lea: Freeze in ten minutes. Last things?
    09:52 omar ^1: One: the old parser warns twice. Harmless, but ugly
    09:53 jo ^1: Ugly goes out. We fix it in 2.4.1
    09:57 wim: Notes are in the wiki. I left out the joke
    09:58 sana ^1: Which one?
    09:58 wim ^1: Retard
    10:00 lea: Frozen ❄
"""
_OTHERS = {
    "Design review": """
        2024-06-05
        14:02 sana: The empty state now says what to do next
        14:05 wim: And it is two words shorter than before
    """,
    "Lunch": """
        2024-06-05
        11:58 jo: Falafel or the canteen?
        11:59 omar: You ask as if it were a question
    """,
}


def write(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables and writes all but what is said later."""
    make_tables(connection, "threads_app")
    for n, (who, (first, last)) in enumerate(_PEOPLE.items()):
        mail = f"{who}@example.org"
        names = {"username": who, "first_name": first, "last_name": last}
        insert(connection, "users", id=uuid_of(1, n), email=mail, last_login_at="2024-06-06 09:40", **names)
    for n, (title, script) in enumerate({"Release 2.4": SCRIPT, **_OTHERS}.items()):
        insert(connection, "threads", id=uuid_of(2, n), name=title, last_message_at="2024-06-06 10:00")
        for m, read in enumerate(("06-06 09:48", "06-06 09:41", "06-04 15:46", "06-05 14:10", "06-06 08:30")):
            role = {"role": "owner" if m == 0 else "member", "joined_at": "2024-01-08 09:00"}
            keys = {"thread_id": uuid_of(2, n), "user_id": uuid_of(1, m)}
            insert(connection, "thread_participants", **keys, **role, last_read_at=f"2024-{read}")
        _say(connection, n, list(lines(script)), 0)
    plan = {"file_name": "release-2.4.md", "file_type": "text/markdown", "file_size": 2_310}
    where = "https://files.example.org/release-2.4.md"
    insert(connection, "attachments", message_id=uuid_of(3, 14), file_url=where, **plan)


def write_later(connection: psycopg.Connection[Any]) -> None:
    """What is said after the others were read."""
    _say(connection, 0, list(lines(LATER)), 50)


def _say(connection: psycopg.Connection[Any], thread: int, said: list[Line], first: int) -> None:
    for line in said:
        number = 100 * thread + first
        insert(
            connection,
            "messages",
            id=uuid_of(3, number + line.number),
            thread_id=uuid_of(2, thread),
            user_id=uuid_of(1, list(_PEOPLE).index(line.who)),
            content=line.text,
            parent_id=uuid_of(3, number + line.answers) if line.answers is not None else None,
            status="read" if first == 0 else "delivered",
            created_at=line.at.replace(tzinfo=None),
        )
