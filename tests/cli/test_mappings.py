"""The command line keeps how a table is read by a name, uses it, lists it and takes it away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied

COLUMNS = "sent_at=ts,sender=user.name,text=body"


@pytest.fixture
def run(server: EmbeddedServer, template: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Run]:
    """Runs a command on an empty archive, with a home of its own."""
    with copied(server, template, request.node.nodeid) as dsn:
        yield lambda *arguments: run_on(dsn, *arguments, home=tmp_path / "home")


def test_a_mapping_is_kept_after_an_import_and_used_by_its_name(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text('{"ts": "13/03/2024 10:00", "user": {"name": "Ana"}, "body": "one"}\n')
    second.write_text('{"ts": "02/03/2024 10:00", "user": {"name": "Bo"}, "body": "two"}\n')
    options = ("--format", "jsonl", "--columns", COLUMNS, "--source", "Forum", "--timezone", "Asia/Tokyo")
    refused = run("import", str(first), *options, "--save-mapping", "forum", "--dry-run")
    assert refused.returncode == 2
    brought = run("import", str(first), *options, "--date-order", "dmy", "--save-mapping", "forum")
    assert brought.returncode == 0, brought.stderr
    (kept,) = rows(run("mappings", "--json"))
    assert kept == {
        "name": "forum", "format": "jsonl", "columns": COLUMNS.split(","), "source": "Forum",
        "time_zone": "Asia/Tokyo", "date_order": "dmy",
    }  # fmt: skip
    assert run("mappings").stdout == f"forum: jsonl  {COLUMNS}  source Forum  zone Asia/Tokyo  dates dmy\n"
    again = run("import", str(second), "--mapping", "forum", "--json")
    assert rows(again)[-1]["messages"] == 1, again.stderr
    (message,) = rows(run("show", "b", "--json"))
    assert message["sent_at"].startswith("2024-03-02T01:00:00")
    assert {chat["source"] for chat in rows(run("chats", "--json")) if chat["title"] in "ab"} == {"Forum"}
    assert rows(run("mappings", "--remove", "forum", "--json")) == [kept]
    assert run("mappings").stdout == ""
    unknown = run("import", str(second), "--mapping", "forum")
    assert unknown.returncode == 1
    assert "No mapping is called forum" in unknown.stderr


def test_a_mapping_whose_import_failed_is_not_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("01/02/2024 10:00,Ana,x\n")
    asked = run("import", str(tmp_path / "x.csv"), "--format", "delimited", "--columns", "sent_at,sender,text",
                "--save-mapping", "never")  # fmt: skip
    assert "can be read in two ways" in asked.stderr
    assert rows(run("mappings", "--json")) == []
