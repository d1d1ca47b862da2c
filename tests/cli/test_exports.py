"""What was exported on the command line is a file of its own, and comes in again."""

from pathlib import Path

from tests.cli.test_commands import Run, rows, run

__all__ = ["run"]


def test_a_chat_is_exported_and_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    chat = next(chat for chat in rows(run("chats", "--json")) if chat["message_count"] > 20)
    day = chat["first_message_at"][:10]
    file = tmp_path / "chat.jsonl"
    (told,) = rows(run("export", "chat", chat["id"], str(file), "--json", "--to", day))
    assert told == {"file": str(file), "format": "jsonl", "messages": len(file.read_text().splitlines())}
    shown = rows(run("show", chat["id"], "--json", "--limit", "100000"))
    assert told["messages"] == sum(message["sent_at"][:10] == day for message in shown)
    again = run("export", "chat", chat["id"], str(file))
    assert (again.returncode, "--force" in again.stderr) == (1, True)
    page = run(
        "export", "search", "-zzz newer_than:99y", str(tmp_path / "hits.html"), "--from", chat["last_message_at"]
    )
    assert page.returncode == 0, page.stderr
    assert page.stdout.endswith(f"messages written to {tmp_path / 'hits.html'}\n")
