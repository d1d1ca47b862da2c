"""The command line does what the screen does, with the documented keys and exit statuses."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from backscroll.archive.migrations import head
from backscroll.archive.server.supervisor import EmbeddedServer
from tests.cli.running import Run, rows, run_on, run_program
from tests.conftest import copied

CHAT_KEYS = {
    "id",
    "title",
    "kind",
    "source",
    "message_count",
    "participant_count",
    "first_message_at",
    "last_message_at",
}
MESSAGE_KEYS = [
    "id",
    "conversation_id",
    "thread_id",
    "parent_id",
    "sent_at",
    "sender",
    "kind",
    "text",
    "is_edited",
    "is_deleted",
    "attachments",
    "reactions",
    "codes",
]


@pytest.fixture
def run(sample: str) -> Run:
    """Runs a command on the sample archive."""
    return lambda *arguments: run_on(sample, *arguments)


def test_chats_have_the_documented_keys(run: Run) -> None:
    chats = rows(run("chats", "--json"))
    assert len(chats) >= 12
    assert all(set(chat) >= CHAT_KEYS for chat in chats)
    times = [chat["last_message_at"] for chat in chats]
    assert times == sorted(times, reverse=True)
    assert len(rows(run("chats", "--json", "--limit", "3"))) == 3
    title = chats[4]["title"]
    assert title in [c["title"] for c in rows(run("chats", "--json", "--match", title[1:].upper()))]


def test_show_walks_a_chat_page_by_page_in_both_directions(run: Run) -> None:
    chat = max(rows(run("chats", "--json")), key=lambda c: c["message_count"])
    whole = rows(run("show", chat["id"], "--json", "--limit", "100000"))
    assert len(whole) == chat["message_count"]
    assert all(list(message) == MESSAGE_KEYS for message in whole)
    newest = rows(run("show", chat["title"], "--json", "--limit", "700"))
    older = rows(run("show", chat["id"][:8], "--json", "--limit", "700", "--before", newest[0]["id"]))
    assert older + newest == whole[-1400:]
    newer = rows(run("show", chat["id"], "--json", "--limit", "700", "--after", older[-1]["id"]))
    assert newer == newest
    around = rows(run("show", chat["id"], "--json", "--limit", "11", "--around", whole[500]["id"]))
    assert around == whole[495:506]
    day = whole[800]["sent_at"][:10]
    since = rows(run("show", chat["id"], "--json", "--limit", "1", "--after", day))
    assert since == [next(m for m in whole if m["sent_at"] >= day)]
    said = f"{date.fromisoformat(day):%d %B %Y}"
    assert rows(run("show", chat["id"], "--json", "--limit", "1", "--after", said)) == since
    assert rows(run("show", chat["id"], "--json", "--limit", "1", "--around", since[0]["id"][:8])) == since


def test_a_reply_is_shown_with_what_it_answers_and_what_answers_that(run: Run) -> None:
    messages = (m for chat in rows(run("chats", "--json")) for m in rows(run("show", chat["id"], "--json")))
    reply = next(message for message in messages if message["parent_id"])
    chain = rows(run("show", reply["conversation_id"], "--replies", reply["id"], "--json"))
    known = {message["id"] for message in chain}
    assert {reply["id"], reply["parent_id"]} <= known
    assert chain[0]["parent_id"] is None
    assert all(message["parent_id"] in known for message in chain[1:])
    assert chain == sorted(chain, key=lambda message: message["sent_at"])


def test_threads_are_listed_and_shown(run: Run) -> None:
    chat = next(c for c in rows(run("chats", "--json")) if c["thread_count"])
    thread = rows(run("threads", chat["id"], "--json"))[0]
    assert set(thread) >= {"id", "conversation_id", "title", "message_count", "first_message_at", "last_message_at"}
    inside = rows(run("show", chat["id"], "--thread", thread["id"], "--json", "--limit", "1000"))
    assert len(inside) == thread["message_count"]
    assert {m["thread_id"] for m in inside} == {thread["id"]}


def test_search_gives_hits_and_a_cursor_that_goes_on(run: Run) -> None:
    first = rows(run("search", "the", "--json", "--limit", "5"))
    *hits, end = first
    assert len(hits) == 5
    assert list(hits[0]) == [*MESSAGE_KEYS, "conversation", "highlights"]
    start, stop = hits[0]["highlights"][0]
    assert hits[0]["text"][start:stop].lower() == "the"
    assert set(end) == {"cursor", "searched_back_to", "complete", "remarks", "suggestions"}
    assert end["complete"] is False
    rest = rows(run("search", "the", "--json", "--limit", "5", "--after", end["cursor"]))
    assert not {h["id"] for h in hits} & {h["id"] for h in rest[:-1]}
    assert rest[0]["sent_at"] <= hits[-1]["sent_at"]
    nothing = {"cursor": None, "searched_back_to": None, "complete": True, "remarks": [], "suggestions": []}
    assert rows(run("search", "zzzabsent", "--json")) == [nothing]
    for order in ("oldest", "rank"):
        assert len(rows(run("search", "the", "--json", "--limit", "5", "--order", order))) == 6


def test_pages_of_a_search_go_on_in_both_orders(run: Run) -> None:
    def all_pages(order: str) -> list[str]:
        found: list[str] = []
        after: list[str] = []
        while True:
            *hits, end = rows(run("search", "keys", "--json", "--order", order, "--limit", "7", *after))
            found += [hit["id"] for hit in hits]
            if end["cursor"] is None:
                assert end["complete"]
                return found
            after = ["--after", end["cursor"]]

    newest = all_pages("newest")
    assert len(newest) == len(set(newest)) > 7
    assert all_pages("oldest") == newest[::-1]


def test_facets_of_a_search_say_how_its_hits_spread(run: Run) -> None:
    hits = rows(run("search", "the", "--json", "--limit", "100000"))[:-1]
    *entries, end = rows(run("search", "the", "--facets", "--json", "--limit", "1000"))
    assert end == {"counted": len(hits), "is_capped": False, "counted_back_to": None}
    assert all(list(entry) == ["facet", "value", "id", "count"] for entry in entries)
    chats = {entry["id"]: entry["count"] for entry in entries if entry["facet"] == "chat"}
    assert chats == Counter(hit["conversation_id"] for hit in hits)
    kinds = {entry["value"]: entry["count"] for entry in entries if entry["facet"] == "kind"}
    assert kinds == Counter(hit["kind"] for hit in hits)
    assert {entry["facet"] for entry in entries} == {"year", "chat", "sender", "kind"}
    table = run("search", "the", "--facets", "--limit", "2").stdout.splitlines()
    assert table[-1] == f"Counted: {len(hits):,} hits"
    assert max(map(len, (line.split(maxsplit=2) for line in table))) == 3
    assert rows(run("search", "zzzabsent", "--facets", "--json")) == [
        {"counted": 0, "is_capped": False, "counted_back_to": None}
    ]


def test_search_counts_and_remarks_beside_the_result(run: Run) -> None:
    hits = rows(run("search", "the from:ana", "--json", "--limit", "100000"))[:-1]
    assert {hit["sender"] for hit in hits} == {"Ana"}
    assert rows(run("search", "the from:ana", "--json", "--count")) == [{"count": len(hits), "is_capped": False}]
    assert run("search", "the from:ana", "--count").stdout == f"{len(hits)}\n"
    remarks = [
        "frm: is no filter, so it is looked for as text. Did you mean from:?",
        "No person here is called nobody123.",
    ]
    assert run("search", "frm:x from:nobody123").stderr.splitlines() == remarks
    assert rows(run("search", "frm:x from:nobody123", "--json"))[-1]["remarks"] == remarks


def test_stored_summaries_and_notes_are_listed(run: Run) -> None:
    (summary, *_) = rows(run("summaries", "Family", "--json"))
    assert set(summary) >= {"id", "conversation_id", "period_start", "period_end", "text", "message_count", "method"}
    assert len(rows(run("bookmarks", "--json"))) >= 12
    assert len(rows(run("annotations", "--json"))) >= 20


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["show", "no such chat"], 1, "no_such_chat"),
        (["search", "..."], 1, "bad_query"),
        (["search", "x", "--after", "zz"], 1, "bad_cursor"),
        (["bookmark", "zz"], 1, "no_such_message"),
        (["import", "/nowhere/at/all"], 1, "no_such_file"),
        (["import", "x", "--timezone", "Mars/Base"], 1, "bad_timezone"),
        (["import", "x", "--date-order", "dym"], 2, None),
        (["show"], 2, None),
        (["nonsense"], 2, None),
        (["show", "x", "--before", "1", "--after", "2"], 2, None),
    ],
)
def test_failures_have_a_status_a_title_and_a_hint(
    run: Run, arguments: list[str], status: int, code: str | None
) -> None:
    done = run(*arguments, "--json")
    assert (done.returncode, done.stdout) == (status, "")
    assert "Traceback" not in done.stderr
    if code:
        said = json.loads(done.stderr)
        assert list(said) == ["error", "title", "hint", *(["start", "end"] if code == "bad_query" else [])]
        assert said["error"] == code
        plain = run(*arguments)
        assert plain.returncode == status
        assert said["title"] in plain.stderr


def test_hostile_text_reaches_neither_terminal_nor_json_raw(run_empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.tsv"
    path.write_text(
        "chat\tsent_at\tsender\ttext\n\x1b]0;own\x07\t2024-01-01T00:00:00Z\tA\x9b2J\t\x1b[2J hi\u202e\n", "utf-8"
    )
    assert run_empty("import", str(path)).returncode == 0
    for arguments in (["chats"], ["chats", "--json"], ["search", "hi"], ["search", "hi", "--json"]):
        out = run_empty(*arguments).stdout
        assert out
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out)


@pytest.fixture
def run_empty(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> Iterator[Run]:
    """Runs a command on an empty archive of its own."""
    with copied(server, template, request.node.nodeid) as dsn:
        yield lambda *arguments: run_on(dsn, *arguments)


def test_a_bookmark_outlives_the_program_and_import_json_ends_with_the_counts(run_empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Home.txt"
    path.write_text("13/03/2024, 09:14 - Ana: keys?\n13/03/2024, 09:15 - Bo: under the plant\n", "utf-8")
    counts = rows(run_empty("import", str(path), "--timezone", "Europe/Berlin", "--json"))[-1]
    assert {"chats", "messages", "participants", "duplicates", "skipped", "seconds"} <= counts.keys()
    assert [counts[k] for k in ("chats", "messages", "participants", "duplicates", "skipped")] == [1, 2, 2, 0, 0]
    message = rows(run_empty("show", "Home", "--json"))[1]
    assert message["sent_at"] == "2024-03-13T08:15:00+00:00"
    (made,) = rows(run_empty("bookmark", message["id"][:10], "--title", "the keys", "--json"))
    (found,) = rows(run_empty("bookmarks", "--json"))
    assert (found["id"], found["title"], found["quote"]) == (made["id"], "the keys", "under the plant")
    rows(run_empty("bookmark", message["id"], "--remove", "--json"))
    assert rows(run_empty("bookmarks", "--json")) == []
    rows(run_empty("annotate", message["id"], "--text", "where", "--tag", "place", "--category", "answer", "--json"))
    (note,) = rows(run_empty("annotations", "--json"))
    assert (note["text"], note["tags"], note["category"]) == ("where", ["place"], "answer")


def test_an_ambiguous_export_asks_on_the_command_line(run_empty: Run, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Home.txt"
    path.write_text("01/02/2024, 09:14 - Ana: keys?\n", "utf-8")
    done = run_empty("import", str(path), "--json")
    assert done.returncode == 1
    assert json.loads(done.stderr)["error"] == "ambiguous_date_order"
    assert rows(run_empty("chats", "--json")) == []
    assert (
        rows(run_empty("import", str(path), "--date-order", "mdy", "--timezone", "UTC", "--json"))[-1]["messages"] == 1
    )
    assert rows(run_empty("show", "Home", "--json"))[0]["sent_at"] == "2024-01-02T09:14:00+00:00"
    other = tmp_path / "WhatsApp Chat with Our house.txt"
    other.write_text("01/02/2024, 09:14 - Mum: keys?\n01/02/2024, 09:15 - Bo: no\n", "utf-8")
    again = ("import", str(other), "--date-order", "mdy", "--timezone", "UTC", "--into", "Home", "--rename")
    assert rows(run_empty(*again, "Mum=Ana", "--json"))[-1]["messages"] == 1
    assert run_empty(*again, "Mum").returncode == 1
    assert run_empty(*again, "Mum=Ana", "--title", "Home").returncode == 2


def test_the_embedded_server_starts_stops_and_says_how_it_is(tmp_path: Path) -> None:
    home = tmp_path / "archive"
    (before,) = rows(run_program(None, "db", "status", "--json", home=home))
    assert set(before) >= {"running", "server_version", "dsn", "schema_revision", "home"}
    assert before["running"] is False
    assert rows(run_program(None, "chats", "--json", home=home)) == []
    assert run_program(None, "db", "start", home=home).returncode == 0
    try:
        (during,) = rows(run_program(None, "db", "status", "--json", home=home))
        assert during["running"] is True
        assert during["schema_revision"] == head()
        assert int(during["server_version"].split(".")[0]) >= 15
    finally:
        assert run_program(None, "db", "stop", home=home).returncode == 0
    (after,) = rows(run_program(None, "db", "status", "--json", home=home))
    assert after["running"] is False


def test_migrating_asks_and_rolling_back_does_too(database: str) -> None:
    refused = run_on(database, "db", "migrate")
    assert refused.returncode == 1
    assert run_on(database, "chats").returncode == 1
    assert run_on(database, "db", "migrate", "--yes").returncode == 0
    assert rows(run_on(database, "chats", "--json")) == []
    assert run_on(database, "db", "rollback", "--yes").returncode == 0
    assert run_on(database, "chats").returncode == 1


def test_a_password_is_never_printed() -> None:
    dsn = "postgresql://ana:canary-4711@127.0.0.1:1/db"
    for arguments in (["chats"], ["db", "status"], ["db", "migrate", "--yes"], ["--help"]):
        done = run_on(dsn, *arguments)
        assert "canary" not in done.stdout + done.stderr


def test_commands_that_draw_nothing_do_not_import_textual() -> None:
    code = "import sys; from backscroll.cli import main; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_browser_needs_a_terminal(run: Run) -> None:
    done = run()
    assert done.returncode == 1
    assert "terminal" in done.stderr
