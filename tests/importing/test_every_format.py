"""A tree with an export of every kind is one import: all is stored with its threads, answers and people, once."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.archive.batch import Stored
from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.format import Choices
from backscroll.importing.formats import FORMATS
from backscroll.importing.pipeline import import_paths
from tests.importing import (
    imessage_layout,
    test_assistants,
    test_discord,
    test_lines,
    test_mail,
    test_signal,
    test_telegram,
    test_zulip,
    whatsapp_layouts,
)
from tests.importing.database_files import database
from tests.importing.export_files import read, zipped

LETTERS = "".join(
    f"From x Mon Mar 25 10:00:00 2024\n{one.as_string()}\n"
    for one in (test_mail.letter(1), test_mail.letter(2, answers="<1@a.example>"))
)
REACTION = {"type": "emoji", "count": 2, "emoji": "👍", "recent": [{"from": "Bo", "from_id": "user2"}]}


def stored(schema: str, content: dict, table: str, *numbers: int) -> bytes:
    """A database with some of the messages of a layout."""
    with TemporaryDirectory() as folder:
        kept = [row for row in content[table] if next(iter(row.values())) in numbers]
        lists = {name: rows for name, rows in content.items() if name in ("jid", "chat", "handle", "chat_message_join")}
        return database(Path(folder) / "x.db", schema, lists | {table: kept}).read_bytes()


FILES = {
    "phone/msgstore.db": stored(whatsapp_layouts.NEW, whatsapp_layouts.CONTENT, "message", 2, 3),
    "mac/chat.db": stored(imessage_layout.SCHEMA, imessage_layout.CONTENT, "message", 1, 2),
    "slack/users.json": [{"id": "U1", "team_id": "T1", "name": "ana"}],
    "slack/general/2024-03-25.json": [{"user": "U1", "text": "hi", "ts": "1711360800.000100"}],
    "telegram/result.json": test_telegram.chat(
        test_telegram.done("topic_created", 1, title="Tents"),
        test_telegram.said(2, reply_to_message_id=1, reactions=[REACTION]),
        test_telegram.said(3, photo="photos/a.jpg", reply_to_message_id=2),
    ),
    "discord/general.json": test_discord.channel(test_discord.said(1), test_discord.said(2, "", type="ThreadCreated")),
    "discord/tents.json": test_discord.channel(
        test_discord.said(3, "thread's", reference={"messageId": "101"}),
        id="78",
        type="GuildPublicThread",
        categoryId="77",
        category="general",
        name="Poles",
    ),
    "signal/Bo/data.json": test_signal.lines(test_signal.said(reactions=[["Me", "👍"]])),
    "zulip/stream_index.json": test_zulip.INDEX,
    "zulip/12-new/tents.json": [test_zulip.said(1), test_zulip.said(2)],
    "chatgpt/conversations.json": [
        test_assistants.conversation(
            test_assistants.node("q", None, "Which?", 1),
            test_assistants.node("a", "q", "This", 2, "assistant"),
            test_assistants.node("b", "q", "That", 3, "assistant"),
            leaf="b",
        )
    ],
    "claude/conversations.json": [test_assistants.talk(test_assistants.message("m1", "hi"))],
    "inbox.mbox": LETTERS,
    "lab.json": {"chatlab": test_lines.HEAD, "meta": test_lines.META, "messages": [test_lines.said()]},
    "own.jsonl": json.dumps(test_lines.ROW) + "\n",
    "any.jsonl": '{"sent_at": "2024-03-25T12:00:00Z", "sender": "Ana", "text": "hi", "thread": "t"}\n',
    "WhatsApp Chat with Home.txt": "25/03/2024, 09:14 - Ana: keys?\n",
    "table.csv": "chat,sent_at,sender,text\nr,2024-03-25T12:00:00Z,Ana,hi\n",
}
MESSAGES = {
    "slack": 1, "telegram": 3, "discord": 3, "signal": 1, "zulip": 2, "chatgpt": 3, "claude": 1, "mail": 2,
    "chatlab": 1, "backscroll": 1, "jsonl": 1, "whatsapp": 1, "whatsapp-db": 2, "imessage": 2, "delimited": 1,
}  # fmt: skip


def in_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, value in FILES.items():
        place = tmp_path / "tree" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(in_bytes(value))
    return tmp_path / "tree"


async def test_a_tree_of_every_format_is_imported_once(archive: Archive, tree: Path) -> None:
    found, others = find_exports(tree)
    assert {one.name for one, _ in found} == {one.name for one in FORMATS} == set(MESSAGES)
    assert others == []
    choices = Choices(ZoneInfo("UTC"), "UTC")
    first = await import_paths(archive, [tree], choices)
    assert (first.stored.messages, first.stored.skipped, first.unknown) == (sum(MESSAGES.values()), 0, ())
    assert len(first.runs) == len(FORMATS)
    again = await import_paths(archive, [tree], choices)
    assert again.stored == Stored(duplicates=sum(MESSAGES.values()))


async def test_threads_answers_and_reactions_reach_the_archive(archive: Archive, tree: Path) -> None:
    await import_paths(archive, [tree], Choices(ZoneInfo("UTC"), "UTC"))
    discord = await archive.conversations.resolve("Hikers / general")
    assert [t.title for t in await archive.threads.page(discord.id, limit=5, after=None)] == ["Poles"]
    quoted = {m.text: m.quote.text for m in await archive.messages.after(discord.id, limit=10) if m.quote}
    assert quoted == {"thread's": "hi"}
    (telegram,) = [c for c in await archive.conversations.page(limit=50) if c.source == "Telegram"]
    (tents,) = await archive.threads.page(telegram.id, limit=5, after=None)
    assert (tents.title, tents.message_count) == ("Tents", 3)
    messages = await archive.messages.after(telegram.id, limit=10)
    assert [r.senders for m in messages for r in m.reactions] == [("Bo",)]
    assert [m.quote.text if m.quote else None for m in messages] == [None, None, "hi"]
    assert messages[2].attachments[0].file_name == "a.jpg"


def test_a_chat_in_which_a_letter_or_a_table_was_sent_is_still_a_chat(tmp_path: Path) -> None:
    sent = {"one.eml": test_mail.letter(1).as_string(), "x.json": json.dumps(FILES["discord/general.json"]),
            "rows.csv": FILES["table.csv"], "any.jsonl": FILES["any.jsonl"]}  # fmt: skip
    packed = zipped(tmp_path / "chat.zip", {"_chat.txt": FILES["WhatsApp Chat with Home.txt"], **sent})
    assert [one.name for one, _ in find_exports(packed)[0]] == ["whatsapp"]


BYTES = [in_bytes(value) for value in FILES.values() if not isinstance(value, bytes)]
NAMES = ["result.json", "data.json", "conversations.json", "x.jsonl", "x.csv", "x.txt", "x.mbox", "x.eml", "x.zip"]
edits = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 9), st.binary(max_size=6)), min_size=1, max_size=4)


def edited(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, put in changes:
        content = content[:place] + put + content[place + length :]
    return content


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
@settings(max_examples=60, deadline=None)
@given(st.builds(edited, st.sampled_from(BYTES), edits) | st.binary(max_size=200), st.sampled_from(NAMES))
def test_whatever_the_bytes_a_format_reads_them_or_says_why_not(one, content, name):
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            read(one, path)
        except AppError as error:
            assert error.title
            assert error.hint
