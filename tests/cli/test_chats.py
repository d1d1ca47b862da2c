"""What the screen does with the list of chats, the command line does: the same pages, orders, shelves and marks."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on
from tests.cli.test_commands import CHAT_KEYS
from tests.conftest import copied


@pytest.fixture(scope="module")
def run(server: EmbeddedServer, sample: str) -> Iterator[Run]:
    """Runs a command on a copy of the sample; each test leaves it as it was."""
    with copied(server, str(conninfo_to_dict(sample)["dbname"]), "chats") as dsn:
        yield lambda *arguments: run_on(dsn, *arguments)


def listed(run: Run, *options: str) -> list[dict[str, Any]]:
    return rows(run("chats", "--json", *options))


def test_every_order_is_paged_by_the_last_chat(run: Run) -> None:
    chats = {chat["id"]: chat for chat in listed(run)}
    assert all(set(chat) >= CHAT_KEYS | {"is_pinned", "shelf"} for chat in chats.values())
    keys = {
        "name": lambda c: c["title"].lower(),
        "size": lambda c: -c["message_count"],
        "unread": lambda c: -c["unread"],
    }
    for order, key in keys.items():
        whole = listed(run, "--sort", order)
        assert {c["id"] for c in whole} == set(chats)
        ascii_only = [key(c) for c in whole if c["title"].isascii()]
        assert ascii_only == sorted(ascii_only)
        first = listed(run, "--sort", order, "--limit", "5")
        assert first == whole[:5]
        assert listed(run, "--sort", order, "--after", first[-1]["id"]) == whole[5:]


def test_a_list_is_narrowed_by_kind_source_bookmarks_and_unread_messages(run: Run) -> None:
    chats = listed(run)
    for kind in ("direct", "group", "channel"):
        assert listed(run, "--kind", kind) == [c for c in chats if c["kind"] == kind]
    source = chats[0]["source"]
    same = {c["source"] for c in chats if c["source"].lower() == source.lower()}
    assert listed(run, "--source", source.upper()) == [c for c in chats if c["source"] in same]
    assert listed(run, "--unread") == [c for c in chats if c["unread"]]
    marked = {b["conversation_id"] for b in rows(run("bookmarks", "--json"))}
    assert listed(run, "--bookmarked") == [c for c in chats if c["id"] in marked]


def test_a_pinned_chat_comes_first_and_one_put_away_is_only_on_its_shelf(run: Run) -> None:
    chats = listed(run)
    last = chats[-1]["id"]
    (pinned,) = rows(run("chat", last, "--pin", "--json"))
    assert pinned == chats[-1] | {"is_pinned": True}
    assert [c["id"] for c in listed(run)] == [last] + [c["id"] for c in chats[:-1]]
    assert [c["id"] for c in listed(run, "--limit", "3", "--after", last)] == [c["id"] for c in chats[:3]]
    assert "[pinned]" in run("chat", last).stdout
    rows(run("chat", last, "--archive", "--unpin", "--json"))
    assert listed(run) == chats[:-1]
    assert listed(run, "--archived") == [chats[-1] | {"shelf": "archived"}]
    rows(run("chat", last, "--hide", "--json"))
    assert (listed(run, "--archived"), [c["id"] for c in listed(run, "--hidden")]) == ([], [last])
    assert rows(run("chat", last, "--list", "--json")) == [chats[-1]]
    assert listed(run) == chats


def test_a_chat_is_marked_read_unread_and_unread_from_a_message(run: Run) -> None:
    name = "Family"
    count = rows(run("chat", name, "--json"))[0]["message_count"]
    assert rows(run("chat", name, "--read", "--json"))[0]["unread"] == 0
    messages = rows(run("show", name, "--limit", "7", "--json"))
    assert rows(run("chat", name, "--unread-from", messages[0]["id"], "--json"))[0]["unread"] == 7
    assert rows(run("chat", name, "--unread", "--json"))[0]["unread"] == min(count, 1000)


def test_threads_are_paged_by_the_last_thread(run: Run) -> None:
    chat = max(listed(run), key=lambda c: c["thread_count"])
    whole = rows(run("threads", chat["id"], "--json"))
    assert len(whole) == chat["thread_count"] > 2
    first = rows(run("threads", chat["id"], "--limit", "2", "--json"))
    assert first + rows(run("threads", chat["id"], "--after", first[-1]["id"], "--json")) == whole


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["chats", "--source", "nowhere"], 1, "no_such_source"),
        (["chats", "--after", "nowhere"], 1, "no_such_chat"),
        (["chats", "--archived", "--hidden"], 2, None),
        (["chats", "--sort", "colour"], 2, None),
        (["chat", "Family", "--hide", "--list"], 2, None),
        (["chat", "Family", "--read", "--unread-from", "x"], 2, None),
    ],
)
def test_what_cannot_be_listed_is_said(run: Run, arguments: list[str], status: int, code: str | None) -> None:
    done = run(*arguments, "--json")
    assert (done.returncode, done.stdout) == (status, "")
    if code:
        assert json.loads(done.stderr)["error"] == code
