"""Statistics on the command line: of a chat, a person, a search, all chats; as lines, JSON, a table and a picture."""

import csv
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.cli.commands import app
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied


@pytest.fixture
def run(server: EmbeddedServer, sample: str, request: pytest.FixtureRequest) -> Iterator[Run]:
    """Runs a command on a copy of the sample archive."""
    name = sample.rpartition("dbname=")[2].split()[0]
    with copied(server, name, request.node.nodeid) as dsn:
        yield lambda *arguments: run_on(dsn, *arguments)


def test_a_chat_is_told_as_json_a_table_and_a_picture(run: Run, tmp_path: Path) -> None:
    table, picture = tmp_path / "family.csv", tmp_path / "family.svg"
    (told,) = rows(run("stats", "Family", "--json", "--csv", str(table), "--svg", str(picture)))
    (chat,) = [chat for chat in rows(run("chats", "--json")) if chat["title"] == "Family"]
    assert told["conversation_id"] == chat["id"]
    assert told["messages"] == chat["message_count"] == sum(told["days"].values()) == sum(map(sum, told["week"]))
    assert sum(told["months"].values()) == told["messages"]
    assert {
        "time_zone",
        "kinds",
        "people",
        "replies",
        "answers",
        "hosts",
        "emoji",
        "keywords",
        "streaks",
    } <= told.keys()
    assert sum(person["share"] for person in told["people"]) <= 1
    with table.open(encoding="utf-8-sig") as file:
        lines = list(csv.reader(file))
    assert lines[:2] == [["figure", "of", "detail", "value"], ["messages", "", "", str(told["messages"])]]
    assert sum(int(line[3]) for line in lines if line[0] == "messages on") == told["messages"]
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    refused = run("stats", "Family", "--svg", str(picture))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    (person,) = rows(run("stats", "Family", "--person", told["people"][0]["name"], "--json"))
    assert person["messages"] == told["people"][0]["messages"]


def test_all_chats_are_counted_once_and_jobs_tell_of_it(run: Run) -> None:
    (counted,) = rows(run("stats", "--all", "--json"))
    assert counted["chats"] == len(rows(run("chats", "--json")))
    kinds = {job["kind"]: job for job in rows(run("stats", "--jobs", "--json"))}
    assert kinds.keys() == ({"archive", "sentiment"} if find_spec("vader") else {"archive"})
    for job in kinds.values():
        assert (job["state"], job["conversation_id"]) == ("done", None)
        assert job["done"] == job["total"] > 0
    told = run("stats", "Family").stdout
    assert "Key words" in told
    assert "a list of English words" in told
    assert "Sentiment" not in run("stats", "Family", "--no-sentiment").stdout


def test_a_search_is_told(run: Run) -> None:
    (told,) = rows(run("stats", "search", "birthday", "--json"))
    (count,) = rows(run("search", "birthday", "--count", "--json"))
    assert told["messages"] == count["count"] == sum(chat["messages"] for chat in told["chats"]) > 0


def test_wrong_usage_is_refused() -> None:
    for wrong in ([], ["Book", "Club"], ["--all", "Family"], ["--al"], ["search", "x", "--person", "Ana"]):
        assert CliRunner().invoke(app, ["stats", *wrong]).exit_code == 2
