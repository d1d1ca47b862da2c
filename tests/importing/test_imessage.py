"""Apple's Messages: texts that are only archived, tapbacks, answers, edits, events, files, and what a version lacks."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.formats.imessage import IMessage
from backscroll.importing.formats.imessage.history import summary_of, was_taken_back, wordings
from backscroll.importing.formats.imessage.messages import moment
from backscroll.importing.formats.imessage.typedstream import text_of
from backscroll.importing.records import Entry
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.database_files import database
from tests.importing.export_files import Read, read, zipped
from tests.importing.imessage_layout import CONTENT, SCHEMA, archived


@pytest.fixture
def found(tmp_path: Path) -> Read:
    (tmp_path / "Attachments" / "ab").mkdir(parents=True)
    (tmp_path / "Attachments" / "ab" / "IMG_1.HEIC").write_bytes(b"1234")
    return read(IMessage(), database(tmp_path / "chat.db", SCHEMA, CONTENT))


def told(found: Read) -> dict[str, Entry]:
    return {entry.external_id: entry for entry in found.entries}


def test_a_person_is_one_over_all_services_and_so_is_the_chat(found):
    assert [(c.external_id, c.title, c.kind) for c in found.chats] == [
        ("+49170", "+49170", ConversationKind.DIRECT), ("chat12", "Hikers", ConversationKind.GROUP),
        ("chat13", "+49170, bo@example.org", ConversationKind.GROUP)]  # fmt: skip
    assert [(p.external_id, p.is_owner) for p in found.people if p.chat == "+49170"] == [
        ("+49170", False), ("me", True), ("bo@example.org", False)]  # fmt: skip
    entries = told(found)
    assert (entries["G1"].person, entries["G2"].person, entries["G2"].chat) == ("+49170", "+49170", "+49170")


def test_times_are_seconds_or_nanoseconds_since_2001(found):
    entries = told(found)
    assert entries["G1"].sent_at == datetime(2024, 3, 25, 12, 0, 1, tzinfo=UTC)
    assert entries["G2"].sent_at == datetime(2024, 3, 25, 12, 0, 2, tzinfo=UTC)
    assert [(r.reason, r.place) for r in found.rejected] == [
        ("it is in no chat", "chat.db:message 23"), ("it has no time", "chat.db:message 24")]  # fmt: skip
    with pytest.raises(ValueError, match="out of range"):
        moment(float("inf"))


def test_a_text_that_is_only_archived_is_read(found):
    entries = told(found)
    assert (entries["G3"].text, entries["G3"].person) == ("archived é", "me")
    assert entries["G26"].text.startswith("Trip\nlong long")
    assert [text_of(archived(words)) for words in ("a", "b" * 127, "c" * 128, "d" * 40_000)] == [
        "a", "b" * 127, "c" * 128, "d" * 40_000]  # fmt: skip
    assert text_of(archived("cut off")[:-90]) == text_of(None) == text_of(b"streamtyped") == ""


def test_tapbacks_stand_under_their_message_as_they_are_in_the_end(found):
    entries = told(found)
    assert [(r.emoji, r.person) for r in entries["G4"].reactions] == [("❤️", "me")]
    assert [(r.emoji, r.person) for r in entries["G5"].reactions] == [("🦄", "bo@example.org")]
    assert not {"G6", "G7", "G8", "G9"} & set(entries)
    assert entries["G10"].text == "Liked “x”", "its message is gone"
    assert (entries["G27"].kind, entries["G27"].parent) == (Kind.STICKER, "G4")


def test_answers_edits_and_messages_that_were_taken_back(found):
    entries = told(found)
    assert (entries["G5"].parent, entries["G4"].parent) == ("G4", None)
    assert (entries["G11"].text, entries["G11"].is_edited, entries["G11"].raw) == (
        "second", True, {"earlier": ["first"]})  # fmt: skip
    assert entries["G11"].edited_at == datetime(2024, 3, 25, 12, tzinfo=UTC)
    assert (entries["G12"].is_deleted, entries["G12"].is_edited) == (True, False)
    assert entries["G1"].raw == {"service": "iMessage"}


def test_what_happens_in_a_group_is_put_into_words(found):
    assert [e.text for e in found.entries if e.kind is Kind.SYSTEM] == [
        "+49170 added bo@example.org", "+49170 removed bo@example.org", "+49170 named the group “Walkers”",
        "bo@example.org left", "Me changed the group's picture", "+49170 started sharing the location"]  # fmt: skip


def test_files_stickers_places_and_apps(found, tmp_path):
    entries = told(found)
    assert [(a.file_name, a.size, a.path) for a in entries["G19"].attachments] == [
        ("IMG_1.HEIC", 4, str(tmp_path / "Attachments" / "ab" / "IMG_1.HEIC"))]  # fmt: skip
    assert [(entries[n].kind, entries[n].text) for n in ("G19", "G20", "G21", "G22")] == [
        (Kind.IMAGE, "the peak"), (Kind.LOCATION, ""), (Kind.STICKER, ""),
        (Kind.TEXT, "A message of an app (com.example.Dice)")]  # fmt: skip


def test_an_older_version_without_most_columns_gives_what_it_has(tmp_path):
    newer = ("attributedBody", "item_type", "associated_message_guid", "associated_message_type", "date_edited",
             "associated_message_emoji", "thread_originator_guid", "date_retracted", "message_summary_info",
             "subject")  # fmt: skip
    without = [f"message.{name}" for name in newer] + ["attachment", "message_attachment_join", "chat_handle_join"]
    found = read(IMessage(), database(tmp_path / "sms.db", SCHEMA, CONTENT, without))
    assert len(found.entries) == len(CONTENT["message"]) - 2
    assert told(found)["G1"].text == "hello"
    assert not any(entry.reactions or entry.attachments for entry in found.entries)


def test_it_is_found_by_its_tables_in_a_folder_and_in_a_zip(tmp_path):
    place = database(tmp_path / "x" / "any.db", SCHEMA, CONTENT)
    database(tmp_path / "x" / "other.sqlite", "CREATE TABLE message (id INTEGER);", {})
    exports, others = find_exports(tmp_path / "x")
    assert [(one.name, export.name) for one, export in exports] == [("imessage", "any.db")]
    assert [Path(other.path).name for other in others] == ["other.sqlite"]
    packed = zipped(tmp_path / "x.zip", {"Library/Messages/chat.db": place.read_bytes()})
    assert [one.name for one, _ in find_exports(packed)[0]] == ["imessage"]
    assert len(read(IMessage(), packed).entries) == 21
    with pytest.raises(AppError, match="no database of Messages"):
        read(IMessage(), tmp_path / "x" / "other.sqlite")


VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=8) | st.binary(max_size=40)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(CONTENT)), st.integers(0, 30), st.integers(1, 9), VALUES), max_size=12))
def test_no_value_crashes(changes):
    content = {table: [dict(row) for row in rows] for table, rows in CONTENT.items()}
    for table, place, column, value in changes:
        row = content[table][place % len(content[table])]
        name = list(row)[column % len(row)]
        if name not in ("ROWID", "guid", "id"):
            row[name] = value
    with TemporaryDirectory() as folder:
        found = read(IMessage(), database(Path(folder) / "chat.db", SCHEMA, content))
        assert len(found.entries) + len(found.rejected) >= len(CONTENT["message"]) - 12


@given(st.binary(max_size=80), st.integers(0, 200), st.binary(max_size=4))
def test_no_bytes_crash_what_is_archived(data, place, put):
    whole = archived("some words")
    assert isinstance(text_of(whole[:place] + put + whole[place + len(put) :]), str)
    for summary in (summary_of(data), summary_of(b"bplist00" + data)):
        assert isinstance(wordings(summary), list)
        assert was_taken_back(summary) in (True, False)
