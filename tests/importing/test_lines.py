"""JSON lines: Backscroll's own, ChatLab's, and any program's with its keys mapped."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.exporting.rows import message_row
from backscroll.importing.detection import find_exports
from backscroll.importing.formats.chatlab import ChatLab
from backscroll.importing.formats.jsonl import JsonLines
from backscroll.importing.formats.own import Own
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Kind, Message, Reaction
from tests.importing.export_files import read

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
MESSAGE = Message(
    UUID(int=1), NOON, UUID(int=2), 0, Kind.IMAGE, "look", UUID(int=3), "Ana", False, UUID(int=4), UUID(int=5), None,
    True, False, (Attachment("a.jpg", "image/jpeg", 5, "00ff", "/x/a.jpg"),),
    (Reaction("👍", ("Bo", "Ana")), Reaction("🎉", (), 4)),
)  # fmt: skip
ELSEWHERE = Attachment("a.jpg", "image/jpeg", 5, None, None)  # a path out of the export is not taken
HEAD = {"version": "0.0.2", "exportedAt": 1}
META = {"name": "Hikers", "platform": "qq", "type": "group", "groupId": "77", "ownerId": "u1"}
MEMBERS = [{"platformId": "u1", "accountName": "ana", "groupNickname": "Ana"}]


def lines(*values: object) -> str:
    return "".join(f"{v if isinstance(v, str) else json.dumps(v, default=str)}\n" for v in values)


def said(**others: object) -> dict:
    return {"sender": "u1", "accountName": "ana", "timestamp": 1711368000, "type": 0, "content": "hi", **others}


@pytest.fixture
def put(tmp_path):
    def write(text: str, name: str = "chat.jsonl") -> Path:
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def test_files_are_beside_the_lines_or_in_a_store_or_at_an_address(put, tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.jpg").write_bytes(b"123")
    digest = "ab" * 32
    paths = {
        "media/a.jpg": str(tmp_path / "media" / "a.jpg"),
        "../a.jpg": None,
        "/etc/hostname": None,
        f"/home/ana/attachments/ab/{digest[2:]}": f"attachments/ab/{digest[2:]}",
        "https://example.org/a.jpg": "https://example.org/a.jpg",
    }
    files = [{"file_name": "a.jpg", "path": path, "sha256": digest} for path in paths]
    files.append({"file_name": "a.jpg", "path": "attachments/..//passwd", "sha256": "../passwd"})
    row = message_row(MESSAGE) | {"attachments": files}
    found = read(Own(), put(lines(row))).entries[0].attachments
    assert [file.path for file in found] == [*paths.values(), None]


def test_what_show_prints_comes_back(put):
    row = message_row(MESSAGE) | {"conversation": "Hikers", "highlights": []}
    system = row | {"id": "s", "sender": None, "kind": "system", "thread_id": None}
    found = read(Own(), put(lines(row, system, {"cursor": None, "searched_back_to": None, "complete": True})))
    first, second = found.entries
    assert (first.external_id, first.sent_at, first.person, first.kind) == (str(UUID(int=2)), NOON, "Ana", Kind.IMAGE)
    assert (first.text, first.thread, first.parent) == ("look", str(UUID(int=4)), str(UUID(int=5)))
    assert (first.is_edited, first.is_deleted, first.attachments) == (True, False, (ELSEWHERE,))
    assert [(r.emoji, r.person, r.count) for r in first.reactions] == [
        ("👍", "Bo", None), ("👍", "Ana", None), ("🎉", None, 4)]  # fmt: skip
    assert (second.person, second.kind) == (None, Kind.SYSTEM)
    assert [(c.external_id, c.title) for c in found.chats] == [(str(UUID(int=1)), "Hikers")]
    assert found.rejected == []


@pytest.mark.parametrize("as_lines", [True, False])
def test_chatlab_is_read_as_a_document_and_as_lines(put, as_lines):
    messages = [
        said(platformMessageId="m1"), said(platformMessageId="m2", type=25, replyToMessageId="m1", sender="u2"),
        said(type=1, content=None), said(type=80, content="Bo joined"), said(type=81), said(timestamp="x"),
    ]  # fmt: skip
    if as_lines:
        members = [{"_type": "member", **m} for m in MEMBERS]
        listed = [{"_type": "message", **m} for m in messages]
        text = lines({"_type": "header", "chatlab": HEAD, "meta": META}, "# a remark", *members, *listed)
    else:
        text = json.dumps({"chatlab": HEAD, "meta": META, "members": MEMBERS, "messages": messages}, indent=1)
    path = put(text, "chat.jsonl" if as_lines else "chat.json")
    assert [one.name for one, _ in find_exports(path)[0]] == ["chatlab"]
    found = read(ChatLab(), path)
    assert [(c.external_id, c.title, c.kind) for c in found.chats] == [("qq/77", "Hikers", ConversationKind.GROUP)]
    assert [(p.external_id, p.name, p.is_owner) for p in found.people] == [("u1", "Ana", True), ("u2", "ana", False)]
    assert [(e.external_id, e.parent, e.kind, e.text, e.is_deleted) for e in found.entries] == [
        ("m1", None, Kind.TEXT, "hi", False), ("m2", "m1", Kind.TEXT, "hi", False), (None, None, Kind.IMAGE, "", False),
        (None, None, Kind.SYSTEM, "Bo joined", False), (None, None, Kind.SYSTEM, "hi", True)]  # fmt: skip
    assert found.entries[0].sent_at == NOON
    assert [r.reason for r in found.rejected] == ["it has no time that can be read (timestamp)"]


def test_keys_that_make_a_message_need_no_mapping(put):
    row = {"chat": "Room", "sent_at": "2024-03-25T12:00:00Z", "sender": "Ana", "id": 7, "text": "hi", "thread": "t"}
    path = put(lines(row, row | {"id": None, "sender": None}))
    assert [one.name for one, _ in find_exports(path)[0]] == ["jsonl"]
    first, second = read(JsonLines(), path).entries
    assert (first.chat, first.external_id, first.person, first.thread, first.sent_at) == ("Room", "7", "Ana", "t", NOON)
    assert (second.external_id, second.person, second.kind) == (None, None, Kind.SYSTEM)
    assert second.clock == datetime(2024, 3, 25, 12)


def test_keys_are_mapped_and_found_inside_of_others(put):
    row = {"ts": 1711368000.5, "user": {"name": "Ana", "id": 3}, "body": "hi", "a.b": "r1"}
    columns = ("sent_at=ts", "sender=user.name", "sender_id=user.id", "text=body", "chat_id=a.b")
    found = read(JsonLines(), put(lines(row, {"ts": 1}, {"ts": "x", "body": "y"}), "talk.log"), columns=columns)
    entry = found.entries[0]
    assert (entry.person, entry.text, entry.chat, entry.sent_at.microsecond) == ("3", "hi", "r1", 500000)
    assert found.people[0].name == "Ana"
    assert [r.place for r in found.rejected] == ["talk.log:2", "talk.log:3"]


@pytest.mark.parametrize("columns", [None, ("sent_at=ts",), ("sent_at=ts", "text=a", "sender=b", "colour=c")])
def test_a_mapping_that_makes_no_message_is_refused(put, columns):
    with pytest.raises(AppError) as raised:
        read(JsonLines(), put(lines({"ts": 1})), columns=columns)
    assert raised.value.code == "bad_columns"


@pytest.mark.parametrize("one", [Own(), ChatLab()])
def test_other_files_are_refused_with_a_hint(put, one):
    with pytest.raises(AppError) as raised:
        read(one, put(lines({"a": 1}, "x")))
    assert raised.value.hint


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
)
ROW = json.loads(lines(message_row(MESSAGE)))


def changes(base: dict) -> st.SearchStrategy[dict]:
    return st.dictionaries(st.sampled_from(list(base)), junk, max_size=4).map(lambda changed: base | changed)


@pytest.mark.parametrize(
    ("one", "first", "base"),
    [
        (Own(), ROW, ROW),
        (ChatLab(), {"_type": "header", "chatlab": HEAD, "meta": META},
         {"_type": "message", "platformMessageId": "x", "replyToMessageId": "y", "groupNickname": "z", **said()}),
        (JsonLines(), {"sent_at": "1", "text": "x", "sender": "y"},
         {"sent_at": 1, "text": "x", "sender": "y", "kind": "text", "id": 1, "chat": "c", "thread": "t"}),
    ],
    ids=["own", "chatlab", "any"],
)  # fmt: skip
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_input_crashes_and_every_line_is_told_once(one, first, base, data):
    items = data.draw(st.lists(changes(base) | junk, max_size=5))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        path.write_text(lines(first, *(json.dumps(item) for item in items)))
        found = read(one, path)
        told = len(found.entries) + len(found.rejected)
        heads = 1 if isinstance(one, ChatLab) else 0
        assert told == len(items) + 1 - heads


def test_dates_as_people_see_them_are_read_in_the_order_that_the_lines_show(put):
    rows = lines({"at": "02/03/2024 10:00", "who": "Ana", "t": "a"}, {"at": "13/03/2024 10:00", "who": "Ana", "t": "b"})
    columns = ("sent_at=at", "sender=who", "text=t")
    found = read(JsonLines(), put(rows), columns=columns)
    assert [(e.sent_at.month, e.sent_at.day) for e in found.entries] == [(3, 2), (3, 13)]
    assert found.reading.date_order == "dmy"
    with pytest.raises(AppError) as caught:
        read(JsonLines(), put(rows.splitlines()[0]), columns=columns)
    assert caught.value.code == "ambiguous_date_order"
    assert "“02/03/2024 10:00” is 2 March 2024 (dmy) or 3 February 2024 (mdy)" in caught.value.hint
