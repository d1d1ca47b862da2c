"""Talks of a housing advice line, read by two reviewers."""

from typing import Any

import psycopg

from tests.syncing.rows import insert
from tests.syncing.stories import Line, lines, make_tables
from tests.syncing.systems import uuid_of

_TALKS = {
    "Housing advice · case 14": """
        2024-04-16
        10:02 adviser: Good morning, housing advice, this is Ruben. How can I help?
        10:04 caller: Hello. My landlord says I have to be out by the end of the month.
        10:05 adviser: I am sorry to hear that. Did you get that in writing?
        10:07 caller: A note under the door on Friday. No date on it, and no reason.
        10:08 adviser: Then it is very likely not valid. You need not move out because of it.
        10:09 caller: Really? I have not slept since Friday.
        10:11 adviser: Really. In Leeds the council can send somebody who speaks with Mr Hale for you.
        10:12 caller: You know him?
        10:13 adviser: You are the third from Mill Street this month.
        10:15 caller: So it is not only me. That helps more than you think, thank you Ruben.
        10:17 adviser: Please take a photograph of the note, and of the door. Keep the envelope.
        10:18 caller: I threw the envelope away. Is that bad?
        10:19 adviser: No. Write down today when it came and who saw it.
        10:26 caller: My neighbour Amara saw him put it there. She would say so.
        10:28 adviser: Very good. I am sending you the letter to Mr Hale, you only have to sign it.
        10:41 caller: It came. Shall I send it or bring it?
        10:42 adviser: By post, recorded, and keep the slip. I call you on Thursday at ten.
        10:43 caller: I can breathe again. Thank you.
    """,
    "Housing advice · case 15": """
        2024-04-17
        09:31 caller: The boiler has been out for nine days.
        09:33 adviser: Do you have small children in the flat?
        09:34 caller: Two. They sleep in their coats.
    """,
    "Language café · Tuesday": """
        2024-04-18
        18:02 adviser: Tonight: how to complain politely.
        18:05 caller: I am an expert in the first half.
    """,
}
_NOTES = (
    (
        6,
        "Somebody will speak for her: relief at last. Same turn as in case 9.",
        "turning point",
        ["relief", "trust"],
    ),
    (6, "Check with Ruben: may we name the council here?", "to do", []),
    (9, "Not being alone counts more than the law.", "theme", ["belonging"]),
)


def write(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables and writes all of it."""
    make_tables(connection, "conversation_analysis")
    nora, sam = uuid_of(1, 0), uuid_of(1, 1)
    for user, name in ((nora, "Nora Feld"), (sam, "Sam Oyelaran")):
        mail = f"{name.split()[0].lower()}@example.org"
        insert(connection, "users", id=user, email=mail, password_hash="x", full_name=name)
    for n, (role, user, action) in enumerate((("analyst", nora, "annotate"), ("supervisor", sam, "export"))):
        insert(connection, "roles", id=uuid_of(8, n), name=role, description=f"may {action}")
        insert(connection, "permissions", id=uuid_of(7, n), resource="messages", action=action)
        insert(connection, "role_permissions", role_id=uuid_of(8, n), permission_id=uuid_of(7, n))
        insert(connection, "user_roles", user_id=user, role_id=uuid_of(8, n), assigned_at="2024-04-02 09:00")
    for n, (title, script) in enumerate(_TALKS.items()):
        _talk(connection, n, title, list(lines(script)))
    _notes(connection, nora, sam)


def _talk(connection: psycopg.Connection[Any], n: int, title: str, said: list[Line]) -> None:
    insert(
        connection,
        "conversations",
        id=uuid_of(2, n),
        owner_id=uuid_of(1, 0),
        source_type="whatsapp_export",
        title=title,
        metadata={"project": "Evictions 2024", "consent": "signed"},
    )
    for m, name in enumerate(("Ruben (adviser)", "Mrs. Okafor" if n == 0 else "Caller")):
        insert(connection, "participants", id=uuid_of(3, 10 * n + m), conversation_id=uuid_of(2, n), display_name=name)
    for line in said:
        insert(
            connection,
            "messages",
            id=uuid_of(4, 100 * n + line.number),
            conversation_id=uuid_of(2, n),
            sender_id=uuid_of(3, 10 * n + (line.who == "caller")),
            message_id=f"WA-{n}-{line.number:03}",
            content=line.text,
            sent_at=line.at.replace(tzinfo=None),
        )


def _notes(connection: psycopg.Connection[Any], nora: object, sam: object) -> None:
    for n, (number, words, category, tags) in enumerate(_NOTES):
        at = {"conversation_id": uuid_of(2, 0), "message_id": uuid_of(4, number)}
        written = {"content": words, "category": category, "tags": tags, "created_at": f"2024-04-2{n} 15:0{n}"}
        insert(connection, "annotations", id=uuid_of(9, n), user_id=sam if n == 1 else nora, **at, **written)
    message = {"message_id": uuid_of(4, 6)}
    mark = {"title": "The answer that turns it", "notes": "quote in the report", "created_at": "2024-04-20 15:10"}
    insert(connection, "bookmarks", user_id=nora, conversation_id=uuid_of(2, 0), **message, **mark)
    emotions = {"relief": 0.61, "trust": 0.3, "fear": 0.09}
    scores = {"polarity": 0.42, "subjectivity": 0.5, "sentiment_label": "positive", "emotion_scores": emotions}
    insert(connection, "message_sentiment", analyzed_at="2024-04-19 02:00", **message, **scores)
    text = list(lines(next(iter(_TALKS.values()))))[6].text
    for kind, value, sure in (("PLACE", "Leeds", 0.98), ("PERSON", "Mr Hale", 0.91)):
        start = text.index(value)
        places = {"start_position": start, "end_position": start + len(value), "confidence_score": sure}
        insert(connection, "message_entities", entity_type=kind, entity_value=value, **message, **places)
    for user, action, at, changes in (
        (nora, "annotate", "2024-04-20 15:00", {"category": [None, "turning point"]}),
        (sam, "export", "2024-04-22 09:12", {"format": "pdf"}),
    ):
        about = {"resource_type": "message", "resource_id": uuid_of(4, 6), "ip_address": "10.4.0.7"}
        insert(connection, "audit_logs", user_id=user, action=action, changes=changes, created_at=at, **about)
