"""A bakery's phone: its chats are processed, some are left out, and the processing is paused."""

from typing import Any

import psycopg

from tests.syncing.rows import insert, update
from tests.syncing.stories import lines, make_tables

_PEOPLE = {"mila": "Mila", "otto": "Otto (mill)", "bea": "Bea", "karim": "Karim"}
_CHATS = {
    "orders@g.us": (
        "Bakery orders",
        """
        2024-03-15
        17:02 bea: Tomorrow for the café: 40 croissants, 12 rye, 6 of the walnut
        17:05 mila: Rye is short, I can do 8. More walnut instead?
        17:06 bea: Walnut is fine. And the cake for Saturday: two tiers, lemon
        17:09 mila: This is the drawing, is it right?
        17:20 bea: Perfect. No marzipan please, the groom is allergic
        2024-03-16
        05:40 karim: Van is loaded. Croissants are still warm 🥐
        06:12 karim: Delivered, receipt attached
        06:15 bea: Best colleague
        """,
    ),
    "49301112@s.whatsapp.net": (
        "Otto (mill)",
        """
        2024-03-16
        08:01 otto: Flour comes Tuesday, 20 sacks
        08:03 mila: Make it 24, Easter is near
        """,
    ),
    "staff@g.us": (
        "Early shift",
        """
        2024-03-16
        04:30 karim: Oven 2 is at 190 and does not move
        04:41 mila: Hit it. Left side, lower third
        04:43 karim: …it works
        """,
    ),
    "49305550@s.whatsapp.net": ("Dr. Aydin", "2024-03-16\n12:00 mila: Can I come on Monday instead?"),
    "family@g.us": ("The Jansens", "2024-03-16\n19:00 mila: Sunday lunch is at ours"),
}


def write(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables and writes all of it."""
    make_tables(connection, "whatsapp_processor")
    for who, name in _PEOPLE.items():
        insert(connection, "chats", jid=f"{who}@s.whatsapp.net", name=name)
    serial = 0
    for jid, (name, script) in _CHATS.items():
        insert(connection, "chats", jid=jid, name=name, is_group=jid.endswith("@g.us"))
        last = None
        for line in lines(script):
            serial += 1
            last = (f"3EB0A{serial:05X}", int(line.at.timestamp()))
            insert(
                connection,
                "messages",
                message_id=last[0],
                jid=jid,
                content=line.text,
                sender=f"{line.who}@s.whatsapp.net",
                is_from_me=line.who == "mila",
                timestamp=last[1],
            )
        is_excluded = name in ("Dr. Aydin", "The Jansens")
        seen = {} if is_excluded or last is None else dict(zip(_RESUME, last, strict=True))
        mode = "from_now" if jid == "staff@g.us" else "from_last"
        insert(connection, "chat_tracking_state", jid=jid, is_excluded=is_excluded, resume_mode=mode, **seen)
    insert(connection, "processing_state", is_paused=True, paused_at="2024-03-16 19:30")
    _files(connection)


_RESUME = ("last_processed_message_id", "last_processed_timestamp")


def _files(connection: psycopg.Connection[Any]) -> None:
    for serial, kind, mime, name, size in (
        (4, "photo", "image/jpeg", "cake-drawing.jpg", 184_220),
        (7, "document", "application/pdf", "receipt-0316.pdf", 48_112),
    ):
        message, stored = f"3EB0A{serial:05X}", f"http://minio.bakery:9000/wa-media/2024/03/{name}"
        seen = f"https://deeplens.bakery/v/{name}" if kind == "photo" else None
        file = {"media_type": kind, "mime_type": mime, "file_size": size, "deeplens_url": seen}
        insert(connection, "media_files", minio_url=stored, message_id=message, jid="orders@g.us", **file)
        update(connection, "messages", {"message_id": message}, media_type=kind)
    lost = {"media_type": "audio", "mime_type": "audio/ogg", "file_size": 31_870, "jid": "staff@g.us"}
    insert(connection, "media_files", minio_url="http://minio.bakery:9000/wa-media/2024/03/oven-hum.ogg", **lost)
