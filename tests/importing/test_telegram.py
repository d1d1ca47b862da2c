"""Telegram Desktop's JSON: chats, words, people, topics, media, notices, and files that break off."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.export import open_export
from backscroll.importing.formats.telegram import Telegram
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.export_files import read, zipped

ABOUT = "Here is the data you requested. Remember: Telegram is free."


def said(number: int = 1, text: object = "hi", **others: object) -> dict:
    return {"id": number, "type": "message", "date": "2024-03-25T10:00:00", "date_unixtime": "1711360800",
            "from": "Ana", "from_id": "user1", "text": text, **others}  # fmt: skip


def done(action: str, number: int = 1, **others: object) -> dict:
    return {"id": number, "type": "service", "date_unixtime": "1711360800", "actor": "Ana", "actor_id": "user1",
            "action": action, "text": "", **others}  # fmt: skip


def chat(*messages: object, kind: str = "private_supergroup", **others: object) -> dict:
    return {"name": "Hikers", "type": kind, "id": 77, **others, "messages": list(messages)}


@pytest.fixture
def export(tmp_path):
    """Writes a result.json and reads it."""

    def write_and_read(value: object, **others):
        path = tmp_path / "result.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), "utf-8")
        assert Telegram().recognises(open_export(path))
        return read(Telegram(), path, **others)

    return write_and_read


def test_a_message_has_its_time_from_the_epoch_and_only_without_one_from_the_wall_clock(export):
    exact = said()
    wall = {key: value for key, value in said(2).items() if key != "date_unixtime"}
    first, second = export(chat(exact, wall), zone="Europe/Berlin").entries
    assert first.sent_at == datetime(2024, 3, 25, 10, tzinfo=UTC)
    assert second.sent_at == datetime(2024, 3, 25, 9, tzinfo=UTC)
    assert (first.external_id, first.text, first.person, first.raw) == ("1", "hi", "user1", None)


def test_all_chats_and_those_that_were_left_are_read_and_the_owner_is_known(export):
    found = export({
        "about": ABOUT,
        "personal_information": {"user_id": 9, "first_name": "Me"},
        "contacts": {"about": "x", "list": [{"user_id": 1}] * 1000},
        "chats": {"about": "y", "list": [
            chat(said(from_id="user9", **{"from": "Me"})),
            {"name": None, "type": "personal_chat", "id": 78, "messages": [said()]},
            {"type": "saved_messages", "id": 9, "messages": [said()]},
            {"name": "News", "type": "public_channel", "id": 80, "messages": []}]},
        "left_chats": {"about": "z", "list": [chat(said(), kind="private_group", id=81)]},
    })  # fmt: skip
    assert [(c.external_id, c.title, c.kind) for c in found.chats] == [
        ("77", "Hikers", ConversationKind.GROUP),
        ("78", "Deleted account", ConversationKind.DIRECT),
        ("9", "Saved messages", ConversationKind.DIRECT),
        ("80", "News", ConversationKind.CHANNEL),
        ("81", "Hikers", ConversationKind.GROUP),
    ]
    assert [(e.chat, e.text) for e in found.entries] == [("77", "hi"), ("78", "hi"), ("9", "hi"), ("81", "hi")]
    assert [(p.name, p.is_owner) for p in found.people if p.chat == "77"] == [("Me", True)]
    assert found.positions[-1] == found.reading.total


def test_text_of_entities_is_plain_with_code_and_addresses_kept(export):
    text = ["See ", {"type": "bold", "text": "this"}, " ", {"type": "text_link", "text": "map", "href": "https://a.b"},
            " ", {"type": "link", "text": "https://c.d"}, " ", {"type": "code", "text": "x = 1"}, "\n",
            {"type": "pre", "text": "print()\n", "language": "python"},
            {"type": "custom_emoji", "text": "🙂"}, {"type": "blockquote", "text": "so\nit is"}, "\nyes"]  # fmt: skip
    words = "See this map (https://a.b) https://c.d `x = 1`\n```python\nprint()\n```\n🙂\n> so\n> it is\nyes"
    assert export(chat(said(text=text))).entries[0].text == words


def test_answers_edits_and_forwards(export):
    found = export(chat(
        said(1),
        said(2, reply_to_message_id=1, edited="2024-03-25T11:00:00", edited_unixtime="1711364400"),
        said(3, reply_to_message_id=5, reply_to_peer_id="channel4"),
        said(4, "news", forwarded_from="Kestrel Club"), said(5, "old", forwarded_from=None),
    ))  # fmt: skip
    assert [e.parent for e in found.entries] == [None, "1", None, None, None]
    assert [e.is_edited for e in found.entries] == [False, True, False, False, False]
    assert [e.text for e in found.entries[3:]] == [
        "Forwarded from Kestrel Club:\nnews", "Forwarded from a deleted account:\nold"]  # fmt: skip


def test_reactions_name_whom_the_export_names_once_and_tell_how_many_there_were(export):
    found = export(chat(said(reactions=[
        {"type": "emoji", "count": 5, "emoji": "👍", "recent": [
            {"from": "Bo", "from_id": "user2", "date": "2024-03-25T10:01:00"},
            {"from": "Bo", "from_id": "user2"}, {"from": None, "from_id": "user3"}]},
        {"type": "paid", "count": 1, "recent": [{"from": "Bo", "from_id": "user2"}]}, "junk"])))  # fmt: skip
    entry = found.entries[0]
    assert [(r.emoji, r.person, r.count) for r in entry.reactions] == [
        ("👍", "user2", None), ("👍", "user3", None), ("👍", None, 5), ("⭐", "user2", None)]  # fmt: skip
    assert {p.external_id: p.name for p in found.people}["user3"] == "Deleted account"


def test_topics_are_threads_of_what_answers_them(export):
    found = export(chat(
        done("topic_created", 2, title="Tents"), done("topic_created", 3, title="Food"),
        said(4, reply_to_message_id=2), said(5, reply_to_message_id=4), said(6), said(7, reply_to_message_id=3),
    ))  # fmt: skip
    assert [(t.external_id, t.title, t.root) for t in found.topics] == [("2", "Tents", "2"), ("3", "Food", "3")]
    assert [e.thread for e in found.entries] == ["2", "3", "2", "2", None, "3"]
    assert [e.parent for e in found.entries] == [None, None, None, "4", None, None]


@pytest.mark.parametrize(
    ("holds", "kind", "name", "words"),
    [
        ({"photo": "photos/a.jpg", "photo_file_size": 12}, Kind.IMAGE, "a.jpg", "hi"),
        ({"file": "stickers/s.webp", "media_type": "sticker", "sticker_emoji": "🙂"}, Kind.STICKER, "s.webp", "hi"),
        ({"file": "voice/v.ogg", "media_type": "voice_message", "mime_type": "audio/ogg"}, Kind.AUDIO, "v.ogg", "hi"),
        ({"file": "r/r.mp4", "media_type": "video_message"}, Kind.VIDEO, "r.mp4", "hi"),
        ({"file": "files/doc.pdf", "mime_type": "application/pdf"}, Kind.DOCUMENT, "doc.pdf", "hi"),
        ({"file": "(File not included. Change data exporting settings to download.)", "file_name": "w.mp4",
          "mime_type": "video/mp4"}, Kind.VIDEO, "w.mp4", "hi"),
        ({"photo": "(File unavailable, please try again later)"}, Kind.IMAGE, None, "hi"),
        ({"poll": {"question": "When?", "closed": False, "total_voters": 3,
                   "answers": [{"text": "Now", "voters": 3}, {"text": "Never", "voters": 0}]}},
         Kind.POLL, None, "When?\n• Now (3)\n• Never (0)\nhi"),
        ({"location_information": {"latitude": 52.5, "longitude": 13.25}, "place_name": "Park"},
         Kind.LOCATION, None, "Park, 52.500000, 13.250000\nhi"),
        ({"contact_information": {"first_name": "Bo", "last_name": "Berg", "phone_number": "+49 30 1"}},
         Kind.CONTACT, None, "Bo Berg, +49 30 1\nhi"),
    ],
)  # fmt: skip
def test_what_a_message_holds_makes_its_kind(export, holds, kind, name, words):
    entry = export(chat(said(**holds))).entries[0]
    assert (entry.kind, entry.text) == (kind, words)
    has_file = bool(holds.get("photo") or holds.get("file"))
    assert [a.file_name for a in entry.attachments] == ([name] if has_file else [])
    assert entry.raw is not None


def test_a_file_beside_the_export_has_its_size_and_place(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"12345")
    messages = [said(1, photo="photos/a.jpg"), said(2, photo="../secret.jpg", photo_file_size=7)]
    (tmp_path / "result.json").write_text(json.dumps(chat(*messages)))
    for place in (tmp_path, tmp_path / "result.json"):
        here, gone = (e.attachments[0] for e in read(Telegram(), place).entries)
        assert (here.file_name, here.mime_type, here.size) == ("a.jpg", "image/jpeg", 5)
        assert here.path == str(tmp_path / "photos" / "a.jpg")
        assert (gone.size, gone.path) == (7, None)


@pytest.mark.parametrize(
    ("message", "kind", "words"),
    [
        (done("create_group", title="Hikers", members=["Ana", None]), Kind.SYSTEM, "Ana created the group “Hikers”"),
        (done("invite_members", members=["Bo", "Cleo"]), Kind.SYSTEM, "Ana added Bo, Cleo"),
        (done("invite_members", members=["Ana"]), Kind.SYSTEM, "Ana joined"),
        (done("remove_members", members=["Bo"]), Kind.SYSTEM, "Ana removed Bo"),
        (done("remove_members", members=["Ana"]), Kind.SYSTEM, "Ana left"),
        (done("pin_message", message_id=3), Kind.SYSTEM, "Ana pinned a message"),
        (done("set_messages_ttl", period=60), Kind.SYSTEM, "Ana set messages to vanish after 60 seconds"),
        (done("something_new"), Kind.SYSTEM, "Ana something new"),
        (done("phone_call", duration_seconds=125, discard_reason="hangup"), Kind.CALL, "Call, 2:05"),
        (done("phone_call", discard_reason="missed"), Kind.CALL, "Call, missed"),
        (done("group_call", duration=61), Kind.CALL, "Group call, 1:01"),
    ],
)
def test_notices_are_words_and_calls_have_a_caller(export, message, kind, words):
    entry = export(chat(message)).entries[0]
    assert (entry.kind, entry.text, entry.person) == (kind, words, None if kind is Kind.SYSTEM else "user1")


def test_what_is_broken_is_told_and_the_rest_is_read(export):
    found = export(chat(said(1), "no message", {"type": "message", "text": "no id"}, {"id": 3, "type": "unsupported"},
                        said(4, date_unixtime="soon"), said(5)))  # fmt: skip
    assert [e.external_id for e in found.entries] == ["1", "5"]
    assert [(r.reason, r.place.startswith("result.json:")) for r in found.rejected] == [
        ("it is not a message", True), ("it has no id", True), ("Telegram did not export what it holds", True),
        ("it has no time that can be read (date)", True)]  # fmt: skip


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(export):
    whole = json.dumps(chat(*(said(n) for n in range(1, 6))), indent=1)
    found = export(whole[: whole.rindex('"id": 4') + 30])
    assert [e.external_id for e in found.entries] == ["1", "2", "3"]
    assert [r.reason for r in found.rejected] == ["it is not JSON from here on, or it ends too early"]


def test_a_file_that_is_no_telegram_export_is_refused(tmp_path):
    for name, content in (("a.json", "[1]"), ("b.json", "dear diary"), ("c.json", '{"name": "x", "type": "cat"}')):
        (tmp_path / name).write_text(content)
        assert not Telegram().recognises(open_export(tmp_path / name))
    with pytest.raises(AppError) as raised:
        read(Telegram(), tmp_path / "b.json")
    assert raised.value.code == "not_recognised"
    assert "result.json" in raised.value.hint


def test_folders_and_zips_are_found_with_what_was_sent_in_them(tmp_path):
    folder = tmp_path / "ChatExport_2024-03-25"
    (folder / "files").mkdir(parents=True)
    (folder / "result.json").write_text(json.dumps(chat(said())))
    (folder / "files" / "result.json").write_text(json.dumps(chat(said(99))))
    packed = zipped(tmp_path / "x.zip", {"ChatExport/result.json": json.dumps(chat(said(), id=78))})
    found, others = find_exports(tmp_path)
    assert [(one.name, export.name) for one, export in found] == [("telegram", folder.name), ("telegram", "x.zip")]
    assert others == []
    assert [e.external_id for e in read(Telegram(), folder).entries] == ["1"]
    assert [e.chat for e in read(Telegram(), packed).entries] == ["78"]


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["id", "type", "date", "date_unixtime", "from", "from_id", "actor", "action", "text", "photo", "file", "poll",
          "reactions", "members", "title", "contact_information", "location_information", "mime_type", "media_type",
          "reply_to_message_id", "duration_seconds", "period", "forwarded_from", "contact_vcard"]  # fmt: skip
ACTIONS = st.sampled_from(["invite_members", "set_messages_ttl", "phone_call", "topic_created", "create_group"])
messages = st.builds(
    lambda base, changes: {**base, **changes},
    st.sampled_from([said(), done("pin_message")]),
    st.dictionaries(st.sampled_from(FIELDS), junk, max_size=5) | st.fixed_dictionaries({"action": ACTIONS}),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(messages | junk, max_size=6), st.integers(0, 200))
def test_no_input_crashes_and_every_message_is_told_once(items, cut):
    text = json.dumps(chat(*items))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        path.write_text(text)
        found = read(Telegram(), path)
        assert len(found.entries) + len(found.rejected) == len(items)
        path.write_text(text[: len(text) - cut])
        if text[: len(text) - cut].startswith("{"):
            read(Telegram(), path)
