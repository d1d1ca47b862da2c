"""Reading as a person meets it: the first frame, a key and its frame, and memory, each beside its reference."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from tests.benchmarks import first_paint, keys
from tests.benchmarks.first_paint import Starts
from tests.benchmarks.machine import described
from tests.benchmarks.serving import served
from tests.benchmarks.terminal import SIZE
from tests.benchmarks.timing import Samples, figures, ratio, table

CAP: Final = 1_000  # messages that are held at most
_MARKS: Final = ("read_marks", "conversation_states")
_MEGA: Final = 2**20


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes after the first page, after an hour's actions, and at most; the actions; and the most messages held."""

    first: int
    after: int
    most: int
    window: int
    actions: dict[str, int]

    @property
    def count(self) -> int:
        """All actions."""
        return sum(self.actions.values())


@dataclass(frozen=True, slots=True)
class Effort:
    """How often everything is repeated."""

    starts: int
    presses: int
    actions: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one home; pairs are the browser's samples and the reference's."""

    starts: Starts
    keys: dict[str, tuple[Samples, Samples]]
    memory: Memory

    def tables(self) -> str:
        """Times and memory in Markdown."""
        return f"{_times(self)}\n\n{_memory(self.memory)}"


def measure(home: Path, size: int, effort: Effort) -> str:
    """The tables for a loaded home, in Markdown."""
    with served(home) as dsn:
        found = read(home, dsn, size, effort)
        return f"Corpus of {size:,} messages · {described(dsn)}\n\n{found.tables()}"


def read(home: Path, dsn: str, size: int, effort: Effort) -> Reading:
    """Everything about one home, whose server is up."""
    with _marks_kept(dsn):
        return Reading(
            first_paint.measure(home, effort.starts),
            keys.measure(home, size, effort.presses),
            _use(home, effort.actions),
        )


@contextmanager
def _marks_kept(dsn: str) -> Iterator[None]:
    """Where one has read and how one keeps a chat is remembered; afterwards the corpus is as it was."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name in _MARKS:
            connection.execute(f"CREATE TEMPORARY TABLE {name} AS TABLE backscroll.{name}")
        try:
            yield
        finally:
            with connection.transaction():
                for name in _MARKS:
                    connection.execute(f"DELETE FROM backscroll.{name}")
                    connection.execute(f"INSERT INTO backscroll.{name} TABLE pg_temp.{name}")


def _use(home: Path, actions: int) -> Memory:
    command = [sys.executable, "-m", "tests.benchmarks.hour", str(home), str(actions)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The hour of use failed: {done.stderr}")
    memory = Memory(**json.loads(done.stdout.splitlines()[-1]))
    if memory.window > CAP:
        raise SystemExit(f"{memory.window:,} messages were held, more than {CAP:,}.")
    return memory


def _times(found: Reading) -> str:
    starts, width = found.starts, f"{SIZE[0]} × {SIZE[1]} cells"
    rows = [
        _row(f"start to the first frame ({len(starts.blank.taken)} starts); a blank app", starts.frame, starts.blank),
        _row("start to the first messages", starts.messages, starts.blank),
    ]
    rows += [
        _row(f"{name}, key to frame ({len(pressed.taken)} presses); a blank ScrollView", pressed, lines)
        for name, (pressed, lines) in found.keys.items()
    ]
    return f"{width}.\n\n" + table(
        ("work", "Backscroll, ms: p50 / p95 / max", "reference", "ratio p50", "ratio p95"), rows
    )


def _row(name: str, ours: Samples, reference: Samples) -> tuple[str, ...]:
    return name, figures(ours), figures(reference), ratio(ours.p50, reference.p50), ratio(ours.p95, reference.p95)


def _memory(memory: Memory) -> str:
    done = ", ".join(f"{count:,} {kind}" for kind, count in sorted(memory.actions.items(), key=lambda pair: -pair[1]))
    rows = [
        ("after the first page", f"{memory.first / _MEGA:.0f}", "1"),
        (f"after {memory.count:,} actions", f"{memory.after / _MEGA:.0f}", ratio(memory.after, memory.first)),
        ("at most, on the way", f"{memory.most / _MEGA:.0f}", ratio(memory.most, memory.first)),
    ]
    return f"{table(('memory', 'MiB', 'ratio'), rows)}\n\nAt most {memory.window:,} messages held. Actions: {done}."
