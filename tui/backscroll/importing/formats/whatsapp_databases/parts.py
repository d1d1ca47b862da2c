"""What hangs on a message of Android's new layout: each kind of it has a table of its own."""

from typing import Final

from backscroll.importing.databases import Beside, Database, Row, beside, shown
from backscroll.importing.documents import text, whole
from backscroll.importing.formats.whatsapp_databases.wording import contact_words, place_words, poll_words
from backscroll.model.message import Kind

Parts = dict[str, list[Row]]

_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "message_media": ("file_path", "mime_type", "file_size", "media_name", "media_caption", "media_duration"),
    "message_quoted": ("key_id", "parent_message_chat_row_id", "text_data"),
    "message_system": ("action_type",),
    "message_system_chat_participant": ("user_jid_row_id",),
    "message_system_value_change": ("old_data",),
    "message_location": ("latitude", "longitude", "place_name", "place_address"),
    "message_vcard": ("vcard",),
    "message_poll_option": ("option_name", "vote_total"),
    "message_edit_info": ("original_key_id", "edited_timestamp"),
    "message_forwarded": ("forward_score",),
    "message_mentions": ("jid_row_id",),
}
_REACTIONS: Final = """
    SELECT a.parent_message_row_id, a.from_me, a.sender_jid_row_id, r.reaction
      FROM message_add_on AS a JOIN message_add_on_reaction AS r ON r.message_add_on_row_id = a._id
     ORDER BY a.parent_message_row_id, a._id
"""
_KEPT: Final = {
    "message_media": ("file_path", "media_duration"),
    "message_system": ("action_type",),
}


class Tables:
    """The tables beside the messages, walked together."""

    def __init__(self, database: Database) -> None:
        self._tables = {name: beside(database, name, "message_row_id", *more) for name, more in _TABLES.items()}
        if database.has("message_add_on", "_id", "parent_message_row_id", "from_me", "sender_jid_row_id") and (
            database.has("message_add_on_reaction", "message_add_on_row_id", "reaction")
        ):
            keys = ("message_row_id", "from_me", "sender_jid_row_id", "reaction")
            rows = (dict(zip(keys, row, strict=True)) for row in database.select(_REACTIONS))
            self._tables["reactions"] = Beside(rows, "message_row_id")
        self._soonest = min(table.soonest for table in self._tables.values())

    def of(self, number: int) -> Parts:
        """The rows of every table that belong to a message; numbers are asked for in growing order."""
        if number < self._soonest:  # most messages have nothing but their text
            return {}
        parts = {name: rows for name, table in self._tables.items() if (rows := table.of(number))}
        self._soonest = min(table.soonest for table in self._tables.values())
        return parts


def value(parts: Parts, table: str, column: str) -> object:
    """The value of the first row of a table; None where there is none."""
    return parts[table][0][column] if table in parts else None


def words(kind: Kind, said: str, parts: Parts) -> str:
    """The text of a message: what was said, or what a place, a contact, a poll or a call is in words."""
    said = said or text(value(parts, "message_media", "media_caption"))
    if kind is Kind.LOCATION and "message_location" in parts:
        place = parts["message_location"][0]
        names = (text(place["place_name"]), text(place["place_address"]), said)
        return place_words(place["latitude"], place["longitude"], *names)
    if kind is Kind.CONTACT and "message_vcard" in parts:
        return "\n".join(filter(None, (contact_words(text(card["vcard"])) for card in parts["message_vcard"]))) or said
    if kind is Kind.POLL:
        options = parts.get("message_poll_option", [])
        return poll_words(said, ((text(one["option_name"]), whole(one["vote_total"]) or 0) for one in options))
    return said or ("Missed call" if kind is Kind.CALL else "")


def more(parts: Parts, **others: object) -> Row | None:
    """What a message has that its fields do not hold; None where that is nothing."""
    if not parts and not any(others.values()):
        return None
    kept = {column: value(parts, table, column) for table, columns in _KEPT.items() for column in columns}
    kept["forwarded"] = value(parts, "message_forwarded", "forward_score") or ("message_forwarded" in parts)
    return shown({key: one for key, one in (kept | others).items() if one not in {0, ""}}) or None
