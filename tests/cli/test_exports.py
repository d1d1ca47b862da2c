"""What was exported on the command line is a file of its own, and comes in again."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backscroll.cli.returning import notes_file, refuse_notes
from backscroll.errors import AppError
from backscroll.exporting.records import FORMAT, Header, encode
from tests.cli.running import Run, rows
from tests.cli.test_commands import run

__all__ = ["run"]


def test_a_chat_is_exported_and_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    chat = next(chat for chat in rows(run("chats", "--json")) if chat["message_count"] > 20)
    day = chat["first_message_at"][:10]
    file = tmp_path / "chat.jsonl"
    (told,) = rows(run("export", "chat", chat["id"], str(file), "--json", "--to", day))
    assert told == {"file": str(file), "format": "jsonl", "messages": len(file.read_text().splitlines())}
    assert {json.loads(line)["sent_at"][:10] for line in file.read_text().splitlines()} == {day}
    again = run("export", "chat", chat["id"], str(file))
    assert (again.returncode, "--force" in again.stderr) == (1, True)
    page = run(
        "export", "search", "-zzz newer_than:99y", str(tmp_path / "hits.html"), "--from", chat["last_message_at"]
    )
    assert page.returncode == 0, page.stderr
    assert page.stdout.endswith(f"messages written to {tmp_path / 'hits.html'}\n")


def test_notes_are_exported_and_imported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    (told,) = rows(run("export", "notes", str(file), "--json"))
    assert told["annotations"] > 0 < told["bookmarks"]
    assert run("import", "notes", str(file), "--dry-run").stdout.endswith("A dry run: nothing was written.\n")
    counts = rows(run("import", "notes", str(file), "--json"))[-1]
    assert counts == dict.fromkeys(counts, 0) | {"there": told["annotations"] + told["bookmarks"]}


def test_a_folder_called_notes_is_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file, chat = tmp_path / "notes.jsonl", tmp_path / "chat.txt"
    file.write_text(encode(Header(FORMAT, 1, datetime.now(UTC), "me")))
    chat.write_text("12/03/2024, 09:00 - Ana: hello")
    assert notes_file([Path("notes"), chat]) == chat  # an error that speaks of notes
    (tmp_path / "notes").mkdir()
    assert notes_file([Path("notes"), file]) == file
    with pytest.raises(AppError, match="holds notes"):
        refuse_notes([chat, file])
    assert notes_file([Path("notes"), chat]) is None
    assert notes_file([Path("notes")]) is None
    assert notes_file([file, Path("notes")]) is None
    assert notes_file([Path("notes"), chat, file]) is None
