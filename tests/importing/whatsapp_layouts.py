"""WhatsApp's databases for tests: their tables with the columns that matter, and a row for every kind of message."""

NEW = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, raw_string TEXT);
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER, sort_id INTEGER);
CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY, display_name TEXT, username TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER UNIQUE, subject TEXT);
CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY, group_jid_row_id INTEGER, user_jid_row_id INTEGER);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER, from_me INTEGER, key_id TEXT,
    sender_jid_row_id INTEGER, status INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT,
    starred INTEGER);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, file_path TEXT, file_size INTEGER, mime_type TEXT,
    media_name TEXT, media_caption TEXT, media_duration INTEGER);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, parent_message_chat_row_id INTEGER, key_id TEXT,
    text_data TEXT);
CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER);
CREATE TABLE message_system_value_change (message_row_id INTEGER PRIMARY KEY, old_data TEXT);
CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL, place_name TEXT,
    place_address TEXT);
CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY, message_row_id INTEGER, vcard TEXT);
CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY, message_row_id INTEGER, option_name TEXT,
    vote_total INTEGER);
CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT, edited_timestamp INTEGER);
CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
CREATE TABLE message_mentions (_id INTEGER PRIMARY KEY, message_row_id INTEGER, jid_row_id INTEGER);
CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT,
    sender_jid_row_id INTEGER, parent_message_row_id INTEGER, message_add_on_type INTEGER);
CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT);
CREATE TABLE call_log (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, timestamp INTEGER,
    video_call INTEGER, duration INTEGER, call_result INTEGER, group_jid_row_id INTEGER NOT NULL DEFAULT 0);
