"""What a benchmark ran on, in one line, so that figures are not compared across machines unawares."""

import os
import platform
from datetime import UTC, datetime

import psycopg

from backscroll.archive.server.tuning import machine_memory


def described(dsn: str) -> str:
    """Processors, memory, versions and the day."""
    with psycopg.connect(dsn) as connection:
        asked = "SELECT current_setting('server_version'), current_setting('shared_buffers')"
        row = connection.execute(asked).fetchone()
    assert row is not None
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{datetime.now(UTC):%Y-%m-%d} · {platform.system()} {platform.machine()}, {processors} CPUs, "
        f"{machine_memory() / 2**30:.0f} GiB · Python {platform.python_version()} · "
        f"PostgreSQL {row[0].split()[0]}, shared_buffers {row[1]}"
    )
