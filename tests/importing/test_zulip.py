"""Zulip's archive: channels, topics, names that were escaped, HTML, reactions, and files that are broken."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.formats.zulip import Zulip
from backscroll.model.conversation import ConversationKind
from tests.importing.export_files import read, zipped

INDEX = {"time": 1.0, "streams": {"new members": {"id": 12, "latest_id": 5, "topic_data": {}}}}


def said(number: int = 1, content: object = "<p>hi</p>", **others: object) -> dict:
    return {"content": content, "id": number, "sender_full_name": "Ana", "timestamp": 1711360800, **others}


@pytest.fixture
def archive(tmp_path):
    """Writes an archive and reads it."""

    def write_and_read(topics: dict[str, object], index: object = INDEX):
        for name, value in {**topics, "stream_index.json": index}.items():
            place = tmp_path / "archive" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(value if isinstance(value, str) else json.dumps(value))
        return read(Zulip(), tmp_path / "archive")

    return write_and_read


def test_channels_are_chats_and_topics_threads_under_their_own_names(archive):
    found = archive({
        "12-new.20members/who.20are.20you.3F.json": [said(1)], "new.20members/v1.2.json": [said(2)],
        "13-gone/x.json": [said(3)], "odd/y.json": [],
    })  # fmt: skip
    assert [(c.external_id, c.title, c.kind) for c in found.chats] == [
        ("12", "new members", ConversationKind.CHANNEL), ("13", "gone", ConversationKind.CHANNEL),
        ("odd", "odd", ConversationKind.CHANNEL)]  # fmt: skip
    assert [(t.chat, t.title) for t in found.topics] == [
        ("12", "who are you?"), ("13", "x"), ("12", "v1.2"), ("odd", "y")]  # fmt: skip
    assert {e.external_id: e.thread for e in found.entries} == {"1": "who are you?", "2": "v1.2", "3": "x"}


def test_a_message_has_text_time_and_the_source_as_it_was(archive):
    entry = archive(
        {"a/b.json": [said(content="<p>see <code>x</code></p><blockquote>\n<p>y</p></blockquote>")]}
    ).entries[0]
    assert entry.text == "see `x`\n\n> y"
    assert entry.sent_at == datetime(2024, 3, 25, 10, tzinfo=UTC)
    assert (entry.person, entry.raw["content"][:3]) == ("Ana", "<p>")


def test_reactions_are_read_where_they_are_told(archive):
    reactions = [
        {"emoji_name": "heart", "emoji_code": "2764", "reaction_type": "unicode_emoji", "user_id": 7},
        {"emoji_name": "heart", "emoji_code": "2764", "reaction_type": "unicode_emoji", "user_id": 7},
        {"emoji_name": "zulip", "emoji_code": "zulip", "user": {"id": 8, "full_name": "Bo"}}, {"emoji_name": "x"},
    ]  # fmt: skip
    found = archive({"a/b.json": [said(reactions=reactions, sender_id=7)]})
    assert [(r.emoji, r.person) for r in found.entries[0].reactions] == [("❤", "7"), (":zulip:", "8")]
    assert {p.external_id: p.name for p in found.people} == {"7": "Ana", "8": "Bo"}


def test_what_is_broken_is_told_and_the_rest_is_read(archive):
    found = archive({"a/b.json": [said(1), 7, said(None), said(2, timestamp="x"), said(3, timestamp=1e99)],
                     "a/c.json": '[{"id": 1, "con', "a/d.json": [said(4)]}, index="{broken")  # fmt: skip
    assert [e.external_id for e in found.entries] == ["1", "4"]
    assert len(found.rejected) == 5


def test_folders_and_zips_are_found(tmp_path, archive):
    archive({"a/b.json": [said()]})
    packed = zipped(
        tmp_path / "z.zip", {"x/stream_index.json": json.dumps(INDEX), "x/12-a/b.json": json.dumps([said()])}
    )
    assert [(one.name, export.name) for one, export in find_exports(tmp_path)[0]] == [
        ("zulip", "archive"), ("zulip", "z.zip")]  # fmt: skip
    assert [c.title for c in read(Zulip(), packed).chats] == ["new members"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(AppError, match="Zulip"):
        read(Zulip(), tmp_path / "empty")


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
)
FIELDS = st.sampled_from(["id", "content", "timestamp", "sender_full_name", "sender_id", "reactions"])
changed = st.dictionaries(FIELDS, junk, max_size=4).map(lambda changes: said() | changes)


@settings(max_examples=100, deadline=None)
@given(st.lists(changed | junk, max_size=6))
def test_no_input_crashes_and_every_message_is_told_once(items):
    with TemporaryDirectory() as folder:
        (Path(folder) / "a").mkdir()
        (Path(folder) / "stream_index.json").write_text(json.dumps(INDEX))
        (Path(folder) / "a" / "b.json").write_text(json.dumps(items))
        found = read(Zulip(), Path(folder))
        assert len(found.entries) + len(found.rejected) == len(items)
