"""A flower shop whose bot takes orders: a payload for each kind of message, and where each customer is in the flow."""

from typing import Any

import psycopg

from tests.syncing.rows import insert
from tests.syncing.stories import lines, make_tables
from tests.syncing.systems import uuid_of

_PEOPLE = {"bot": "Fleur (bot)", "lea": "Lea Brandt", "milo": "Milo Santos", "ida": "Ida Holm"}
_SCRIPT = """
    2024-05-08
    16:01 lea: Hi! I need flowers for Sunday
    16:01 bot: Hello Lea 🌷 What may it be?
    16:02 lea: A bouquet
    16:02 bot: How large?
    16:03 lea: Large, as on the picture
    16:03 bot: This is our “Meadow”, 42 €
    16:05 lea: That one. Peonies instead of lilies, if they are there
    16:06 lea: (a sticker)
    16:06 bot: Noted: Meadow, large, peonies. Where shall it go?
    16:08 lea: Mill Lane 4, with Mrs. Brandt
    16:08 bot: Sunday before 11? Reply to confirm
    16:09 lea: Yes, please
    16:09 bot: Thank you! Your invoice
    16:10 lea: ❤
    2024-05-09
    09:12 lea: Can the card say “from all of us”?
    09:12 bot: It can. It is written on the card now
"""
_LISTED = {"type": "list_reply", "list_reply": {"id": "bouquet", "title": "A bouquet", "description": "hand-tied"}}
_BUTTON = {"type": "button_reply", "button_reply": {"id": "confirm", "title": "Yes, please"}}
_ASKED = {
    "type": "button",
    "body": {"text": "Sunday before 11? Reply to confirm"},
    "action": {"buttons": [{"id": "confirm", "title": "Yes, please"}, {"id": "later", "title": "Another time"}]},
}
_PAYLOADS: dict[int, tuple[str, dict[str, Any]]] = {
    2: ("interactive", {"interactive": _LISTED}),
    5: ("image", {"link": "https://cdn.fleur.shop/meadow.jpg", "mimeType": "image/jpeg",
                  "caption": "This is our “Meadow”, 42 €"}),
    7: ("sticker", {"link": "https://cdn.fleur.shop/stickers/peony.webp", "mimeType": "image/webp"}),
    10: ("interactive", {"interactive": _ASKED}),
    11: ("interactive", {"interactive": _BUTTON, "context": {"message_id": str(uuid_of(3, 10))}}),
    12: ("document", {"link": "https://cdn.fleur.shop/invoice-2024-118.pdf", "filename": "invoice-2024-118.pdf",
                      "caption": "Thank you! Your invoice", "mimeType": "application/pdf"}),
    13: ("reaction", {"messageId": str(uuid_of(3, 12)), "emoji": "❤"}),
}  # fmt: skip
_OTHERS = {
    "milo": "2024-05-09\n08:40 milo: Do you have sunflowers?\n08:40 bot: From June on 🌻 Shall I tell you?",
    "ida": "2024-05-07\n12:10 ida: The roses lasted two weeks, thank you\n12:10 bot: That makes my day 🌹",
}


def write(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables and writes all of it."""
    make_tables(connection, "whatsapp_builder")
    people = list(_PEOPLE)
    for n, name in enumerate(_PEOPLE.values()):
        insert(connection, "users", id=uuid_of(1, n), phoneNumber=f"+49 151 2233{n}", name=name)
    nodes = [{"id": "greeting"}, {"id": "choose-size"}, {"id": "address"}, {"id": "confirm"}, {"id": "card-text"}]
    for n, (name, status) in enumerate(
        (("Order a bouquet", "active"), ("Opening hours", "active"), ("Valentine", "archived"))
    ):
        insert(connection, "chatbots", id=uuid_of(7, n), name=name, nodes=nodes if n == 0 else [], status=status)
    for n, (who, script) in enumerate({"lea": _SCRIPT, **_OTHERS}.items()):
        said = list(lines(script))
        last = max(line.at for line in said if line.who != "bot")
        window = {"lastCustomerMessageAt": last, "lastMessageAt": said[-1].at, "isWindowOpen": who != "ida"}
        insert(connection, "conversations", id=uuid_of(2, n), lastMessage=said[-1].text, **window)
        for member in ("bot", who):
            insert(
                connection,
                "conversation_participants",
                conversationId=uuid_of(2, n),
                userId=uuid_of(1, people.index(member)),
            )
        for line in said:
            kind, payload = _PAYLOADS.get(line.number, ("text", None)) if who == "lea" else ("text", None)
            insert(
                connection,
                "messages",
                id=uuid_of(3, 100 * n + line.number),
                conversationId=uuid_of(2, n),
                senderId=uuid_of(1, people.index(line.who)),
                type=kind,
                content=payload or {"text": line.text},
                status="read" if line.at < last else "delivered",
                timestamp=line.at,
            )
    flow = {
        "size": "large",
        "bouquet": "Meadow",
        "instead": "peonies",
        "address": "Mill Lane 4",
        "card": "from all of us",
    }
    history = ["greeting", "choose-size", "address", "confirm", "card-text"]
    state = {"currentNodeId": "card-text", "variables": flow, "nodeHistory": history}
    insert(connection, "conversation_contexts", conversationId=uuid_of(2, 0), chatbotId=uuid_of(7, 0), **state)
    secret = {"accessToken": "EAAG-secret", "webhookVerifyToken": "secret"}
    insert(connection, "whatsapp_config", phoneNumberId="104", businessAccountId="208", **secret)
