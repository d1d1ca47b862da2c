"""Imports that are killed again and again, in rounds: whether each round ends like an undisturbed import."""

from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.benchmarks.serving import fresh_database, served
from tests.killing import Outcome, disturbed, undisturbed


def measure(home: Path, kills: int, seed: int) -> str:
    """Kills imports into a home's server so many times or a few more; what came of it. A difference fails it."""
    with served(home) as dsn, TemporaryDirectory() as folder:

        def fresh(name: str) -> AbstractContextManager[str]:
            return fresh_database(dsn, f"kills_{name}")

        golden = undisturbed(Path(folder), fresh)
        total = Outcome(0, 0, ())
        rounds = 0
        while total.kills < kills:
            rounds += 1
            outcome = disturbed(golden, fresh, Random(seed * 1000 + rounds))
            total += outcome
            print(
                f"round {rounds}: {outcome.kills} kills, {outcome.starts} starts, {len(outcome.wrong)} differences",
                flush=True,
            )
    if total.wrong:
        raise SystemExit("\n".join(total.wrong))
    rows = sum(map(len, golden.after.values()))
    return (
        f"{total.kills} kills in {rounds} rounds, {total.starts} starts; after each round every table"
        f" ({len(golden.after)} tables, {rows:,} rows) is that of an undisturbed import,"
        " and after taking it back that of the archive before."
    )
