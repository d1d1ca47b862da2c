"""`message` tells on the command line what the screen tells of a message in full."""

from pathlib import Path
from typing import Any

from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.message import Attachment
from backscroll.settings import Settings
from tests.cli.running import rows, run_program
from tests.cli.test_commands import MESSAGE_KEYS
from tests.conftest import copied
from tests.making import START, chat_id, store

RAW = {"\x1b[2J": "\u202ename", "forwarded": True, "n": [1.5, None]}
MORE_KEYS = {
    "cursor", "tie", "external_id", "sender_id", "sender_external_id", "is_owner", "is_read", "conversation",
    "conversation_kind", "conversation_external_id", "thread", "thread_external_id", "parent", "parent_external_id",
    "source", "bookmark", "annotations", "raw", "is_gone", "edited_at", "versions", "kept",
}  # fmt: skip


async def test_a_message_is_told_in_full(server: EmbeddedServer, template: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"1")
    files = tuple(Attachment(name, None, None, None, str(tmp_path / name)) for name in ("a.pdf", "gone.pdf"))
    with copied(server, template, "cli message") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await store(archive, [
                Chat("c", "Family"), Person("c", "U1", "Ana"),
                Entry("c", START, "U1", "where?", external_id="m1"),
                Entry("c", START, "U1", "here", external_id="m2", parent="m1", raw=RAW, attachments=files),
            ])  # fmt: skip
            first, second = await archive.messages.after(chat_id("c"), limit=2)
        run_program(dsn, "bookmark", str(second.id), "--title", "Keys")
        run_program(dsn, "annotate", str(second.id), "--text", "odd")
        (told,) = rows(run_program(dsn, "message", str(second.id)[:13], "--json"))
        (again,) = rows(run_program(dsn, "message", str(second.cursor), "--chat", "Family", "--json"))
        lines = run_program(dsn, "message", str(second.id))
        missing = run_program(dsn, "message", "ffff0000")
    assert told == again
    check(told)
    assert (told["parent_id"], told["tie"], told["cursor"]) == (str(first.id), 1, str(second.cursor))
    for words in (
        "here",
        "where?",
        "m2",
        "U1",
        "Keys",
        "odd",
        "gone.pdf",
        "no longer there",
        "forwarded: yes",
        "1 µs",
    ):
        assert words in lines.stdout
    assert not set(lines.stdout) & {"\x1b", "\u202e"}
    assert '"\\u001b[2J": "\\u202ename"' in lines.stdout
    assert (missing.returncode, missing.stdout) == (1, "")


def check(told: dict[str, Any]) -> None:
    assert list(told)[: len(MESSAGE_KEYS)] == MESSAGE_KEYS
    assert set(told) == {*MESSAGE_KEYS, *MORE_KEYS}
    assert (told["external_id"], told["sender_external_id"], told["raw"]) == ("m2", "U1", RAW)
    assert (told["conversation"], told["conversation_external_id"]) == ("Family", "c")
    assert told["source"] == {"name": "Test", "format": "test", "identity": "test", "time_zone": "UTC"}
    assert (told["parent"]["text"], told["parent_external_id"]) == ("where?", "m1")
    assert (told["bookmark"]["title"], told["annotations"][0]["text"]) == ("Keys", "odd")
    assert [file["state"] for file in told["attachments"]] == ["there", "no longer there"]
