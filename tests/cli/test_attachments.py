"""The files of messages on the command line: what came in, where each is, and what becomes of those that are stored."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied

CHAT = "25/03/2024, 10:00 - Ana: IMG-1.jpg (file attached)\n25/03/2024, 10:01 - Ana: gone.pdf (file attached)\n"
DIGEST = sha256(b"a picture").hexdigest()


@pytest.fixture
def run(server: EmbeddedServer, template: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Run]:
    """Runs a command on an archive of its own, with a chat of which one file is there."""
    (tmp_path / "WhatsApp Chat with Home.txt").write_text(CHAT)
    (tmp_path / "IMG-1.jpg").write_bytes(b"a picture")
    with copied(server, template, request.node.nodeid) as dsn:
        yield lambda *arguments: run_on(dsn, "--home", str(tmp_path / "home"), *arguments)


def test_files_are_listed_verified_and_tidied(run: Run, tmp_path: Path) -> None:
    told = rows(run("import", str(tmp_path / "WhatsApp Chat with Home.txt"), "--json"))
    assert told[-2] == {"files": 1, "bytes": 9, "unreadable": 0}
    picture, gone = sorted(rows(run("attachments", "--json")), key=lambda row: row["file_name"])
    assert list(picture) == [
        *("conversation_id", "conversation", "message_id"),
        *("file_name", "mime_type", "size", "sha256", "path", "state"),
    ]
    place = tmp_path / "home" / "attachments" / DIGEST[:2] / DIGEST[2:]
    assert (picture["path"], picture["sha256"], picture["state"]) == (str(place), DIGEST, "there")
    assert rows(run("attachments", "--missing", "--chat", "Home", "--json")) == [gone]
    assert rows(run("attachments", "--limit", "1", "--json"))[0] in (picture, gone)
    assert "IMG-1.jpg: there" in run("attachments").stdout
    assert rows(run("attachments", "--verify", "--json"))[0]["files"] == 1
    place.unlink()
    place.write_bytes(b"a pictore")
    broken = run("attachments", "--verify")
    assert (broken.returncode, DIGEST in broken.stdout) == (1, True)
    assert run("attachments", "--tidy").returncode == 1
    assert not place.exists()
    (now,) = [row for row in rows(run("attachments", "--missing", "--json")) if row["sha256"]]
    assert (now["state"], now["path"]) == ("not among the files of this machine", str(place))


def test_linked_files_are_left_where_they_are(run: Run, tmp_path: Path) -> None:
    rows(run("import", str(tmp_path / "WhatsApp Chat with Home.txt"), "--link", "--json"))
    (linked,) = [row for row in rows(run("attachments", "--json")) if row["sha256"]]
    assert linked["path"] == str(tmp_path / "IMG-1.jpg")
    assert not (tmp_path / "home" / "attachments").exists()
