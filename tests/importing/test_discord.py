"""DiscordChatExporter's files: channels and threads, words, people, files, reactions, and the older CSV."""

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
from backscroll.importing.formats.discord import Discord
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.export_files import read, zipped

ANA = {"id": "901", "name": "ana.r", "discriminator": "0000", "nickname": "Ana", "isBot": False}
BO = {"id": "902", "name": "bo", "discriminator": "1234", "nickname": None}


def said(number: int = 1, content: object = "hi", **others: object) -> dict:
    return {"id": f"10{number}", "type": "Default", "timestamp": "2024-03-25T10:00:00.123+01:00", "isPinned": False,
            "content": content, "author": ANA, "attachments": [], "embeds": [], "reactions": [], **others}  # fmt: skip


def channel(*messages: object, guild: str = "7", **about: object) -> dict:
    place = {"id": "77", "type": "GuildTextChat", "categoryId": "70", "category": "Talk", "name": "general", **about}
    return {"guild": {"id": guild, "name": "Hikers"}, "channel": place, "messages": list(messages), "messageCount": 0}


@pytest.fixture
def export(tmp_path):
    """Writes a channel's file and reads it."""

    def write_and_read(value: object, name: str = "channel.json", **others):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value, indent=2), "utf-8")
        assert Discord().recognises(open_export(path))
        return read(Discord(), path, **others)

    return write_and_read


def test_a_message_has_its_time_id_and_author(export):
    found = export(channel(said(), said(2, author=BO, timestampEdited="2024-03-25T11:00:00Z")))
    first, second = found.entries
    assert first.sent_at == datetime(2024, 3, 25, 9, 0, 0, 123000, tzinfo=UTC)
    assert (first.external_id, first.text, first.person, first.raw, first.is_edited) == (
        "101",
        "hi",
        "901",
        None,
        False,
    )
    assert second.is_edited
    assert {p.external_id: p.name for p in found.people} == {"901": "Ana", "902": "bo"}


@pytest.mark.parametrize(
    ("file", "chat", "thread"),
    [
        (channel(topic="all"), ("77", "Hikers / general", ConversationKind.CHANNEL, "all"), None),
        (channel(guild="0", type="DirectTextChat", name="Bo"), ("77", "Bo", ConversationKind.DIRECT, None), None),
        (channel(guild="0", type=3, name="Us"), ("77", "Us", ConversationKind.GROUP, None), None),
        (channel(type="GuildPublicThread", name="Tents"),
         ("70", "Hikers / Talk", ConversationKind.CHANNEL, None), ("77", "Tents")),
        (channel(type=11, name="Tents"),
         ("70", "Hikers / Talk", ConversationKind.CHANNEL, None), ("77", "Tents")),
    ],
)  # fmt: skip
def test_channels_are_chats_and_threads_are_in_theirs(export, file, chat, thread):
    file["messages"] = [said()]
    found = export(file)
    assert [(c.external_id, c.title, c.kind, c.topic) for c in found.chats] == [chat]
    assert [(t.external_id, t.title) for t in found.topics] == ([thread] if thread else [])
    assert found.entries[0].thread == (thread[0] if thread else None)


def test_answers_name_what_they_answer_and_forwards_bring_it(export):
    reference = {"messageId": "101", "channelId": "77", "guildId": "7"}
    found = export(channel(
        said(1), said(2, type="Reply", reference=reference), said(3, type=19, reference=reference),
        said(4, "", reference={**reference, "type": "Forward"}, forwardedMessage={"content": "news", "attachments": [
            {"id": "1", "url": "https://cdn/a.png", "fileName": "a.png", "fileSizeBytes": 9}]}),
        said(5, "Pinned a message.", type="ChannelPinnedMessage", reference=reference),
    ))  # fmt: skip
    assert [e.parent for e in found.entries] == [None, "101", "101", None, None]
    assert (found.entries[3].text, found.entries[3].kind) == ("Forwarded:\nnews", Kind.IMAGE)
    assert [bool(e.raw and e.raw.get("forwarded")) for e in found.entries] == [False, False, False, True, False]


