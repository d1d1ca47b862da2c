"""WhatsApp's databases: every kind of message of Android's two layouts and of iOS, and what a version lacks."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.formats.whatsapp_databases import WhatsAppDatabases, protobuf
from backscroll.importing.records import Entry
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.database_files import database, with_log
from tests.importing.export_files import Read, read, zipped
from tests.importing.whatsapp_layouts import (
    APPLE,
    APPLE_CONTENT,
    BOOK,
    CONTACTS,
    CONTENT,
    JIDS,
    LIDS,
    NEW,
    NOON,
    OLD,
    wrote,
)


@pytest.fixture
def android(tmp_path: Path) -> Path:
    database(tmp_path / "wa.db", CONTACTS, {"wa_contacts": [
        {"jid": JIDS[0], "display_name": "Ana", "wa_name": "anna"}, {"jid": JIDS[1], "wa_name": "Bo B."},
    ]})  # fmt: skip
    return database(tmp_path / "msgstore.db", NEW, CONTENT)


def told(found: Read) -> dict[str, Entry]:
    return {entry.external_id: entry for entry in found.entries}


def test_android_tells_chats_with_their_members_and_one_person_whatever_the_address(android):
    found = read(WhatsAppDatabases(), android)
    assert [(c.external_id, c.title, c.kind) for c in found.chats] == [
        (JIDS[0], "Ana", ConversationKind.DIRECT), (JIDS[3], "Hikers", ConversationKind.GROUP),
        (JIDS[4], "Status updates", ConversationKind.CHANNEL)]  # fmt: skip
    group = [(p.external_id, p.name, p.is_owner) for p in found.people if p.chat == JIDS[3]]
    assert group == [(JIDS[0], "Ana", False), (JIDS[1], "Bo B.", False), ("me", "Me", True)]
    entries = told(found)
    assert (entries["KEY5"].person, entries["KEY6"].person, entries["KEY3"].person) == (JIDS[1], JIDS[1], "me")
    assert entries["KEY2"].sent_at == datetime(2024, 3, 25, 12, 0, 2, tzinfo=UTC)
    assert entries["KEY4"].text == "who comes, @Bo B.?"


def test_android_tells_answers_reactions_edits_and_what_was_done_with_a_message(android):
    entries = told(read(WhatsAppDatabases(), android))
    assert entries["KEY5"].parent == "KEY4"
    assert (entries["KEY24"].parent, entries["KEY24"].raw) == (None, {"quoted": "a story"})
    assert [(r.emoji, r.person) for r in entries["KEY7"].reactions] == [("👍", JIDS[1]), ("🎉", "me")]
    assert entries["KEY4"].reactions == (), "taken back"
    assert (entries["FIRST"].text, entries["FIRST"].is_edited, entries["FIRST"].edited_at) == (
        "corrected", True, datetime(2024, 3, 25, 12, tzinfo=UTC))  # fmt: skip
    assert (entries["KEY14"].is_deleted, entries["KEY14"].text) == (True, "")
    assert (entries["KEY2"].raw, entries["KEY6"].raw) == ({"starred": 1}, {"forwarded": 2})


def test_android_tells_files_places_contacts_polls_and_calls(android):
    (android.parent / "Media").mkdir()
    (android.parent / "Media" / "IMG-1.jpg").write_bytes(b"123")
    entries = told(read(WhatsAppDatabases(), android))
    files = {name: [(a.file_name, a.size, a.path) for a in entries[name].attachments] for name in ("KEY7", "KEY8")}
    assert files == {"KEY7": [("IMG-1.jpg", 3, str(android.parent / "Media" / "IMG-1.jpg"))],
                     "KEY8": [("Map.pdf", 10, None)]}  # fmt: skip
    kinds = {name: (entries[name].kind, entries[name].text) for name in entries}
    assert [kinds[f"KEY{n}"] for n in (7, 8, 9, 10)] == [
        (Kind.IMAGE, "a view"), (Kind.DOCUMENT, "the map"), (Kind.STICKER, ""), (Kind.AUDIO, "")]  # fmt: skip
    assert kinds["KEY11"] == (Kind.LOCATION, "Hut, R. 1, 47.500000, 11.250000")
    assert kinds["KEY12"] == (Kind.CONTACT, "Cy Dee, +49 172")
    assert kinds["KEY13"] == (Kind.POLL, "When?\n• Saturday (2)\n• Sunday (0)")
    assert kinds["KEY22"] == (Kind.TEXT, "A message of a kind that is not known (99)")
    assert kinds["KEY21"] == (Kind.CALL, "Missed call")
    assert "KEY23" not in kinds, "the list of calls tells of it"
    assert [kinds[f"call:c{n}"][1] for n in (1, 2, 3)] == [
        "Video call, 1:05", "Missed voice call", "Voice call, not answered"]  # fmt: skip
    assert (entries["call:c3"].chat, entries["call:c3"].person) == (JIDS[3], "me")


def test_android_puts_notices_into_words(android):
    found = read(WhatsAppDatabases(), android)
    assert [e.text for e in found.entries if e.kind is Kind.SYSTEM] == [
        "Ana added Bo B.", "Ana changed the subject from “Hikers” to “Walkers”", "Ana left",
        "Messages are end-to-end encrypted", "WhatsApp notice 777: Ana, Bo B."]  # fmt: skip
    assert [(r.place, r.reason) for r in found.rejected] == [("msgstore.db:call 4", "nobody is named in it")]


def test_an_older_android_without_most_tables_and_columns_gives_what_it_has(tmp_path):
    kept = {"message", "chat", "jid"}
    without = [table for table in CONTENT if table not in kept] + [
        "message.starred",
        "jid.raw_string",
        "lid_display_name",
    ]
    found = read(WhatsAppDatabases(), database(tmp_path / "msgstore.db", NEW, CONTENT, without))
    entries = told(found)
    assert len(entries) == 24
    assert (entries["KEY2"].text, entries["KEY2"].person, found.chats[0].title) == ("hello", JIDS[0], "+49170")
    assert entries["KEY5"].person == "999@lid", "without the map a hidden address is all that is known"
    assert found.rejected == []


def test_the_old_android_layout(tmp_path):
    path = b"Media/WhatsApp Images/IMG-2.jpg"
    content = {
        "messages": [
            {"key_remote_jid": "-1", "key_id": "-1", "timestamp": 0, "status": -1}, wrote(1, "hello"),
            wrote(2, "hi", key_remote_jid=JIDS[0], remote_resource=None),
            wrote(3, "mine", key_from_me=1, quoted_row_id=7, starred=1),
            wrote(4, None, "1", media_caption="peak", media_mime_type="image/jpeg", media_size=5,
                  thumb_image=b"\xac\xed\0\x05sr\0\x10" + len(path).to_bytes(2, "big") + path + b"xp"),
            wrote(5, None, "5", latitude=1.5, longitude=2.5, media_name="Hut"), wrote(6, None, "15", edit_version=7),
            wrote(7, "Walkers", "0", status=6, media_size=1),
            wrote(8, None, "8", media_duration=5, media_caption="video"),
            wrote(9, "BEGIN:VCARD\nFN:Cy\nEND:VCARD", "4"), wrote(10, None, "0", timestamp=0),
        ],
        "messages_quotes": [{"_id": 7, "key_id": "OLD1"}],
        "chat_list": [{"key_remote_jid": JIDS[3], "subject": "Hikers"}],
        "group_participants": [{"gjid": JIDS[3], "jid": JIDS[1]}, {"gjid": JIDS[3], "jid": ""}],
    }  # fmt: skip
    found = read(WhatsAppDatabases(), database(tmp_path / "msgstore.db", OLD, content))
    entries = told(found)
    assert [(c.title, c.external_id) for c in found.chats] == [("Hikers", JIDS[3]), ("+49170", JIDS[0])]
    assert {p.external_id for p in found.people if p.chat == JIDS[3]} == {JIDS[0], JIDS[1], "me"}
    assert (entries["OLD3"].parent, entries["OLD3"].person, entries["OLD3"].raw) == ("OLD1", "me", {"starred": 1})
    assert (entries["OLD4"].text, entries["OLD4"].kind, entries["OLD4"].attachments[0].file_name) == (
        "peak", Kind.IMAGE, "IMG-2.jpg")  # fmt: skip
    assert entries["OLD5"].text == "Hut, 1.500000, 2.500000"
    assert (entries["OLD6"].is_deleted, entries["OLD6"].is_edited) == (True, False)
    assert (entries["OLD7"].text, entries["OLD7"].kind) == ("+49170 changed the subject to “Walkers”", Kind.SYSTEM)
    assert (entries["OLD8"].text, entries["OLD9"].text) == ("Video call, 0:05", "Cy")
    assert [(r.place, r.reason) for r in found.rejected] == [("msgstore.db:message 11", "it has no time")]
    older = database(
        tmp_path / "old.db", OLD, content, ["messages_quotes", "group_participants", "messages.edit_version"]
    )
    assert told(read(WhatsAppDatabases(), older))["OLD3"].parent is None


def test_ios(tmp_path):
    database(tmp_path / "ContactsV2.sqlite", BOOK, {
        "ZWAADDRESSBOOKCONTACT": [{"ZWHATSAPPID": JIDS[1], "ZLID": "999@lid", "ZFULLNAME": "Bo"}]})  # fmt: skip
    found = read(WhatsAppDatabases(), database(tmp_path / "ChatStorage.sqlite", APPLE, APPLE_CONTENT))
    entries = told(found)
    assert [(c.title, c.external_id) for c in found.chats] == [("Ana", JIDS[0]), ("Hikers", JIDS[3])]
    assert [(p.external_id, p.name) for p in found.people if p.chat == JIDS[3]] == [
        (JIDS[1], "Bo"), ("777@lid", "Cy"), ("me", "Me")]  # fmt: skip
    assert (entries["S1"].sent_at, entries["S1"].raw) == (datetime(2024, 3, 25, 12, 0, 1, tzinfo=UTC), {"starred": 1})
    assert (entries["S3"].person, entries["S3"].parent, entries["S4"].parent) == ("me", "S2", "S2")
    assert [(r.emoji, r.person) for r in entries["S2"].reactions] == [("👍", JIDS[1]), ("🎉", "me")]
    assert entries["S4"].reactions == ()
    assert [(entries[n].kind, entries[n].text) for n in ("S5", "S6", "S7", "S8", "S10")] == [
        (Kind.IMAGE, "peak"), (Kind.DOCUMENT, ""), (Kind.LOCATION, "Hut, 47.500000, 11.250000"),
        (Kind.CONTACT, "Cy Dee"), (Kind.STICKER, "")]  # fmt: skip
    assert [entries[n].attachments[0].file_name for n in ("S5", "S6", "S10")] == ["a.jpg", "Map.pdf", "s.webp"]
    assert entries["S9"].is_deleted
    assert (entries["S11"].text, entries["S12"].text) == ("WhatsApp notice 6.2: Bo, Cy, x", "WhatsApp notice 10.38")
    assert entries[None].clock == datetime(2024, 3, 25, 12, 0, 13)
    assert [r.reason for r in found.rejected] == ["its chat is missing"]


def test_hidden_addresses_of_ios_are_those_of_numbers_where_a_file_beside_says_so(tmp_path):
    accounts = [{"ZIDENTIFIER": "999@lid", "ZPHONENUMBER": "+49 171"}, {"ZIDENTIFIER": "777", "ZDISPLAYNAME": "Cyd"}]
    database(tmp_path / "LID.sqlite", LIDS, {"ZWAZACCOUNT": accounts})
    found = read(WhatsAppDatabases(), database(tmp_path / "ChatStorage.sqlite", APPLE, APPLE_CONTENT))
    assert [(p.external_id, p.name) for p in found.people if p.chat == JIDS[3]] == [
        (JIDS[1], "+49171"), ("777@lid", "Cyd"), ("me", "Me")]  # fmt: skip
    assert find_exports(tmp_path)[1] == []


def test_an_older_ios_without_reactions_and_stars(tmp_path):
    without = ["ZWAMESSAGEINFO", "ZWAPROFILEPUSHNAME", "ZWAMESSAGE.ZSTARRED", "ZWAMESSAGE.ZPARENTMESSAGE",
               "ZWAMEDIAITEM.ZMETADATA", "ZWAGROUPMEMBER.ZFIRSTNAME"]  # fmt: skip
    found = read(WhatsAppDatabases(), database(tmp_path / "ChatStorage.sqlite", APPLE, APPLE_CONTENT, without))
    assert len(found.entries) == 14
    assert all(entry.parent is None for entry in found.entries)


def test_both_layouts_of_one_account_name_messages_alike(android, tmp_path):
    ios = database(tmp_path / "ios" / "ChatStorage.sqlite", APPLE, APPLE_CONTENT)
    first, second = read(WhatsAppDatabases(), android), read(WhatsAppDatabases(), ios)
    assert first.reading.identity == second.reading.identity == "whatsapp-db"
    assert {c.external_id for c in first.chats} >= {c.external_id for c in second.chats}


def test_what_is_only_in_the_log_is_read_and_nothing_is_written(android):
    with_log(android, "INSERT INTO message (_id, chat_row_id, from_me, key_id, timestamp, message_type, text_data) "
                      f"VALUES (26, 1, 0, 'NEW', {NOON}, 0, 'fresh')")  # fmt: skip
    before = {path.name: path.read_bytes() for path in android.parent.iterdir()}
    assert set(before) == {"msgstore.db", "msgstore.db-wal", "wa.db"}
    assert told(read(WhatsAppDatabases(), android))["NEW"].text == "fresh"
    assert {path.name: path.read_bytes() for path in android.parent.iterdir()} == before


def test_a_zip_and_a_folder_give_the_same_and_leave_nothing_behind(android, tmp_path, monkeypatch):
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spool))
    packed_up = zipped(tmp_path / "x.zip", {
        "phone/msgstore.db": android.read_bytes(), "phone/wa.db": (tmp_path / "wa.db").read_bytes(),
        "phone/Media/IMG-1.jpg": b"123",
    })  # fmt: skip
    found = read(WhatsAppDatabases(), packed_up)
    assert [c.title for c in found.chats] == ["Ana", "Hikers", "Status updates"]
    assert told(found)["KEY7"].attachments[0].path == str(packed_up / "phone" / "Media" / "IMG-1.jpg")
    assert list(spool.iterdir()) == []
    packed_up.unlink()
    exports, others = find_exports(tmp_path)
    assert ([(one.name, export.name) for one, export in exports], others) == ([("whatsapp-db", "msgstore.db")], [])


def test_an_encrypted_backup_is_refused_with_a_reason(tmp_path):
    (tmp_path / "msgstore.db.crypt15").write_bytes(b"\0" * 5000)
    with pytest.raises(AppError) as caught:
        read(WhatsAppDatabases(), tmp_path / "msgstore.db.crypt15")
    assert "encrypted" in caught.value.hint


def test_a_database_cut_short_says_so(android):
    content = android.read_bytes()
    android.write_bytes(content[: len(content) // 2])
    with pytest.raises(AppError) as caught:
        read(WhatsAppDatabases(), android)
    assert caught.value.code in ("damaged_database", "not_recognised")


with TemporaryDirectory() as _folder:
    WHOLE = [
        database(Path(_folder) / "a.db", NEW, CONTENT).read_bytes(),
        database(Path(_folder) / "b.db", APPLE, APPLE_CONTENT).read_bytes(),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(range(len(WHOLE))),
    st.lists(st.tuples(st.integers(100, 90_000), st.binary(min_size=1, max_size=30)), max_size=5),
)
def test_no_damage_crashes(whole, changes):
    content = bytearray(WHOLE[whole])
    for place, put in changes:
        content[place % len(content) : place % len(content) + len(put)] = put
    with TemporaryDirectory() as folder:
        path = Path(folder) / "msgstore.db"
        path.write_bytes(content)
        try:
            read(WhatsAppDatabases(), path)
        except AppError as error:
            assert error.hint


VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=8) | st.binary(max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["message", "message_media", "chat", "jid", "call_log", "message_quoted"]),
                          st.integers(0, 8), VALUES), max_size=12))  # fmt: skip
def test_no_value_crashes_and_every_message_is_told_once(changes):
    content = {table: [dict(row) for row in rows] for table, rows in CONTENT.items()}
    for table, place, value in changes:
        row = content[table][place % len(content[table])]
        name = list(row)[place % len(row)]
        if not name.endswith("_id") or name == "key_id":
            row[name] = value
    with TemporaryDirectory() as folder:
        found = read(WhatsAppDatabases(), database(Path(folder) / "msgstore.db", NEW, content))
        assert len(found.entries) + len(found.rejected) >= len(content["message"]) - 3


@given(st.binary(max_size=60))
def test_bytes_that_are_no_protocol_buffer_give_nothing(data):
    assert all(isinstance(part, bytes) for part in protobuf.parts(data, 1))
