"""The database of Messages for tests: its tables with the columns that matter, and a row for every kind of message."""

import plistlib

SCHEMA = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT UNIQUE, style INTEGER, chat_identifier TEXT, display_name TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, mime_type TEXT, transfer_name TEXT,
    total_bytes INTEGER, is_sticker INTEGER);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
    attributedBody BLOB, handle_id INTEGER DEFAULT 0, other_handle INTEGER DEFAULT 0,
    is_from_me INTEGER DEFAULT 0, date INTEGER,
    item_type INTEGER DEFAULT 0, group_title TEXT, group_action_type INTEGER DEFAULT 0, share_status INTEGER DEFAULT 0,
    associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0, associated_message_emoji TEXT,
    thread_originator_guid TEXT, date_edited INTEGER, date_retracted INTEGER, message_summary_info BLOB,
    balloon_bundle_id TEXT, subject TEXT, service TEXT, expressive_send_style_id TEXT);
"""
NOON = 733060800  # 25 March 2024, 12:00 UTC, in seconds from 2001 on
ANA, BO, ANA_SMS = 1, 2, 3


def archived(words: str, of: str = "NSString") -> bytes:
    """An attributed string as a Mac keeps it."""
    data = words.encode()
    size = bytes([len(data)]) if len(data) < 128 else b"\x81" + len(data).to_bytes(2, "little")
    if len(data) > 32_767:
        size = b"\x82" + len(data).to_bytes(4, "little")
    parents = b"\x84\x84\x08NSString\x01\x95" if of == "NSMutableString" else b"\x94"
    name = bytes([len(of)]) + of.encode()
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92"
         b"\x84\x84\x84" + name + b"\x01" + parents + b"\x84\x01+" + size + data
        + b"\x86\x84\x02iI\x01\x05\x92\x84\x84\x84\x0cNSDictionary\x00\x94\x84\x01i\x01\x92"
    )  # fmt: skip


def sent(number: int, text: str | None = None, by: int = ANA, **more: object) -> dict[str, object]:
    return {
        "ROWID": number,
        "guid": f"G{number}",
        "text": text,
        "handle_id": by,
        "date": (NOON + number) * 10**9,
        **more,
    }


def tapback(number: int, kind: int, of: str, by: int = BO, **more: object) -> dict[str, object]:
    return sent(number, "Liked “x”", by, associated_message_guid=of, associated_message_type=kind, **more)


SUMMARY = plistlib.dumps(
    {"ec": {"0": [{"d": 1.0, "t": archived("first")}, {"d": 2.0, "t": archived("second")}]}}, fmt=plistlib.FMT_BINARY
)
TAKEN_BACK = plistlib.dumps({"rp": [0]}, fmt=plistlib.FMT_BINARY)
CONTENT = {
    "handle": [{"ROWID": ANA, "id": "+49170", "service": "iMessage"}, {"ROWID": BO, "id": "bo@example.org"},
               {"ROWID": ANA_SMS, "id": "+49170", "service": "SMS"}],
    "chat": [
        {"ROWID": 1, "guid": "iMessage;-;+49170", "style": 45, "chat_identifier": "+49170", "display_name": ""},
        {"ROWID": 2, "guid": "SMS;-;+49170", "style": 45, "chat_identifier": "+49170"},
        {"ROWID": 3, "guid": "iMessage;+;chat12", "style": 43, "chat_identifier": "chat12", "display_name": "Hikers"},
        {"ROWID": 4, "guid": "iMessage;+;chat13", "style": 43, "chat_identifier": "chat13"},
    ],
    "chat_handle_join": [
        {"chat_id": 1, "handle_id": ANA}, {"chat_id": 2, "handle_id": ANA_SMS}, {"chat_id": 3, "handle_id": ANA},
        {"chat_id": 3, "handle_id": BO}, {"chat_id": 4, "handle_id": ANA}, {"chat_id": 4, "handle_id": BO},
    ],
    "message": [
        sent(1, "hello", service="iMessage"), sent(2, "by text", ANA_SMS, date=NOON + 2),
        sent(3, None, 0, is_from_me=1, attributedBody=archived("archived é", "NSMutableString")),
        sent(4, "who?", BO), sent(5, "me", ANA, thread_originator_guid="G4"),
        tapback(6, 2001, "p:0/G4", ANA), tapback(7, 2000, "bp:G4", 0, is_from_me=1), tapback(8, 3001, "p:0/G4", ANA),
        tapback(9, 2006, "p:0/G5", BO, associated_message_emoji="🦄"), tapback(10, 2001, "p:0/GONE"),
        sent(11, "second", date_edited=NOON * 10**9, message_summary_info=SUMMARY),
        sent(12, None, date_edited=NOON * 10**9, message_summary_info=TAKEN_BACK),
        sent(13, None, item_type=1, other_handle=BO), sent(14, None, item_type=1, group_action_type=1, other_handle=BO),
        sent(15, None, item_type=2, group_title="Walkers"), sent(16, None, BO, item_type=3),
        sent(17, None, 0, is_from_me=1, item_type=3, group_action_type=1), sent(18, None, item_type=4),
        sent(19, "\ufffcthe peak"), sent(20, "\ufffc"), sent(21, "\ufffc"),
        sent(22, "\ufffd", balloon_bundle_id="com.apple.messages.Extension:0000:com.example.Dice"),
        sent(23, "in no chat"), sent(24, "no time", date=0), sent(25, "unnamed group"),
        sent(26, "long " * 100, subject="Trip", attributedBody=None), tapback(27, 1000, "p:0/G4"),
    ],
    "chat_message_join": [
        *({"chat_id": 1, "message_id": n} for n in (1, 3, 10, 11, 12, 26)), {"chat_id": 2, "message_id": 2},
        *({"chat_id": 3, "message_id": n} for n in (*range(4, 10), *range(13, 23), 24, 27)),
        {"chat_id": 4, "message_id": 25}, {"chat_id": 99, "message_id": 23},
    ],
    "attachment": [
        {"ROWID": 1, "filename": "~/Library/Messages/Attachments/ab/IMG_1.HEIC", "mime_type": "image/heic",
         "transfer_name": "IMG_1.HEIC", "total_bytes": 9},
        {"ROWID": 2, "filename": "~/Library/Messages/Attachments/x.pluginPayloadAttachment"},
        {"ROWID": 3, "filename": "~/Library/Messages/Attachments/cd/CL.loc.vcf", "mime_type": "text/x-vlocation"},
        {"ROWID": 4, "filename": "a.png", "mime_type": "image/png", "is_sticker": 1},
    ],
    "message_attachment_join": [
        {"message_id": 19, "attachment_id": 1}, {"message_id": 19, "attachment_id": 2},
        {"message_id": 20, "attachment_id": 3},
        {"message_id": 21, "attachment_id": 4}, {"message_id": 27, "attachment_id": 4},
    ],
}  # fmt: skip