def test_notices_are_words_and_calls_have_a_caller(export):
    found = export(channel(
        said(1, "Joined the server.", type="GuildMemberJoin"), said(2, "", type="ThreadCreated"), said(3, "x", type=7),
        said(4, "Started a call that lasted 5 minutes.", type="Call"),
    ))  # fmt: skip
    assert [(e.kind, e.person, e.text) for e in found.entries] == [
        (Kind.SYSTEM, None, "Ana joined the server."), (Kind.SYSTEM, None, "Ana thread created"),
        (Kind.SYSTEM, None, "Ana x"), (Kind.CALL, "901", "Started a call that lasted 5 minutes."),
    ]  # fmt: skip


def test_reactions_embeds_stickers_and_mentions(export):
    found = export(channel(
        said(1, "<@902> <@!903> <:party:55> <a:wave:56> 1 < 2", mentions=[BO], reactions=[
            {"emoji": {"id": "", "name": "👍", "code": "thumbsup"}, "count": 2, "users": [ANA, BO, BO]},
            {"emoji": {"id": "55", "name": "party"}, "count": 1, "users": [BO]},
            {"emoji": {"id": None, "name": "🎉"}, "count": 4}]),
        said(2, "", embeds=[{"title": "T", "url": "https://a.b", "description": "D",
                             "fields": [{"name": "k", "value": "v"}]}]),
        said(3, "", stickers=[{"id": "1", "name": "Wave", "format": "PNG", "sourceUrl": "https://cdn/1.png"}]),
        said(4, isPinned=True),
    ))  # fmt: skip
    first, second, third, fourth = found.entries
    assert first.text == "@bo <@!903> :party: :wave: 1 < 2"
    assert [(r.emoji, r.person, r.count) for r in first.reactions] == [
        ("👍", "901", None), ("👍", "902", None), (":party:", "902", None), ("🎉", None, 4)]  # fmt: skip
    assert second.text == "T\nhttps://a.b\nD\nk: v"
    assert (third.kind, third.attachments[0].file_name) == (Kind.STICKER, "Wave")
    assert fourth.raw["isPinned"] is True


def test_a_webhook_is_a_person_under_each_of_its_names(export):
    hooks = [
        {"id": "5", "name": name, "discriminator": "0000", "isBot": True} for name in ("deploys", "alerts", "deploys")
    ]
    found = export(channel(*(said(n, author=hook) for n, hook in enumerate(hooks))))
    assert [(p.external_id, p.name) for p in found.people] == [("5/deploys", "deploys"), ("5/alerts", "alerts")]


def test_files_have_an_address_or_a_place_beside_the_export(export, tmp_path):
    (tmp_path / "channel.json_Files").mkdir()
    (tmp_path / "channel.json_Files" / "a-1.png").write_bytes(b"123")
    files = [{"url": "channel.json_Files\\a-1.png", "fileName": "a.png", "fileSizeBytes": 3},
             {"url": "https://cdn/b.pdf?ex=1", "fileName": "b.pdf", "fileSizeBytes": 9}]  # fmt: skip
    entry = export(channel(said(attachments=files))).entries[0]
    assert [(a.file_name, a.mime_type, a.size, a.path) for a in entry.attachments] == [
        ("a.png", "image/png", 3, str(tmp_path / "channel.json_Files" / "a-1.png")),
        ("b.pdf", "application/pdf", 9, "https://cdn/b.pdf?ex=1"),
    ]
    assert entry.kind is Kind.IMAGE


def test_what_is_broken_is_told_and_the_rest_is_read(export):
    found = export(channel(said(1), 5, said(2, id=None), said(3, timestamp="soon"), said(4)))
    assert [e.external_id for e in found.entries] == ["101", "104"]
    assert [r.reason for r in found.rejected] == [
        "it is not a message", "it has no id", "it has no time that can be read (timestamp)"]  # fmt: skip
    text = json.dumps(channel(said(1), said(2)))
    found = export(text[:-150])
    assert (len(found.entries), len(found.rejected)) == (1, 1)


