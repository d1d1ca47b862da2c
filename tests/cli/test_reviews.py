"""Reviews on the command line: begun, looked at, settled, written and closed."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.model.code_writes import MakeCode
from backscroll.model.ids import new_id
from backscroll.model.review import Decision, DecisionState, Pass
from backscroll.model.writes import ReviewDecide, Write
from backscroll.settings import Settings
from tests.cli.running import Run, rows, run_on
from tests.conftest import copied

WHEN = datetime(2024, 5, 1, tzinfo=UTC)


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


START = ["review", "start", "--title", "Keys", "--query", "keys", "--codes", "mood", "--json"]
START += ["--sample", "random", "--size", "4", "--seed", "7"]


async def _make_code(dsn: str) -> UUID:
    code = new_id()
    async with open_archive(Settings(dsn=dsn)) as archive:
        await archive.writes.apply(Write(new_id(), MakeCode(code, "Mood"), WHEN))
    return code


async def _decide(dsn: str, title: str, given: list[tuple[str, Pass, int, tuple[UUID, ...]]]) -> None:
    async with open_archive(Settings(dsn=dsn)) as archive:
        review = await archive.reviews.named(title)
        for author, made_in, position, codes in given:
            when = WHEN + timedelta(minutes=made_in)
            made = Decision(position, author, made_in, codes, DecisionState.CODED, when, seconds=6.0)
            await archive.writes.apply(Write(new_id(), ReviewDecide(review.id, made), when))


def test_a_review_goes_from_its_beginning_to_annotations(run: Run, dsn: str) -> None:
    code = asyncio.run(_make_code(dsn))
    (begun,) = rows(run(*START))
    assert list(begun) == ["id", "title", "query", "sample", "codes", "is_blind", "size", "created_at", "closed_at"]
    assert (begun["size"], begun["codes"], begun["query"]) == (4, [str(code)], "keys")
    assert begun["sample"] == {"kind": "random", "size": 4, "seed": 7, "by": None}
    given = [("ana", Pass.ALONE, p, codes) for p, codes in enumerate(((code,), (code,), (), (code,)))]
    given += [("bo", Pass.ALONE, p, codes) for p, codes in enumerate(((code,), (), (), ()))]
    asyncio.run(_decide(dsn, "keys", [*given, ("di", Pass.RESULT, 1, (code,))]))
    (status,) = rows(run("review", "status", "keys", "--json"))
    assert [(p["reviewer"], p["pass"], p["coded"], p["seconds"]) for p in status["progress"]] == [
        ("ana", 1, 4, 24.0),
        ("bo", 1, 4, 24.0),
        ("di", 3, 1, 6.0),
    ]
    both, alone = rows(run("review", "agreement", begun["id"][:20], "--json"))
    assert (both["code"], both["percent"], alone["code"], alone["messages"]) == (None, 50.0, "Mood", 4)
    assert alone["kappa"] == pytest.approx((4 * 2 - 6) / (16 - 6))  # by chance 3 * 1 + 1 * 3
    settled, differing = rows(run("review", "disagreements", "Keys", "--json"))
    assert [settled["position"], differing["position"]] == [1, 3]
    assert [given["codes"] for given in settled["reviewers"]] == [["Mood"], []]
    assert (settled["result"]["reviewer"], differing["result"]) == ("di", None)
    assert rows(run("review", "write", "Keys", "--json")) == [{"annotated": 2, "without_codes": 1, "unsettled": 1}]
    (closed,) = rows(run("review", "close", "Keys", "--json"))
    assert closed["closed_at"]
    assert "Keys · keys [closed]" in run("reviews").stdout
    (reopened,) = rows(run("review", "reopen", "Keys", "--json"))
    assert reopened == closed | {"closed_at": None}


def test_a_sample_without_a_size_is_wrong_usage(run: Run) -> None:
    wrong = run("review", "start", "--title", "A", "--sample", "random")
    assert wrong.returncode == 2
    assert "--size" in wrong.stderr
