"""The codebook on the command line: made, changed, shared, and told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied


@pytest.fixture
def run(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> Iterator[Run]:
    """Runs a command on an empty archive."""
    with copied(server, template, request.node.nodeid) as dsn:
        yield lambda *arguments: run_on(dsn, *arguments)


def test_a_codebook_is_made_listed_and_shared_and_a_wrong_name_is_told_what_was_meant(run: Run, tmp_path: Path) -> None:
    (made,) = rows(run("codes", "add", "Feeling", "--key", "1", "--colour", "#AA0000", "--json"))
    assert (made["path"], made["colour"], made["key"]) == ("Feeling", "#aa0000", "1")
    assert run("codes", "add", "Joy", "--under", "feeling").stdout == "Made: Feeling/Joy\n"
    assert run("codes").stdout == "Feeling [1]  0\n  Joy  0\n"
    path = tmp_path / "codes.qdc"
    assert "REFI-QDA" in run("codes", "export", str(path)).stdout
    again = json.loads(run("codes", "import", str(path), "--json").stdout)
    assert (again["new"], again["changed"], len(again["equal"])) == ([], [], 2)
    assert "made Feeling/Joy\n" in run("codes", "--history", "--limit", "1").stdout
    wrong = run("codes", "retire", "feling", "--json")
    error = json.loads(wrong.stderr)
    assert (wrong.returncode, error["error"]) == (1, "no_such_code")
    assert error["hint"].startswith("Did you mean Feeling")