def test_parts_of_a_channel_in_a_zip_are_one_chat(tmp_path):
    parts = {f"general [part {n}].json": json.dumps(channel(said(n))) for n in (1, 2)}
    found = read(Discord(), zipped(tmp_path / "x.zip", parts | {"a.txt": "x"}))
    assert len(found.chats) == len(found.people) == 1
    assert [e.external_id for e in found.entries] == ["101", "102"]
    assert [one.name for one, _ in find_exports(tmp_path / "x.zip")[0]] == ["discord"]


def test_csv_has_authors_dates_files_and_counts(export):
    found = export(
        "AuthorID,Author,Date,Content,Attachments,Reactions\n"
        '"901","ana#0","2024-03-25T10:00:00.0000000+01:00","hi ""you"",\nthere","","👍 (2),party (1)"\n'
        '"902","bo#1234","2024-03-25T10:01:00.0000000+01:00","","https://cdn/a.png,https://cdn/b.pdf",""\n'
        '"902","bo#1234","never","x","",""\n',
        "Hikers - Talk - general [123456789012345678].csv",
    )
    assert found.chats[0].title == "Hikers - Talk - general"
    first, second = found.entries
    assert (first.person, first.text) == ("901", 'hi "you",\nthere')
    assert [(r.emoji, r.person, r.count) for r in first.reactions] == [("👍", None, 2), ("party", None, 1)]
    assert first.sent_at == datetime(2024, 3, 25, 9, tzinfo=UTC)
    assert [a.path for a in second.attachments] == ["https://cdn/a.png", "https://cdn/b.pdf"]
    assert [p.name for p in found.people] == ["ana", "bo"]
    assert [r.place.rpartition(":")[2] for r in found.rejected] == ["5"]


@pytest.mark.parametrize(
    ("date", "others", "want"),
    [
        ("25-Mar-19 12:05 AM", {}, datetime(2019, 3, 25, 0, 5)),
        ("25-Mar-19 01:05 PM", {}, datetime(2019, 3, 25, 13, 5)),
        ("3/25/2019 1:05 PM", {}, datetime(2019, 3, 25, 13, 5)),
        ("25.03.2019 13:05", {}, datetime(2019, 3, 25, 13, 5)),
        ("2019-03-04 13:05:09", {}, datetime(2019, 3, 4, 13, 5, 9)),
        ("03/04/2019 13:05", {"date_order": "mdy"}, datetime(2019, 3, 4, 13, 5)),
        ("03/04/2019 13:05", {"date_order": "dmy"}, datetime(2019, 4, 3, 13, 5)),
    ],
)
def test_older_csv_is_read_in_the_persons_zone(export, date, others, want):
    entry = export(f"Author;Date;Content;Attachments\nana;{date};hi;\n", "c.csv", zone="Asia/Tokyo", **others).entries[
        0
    ]
    assert (entry.clock, entry.sent_at.hour) == (want, (want.hour - 9) % 24)


def test_a_csv_whose_dates_are_unclear_asks(export):
    with pytest.raises(AppError) as raised:
        export("Author;Date;Content;Attachments\nana;03/04/2019 13:05;hi;\n", "c.csv")
    assert raised.value.code == "ambiguous_date_order"


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [*said(), "stickers", "forwardedMessage", "reference", "mentions"]


changed = st.dictionaries(st.sampled_from(FIELDS), junk, max_size=4).map(lambda changes: said() | changes)


@settings(max_examples=100, deadline=None)
@given(st.lists(junk | changed, max_size=6),
       st.dictionaries(st.sampled_from(["id", "type", "name", "categoryId", "category", "topic"]), junk))  # fmt: skip
def test_no_json_crashes_and_every_message_is_told_once(items, about):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "channel.json"
        path.write_text(json.dumps(channel(*items, **about)))
        found = read(Discord(), path)
        assert len(found.entries) + len(found.rejected) == len(items)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('",;\n0123456789/:-aPM .'), max_size=80))
def test_no_csv_crashes(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "channel.csv"
        path.write_text("AuthorID,Author,Date,Content,Attachments,Reactions\n" + text)
        try:
            read(Discord(), path)
        except AppError as error:
            assert error.code == "ambiguous_date_order"
