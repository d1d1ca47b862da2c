"""Reports of imports on the command line: after an import, again later, and before one."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Run, rows, run_on
from tests.cli.test_imports import HOME, run

__all__ = ["run"]  # the fixture

REPORT_KEYS = [
    *("id", "state", "format", "file_name", "source", "time_zone", "date_order"),
    *("chats", "messages", "participants", "duplicates", "updated", "conflicts", "doubles", "skipped"),
    *("error", "started_at", "finished_at", "undone_at"),
    *("zone_from", "date_order_from", "remarks", "unrecognised", "by_chat"),
]
CHAT_KEYS = [
    *("id", "title", "messages", "new", "participants", "first_message_at", "last_message_at", "missing_files", "gaps"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A chat with a line that cannot be read and a pause, and a file that is no export."""
    place = tmp_path / "exports"
    place.mkdir()
    more = "".join(f"{day:02}/05/2024, 10:00 - Bo: day {day}\n" for day in range(1, 31))
    (place / "WhatsApp Chat with Home.txt").write_text(HOME + more + "31/06/2024, 10:00 - Bo: never\n", "utf-8")
    (place / "shopping.csv").write_text("milk,bread\n", "utf-8")
    return place


def test_an_import_ends_with_its_counts_and_its_reports_which_can_be_read_again(run: Run, folder: Path) -> None:
    skipped, report, last = rows(run("import", str(folder), "--timezone", "Europe/Berlin", "--json"))
    counts = ["chats", "messages", "participants", "duplicates", "skipped", "updated", "conflicts", "doubles"]
    assert list(last) == [*counts, "seconds"]
    assert list(report) == REPORT_KEYS
    assert (report["zone_from"], report["date_order"]) == ("option", "dmy")
    assert (report["messages"], report["skipped"]) == (last["messages"], last["skipped"]) == (32, 1)
    assert [Path(one["path"]).name for one in report["unrecognised"]] == ["shopping.csv"]
    (home,) = report["by_chat"]
    assert list(home) == CHAT_KEYS
    assert (home["title"], home["messages"], home["new"], home["participants"]) == ("Home", 32, 32, 2)
    assert home["first_message_at"] == "2024-03-13T08:14:00+00:00"
    assert home["gaps"] == [{"since": "2024-03-13", "until": "2024-05-01", "days": 48}]
    assert skipped == {
        "run": report["id"],
        "place": "WhatsApp Chat with Home.txt:33",
        "reason": "the date or time does not exist",
        "text": "31/06/2024, 10:00 - Bo: never",
    }
    assert rows(run("imports", "--show", report["id"], "--json")) == [skipped, report]
    words = run("imports", "--show", report["id"][:13]).stdout
    for said in (
        "32 new messages",
        "Europe/Berlin, as chosen",
        "no messages for 48 days",
        "Home.txt:33",
        "shopping.csv",
    ):
        assert said in words
    assert run("imports", "--show", "0000", "--json").returncode == 1


def test_a_dry_run_makes_no_archive_and_reports_what_would_come(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    skipped, report, last = rows(run_on(None, "import", str(folder), "--dry-run", "--json", home=home))
    assert not home.exists()
    assert (skipped["run"], skipped["place"]) == (None, "WhatsApp Chat with Home.txt:33")
    assert (last["chats"], last["messages"], last["duplicates"], last["skipped"]) == (1, 32, 0, 1)
    assert list(report) == REPORT_KEYS
    assert (report["id"], report["state"], report["updated"], last["updated"]) == (None, None, 0, 0)
    (chat,) = report["by_chat"]
    assert list(chat) == [*CHAT_KEYS, "samples"]
    assert chat["samples"][0] == {
        "sent_at": "2024-03-13T09:14:00+00:00",
        "sender": "Ana",
        "text": "Has anyone seen the keys?",
    }
    words = run_on(None, "import", str(folder), "--dry-run", home=home).stdout
    assert "2024-03-13 09:14:00  Ana: Has anyone seen the keys?" in words
    assert "nothing was written" in words
    assert not home.exists()


def test_a_dry_run_asks_the_archive_what_it_has(run: Run, folder: Path) -> None:
    rows(run("import", str(folder), "--timezone", "UTC", "--json"))
    with (folder / "WhatsApp Chat with Home.txt").open("a", encoding="utf-8") as longer:
        longer.write("01/07/2024, 10:00 - Di: hello\n")
    *_, last = rows(run("import", str(folder), "--timezone", "UTC", "--dry-run", "--json"))
    assert (last["chats"], last["messages"], last["participants"], last["duplicates"]) == (0, 1, 1, 32)
    assert len(rows(run("imports", "--json"))) == 1


def test_progress_with_its_rate_is_for_a_terminal_alone(tmp_path: Path, folder: Path) -> None:
    """A dry run, because it needs no server; an import shows the same bar."""
    command = [sys.executable, "-m", "backscroll", "--home", str(tmp_path / "home"), "import", str(folder), "--dry-run"]
    piped = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    assert piped.stderr == ""
    mine, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    shown = subprocess.run(
        [*command, "--json"], stdout=subprocess.PIPE, stderr=terminal, text=True, check=True, env=environment
    )
    os.close(terminal)
    said = b""
    try:
        while more := os.read(mine, 65_536):
            said += more
    except OSError:  # the end of a terminal that nobody holds any more
        pass
    os.close(mine)
    assert "32 messages" in said.decode()
    assert "/s" in said.decode()
    assert shown.stdout.splitlines()[0] == piped.stdout.splitlines()[0]