"""
NOON = 1711368000000  # 25 March 2024, 12:00 UTC
ANA, BO, BO_HIDDEN, GROUP, STATUS = 1, 2, 3, 4, 5
JIDS = ["49170@s.whatsapp.net", "49171@s.whatsapp.net", "999@lid", "12-34@g.us", "status@broadcast"]


def said(
    number: int, text: str | None = None, *, kind: int = 0, chat: int = 2, by: int = 0, me: int = 0, **more: object
):
    return {"_id": number, "chat_row_id": chat, "from_me": me, "key_id": f"KEY{number}", "sender_jid_row_id": by,
            "timestamp": NOON + number * 1000, "message_type": kind, "text_data": text, **more}  # fmt: skip


CONTENT = {
    "jid": [
        {"_id": n, "user": jid.split("@")[0], "server": jid.split("@")[1], "raw_string": jid}
        for n, jid in enumerate(JIDS, 1)
    ],
    "jid_map": [{"lid_row_id": BO_HIDDEN, "jid_row_id": BO, "sort_id": 1}],
    "chat": [
        {"_id": 1, "jid_row_id": ANA, "subject": None},
        {"_id": 2, "jid_row_id": GROUP, "subject": "Hikers"},
        {"_id": 3, "jid_row_id": STATUS, "subject": None},
    ],
    "group_participant_user": [
        {"group_jid_row_id": GROUP, "user_jid_row_id": ANA}, {"group_jid_row_id": GROUP, "user_jid_row_id": BO_HIDDEN},
    ],
    "message": [
        {"_id": 1, "chat_row_id": -1, "key_id": "-1", "from_me": 0, "timestamp": 0, "message_type": -1},
        said(2, "hello", chat=1, starred=1), said(3, "hi Ana", chat=1, me=1),
        said(4, "who comes, @999?", by=ANA), said(5, "I do", by=BO_HIDDEN), said(6, "me too", by=BO),
        said(7, "a view", kind=1, by=ANA), said(8, kind=9, me=1), said(9, kind=20, by=BO), said(10, kind=2, by=BO),
        said(11, kind=5, by=ANA), said(12, kind=4, by=ANA), said(13, "When?", kind=66, by=ANA),
        said(14, kind=15, by=BO), said(15, "corrected", by=BO),
        said(16, kind=7, by=ANA), said(17, "Walkers", kind=7, by=ANA), said(18, kind=7, by=ANA),
        said(19, kind=7, chat=1), said(20, kind=7, by=ANA), said(21, kind=10, chat=1), said(22, kind=99, me=1),
        said(23, kind=90, chat=1), said(24, "about your status", chat=1), said(25, "a story", chat=3, by=ANA),
    ],
    "message_media": [
        {"message_row_id": 7, "file_path": "Media/IMG-1.jpg", "mime_type": "image/jpeg", "file_size": 99},
        {"message_row_id": 8, "file_path": "Media/DOC-1.pdf", "mime_type": "application/pdf", "media_name": "Map.pdf",
         "media_caption": "the map", "file_size": 10},
        {"message_row_id": 9, "file_path": "Media/STK-1.webp", "mime_type": "image/webp"},
        {"message_row_id": 10, "file_path": "Media/PTT-1.opus", "mime_type": "audio/ogg", "media_duration": 7},
    ],
    "message_quoted": [
        {"message_row_id": 5, "parent_message_chat_row_id": 2, "key_id": "KEY4", "text_data": "who comes"},
        {"message_row_id": 24, "parent_message_chat_row_id": 3, "key_id": "KEY25", "text_data": "a story"},
    ],
    "message_location": [
        {"message_row_id": 11, "latitude": 47.5, "longitude": 11.25, "place_name": "Hut", "place_address": "R. 1"}
    ],
    "message_vcard": [
        {"message_row_id": 12, "vcard": "BEGIN:VCARD\r\nFN:Cy Dee\r\nTEL;type=CELL:+49 172\r\nEND:VCARD"}
    ],
    "message_poll_option": [
        {"message_row_id": 13, "option_name": "Saturday", "vote_total": 2},
        {"message_row_id": 13, "option_name": "Sunday"}
    ],
    "message_edit_info": [{"message_row_id": 15, "original_key_id": "FIRST", "edited_timestamp": NOON}],
    "message_forwarded": [{"message_row_id": 6, "forward_score": 2}],
    "message_mentions": [{"message_row_id": 4, "jid_row_id": BO_HIDDEN}],
    "message_system": [
        {"message_row_id": 16, "action_type": 12}, {"message_row_id": 17, "action_type": 1},
        {"message_row_id": 18, "action_type": 5}, {"message_row_id": 19, "action_type": 67},
        {"message_row_id": 20, "action_type": 777},
    ],
    "message_system_chat_participant": [
        {"message_row_id": 16, "user_jid_row_id": BO_HIDDEN}, {"message_row_id": 20, "user_jid_row_id": BO}
    ],
    "message_system_value_change": [{"message_row_id": 17, "old_data": "Hikers"}],
    "message_add_on": [
        {"_id": 1, "parent_message_row_id": 7, "from_me": 0, "sender_jid_row_id": BO_HIDDEN, "message_add_on_type": 56},
        {"_id": 2, "parent_message_row_id": 7, "from_me": 1, "message_add_on_type": 56},
        {"_id": 3, "parent_message_row_id": 4, "from_me": 0, "sender_jid_row_id": BO, "message_add_on_type": 56},
        {"_id": 4, "parent_message_row_id": 4, "from_me": 0, "sender_jid_row_id": BO_HIDDEN, "message_add_on_type": 56},
        {"_id": 5, "parent_message_row_id": 13, "from_me": 1, "message_add_on_type": 67},
    ],
    "message_add_on_reaction": [
        {"message_add_on_row_id": 1, "reaction": "👍"}, {"message_add_on_row_id": 2, "reaction": "🎉"},
        {"message_add_on_row_id": 3, "reaction": "🎉"}, {"message_add_on_row_id": 4, "reaction": ""},
    ],
    "call_log": [
        {"_id": 1, "jid_row_id": ANA, "from_me": 0, "call_id": "c1", "timestamp": NOON, "video_call": 1,
         "duration": 65},
        {"_id": 2, "jid_row_id": ANA, "from_me": 0, "call_id": "c2", "timestamp": NOON, "video_call": 0, "duration": 0},
        {"_id": 3, "jid_row_id": ANA, "from_me": 1, "call_id": "c3", "timestamp": NOON, "group_jid_row_id": GROUP},
        {"_id": 4, "jid_row_id": None, "from_me": 0, "call_id": "c4", "timestamp": NOON},
    ],
}  # fmt: skip
CONTACTS = "CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, display_name TEXT, wa_name TEXT);"

OLD = """
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT, key_from_me INTEGER, key_id TEXT,
    status INTEGER, data TEXT, timestamp INTEGER, media_mime_type TEXT, media_wa_type TEXT, media_size INTEGER,
    media_name TEXT, media_caption TEXT, media_duration INTEGER, latitude REAL, longitude REAL, thumb_image BLOB,
    remote_resource TEXT, quoted_row_id INTEGER, edit_version INTEGER, forwarded INTEGER, starred INTEGER);
CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY, key_id TEXT);
CREATE TABLE chat_list (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, subject TEXT);
CREATE TABLE group_participants (_id INTEGER PRIMARY KEY, gjid TEXT, jid TEXT);
"""


def wrote(number: int, data: str | None = None, kind: str = "0", **more: object) -> dict[str, object]:
    return {"key_remote_jid": JIDS[3], "key_from_me": 0, "key_id": f"OLD{number}", "status": 0, "data": data,
            "timestamp": NOON + number, "media_wa_type": kind, "remote_resource": JIDS[0], **more}  # fmt: skip


APPLE = """
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR, ZSESSIONTYPE INTEGER);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZMEMBERJID VARCHAR, ZCONTACTNAME VARCHAR,
    ZFIRSTNAME VARCHAR);
CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER,
    ZPARENTMESSAGE INTEGER, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER, ZGROUPEVENTTYPE INTEGER, ZMESSAGEDATE TIMESTAMP,
    ZSTANZAID VARCHAR, ZFROMJID VARCHAR, ZTEXT VARCHAR, ZSTARRED INTEGER, ZPUSHNAME VARCHAR);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR,
    ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZFILESIZE INTEGER,
    ZMOVIEDURATION INTEGER, ZMETADATA BLOB);
CREATE TABLE ZWAMESSAGEINFO (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZRECEIPTINFO BLOB);
"""
APPLE_NOON = 733060800.0  # the same noon, from 2001 on


def packed(number: int, value: str | bytes | int) -> bytes:
    if isinstance(value, int):
        return bytes([number << 3, value])
    data = value.encode() if isinstance(value, str) else value
    return bytes([number << 3 | 2, len(data)]) + data


def reaction(emoji: str, who: str | None) -> bytes:
    return packed(1, packed(1, "ID") + (packed(2, who) if who else b"") + packed(3, emoji) + packed(4, 9))


def sent(number: int, text: str | None = None, kind: int = 0, **more: object) -> dict[str, object]:
    return {"Z_PK": number, "ZCHATSESSION": 2, "ZGROUPMEMBER": 1, "ZISFROMME": 0, "ZMESSAGETYPE": kind, "ZTEXT": text,
            "ZMESSAGEDATE": APPLE_NOON + number, "ZSTANZAID": f"S{number}", "ZFROMJID": JIDS[3], **more}  # fmt: skip


APPLE_CONTENT = {
    "ZWACHATSESSION": [
        {"Z_PK": 1, "ZCONTACTJID": JIDS[0], "ZPARTNERNAME": "\u200eAna"},
        {"Z_PK": 2, "ZCONTACTJID": JIDS[3], "ZPARTNERNAME": "Hikers"},
    ],
    "ZWAGROUPMEMBER": [
        {"Z_PK": 1, "ZCHATSESSION": 2, "ZMEMBERJID": "999@lid", "ZCONTACTNAME": ""},
        {"Z_PK": 2, "ZCHATSESSION": 2, "ZMEMBERJID": "777@lid", "ZCONTACTNAME": ""},
    ],
    "ZWAPROFILEPUSHNAME": [{"ZJID": "777@lid", "ZPUSHNAME": "Cy"}],
    "ZWAMESSAGE": [
        sent(1, "hello", ZCHATSESSION=1, ZGROUPMEMBER=None, ZFROMJID=JIDS[0], ZSTARRED=1), sent(2, "up we go"),
        sent(3, "yes", ZISFROMME=1, ZGROUPMEMBER=None, ZMEDIAITEM=1), sent(4, "also", ZPARENTMESSAGE=2),
        sent(5, None, 1), sent(6, None, 8), sent(7, None, 5), sent(8, None, 4), sent(9, None, 14), sent(10, None, 15),
        sent(11, "777@lid,x", 6, ZGROUPEVENTTYPE=2), sent(12, None, 10, ZGROUPEVENTTYPE=38, ZGROUPMEMBER=None),
        sent(13, "no id", ZSTANZAID=None), sent(14, "lost", ZCHATSESSION=9),
        sent(15, "mine too", ZGROUPMEMBER=2),
    ],
    "ZWAMEDIAITEM": [
        {"ZMESSAGE": 3, "ZMETADATA": packed(4, "up we") + packed(5, "S2") + packed(6, "999@lid")},
        {"ZMESSAGE": 5, "ZMEDIALOCALPATH": "Media/1/a.jpg", "ZTITLE": "peak", "ZVCARDSTRING": "image/jpeg",
         "ZFILESIZE": 3, "ZLATITUDE": 4000.0},
        {"ZMESSAGE": 6, "ZMEDIALOCALPATH": "Media/1/b.pdf", "ZTITLE": "Map.pdf"},
        {"ZMESSAGE": 7, "ZLATITUDE": 47.5, "ZLONGITUDE": 11.25, "ZTITLE": "Hut"},
        {"ZMESSAGE": 8, "ZVCARDNAME": "Cy", "ZVCARDSTRING": "BEGIN:VCARD\nFN:Cy Dee\nEND:VCARD"},
        {"ZMESSAGE": 10, "ZMEDIALOCALPATH": "Media/1/s.webp"},
    ],
    "ZWAMESSAGEINFO": [
        {"ZMESSAGE": 2, "ZRECEIPTINFO": packed(4, 1) + packed(7, reaction("👍", "999@lid") + reaction("🎉", None)
                                                             + reaction("", "777@lid"))},
        {"ZMESSAGE": 4, "ZRECEIPTINFO": b"\xff\xff\xff"},
    ],
}  # fmt: skip
LIDS = "CREATE TABLE ZWAZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER TEXT, ZPHONENUMBER TEXT, ZDISPLAYNAME TEXT);"
BOOK = "CREATE TABLE ZWAADDRESSBOOKCONTACT (ZWHATSAPPID VARCHAR, ZLID VARCHAR, ZFULLNAME VARCHAR);"
