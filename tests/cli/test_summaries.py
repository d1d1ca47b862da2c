"""Summaries on the command line: made once and again, listed with what came since, and sent nowhere unasked."""

import asyncio
from pathlib import Path

import pytest

from backscroll.archive.opening import Archive
from tests.cli.running import Run, rows, run_on, run_program
from tests.making import chat, store
from tests.summarising.service import Says, Service, serving

KEYS = ["id", "conversation_id", "scope", "thread_id", "thread", "query", "period_start", "period_end", "text", "links"]
KEYS += ["message_count", "newest_message_at", "change", "participants", "method", "model", "is_masked", "tokens_in"]
KEYS += ["tokens_out", "price", "status", "generated_at"]


@pytest.fixture
def run(sample_copy: Archive, request: pytest.FixtureRequest) -> Run:
    """Runs a command on a copy of the sample."""
    dsn = sample_copy.summaries._gateway._dsn
    return lambda *arguments: run_on(dsn, *arguments)


def test_a_chat_and_its_weeks_are_summarised_once_and_listed(run: Run) -> None:
    (made,) = rows(run("summarise", "Family", "--json"))
    assert list(made) == KEYS
    assert all(made["text"][link["start"] : link["end"]] for link in made["links"])
    period = ("Family", "--by", "week", "--from", "2024-07-01", "--to", "2024-07-31", "--json")
    *weeks, tally = rows(run("summarise", *period))
    assert tally == {"made": len(weeks), "kept": 0}
    assert {week["scope"] for week in weeks} == {"week"}
    assert rows(run("summarise", *period)) == [{"made": 0, "kept": len(weeks)}]
    listed = rows(run("summaries", "Family", "--remove", made["id"][:13], "--json"))
    assert {row["id"] for row in weeks} < {row["id"] for row in listed}
    assert made["id"] not in {row["id"] for row in listed}
    *chats, tally = rows(run("summarise", "--unread", "--json"))
    unread = [chat["id"] for chat in rows(run("chats", "--json")) if chat["unread"]]
    assert tally == {"made": len(chats), "kept": 0}
    assert [(row["conversation_id"], row["scope"]) for row in chats] == [(chat, "unread") for chat in unread]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["Family", "--unread", "--by", "day"], 2, "exclude each other"),
        (["Family", "--method", "model"], 1, "No language model"),
        (["--by", "day"], 2, "give a CHAT"),
    ],
)
def test_what_cannot_be_summarised_says_why(sample: str, arguments: list[str], status: int, words: str) -> None:
    done = run_on(sample, "summarise", *arguments)
    assert done.returncode == status
    assert words in " ".join(done.stderr.split())


async def test_a_model_is_asked_only_by_who_agreed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store(archive, chat("c", ["Ana, the keys are on the table", "thanks"]))
    dsn = archive.summaries._gateway._dsn

    async def run_model(service: Service, *more: str) -> tuple[int, str, str]:
        monkeypatch.setenv("BACKSCROLL_MODEL_URL", service.endpoint().address)
        monkeypatch.setenv("BACKSCROLL_MODEL", "test-1")
        monkeypatch.setenv("BACKSCROLL_MODEL_KEY", "secret-key")
        arguments = ("summarise", "C", "--method", "model", "--mask", "--json", *more)
        done = await asyncio.to_thread(run_program, dsn, *arguments, home=tmp_path)
        assert "secret-key" not in f"{done.stdout}{done.stderr}"
        return done.returncode, done.stdout, done.stderr

    async with serving(Says("P1 found the keys [1].", usage=(40, 6))) as service:
        status, _, said = await run_model(service)
        assert (status, service.asked) == (1, [])
        assert "2 messages go to 127.0.0.1" in said
        status, out, said = await run_model(service, "--yes")
        assert status == 0, said
        assert '"text": "Ana found the keys."' in out
        assert '"tokens_in": 40' in out
        status, _, said = await run_model(service)
        assert (status, len(service.asked)) == (0, 2), "who agreed once is told, not asked"
        assert "2 messages go to" in said
    assert "Ana" not in str(service.asked)
