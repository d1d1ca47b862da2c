"""Saved searches and what helps where nothing is found, on the command line."""

import asyncio
import json
from collections.abc import Iterator

import pytest

from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
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


def test_a_saved_search_is_listed_asked_and_removed(run: Run) -> None:
    (kept,) = rows(run("saved", "--add", "Lost things", "keys OR wallet", "--order", "oldest", "--json"))
    assert list(kept) == [
        "id",
        "name",
        "query",
        "order",
        "conversation_id",
        "conversation",
        "thread_id",
        "thread",
        "narrowed_to",
        "created_at",
        "used_at",
    ]
    assert [row["name"] for row in rows(run("saved", "--json"))] == ["Lost things"]
    assert run("saved").stdout == "Lost things: keys OR wallet\n"
    asked = rows(run("search", "--saved", "Lost things", "--json"))
    assert asked == rows(run("search", "keys OR wallet", "--order", "oldest", "--json"))
    assert len(asked) > 2
    assert run("saved", "--remove", "Lost things").returncode == 0
    assert rows(run("saved", "--json")) == []
    gone = run("search", "--saved", "Lost things")
    assert gone.returncode == 1
    assert "`backscroll saved` lists them" in gone.stderr


def test_a_search_saved_for_a_chat_is_asked_in_it(run: Run) -> None:
    chat = max(rows(run("chats", "--json")), key=lambda c: c["message_count"])
    rows(run("saved", "--add", "there", "the", "--chat", chat["title"], "--json"))
    *hits, _end = rows(run("search", "--saved", "there", "--json"))
    assert {hit["conversation_id"] for hit in hits} == {chat["id"]}


def test_what_cannot_be_asked_is_not_saved(run: Run) -> None:
    refused = run("saved", "--add", "soon", "before:soon")
    assert refused.returncode == 1
    assert "before:soon is not a date" in refused.stderr
    assert rows(run("saved", "--json")) == []


async def _save(dsn: str, name: str, query: str, narrowed_to: list[dict[str, str]]) -> None:
    async with open_archive(Settings(dsn=dsn)) as archive:
        await archive.saved.add(name, query, narrowed_to=narrowed_to)


def test_what_a_search_was_narrowed_to_on_the_screen_is_told_and_asked(run: Run, dsn: str) -> None:
    chosen = [{"facet": "kind", "value": "document"}, {"facet": "sender", "value": "Ana"}]
    asyncio.run(_save(dsn, "files", "-absent", chosen))
    (kept,) = rows(run("saved", "--json"))
    assert kept["narrowed_to"] == chosen
    assert run("saved").stdout == "files: -absent  only document, Ana\n"
    *hits, _end = rows(run("search", "--saved", "files", "--json"))
    *typed, _end = rows(run("search", '-absent type:document from:"Ana"', "--json"))
    assert hits == typed
    assert hits


def test_remarks_and_suggestions_are_told_beside_the_result(run: Run) -> None:
    plain = run("search", "frm:zzz birthdayy")
    assert plain.stdout == ""
    assert "Did you mean from:?" in plain.stderr
    assert "birthday is in " in plain.stderr
    (end,) = rows(run("search", "frm:zzz birthdayy", "--json"))
    assert "Did you mean from:?" in end["remarks"][0]
    assert {"word": "birthdayy", "instead": "birthday"}.items() <= next(
        suggestion for suggestion in end["suggestions"] if suggestion["instead"] == "birthday"
    ).items()
    assert run("search", "frm:zzz birthdayy", "--json").stderr == ""


def test_a_query_may_begin_with_a_minus_and_an_option_that_is_none_is_refused(run: Run) -> None:
    *hits, _end = rows(run("search", "-see type:image", "--limit", "3", "--json"))
    assert len(hits) == 3
    for wrong in (("--jsonn",), ("keys", "--jsonn")):
        refused = run("search", *wrong)
        assert refused.returncode == 2
        assert "--jsonn" in refused.stderr


@pytest.mark.parametrize(("query", "start", "end"), [("keys has:lnk x", 5, 12), ("keys near:deadbeef", 5, 18)])
def test_a_mistake_in_a_query_is_pointed_at(run: Run, query: str, start: int, end: int) -> None:
    refused = run("search", query)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{query[:start]}>>{query[start:end]}<<{query[end:]}\n")
    told = json.loads(run("search", query, "--json").stderr)
    assert (told["error"], told["start"], told["end"]) == ("bad_query", start, end)


def test_help_knows_the_whole_language(run: Run) -> None:
    shown = run("search", "--help").stdout
    assert "older_than:3w" in shown
    assert "/colou?r" in shown
