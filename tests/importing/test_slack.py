"""Slack's workspace export: people, channels, threads, notation, and files that are broken."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.export import open_export
from backscroll.importing.formats.slack import Slack
from backscroll.importing.formats.slack.roster import Roster
from backscroll.importing.formats.slack.wording import plain, text_of
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.export_files import read, real, zipped

USERS = [
    {"id": "U1", "team_id": "T1", "name": "ana", "profile": {"display_name": "Ana", "real_name": "Ana Ruiz"}},
    {"id": "W2", "team_id": "T1", "name": "bo", "real_name": "Bo Berg", "profile": {"display_name": ""}},
]
CHANNELS = [{"id": "C1", "name": "general", "topic": {"value": ""}, "purpose": {"value": "talk &amp; <#C1|general>"}}]


@pytest.fixture
def export(tmp_path):
    """Writes an export of one channel, with lists and other folders as given, and reads it."""

    def write_and_read(messages: list, **files):
        members = {"users.json": USERS, "channels.json": CHANNELS, "general/2024-03-25.json": messages, **files}
        for name, value in members.items():
            if value is not None:
                place = tmp_path / "export" / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(value if isinstance(value, str) else json.dumps(value))
        return read(Slack(), tmp_path / "export")

    return write_and_read


def said(text: str = "hi", ts: str = "1711360800.000100", **others) -> dict:
    return {"type": "message", "user": "U1", "text": text, "ts": ts, **others}


def test_a_message_has_its_time_to_the_microsecond(export):
    entry = export([said(ts="1433866203.000003")]).entries[0]
    assert (entry.external_id, entry.clock) == ("1433866203.000003", None)
    assert entry.sent_at == datetime(2015, 6, 9, 16, 10, 3, 3, tzinfo=UTC)
    assert export([said(ts="9999999999.999999")]).entries[0].sent_at.microsecond == 999999


def test_people_are_named_as_they_wish_and_strangers_by_their_id(export):
    found = export([said(), said(ts="2.0", user="W2"), said(ts="3.0", user="U9"),
                    said(ts="4.0", user="U8", user_profile={"display_name": "Cleo"})])  # fmt: skip
    assert {p.external_id: p.name for p in found.people} == {"U1": "Ana", "W2": "Bo Berg", "U9": "U9", "U8": "Cleo"}


def test_bots_speak_under_their_own_names(export):
    found = export([
        said(user=None, bot_id="B1", username="deploys", subtype="bot_message"),
        said(ts="2.0", user=None, bot_id="B1", username="alerts", subtype="bot_message"),
        said(ts="3.0", user=None, bot_id="B2", bot_profile={"name": "GitHub"}),
        said(ts="4.0", user=None, username="hook"),
        said(ts="5.0", user=None),
    ])  # fmt: skip
    assert [p.name for p in found.people] == ["deploys", "alerts", "GitHub", "hook", "unknown"]


def test_conversations_have_kinds_titles_and_topics(export):
    message = [said()]
    found = export(
        message,
        **{
            "groups.json": [{"id": "G1", "name": "secret", "topic": {"value": "plans"}, "members": ["U1"]}],
            "mpims.json": [{"id": "G2", "name": "mpdm-ana--bo-1", "members": ["U1", "W2"]}],
            "dms.json": [{"id": "D1", "members": ["U1", "W2"]}, {"id": "D2", "members": ["U1", "U7"]}],
            "secret/2024-01-01.json": message, "mpdm-ana--bo-1/2024-01-01.json": message,
            "D1/2024-01-01.json": message, "unlisted/2024-01-01.json": message, "D0UNLISTED/2024-01-01.json": message,
        },
    )  # fmt: skip
    seen = {c.external_id: (c.title, c.kind, c.topic) for c in found.chats}
    assert seen == {
        "C1": ("general", ConversationKind.CHANNEL, "talk & #general"),
        "G1": ("secret", ConversationKind.GROUP, "plans"),
        "G2": ("Ana, Bo Berg", ConversationKind.GROUP, None),
        "D1": ("Ana, Bo Berg", ConversationKind.DIRECT, None),
        "unlisted": ("unlisted", ConversationKind.CHANNEL, None),
        "D0UNLISTED": ("D0UNLISTED", ConversationKind.DIRECT, None),
    }


def test_a_workspace_is_known_by_its_team_then_its_messages_then_its_first_channel(export):
    assert export([said()]).reading.identity == "slack:T1"
    nobody = {"users.json": []}
    guests = [said(team="T2"), said(ts="2.0", team="T2"), said(ts="3.0", team="T3")]
    assert export(guests, **nobody).reading.identity == "slack:T2"
    assert export([said()], **nobody).reading.identity == "slack:C1"
    assert export([said()], **nobody, **{"channels.json": "[]"}).reading.identity == "slack:general"


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("<@U1> and <@W2|bo>, <@U9|old> <@U8>", "@Ana and @Bo Berg, @old @U8"),
        ("<#C1|x> <#C9|gone> <#C8>", "#general #gone #C8"),
        ("<!here> <!channel> <!subteam^S1|@ops> <!date^1^{date}|1 May>", "@here @channel @ops 1 May"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("<https://a.b/c|here>", "here (https://a.b/c)"),
        ("<http://a.b|a.b> <mailto:x@y.z|x@y.z>", "http://a.b x@y.z"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt; &quot;", "1 < 2 && 3 > 2, &lt; &quot;"),
        ("a &lt; b &gt; c <> <\n>", "a < b > c <> <\n>"),
        ("&lt;@U1&gt;", "<@U1>"),
    ],
)
def test_notation_becomes_words(notation, words):
    roster = Roster({"U1": "Ana", "W2": "Bo Berg"}, {"C1": "general"})
    assert plain(notation, roster) == words


def test_threads_have_a_title_a_root_and_parents(export):
    root = "1711360800.000100"
    found = export([
        said("How <@W2>\nis it " + "very " * 30 + "going?", ts=root, thread_ts=root, reply_count=2),
        said("well", ts="1711360801.000100", thread_ts=root, user="W2"),
        said("shown to all", ts="1711360802.000100", thread_ts=root, subtype="thread_broadcast"),
        said("outside", ts="1711360803.000100"),
        said("its root is not in the export", ts="1711360804.000100", thread_ts="1.0"),
    ])  # fmt: skip
    assert [(t.external_id, t.root) for t in found.topics] == [(root, root), ("1.0", "1.0")]
    assert found.topics[0].title.startswith("How @Bo Berg is it very very")
    assert len(found.topics[0].title) == 80
    assert [e.thread for e in found.entries] == [root, root, root, None, "1.0"]
    assert [e.parent for e in found.entries] == [None, root, root, None, "1.0"]


def test_reactions_edits_and_deletions(export):
    found = export([
        said(reactions=[{"name": "+1::skin-tone-3", "users": ["W2", "U7"], "count": 9},
                        {"name": "party-cat", "users": ["U1"]}],
             edited={"user": "U1", "ts": "2.0"}),
        said("This message was deleted.", ts="2.0", subtype="tombstone"),
    ])  # fmt: skip
    first, second = found.entries
    assert [(r.emoji, r.person, r.count) for r in first.reactions] == [
        ("👍", "W2", None), ("👍", "U7", None), ("👍", None, 9), (":party-cat:", "U1", None)]  # fmt: skip
    assert (first.is_edited, first.is_deleted, second.is_deleted, second.text) == (True, False, True, "")


def test_files_are_attachments_and_the_record_is_kept_with_them(export):
    picture = {"name": "a.png", "mimetype": "image/png", "size": 12, "url_private": "https://files",
               "permalink": "https://acme.slack.com/files/U1/F1/a.png"}  # fmt: skip
    found = export([
        said("", files=[picture, {"id": "F2", "mode": "tombstone"}], upload=True),
        said("old", ts="2.0", subtype="file_share", file=picture),
        said("commented", ts="3.0", subtype="file_comment", user=None, file=picture, comment={"user": "W2"}),
        said("plain", ts="4.0"),
    ])  # fmt: skip
    new, old, comment, plain_one = found.entries
    shown = [(a.file_name, a.mime_type, a.size) for a in new.attachments]
    assert shown == [("a.png", "image/png", 12), (None, None, None)]
    assert [a.path for a in new.attachments] == ["https://acme.slack.com/files/U1/F1/a.png", None]
    assert (old.kind, old.attachments) == (Kind.IMAGE, new.attachments[:1])
    assert (comment.person, comment.kind, comment.attachments) == ("W2", Kind.TEXT, ())
    assert new.raw["files"][0]["url_private"] == "https://files"
    assert plain_one.raw is None


def test_what_slack_says_itself_has_no_person(export):
    found = export([said("<@U1|ana> has joined the channel", subtype="channel_join"),
                    said("x", ts="2.0", subtype="me_message"),
                    said("", ts="3.0", subtype="pinned_item", attachments=[{"text": "the <@W2> pin"}])])  # fmt: skip
    assert [(e.person, e.kind, e.text) for e in found.entries] == [
        (None, Kind.SYSTEM, "@Ana has joined the channel"),
        ("U1", Kind.TEXT, "x"),
        (None, Kind.SYSTEM, "the @Bo Berg pin"),
    ]


def test_a_message_made_of_blocks_has_their_words():
    roster = Roster({"U1": "Ana"}, {"C1": "general"})
    rich = {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [
            {"type": "text", "text": "Hello "}, {"type": "user", "user_id": "U1"}, {"type": "text", "text": " in "},
            {"type": "channel", "channel_id": "C1"}, {"type": "text", "text": " "},
            {"type": "link", "url": "https://a.b", "text": "see"}, {"type": "text", "text": " "},
            {"type": "emoji", "name": "tada"}, {"type": "text", "text": " "}, {"type": "broadcast", "range": "here"}]},
        {"type": "rich_text_list", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]}]},
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "go", "style": {"code": True}}]}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said\nso"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]}]}  # fmt: skip
    words = "Hello @Ana in #general see (https://a.b) 🎉 @here\n• one\n• two\n  3. `go`\n> said\n> so\n```\ncode\n```"
    assert text_of({"text": "", "blocks": [rich]}, roster) == words
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "a <@U1>"}, "fields": [{"text": "b"}]}
    assert text_of({"text": "", "blocks": [section]}, roster) == "a @Ana\nb"
    unfurled = [{"title": "T", "fallback": "F"}, {"fallback": "F2"}]
    assert text_of({"text": "", "attachments": unfurled}, roster) == "T\nF2"
    assert text_of({"text": "said", "blocks": [section]}, roster) == "said"


def test_what_is_broken_is_told_and_the_rest_is_read(export):
    found = export(
        [said(), "no message", {"text": "no time", "user": "U1"}, said(ts="yesterday"), said(ts="9.0")],
        **{"general/2024-03-26.json": '[{"ts": "1.0", "text": "cut o', "general/2024-03-27.json": [said(ts="10.0")],
           "general/2024-03-28.json": "[" * 100_000, "groups.json": "{broken"},
    )  # fmt: skip
    assert [e.external_id for e in found.entries] == ["1711360800.000100", "9.0", "10.0"]
    assert Counter(r.place for r in found.rejected) == Counter([
        "groups.json:1", "general/2024-03-25.json:2", "general/2024-03-25.json:3", "general/2024-03-25.json:4",
        "general/2024-03-26.json:1", "general/2024-03-28.json:1"])  # fmt: skip
    assert all(r.reason for r in found.rejected)


def test_a_zip_is_read_one_folder_deep_too(tmp_path):
    members = {"channels.json": json.dumps(CHANNELS), "general/2024-03-25.json": json.dumps([said()])}
    flat = read(Slack(), zipped(tmp_path / "flat.zip", members))
    deep = read(Slack(), zipped(tmp_path / "deep.zip", {f"Acme export/{name}": text for name, text in members.items()}))
    assert flat.records == deep.records
    assert flat.reading.identity == deep.reading.identity == "slack:C1"


def test_days_come_in_order_and_every_byte_is_counted(export):
    days = {f"general/2024-03-{day}.json": [said(ts=f"{day}.0")] for day in (27, 26, 28)}
    found = export([said(ts="1.0")], **days)
    assert [e.external_id for e in found.entries] == ["1.0", "26.0", "27.0", "28.0"]
    assert found.positions[-1] == found.reading.total


def test_other_folders_are_not_recognised(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "notes.json").write_text("[]")
    assert not Slack().recognises(open_export(tmp_path))
    with pytest.raises(AppError):
        read(Slack(), tmp_path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
odd_messages = st.dictionaries(
    st.sampled_from(["ts", "text", "user", "subtype", "files", "file", "reactions", "blocks", "attachments",
                     "thread_ts", "edited", "bot_id", "username", "bot_profile", "user_profile", "comment", "team"]),
    json_values, max_size=8,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(messages=st.lists(odd_messages.map(lambda odd: said() | odd) | json_values, max_size=6))
def test_every_record_is_a_message_or_rejected_whatever_it_holds(tmp_path_factory, messages):
    folder = tmp_path_factory.mktemp("odd")
    (folder / "general").mkdir()
    (folder / "general" / "2024-01-01.json").write_text(json.dumps(messages))
    (folder / "users.json").write_text(json.dumps(messages))
    (folder / "channels.json").write_text(json.dumps(messages))
    found = read(Slack(), folder)
    assert len(found.entries) + len(found.rejected) == len(messages)


def test_the_real_export_is_read_whole():
    place = real("slack-export")
    days = [message for file in place.glob("*/*.json") for message in json.loads(file.read_text())]
    users = json.loads((place / "users.json").read_text())
    found = read(Slack(), place)
    assert (len(found.entries), len(found.chats), len(users)) == (1382, 16, 71)
    assert len(days) == 1382
    assert not found.rejected
    assert found.reading.identity == "slack:T061A2UFL"
    assert Counter(e.external_id for e in found.entries) == Counter(m["ts"] for m in days)
    assert sum(e.is_edited for e in found.entries) == sum("edited" in m for m in days)
    reactions = sum(len(r["users"]) for m in days for r in m.get("reactions", ()))
    assert sum(r.person is not None for e in found.entries for r in e.reactions) == reactions > 89
    assert sum(len(e.attachments) for e in found.entries) == sum(m.get("subtype") == "file_share" for m in days)
    assert not [e.text for e in found.entries if "<@" in e.text or "&amp;" in e.text]
    names = {p.external_id: p.name for p in found.people}
    assert names["U061A1R2R"] == "Micah Stubbs"


def test_without_a_list_of_people_their_messages_name_them_even_before_they_speak(export):
    later = said(ts="1711360900.000100", user="U9", user_profile={"real_name": "Cleo"})
    found = export([said("<@U9> come", user="U5", reactions=[{"name": "+1", "users": ["U9"]}])],
                   **{"users.json": None, "general/2024-03-26.json": [later]})  # fmt: skip
    assert {p.external_id: p.name for p in found.people} == {"U5": "U5", "U9": "Cleo"}
    assert found.entries[0].text == "@Cleo come"


def test_people_of_other_workspaces_are_named_in_a_shared_channel(export):
    guest = said(ts="1711360900.000100", user="U9", user_profile={"display_name": "Guest"})
    channels = [CHANNELS[0] | {"is_ext_shared": True}]
    found = export([said("<@U9>"), guest], **{"channels.json": channels})
    assert found.entries[0].text == "@Guest"
    assert {p.name for p in found.people} == {"Ana", "Guest"}


def test_files_that_a_downloader_laid_beside_the_messages_are_found(export, tmp_path):
    files = [{"id": "F1", "name": "a.txt", "size": 9}, {"id": "F2", "name": "b.txt"}, {"id": "F3", "name": "../c.txt"}]
    found = export([said(files=files)], **{"general/attachments/F1-a.txt": "one", "__uploads/F2/b.txt": "two!"})
    assert [(a.file_name, a.size, bool(a.path)) for a in found.entries[0].attachments] == [
        ("a.txt", 3, True), ("b.txt", 4, True), ("../c.txt", None, False)]  # fmt: skip
