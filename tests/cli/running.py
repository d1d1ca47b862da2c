"""Running commands: most in this process, for starting a program takes ten times as long as what it is asked to do."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from backscroll.cli.main import main

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
_SURROUNDINGS = {"COLUMNS": "200", "NO_COLOR": "1"}


def run_on(dsn: str | None, *arguments: str, home: Path | None = None) -> Done:
    """Runs a command on an archive, in this process, with nothing to read and pipes to write to."""
    command = ["backscroll", *_before(dsn, home), *arguments]
    out, err = _pipe(), _pipe()
    with _surrounded(command), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            status = 0
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else int(left.code is not None)
    return Done(command, status, _written(out), _written(err))


def run_program(dsn: str | None, *arguments: str, home: Path | None = None) -> Done:
    """Starts the program: for what has to outlive it, and for tests that have a loop of their own."""
    command = [sys.executable, "-m", "backscroll", *_before(dsn, home), *arguments]
    environment = os.environ | _SURROUNDINGS
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, check=False
    )


def rows(done: Done) -> list[dict[str, Any]]:
    """The objects that a command wrote, a line each."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _before(dsn: str | None, home: Path | None) -> list[str]:
    return [*(["--dsn", dsn] if dsn else []), *(["--home", str(home)] if home else [])]


def _pipe() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True)


def _written(pipe: io.TextIOWrapper) -> str:
    assert isinstance(pipe.buffer, io.BytesIO)
    return pipe.buffer.getvalue().decode().replace("\r\n", "\n")


@contextmanager
def _surrounded(command: list[str]) -> Iterator[None]:
    """What a program finds when it starts, put back as it was."""
    ended_by = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch, Path(os.devnull).open() as nothing:
        patch.setattr(sys, "argv", command)
        patch.setattr(sys, "stdin", nothing)
        for name, value in _SURROUNDINGS.items():
            patch.setenv(name, value)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, ended_by)
