"""signal-export's JSON: chats by folder, quotes, reactions, files, stickers, and broken lines."""

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
from backscroll.importing.formats.signal import Signal
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.export_files import read, zipped


def said(body: object = "hi  ", **others: object) -> dict:
    return {"date": "2024-03-25T10:00:00.123000", "sender": "Ana", "body": body, "quote": "", "sticker": None,
            "reactions": [], "attachments": [], **others}  # fmt: skip


def lines(*messages: object) -> str:
    return "".join(f"{m if isinstance(m, str) else json.dumps(m)}\n" for m in messages)


@pytest.fixture
def export(tmp_path):
    """Writes the data.json of a chat called Hikers and reads it."""

    def write_and_read(*messages: object, **others):
        place = tmp_path / "Hikers" / "data.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(lines(*messages), "utf-8")
        return read(Signal(), place, **others)

    return write_and_read


def test_a_message_has_the_time_of_the_exporting_machine(export):
    found = export(said(), said(sender="Me"), zone="Europe/Berlin")
    assert found.entries[0].sent_at == datetime(2024, 3, 25, 9, 0, 0, 123000, tzinfo=UTC)
    assert found.entries[0].clock == datetime(2024, 3, 25, 10, 0, 0, 123000)
    assert (found.entries[0].text, found.entries[0].external_id) == ("hi", None)
    assert [(p.name, p.is_owner) for p in found.people] == [("Ana", False), ("Me", True)]
    assert [(c.title, c.kind) for c in found.chats] == [("Hikers", ConversationKind.DIRECT)]


def test_quotes_reactions_and_stickers(export):
    reactions = [["Bo", "👍"], {"name": "Me", "emoji": "🎉"}, ["x"]]
    found = export(
        said("yes  ", quote="\n\n> coming?\n> today\n\n", reactions=reactions),
        said("  ", sticker="🙂"), said("", sticker={"id": "1", "emoji": "🐈"}, sender="Bo"),
        said("", deleted=True), said("Incoming voice call", call=True), said("", sender="No-Sender"),
    )  # fmt: skip
    first, second, third, deleted, call, notice = found.entries
    assert first.text == "> coming?\n> today\nyes"
    assert [(r.emoji, r.person) for r in first.reactions] == [("👍", "Bo"), ("🎉", "Me")]
    assert [(e.kind, e.text) for e in (second, third)] == [(Kind.STICKER, "🙂"), (Kind.STICKER, "🐈")]
    assert (deleted.is_deleted, call.kind, notice.kind, notice.person) == (True, Kind.CALL, Kind.SYSTEM, None)
    assert found.chats[0].kind is ConversationKind.GROUP


def test_files_lie_beside_the_chat(tmp_path, export):
    (tmp_path / "Hikers" / "media").mkdir(parents=True)
    (tmp_path / "Hikers" / "media" / "a b.jpg").write_bytes(b"123")
    files = [{"name": "a b.jpg", "path": "media/a%20b.jpg"}, {"name": "gone.pdf", "path": "../gone.pdf"}]
    entry = export(said("", attachments=files)).entries[0]
    assert [(a.file_name, a.size, a.path) for a in entry.attachments] == [
        ("a b.jpg", 3, str(tmp_path / "Hikers" / "media" / "a b.jpg")), ("gone.pdf", None, None)]  # fmt: skip
    assert entry.kind is Kind.IMAGE


def test_a_folder_of_chats_is_found_and_what_was_sent_in_them_is_not(tmp_path):
    for name in ("Hikers/data.json", "Bo/data.json", "Bo/media/data.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(lines(said()))
    found, others = find_exports(tmp_path)
    assert [(one.name, export.name) for one, export in found] == [("signal", "Bo"), ("signal", "Hikers")]
    assert others == []
    packed = zipped(tmp_path / "x.zip", {"out/Bo/data.json": lines(said()), "out/Cy/data.json": lines(said())})
    assert [c.title for c in read(Signal(), packed).chats] == ["Bo", "Cy"]


def test_what_is_broken_is_told_and_the_rest_is_read(export):
    found = export(said(), "{broken", "[]", "", said(date="soon"), said("end"))
    assert [e.text for e in found.entries] == ["hi", "end"]
    assert [(r.place, r.reason) for r in found.rejected] == [
        ("data.json:2", "it is not JSON"), ("data.json:3", "it is not a message"),
        ("data.json:5", "it has no time that can be read (date)")]  # fmt: skip


def test_what_is_no_chat_is_refused(tmp_path):
    (tmp_path / "data.json").write_text('{"date": 1}')
    assert not Signal().recognises(open_export(tmp_path / "data.json"))
    with pytest.raises(AppError, match="signal-export"):
        read(Signal(), tmp_path / "data.json")


junk = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda i: st.lists(i, max_size=2))
changed = st.dictionaries(st.sampled_from(list(said())), junk, max_size=4).map(lambda changes: said() | changes)


@settings(max_examples=100, deadline=None)
@given(st.lists(changed | junk, max_size=6))
def test_no_input_crashes_and_every_line_is_told_once(items):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.json"
        path.write_text(lines(said(), *(json.dumps(item) for item in items)))
        found = read(Signal(), path)
        assert len(found.entries) + len(found.rejected) == len(items) + 1
