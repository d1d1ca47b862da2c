"""ChatGPT's and Claude's exports: conversations, branches, tools, files, and what is broken."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.formats.assistants import ChatGPT, Claude
from backscroll.importing.formats.assistants.branches import Said, Tree
from backscroll.model.message import Kind
from tests.importing.export_files import read, zipped

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)


def node(name: str, parent: str | None, words: object = None, at: float | None = 0, role: str = "user", **more) -> dict:
    message = None
    if words is not None:
        content = words if isinstance(words, dict) else {"content_type": "text", "parts": [words]}
        stamp = None if at is None else NOON.timestamp() + at
        message = {"id": name, "author": {"role": role}, "create_time": stamp, "content": content, **more}
    return {"id": name, "parent": parent, "children": [], "message": message}


def conversation(*nodes: dict, leaf: str | None = None, **others: object) -> dict:
    return {"title": "Tents", "create_time": NOON.timestamp(), "conversation_id": "c1",
            "mapping": {one["id"]: one for one in nodes}, "current_node": leaf, **others}  # fmt: skip


def message(name: str, words: object, sender: str = "human", **others: object) -> dict:
    return {"uuid": name, "text": "", "content": [{"type": "text", "text": words}], "sender": sender,
            "created_at": f"2024-03-25T12:00:0{name[-1]}.5Z", "attachments": [], "files": [], **others}  # fmt: skip


def talk(*messages: object, **others: object) -> dict:
    return {"uuid": "t1", "name": "Tents", "summary": "x", "created_at": "2024-03-25T12:00:00Z",
            "account": {"uuid": "a"}, "chat_messages": list(messages), **others}  # fmt: skip


@pytest.fixture
def chatgpt(tmp_path):
    def write_and_read(*conversations: object):
        (tmp_path / "conversations.json").write_text(json.dumps(conversations))
        return read(ChatGPT(), tmp_path / "conversations.json")

    return write_and_read


@pytest.fixture
def claude(tmp_path):
    def write_and_read(*conversations: object):
        (tmp_path / "conversations.json").write_text(json.dumps(conversations))
        return read(Claude(), tmp_path / "conversations.json")

    return write_and_read


def test_the_way_to_the_end_is_the_chat_and_every_other_a_thread(chatgpt):
    found = chatgpt(conversation(
        node("root", None), node("q", "root", "Which tent?", 1), node("a1", "q", "A big one", 2, "assistant"),
        node("q2", "a1", "Why?", 3), node("a2", "q", "A small one", 4, "assistant"), node("q3", "a2", "Fine", 5),
        leaf="q3",
    ))  # fmt: skip
    assert [(e.external_id, e.thread, e.parent) for e in found.entries] == [
        ("q", None, None), ("a1", "a1", "q"), ("q2", "a1", None), ("a2", None, None), ("q3", None, None)]  # fmt: skip
    assert [(t.external_id, t.title, t.root) for t in found.topics] == [("a1", "Another way: A big one", "a1")]
    assert [(p.name, p.is_owner) for p in found.people] == [("You", True), ("ChatGPT", False)]
    assert found.entries[0].sent_at == datetime(2024, 3, 25, 12, 0, 1, tzinfo=UTC)


def test_a_message_without_a_time_has_that_of_the_one_before(chatgpt):
    found = chatgpt(conversation(node("a", None, "x", None), node("b", "a", "y", 5), node("c", "b", "z", None)))
    assert [(e.text, (e.sent_at - NOON).seconds) for e in found.entries] == [("x", 0), ("y", 5), ("z", 5)]


def test_every_type_of_content_has_its_words(chatgpt):
    image = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-1", "size_bytes": 9}
    found = chatgpt(conversation(
        node("1", None, {"content_type": "multimodal_text", "parts": [image, "see"]}, 1),
        node("2", "1", {"content_type": "code", "language": "python", "text": "x = 1"}, 2, "assistant"),
        node("3", "2", {"content_type": "execution_output", "text": "1"}, 3, "tool"),
        node("4", "3", {"content_type": "thoughts", "thoughts": [{"summary": "s", "content": "hm"}]}, 4, "assistant"),
        node("5", "4", "You are kind", 5, "system"),
        node("6", "5", "file", 6, metadata={"attachments": [{"id": "f", "name": "a.pdf", "size": 7}]}),
        node("7", "6", "", 7, "assistant"),
    ))  # fmt: skip
    assert [(e.kind, e.person, e.text) for e in found.entries] == [
        (Kind.IMAGE, "user", "see"), (Kind.TEXT, "assistant", "```python\nx = 1\n```"), (Kind.TEXT, "tool", "1"),
        (Kind.TEXT, "assistant", "hm"), (Kind.SYSTEM, None, "You are kind"),
        (Kind.DOCUMENT, "user", "file")]  # fmt: skip
    assert [a.file_name for e in found.entries for a in e.attachments] == ["file-1", "a.pdf"]


def test_files_that_are_called_by_their_ids_are_found_wherever_they_lie_in_the_export(tmp_path):
    image = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_00aB#p_0", "size_bytes": 9}
    attached = {"attachments": [{"id": "file-1x", "name": "tent.png"}, {"id": "file-1", "name": "gone.png"}]}
    said = conversation(
        node("1", None, {"content_type": "multimodal_text", "parts": [image, "see"]}, 1),
        node("2", "1", "and these", 2, metadata=attached),
    )
    members = {
        "conversations.json": json.dumps([said]),
        "dalle/file_00aB-9f.webp": b"123",
        "file-1x-tent.png": b"12345",
        "file-1xy.png": b"1",
    }
    entries = read(ChatGPT(), zipped(tmp_path / "x.zip", members)).entries
    assert [(a.file_name, a.size, a.path) for entry in entries for a in entry.attachments] == [
        ("file_00aB#p_0", 3, str(tmp_path / "x.zip" / "dalle" / "file_00aB-9f.webp")),
        ("tent.png", 5, str(tmp_path / "x.zip" / "file-1x-tent.png")),
        ("gone.png", None, None),
    ]


def test_claudes_blocks_are_preferred_to_the_text(claude):
    tools = [{"type": "thinking", "thinking": "hm"}, {"type": "tool_use", "name": "search", "input": {}},
             {"type": "text", "text": "found"}]  # fmt: skip
    found = claude(talk(
        message("m1", "hi", text="other"), message("m2", "", "assistant", content=tools),
        message("m3", "", text="old", content=[]),
        message("m4", "see", attachments=[{"file_name": "a.txt", "file_size": 5, "file_type": "txt"}]),
    ))  # fmt: skip
    assert [(e.person, e.text) for e in found.entries] == [
        ("human", "hi"), ("assistant", "[search]\nfound"), ("human", "old"), ("human", "see")]  # fmt: skip
    assert [(a.file_name, a.mime_type, a.size) for a in found.entries[3].attachments] == [("a.txt", "text/plain", 5)]
    assert found.entries[0].sent_at == datetime(2024, 3, 25, 12, 0, 1, 500000, tzinfo=UTC)
    assert [(p.name, p.is_owner) for p in found.people] == [("You", True), ("Claude", False)]


def test_claudes_branches_are_threads(claude):
    found = claude(talk(
        message("m1", "q", parent_message_uuid="0"), message("m2", "old", "assistant", parent_message_uuid="m1"),
        message("m3", "new", "assistant", parent_message_uuid="m1"),
    ))  # fmt: skip
    assert [(e.text, e.thread, e.parent) for e in found.entries] == [
        ("q", None, None), ("old", "m2", "m1"), ("new", None, None)]  # fmt: skip


def test_what_is_broken_is_told_and_the_rest_is_read(chatgpt, claude):
    found = chatgpt(conversation(node("a", None, "x")), 7, {"title": "y"},
                    conversation(node("b", None, "x", None), create_time=None, conversation_id="c2"))  # fmt: skip
    assert (len(found.entries), len(found.rejected)) == (1, 3)
    found = claude(talk(message("m1", "x")), {"uuid": "t2"}, None)
    assert (len(found.entries), len(found.rejected)) == (1, 2)


def test_zips_and_folders_are_told_apart_by_what_is_in_them(tmp_path):
    ours, theirs = json.dumps([conversation(node("a", None, "x"))]), json.dumps([talk(message("m1", "x"))])
    zipped(tmp_path / "a.zip", {"conversations.json": ours, "user.json": "{}"})
    zipped(tmp_path / "b.zip", {"conversations.json": theirs, "users.json": "[]"})
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "conversations.json").write_text(ours)
    (tmp_path / "c" / "message_feedback.json").write_text("[]")
    found, others = find_exports(tmp_path)
    assert [(one.name, export.name) for one, export in found] == [
        ("chatgpt", "a.zip"), ("claude", "b.zip"), ("chatgpt", "c")]  # fmt: skip
    assert others == []
    with pytest.raises(AppError, match="ChatGPT"):
        read(ChatGPT(), tmp_path / "b.zip")


names = st.sampled_from("abcdefgh")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(names, names | st.just("x"), max_size=8), st.sets(names), names | st.none())
def test_whatever_the_tree_every_message_is_told_once_and_no_thread_is_mixed_with_the_chat(parents, silent, leaf):
    nodes = {one: None if one in silent else Said("user", one, Kind.TEXT, None, (), None) for one in parents}
    told = list(Tree("c", nodes, parents, leaf, NOON).records())
    entries = [one for one in told if hasattr(one, "sent_at")]
    assert sorted(e.external_id for e in entries) == sorted(one for one in nodes if one not in silent)
    threads = {one.external_id: one for one in told if not hasattr(one, "sent_at")}
    assert {e.thread for e in entries if e.thread} == set(threads)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(junk | st.dictionaries(st.sampled_from(["mapping", "title", "conversation_id", "create_time"]),
                                       junk).map(lambda c: conversation(node("a", None, "x")) | c), max_size=4),
       st.lists(junk | st.dictionaries(st.sampled_from(["uuid", "name", "chat_messages", "created_at"]),
                                       junk).map(lambda c: talk(message("m1", "x")) | c), max_size=4))  # fmt: skip
def test_no_input_crashes(ours, theirs):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "conversations.json"
        path.write_text(json.dumps([conversation(node("a", None, "x")), *ours]))
        read(ChatGPT(), path)
        path.write_text(json.dumps([talk(message("m1", "x")), *theirs]))
        read(Claude(), path)
