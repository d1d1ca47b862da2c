"""The languages of chats on the command line: told for all, and chosen for one."""

from collections.abc import Iterator

import psycopg
import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied


@pytest.fixture
def dsn(server: EmbeddedServer, sample: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A copy of the sample archive."""
    name = sample.rpartition("dbname=")[2].split()[0]
    with copied(server, name, request.node.nodeid) as dsn:
        yield dsn


@pytest.fixture
def run(dsn: str) -> Run:
    """Runs a command on it."""
    return lambda *arguments: run_on(dsn, *arguments)


def _languages(run: Run) -> dict[str, str | None]:
    return {chat["title"]: chat["language"] for chat in rows(run("chats", "--json"))}


def _found(run: Run, query: str) -> set[str]:
    return {hit["id"] for hit in rows(run("search", query, "--limit", "1000", "--json"))[:-1]}


def test_an_archive_from_before_learns_its_languages(run: Run, dsn: str) -> None:
    told = _languages(run)
    forms = _found(run, "chair in:family")
    assert forms > _found(run, '"chair" in:family') != set()
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE backscroll.conversations SET language = NULL, stemmed = NULL")
        connection.execute("UPDATE backscroll.messages SET search = backscroll.search_vector(body, search_text, NULL)")
    assert set(_languages(run).values()) == {None}
    assert _found(run, "chair in:family") < forms
    counted = rows(run("db", "languages", "--json"))
    assert _languages(run) == told
    assert {row["language"]: row["chats"] for row in counted} == {
        code: list(told.values()).count(code) for code in told.values() if code
    }
    assert _found(run, "chair in:family") == forms
    assert "English" in run("db", "languages").stdout


def test_a_language_is_chosen_by_code_or_name_and_taken_away(run: Run) -> None:
    german = _found(run, "haus in:lindenhof lang:de")
    assert german > _found(run, '"haus" in:lindenhof')
    (chat,) = rows(run("chat", "Lindenhof 14", "--language", "swedish", "--json"))
    assert chat["language"] == "sv"
    assert _found(run, "haus in:lindenhof lang:de") == set()
    (chat,) = rows(run("chat", "Lindenhof 14", "--language", "none", "--json"))
    assert chat["language"] is None
    assert _found(run, "haus in:lindenhof") == _found(run, '"haus" in:lindenhof')
    (chat,) = rows(run("chat", "Lindenhof 14", "--language", "de", "--json"))
    assert chat["language"] == "de"
    assert _found(run, "haus in:lindenhof lang:de") == german


def test_a_language_that_nobody_knows_is_refused_with_those_that_are_known(run: Run) -> None:
    refused = run("chat", "Lindenhof 14", "--language", "klingon")
    assert refused.returncode == 2
    assert "de" in refused.stderr
    assert _languages(run)["Lindenhof 14"] == "de"
