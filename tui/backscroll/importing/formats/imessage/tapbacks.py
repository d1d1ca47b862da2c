"""Tapbacks: rows of their own that name the message under which they stand."""

from collections.abc import Iterator
from typing import Final

from backscroll.importing.databases import Beside, Database, Row
from backscroll.importing.documents import text

_EMOJI: Final = {0: "❤️", 1: "👍", 2: "👎", 3: "😂", 4: "‼️", 5: "❓"}
_OTHER_EMOJI, _STICKER = 6, 7
_COLUMNS: Final = ("guid", "associated_message_guid", "associated_message_type")
# `p:0/GUID` names a part of a message, `bp:GUID` its bubble.
_TARGET: Final = """
    CASE WHEN instr({0}, '/') > 0 THEN substr({0}, instr({0}, '/') + 1)
         WHEN {0} LIKE 'bp:%' THEN substr({0}, 4) ELSE {0} END
"""
_LEFT: Final = """
    SELECT m.ROWID, t.is_from_me, t.handle_id, t.associated_message_type, {emoji}
      FROM message AS t JOIN message AS m ON m.guid = {target}
     WHERE t.associated_message_type BETWEEN 2000 AND 3999
     ORDER BY m.ROWID, t.ROWID
"""


def target_of(row: Row) -> str:
    """The guid of the message that a row belongs to."""
    named = text(row["associated_message_guid"])
    return named.partition("/")[2] if "/" in named else named.removeprefix("bp:")


def is_tapback(row: Row) -> bool:
    """Whether a row is a tapback, or takes one back."""
    kind = row["associated_message_type"]
    return isinstance(kind, int) and 2000 <= kind < 4000


def tapbacks(database: Database) -> Beside:
    """The tapbacks of every message, in the order in which they came."""
    keys = ("ROWID", "is_from_me", "handle_id", "kind", "emoji")
    if not database.has("message", *_COLUMNS):
        return Beside(iter(()), "ROWID")
    emoji = "t.associated_message_emoji" if database.has("message", "associated_message_emoji") else "NULL"
    query = _LEFT.format(emoji=emoji, target=_TARGET.format("t.associated_message_guid"))
    return Beside((dict(zip(keys, row, strict=True)) for row in database.select(query)), "ROWID")


def standing(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    """The tapbacks that stand in the end, each with its emoji; 3000 and more take away what 2000 and more put there."""
    left: dict[tuple[object, object, str], Row] = {}
    for row in rows:
        kind = row["kind"] if isinstance(row["kind"], int) else 0
        key = (row["is_from_me"], row["handle_id"], _emoji(kind % 1000, text(row["emoji"])))
        left.pop(key, None)
        if kind < 3000:
            left[key] = row
    yield from ((row, emoji) for (_, _, emoji), row in left.items() if emoji)


def _emoji(kind: int, own: str) -> str:
    if kind == _OTHER_EMOJI:
        return own or ":emoji:"
    return ":sticker:" if kind == _STICKER else _EMOJI.get(kind, own)
