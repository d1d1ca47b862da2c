"""Import runs on the command line: what is listed of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied

HOME = "13/03/2024, 09:14 - Ana: Has anyone seen the keys?\n13/03/2024, 09:15 - Bo: under the plant\n"
WORK = "14/03/2024, 09:14 - Ana: Who has the other keys?\n14/03/2024, 09:15 - Cy: not me\n"


@pytest.fixture
def run(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> Iterator[Run]:
    """Runs a command on an archive of its own, empty at first."""
    with copied(server, template, request.node.nodeid) as dsn:
        yield lambda *arguments: run_on(dsn, *arguments)


@pytest.fixture
def exports(tmp_path: Path) -> tuple[str, str]:
    """Two exports, of a chat each."""
    home, work = (tmp_path / f"WhatsApp Chat with {name}.txt" for name in ("Home", "Work"))
    home.write_text(HOME, "utf-8")
    work.write_text(WORK, "utf-8")
    return str(home), str(work)


def test_runs_are_listed_with_what_they_brought_the_newest_first(run: Run, exports: tuple[str, str]) -> None:
    for path in (exports[0], exports[1], exports[0]):
        rows(run("import", path, "--timezone", "UTC", "--json"))
    again, work, home = rows(run("imports", "--json"))
    assert list(home) == [
        *("id", "state", "format", "file_name", "source", "time_zone", "date_order"),
        *("chats", "messages", "participants", "duplicates", "updated", "conflicts", "doubles", "skipped"),
        *("error", "started_at", "finished_at", "undone_at"),
    ]
    assert (home["state"], home["format"], home["messages"], home["chats"]) == ("done", "whatsapp", 2, 1)
    assert (again["messages"], again["duplicates"], work["file_name"]) == (0, 2, "WhatsApp Chat with Work.txt")
    assert rows(run("imports", "--json", "--limit", "1")) == [again]
    first, *_ = run("imports").stdout.splitlines()
    assert again["id"].startswith(first.split()[0])
    assert "0 new, 2 known, 0 not read" in first


def test_a_run_is_taken_back_once_a_person_agrees(run: Run, exports: tuple[str, str]) -> None:
    for path in exports:
        rows(run("import", path, "--timezone", "UTC", "--json"))
    work, _home = rows(run("imports", "--json"))
    (hit, *_rest) = rows(run("search", "other keys", "--json"))
    rows(run("bookmark", hit["id"], "--title", "Keys", "--json"))
    rows(run("annotate", hit["id"], "--text", "whose?", "--json"))
    asked = run("import", "--undo", work["id"], "--json")
    assert asked.returncode == 1
    assert "2 messages of “WhatsApp Chat with Work.txt”" in asked.stderr
    assert len(rows(run("chats", "--json"))) == 2
    (done,) = rows(run("import", "--undo", work["id"][:13], "--yes", "--json"))
    assert (done["run"], done["messages"], done["chats"], done["orphans"]) == (work["id"], 2, 1, 0)
    assert [c["title"] for c in rows(run("chats", "--json"))] == ["Home"]
    assert rows(run("imports", "--json"))[0]["state"] == "undone"

    (mark,), (note,) = rows(run("bookmarks", "--json")), rows(run("annotations", "--json"))
    assert (mark["is_gone"], mark["quote"], mark["conversation"]) == (True, "Who has the other keys?", "Work")
    assert (note["is_gone"], note["text"], note["sender"]) == (True, "whose?", "Ana")
    assert "[message gone: Who has the other keys?] Keys" in run("bookmarks").stdout
    (told,) = rows(run("message", hit["id"], "--json"))
    assert (told["is_gone"], told["bookmark"]["title"], told["annotations"][0]["text"]) == (True, "Keys", "whose?")
    assert "The message is gone" in run("message", hit["id"]).stdout
    assert rows(run("bookmark", hit["id"], "--remove", "--json"))[0]["removed"] is True
    for refused in (run("annotate", hit["id"], "--text", "again"), run("bookmark", hit["id"])):
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "The message is no longer there\nIts import was taken back: import the export again." in refused.stderr


def test_what_cannot_be_taken_back_is_refused(run: Run, exports: tuple[str, str]) -> None:
    assert run("import", "--undo", "abcd", exports[0]).returncode == 2
    assert run("import").returncode == 2
    unknown = run("import", "--undo", "abcd", "--yes")
    assert (unknown.returncode, "no import run abcd" in unknown.stderr) == (1, True)
    rows(run("import", *exports, "--timezone", "UTC", "--json"))
    several = run("import", "--undo", rows(run("imports", "--json"))[0]["id"][:4], "--yes")
    assert (several.returncode, "more than one run" in several.stderr) == (1, True)
