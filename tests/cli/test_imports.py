"""Import runs on the command line: what is listed of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.test_commands import Run, rows, run_on
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
        *("chats", "messages", "participants", "duplicates", "skipped"),
        *("error", "started_at", "finished_at", "undone_at"),
    ]
    assert (home["state"], home["format"], home["messages"], home["chats"]) == ("done", "whatsapp", 2, 1)
    assert (again["messages"], again["duplicates"], work["file_name"]) == (0, 2, "WhatsApp Chat with Work.txt")
    assert rows(run("imports", "--json", "--limit", "1")) == [again]
    first, *_ = run("imports").stdout.splitlines()
    assert again["id"].startswith(first.split()[0])
    assert "0 new, 2 known, 0 not read" in first
