"""How much memory an import takes: large exports, imported by the program itself in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import telegram, whatsapp
from tests.benchmarks.machine import described
from tests.benchmarks.serving import fresh_database, served
from tests.benchmarks.timing import table

_DATABASE = "benchmark_memory"
_MB = 10**6
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
_WATCHER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Starts a program and tells its peak: to the system, that of a process begins with that of the one that starts it, and
this one has made large exports."""
_SHARE = 10  # a file of a tenth of the size shows whether memory grows with it


@dataclass(frozen=True, slots=True)
class _Kind:
    """An export to make: how, and how many bytes a message takes in it."""

    title: str
    exported: Callable[[Path, int], Path]
    bytes_each: int


_KINDS = (_Kind("WhatsApp text", whatsapp.exported, 116), _Kind("Telegram, one JSON document", telegram.exported, 420))


def measure(home: Path, megabytes: int) -> str:
    """The table, in Markdown; every import has an empty archive beside the home's own."""
    rows = []
    with served(home) as dsn:
        for kind in _KINDS:
            for size in (megabytes // _SHARE, megabytes):
                export = kind.exported(home / "exports", size * _MB // kind.bytes_each)
                rows.append((f"{kind.title}, {export.stat().st_size / _MB:,.0f} MB", *_import(dsn, export)))
        head = ("export", "messages", "seconds", "peak of the importing process, MB")
        return f"{described(dsn)}\n\n{table(head, rows)}"


def _import(dsn: str, export: Path) -> Sequence[str]:
    """Messages, seconds and the peak of the process, as text."""
    with fresh_database(dsn, _DATABASE) as fresh:
        program = [
            sys.executable,
            "-m",
            "backscroll",
            "--dsn",
            fresh,
            "import",
            str(export),
            "--timezone",
            "UTC",
            "--json",
        ]
        command = [sys.executable, "-c", _WATCHER, *program]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The import of {export} ended with {done.returncode}.")
    last, peak = done.stderr.splitlines()[-1:], int(done.stdout)
    counts = json.loads(last[0])
    return f"{counts['messages']:,}", f"{counts['seconds']:.1f}", f"{peak * _UNIT / _MB:,.0f}"
